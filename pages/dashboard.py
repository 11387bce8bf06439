"""The main script: page config, the pages, and a run of the one that is open."""

from pathlib import Path

import streamlit as st

from nps.wording import _
from pages import session
from pages.parts import line, share
from pages.session import access

ICON = Path(__file__).with_name("icon.png")

st.set_page_config(page_title="NPS Lens", page_icon=str(ICON), layout="wide", initial_sidebar_state="collapsed")
st.logo(str(ICON), size="medium")


def pages() -> list:
    """In the order of the navigation; the session tells them apart by their addresses."""
    if access.sees_merged():
        return [
            st.Page("merged/overview.py", title=_("Overview"), icon=":material/home:", default=True),
            st.Page("merged/segments.py", title=_("Segments"), icon=":material/groups:", url_path="segments"),
            st.Page("merged/features.py", title=_("Features"), icon=":material/widgets:", url_path="features"),
        ]
    return [
        st.Page("overview.py", title=_("Overview"), icon=":material/home:", default=True),
        st.Page("usage_map.py", title=_("Map"), icon=":material/scatter_plot:", url_path="map"),
        st.Page("segments.py", title=_("Segments"), icon=":material/groups:", url_path="segments"),
        st.Page("features.py", title=_("Features"), icon=":material/widgets:", url_path="features"),
        st.Page("reasons.py", title=_("Reasons"), icon=":material/forum:", url_path="reasons"),
        st.Page("people.py", title=_("People"), icon=":material/person_search:", url_path="people"),
        st.Page("person.py", title=_("Person"), icon=":material/person:", url_path="person", visibility="hidden"),
        st.Page("accounts.py", title=_("Accounts"), icon=":material/domain:", url_path="accounts"),
        st.Page("follow_up.py", title=_("Follow-up"), icon=":material/assignment:", url_path="follow_up"),
        st.Page("data.py", title=_("Data"), icon=":material/database:", url_path="data"),
        st.Page("team.py", title=_("Team"), icon=":material/admin_panel_settings:", url_path="team"),
    ]


session.run(pages, line.line, line.instead, share.share)

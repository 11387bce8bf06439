"""The main script: page config, the pages, and a run of the one that is open."""

from pathlib import Path

import streamlit as st

from nps.wording import _
from pages import session
from pages.parts import sidebar

ICON = Path(__file__).with_name("icon.png")

st.set_page_config(page_title="NPS Lens", page_icon=str(ICON), layout="wide", initial_sidebar_state=276)


def pages() -> list:
    """In the order of the navigation; the session tells them apart by their addresses."""
    return [
        st.Page("overview.py", title=_("Overview"), icon=":material/home:", default=True),
        st.Page("find.py", title=_("Find"), icon=":material/search_insights:", url_path="find"),
        st.Page("usage_map.py", title=_("Usage map"), icon=":material/scatter_plot:", url_path="map"),
        st.Page("segments.py", title=_("Segments"), icon=":material/groups:", url_path="segments"),
        st.Page("features.py", title=_("Features"), icon=":material/widgets:", url_path="features"),
        st.Page("surveys.py", title=_("Surveys"), icon=":material/mark_email_read:", url_path="surveys"),
        st.Page("person.py", title=_("Person"), icon=":material/person:", url_path="person"),
        st.Page("data.py", title=_("Data"), icon=":material/upload_file:", url_path="data"),
    ]


session.run(pages, beside=sidebar.narrow, instead=sidebar.instead)

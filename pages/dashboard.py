"""The main script: page config, the pages, and a run of the one that is open."""

from pathlib import Path

import streamlit as st

from pages import session
from pages.parts import sidebar

ICON = Path(__file__).with_name("icon.png")

st.set_page_config(page_title="NPS Lens", page_icon=str(ICON), layout="wide", initial_sidebar_state=276)
session.run(
    [
        st.Page("overview.py", title="Overview", icon=":material/home:", default=True),
        st.Page("find.py", title="Find", icon=":material/search_insights:", url_path="find"),
        st.Page("usage_map.py", title="Usage map", icon=":material/scatter_plot:", url_path="map"),
        st.Page("segments.py", title="Segments", icon=":material/groups:", url_path="segments"),
        st.Page("features.py", title="Features", icon=":material/widgets:", url_path="features"),
        st.Page("surveys.py", title="Surveys", icon=":material/mark_email_read:", url_path="surveys"),
        st.Page("person.py", title="Person", icon=":material/person:", url_path="person"),
        st.Page("data.py", title="Data", icon=":material/upload_file:", url_path="data"),
    ],
    beside=sidebar.narrow,
    instead=sidebar.instead,
)

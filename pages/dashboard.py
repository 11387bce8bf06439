"""The main script: page config, the filters that all pages share, navigation, and the page."""

import streamlit as st

from pages.parts import connect, sidebar, upload
from pages.session import asking, data
from web import values

st.set_page_config(page_title="NPS Lens", page_icon=str(data.ICON), layout="wide", initial_sidebar_state=276)
values.guard()
data.begin()
upload.adopt()
connect.adopt()
page = st.navigation(
    [
        st.Page("overview.py", title="Overview", icon=":material/home:", default=True),
        st.Page("find.py", title="Find", icon=":material/search_insights:", url_path="find"),
        st.Page("usage_map.py", title="Usage map", icon=":material/scatter_plot:", url_path="map"),
        st.Page("segments.py", title="Segments", icon=":material/groups:", url_path="segments"),
        st.Page("features.py", title="Features", icon=":material/widgets:", url_path="features"),
        st.Page("surveys.py", title="Surveys", icon=":material/mark_email_read:", url_path="surveys"),
        st.Page("person.py", title="Person", icon=":material/person:", url_path="person"),
        st.Page("data.py", title="Data", icon=":material/upload_file:", url_path="data"),
    ]
)
data.enter(page.title)
if page.title != "Data":
    asking.leave()
st.title(page.title)
sidebar.filters()
data.announce()
data.write_link()
if page.title == "Data" or not sidebar.awaits_upload():
    page.run()

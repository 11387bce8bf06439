"""The data at hand, what came of every row of it, and places to bring other files or a database."""

import streamlit as st

from pages import _connect, _report, _shared, _show, _upload

st.subheader("Your files")
_upload.confirm(_upload.ask())
st.subheader("Your database")
_connect.confirm(_connect.ask())
_connect.offer_refresh()
if _shared.dataset():
    st.button("Back to the sample", on_click=_shared.use_sample, icon=":material/undo:", key="use_sample")

panel = _shared.panel()
st.subheader("What is loaded")
answers, people, features, rejected = st.columns(4)
answers.metric("Answers", f"{len(panel.answers):,}")
people.metric("People who answered", f"{len(panel.respondents):,}")
features.metric("Features and pages", f"{len(panel.features):,}")
rejected.metric("Rows left out", f"{len(panel.rejected):,}")
_show.bullet(_show.facts(panel))
_report.show(panel)
st.page_link("overview.py", label="Open the overview", icon=":material/home:")
if panel.has_usage:
    st.page_link("usage_map.py", label="Open the usage map", icon=":material/scatter_plot:")

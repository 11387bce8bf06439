"""The data at hand, what came of every row of it, and places to bring other files or a database."""

import streamlit as st

from nps.wording import _
from pages.parts import connect, report, show, upload
from pages.session import data

st.subheader(_("Your files"))
upload.confirm(upload.ask())
st.subheader(_("Your database"))
connect.confirm(connect.ask())
connect.offer_refresh()
if data.dataset():
    st.button(_("Back to the sample"), on_click=data.use_sample, icon=":material/undo:", key="use_sample")

panel = data.panel()
st.subheader(_("What is loaded"))
answers, people, features, rejected = st.columns(4)
answers.metric(_("Answers"), f"{len(panel.answers):,}")
people.metric(_("People who answered"), f"{len(panel.respondents):,}")
features.metric(_("Features and pages"), f"{len(panel.features):,}")
rejected.metric(_("Rows left out"), f"{len(panel.rejected):,}")
show.bullet(report.facts(panel))
report.rows(panel)
st.page_link("overview.py", label=_("Open the overview"), icon=":material/home:")
if panel.has_usage:
    st.page_link("usage_map.py", label=_("Open the usage map"), icon=":material/scatter_plot:")

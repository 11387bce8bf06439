"""The score by role, plan, or whatever divides people: now, over time, two at once, and in a change."""

import streamlit as st

from nps.wording import _
from pages.parts import segments, segments_over_time, show
from pages.session import data

chosen = data.chosen()
if not chosen.panel.segments:
    st.info(
        _(
            "These answers cannot be divided: no column has between 2 and 50 different values. "
            "Add columns such as role, plan or region to the responses, or a people file."
        ),
        icon=":material/upload_file:",
    )
    st.page_link("data.py", label=_("Add them on the Data page"), icon=":material/upload_file:")
    st.stop()
segment = show.segment(_("Divide people by"), chosen.panel.segments, key="segment")
labels = {
    "scores": _("Scores"),
    "over_time": _("One against everyone else"),
    "crossed": _("Two at once"),
    "changed": _("What changed"),
}
views = {
    "scores": segments.scores,
    "over_time": segments_over_time.over_time,
    "crossed": segments.crossed_view,
    "changed": segments_over_time.changed,
}
views[show.choice(_("View"), labels, key="segment_view", persist_state="session")](chosen, segment)

"""The score by role, plan, or whatever divides people: now, over time, two at once, and in a change."""

import streamlit as st

from pages.parts import segments
from pages.session import data

chosen = data.chosen()
if not chosen.panel.segments:
    st.info(
        "These answers cannot be divided: no column has between 2 and 50 different values. "
        "Add columns such as role, plan or region to the responses, or a people file.",
        icon=":material/upload_file:",
    )
    st.page_link("data.py", label="Add them on the Data page", icon=":material/upload_file:")
    st.stop()
segment = st.selectbox("Divide people by", chosen.panel.segments, key="segment", persist_state="session")
views = {
    "Scores": segments.scores,
    "One against everyone else": segments.over_time,
    "Two at once": segments.crossed_view,
    "What changed": segments.changed,
}
view = st.segmented_control(
    "View", list(views), default="Scores", key="segment_view", required=True, persist_state="session"
)
views[view](chosen, segment)

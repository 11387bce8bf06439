"""The score by role, plan, or whatever divides people."""

import streamlit as st

from nps.charts import segments
from nps.measures import words
from pages import _shared, _show

chosen = _shared.chosen()
if not chosen.panel.segments:
    st.info(
        "These answers cannot be divided: no column has between 2 and 50 different values. "
        "Add columns such as role, plan or region to the responses, or a people file.",
        icon=":material/upload_file:",
    )
    st.page_link("data.py", label="Add them on the Data page", icon=":material/upload_file:")
    st.stop()
segment = st.selectbox("Divide people by", chosen.panel.segments, key="segment", persist_state="session")
frame = chosen.by_segment(segment)
if not chosen.selection.region.all_scores:
    st.info("Scores inside a selection of scores say nothing. Below: how the selection is made up.")
    st.altair_chart(segments.shares(frame, segment), key="segment_shares")
elif frame["responses"].max() < segments.MIN_SHOWN:
    st.info(f"No group has the {segments.MIN_SHOWN} answers that a score needs.")
else:
    _show.text(words.of_segment(segment, frame))
    st.altair_chart(segments.scores(frame, segment), key="segment_scores")
    st.caption(
        "Ranked as if 30 average answers were added to each group, so that small ones do not win by luck. "
        "Fewer than 10 answers: no score; fewer than 30: pale. “Differs”: from everyone else by more than chance "
        "would explain, corrected for the number of groups."
    )
_show.numbers(frame, "segment_table")

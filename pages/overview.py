"""The score, how it is made up, how it moves, and what stands out."""

import streamlit as st

from nps.charts import overview
from nps.measures import words
from nps.measures.segments import MIN_SHOWN
from pages import _shared, _show, _tables, _trend

chosen = _shared.chosen()
measured = chosen.score

gauge, facts = st.columns([1, 2])
with gauge:
    _show.score("NPS", measured, key="overview_score")
    if not chosen.selection.region.all_scores:
        st.caption("These people were chosen by their score, so their score says nothing.")
    elif measured.responses >= MIN_SHOWN:
        st.altair_chart(overview.gauge(measured), key="gauge")
        st.caption(f"Usually read as {words.reading(measured.nps)}.")
    _show.groups(measured)
    _show.how(chosen, "score", "interval", "difference", "share")
with facts:
    st.subheader("What stands out")
    by_segment = {name: chosen.by_segment(name) for name in chosen.panel.segments}
    _show.bullet(words.standouts(by_segment, chosen.by_feature(), chosen.by_activity(), chosen.trend("month")))
    _show.bullet([words.versus_previous(chosen.versus_previous())] if chosen.selection.period else [])
    _show.counted(chosen)

scores, months = st.columns(2)
with scores:
    st.subheader("How people answered")
    distribution = chosen.distribution
    st.altair_chart(overview.distribution(distribution), key="distribution")
    _tables.numbers(distribution, "distribution_table")
with months:
    st.subheader("Over time")
    _trend.show(chosen)

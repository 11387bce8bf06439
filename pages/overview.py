"""The score, how it is made up, how it moves, and what stands out."""

import streamlit as st

from nps.charts import overview
from nps.measures import words
from pages import _shared, _show

chosen = _shared.chosen()
measured = chosen.score
trend = chosen.trend("month")

gauge, facts = st.columns([1, 2])
with gauge:
    _show.score("NPS", measured, key="overview_score")
    _show.groups(measured)
with facts:
    st.subheader("What stands out")
    by_segment = {name: chosen.by_segment(name) for name in chosen.panel.segments}
    _show.bullet(words.standouts(by_segment, chosen.by_feature(), chosen.by_activity(), trend))

scores, months = st.columns(2)
with scores:
    st.subheader("How people answered")
    distribution = chosen.distribution
    st.altair_chart(overview.distribution(distribution), key="distribution")
    _show.numbers(distribution, "distribution_table")
with months:
    st.subheader("Month by month")
    if trend.empty:
        st.info("The answers have no dates, so there is no trend to show.")
    elif trend["responses"].max() < 10:
        st.info("No month has the 10 answers that a score needs.")
    else:
        st.altair_chart(overview.trend(trend, "month"), key="trend")
        st.caption("Months with fewer than 10 answers are not drawn. Bars: 95% interval.")
    _show.numbers(trend, "trend_table")

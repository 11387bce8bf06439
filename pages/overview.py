"""The score, how it is made up, how it moves, and what stands out."""

import streamlit as st

from nps.charts import overview
from nps.measures.rules import MIN_SHOWN
from nps.wording import compared, headlines, words
from pages.parts import figures, show, tables, trend
from pages.session import data, results

STANDOUTS = 3

chosen = data.chosen()
measured = chosen.score

gauge, facts = st.columns([1, 2])
with gauge:
    figures.score("NPS", measured, key="overview_score")
    if not chosen.selection.region.all_scores:
        st.caption("These people were chosen by their score, so their score says nothing.")
    elif measured.responses >= MIN_SHOWN:
        st.altair_chart(overview.gauge(measured), key="gauge")
        st.caption(f"Usually read as {words.reading(measured.nps)}.")
    figures.groups(measured)
    show.how(chosen, "score", "interval", "difference", "share", "finding")
with facts:
    st.subheader("What stands out")
    found = results.findings(chosen)
    told = [headlines.of_finding(row) for row in found.head(STANDOUTS).itertuples()]
    show.bullet(told or [headlines.nothing_holds(found.attrs["findable"])])
    st.caption(
        "The surest of the findings in this view; all comparisons of Find are corrected together."
        + ("" if chosen.selection.region.everything else " What is selected on the map does not narrow them.")
    )
    st.page_link("find.py", label="See all findings", icon=":material/search_insights:")
    show.bullet([compared.versus_previous(chosen.versus_previous())] if chosen.selection.period else [])
    figures.counted(chosen)

scores, months = st.columns(2)
with scores:
    st.subheader("How people answered")
    distribution = chosen.distribution
    st.altair_chart(overview.distribution(distribution), key="distribution")
    tables.numbers(distribution, "distribution_table")
with months:
    st.subheader("Over time")
    trend.over_time(chosen)

"""The score, how it is made up, how it moves, and what stands out."""

import streamlit as st

from nps.charts import overview
from nps.measures.rules import MIN_SHOWN
from nps.wording import _, compared, headlines, words
from pages.parts import figures, show, tables, trend
from pages.session import data, results

STANDOUTS = 3

chosen = data.chosen()
measured = chosen.score

gauge, facts = st.columns([1, 2])
with gauge:
    figures.score("NPS", measured, key="overview_score")
    if not chosen.selection.region.all_scores:
        st.caption(_("These people were chosen by their score, so their score says nothing."))
    elif measured.responses >= MIN_SHOWN:
        st.altair_chart(overview.gauge(measured), key="gauge")
        st.caption(_("Usually read as {reading}.", reading=words.reading(measured.nps)))
    figures.groups(measured)
    show.how(chosen, "score", "interval", "difference", "share", "finding")
with facts:
    st.subheader(_("What stands out"))
    found = results.findings(chosen)
    told = [headlines.of_finding(row) for row in found.head(STANDOUTS).itertuples()]
    show.bullet(told or [headlines.nothing_holds(found.attrs["findable"])])
    surest = [_("The surest of the findings in this view; all comparisons of Find are corrected together.")]
    if not chosen.selection.region.everything:
        surest.append(_("What is selected on the map does not narrow them."))
    st.caption(" ".join(surest))
    st.page_link("find.py", label=_("See all findings"), icon=":material/search_insights:")
    show.bullet([compared.versus_previous(chosen.versus_previous())] if chosen.selection.period else [])
    figures.counted(chosen)

scores, months = st.columns(2)
with scores:
    st.subheader(_("How people answered"))
    distribution = chosen.distribution
    st.altair_chart(overview.distribution(distribution), key="distribution")
    tables.numbers(distribution, "distribution_table")
with months:
    st.subheader(_("Over time"))
    trend.over_time(chosen)

"""What to know first: how NPS moved, what it is made of, and what to look at."""

import streamlit as st

from nps.wording import _
from pages.parts import almost, findings, overview, show, surveys, trend
from pages.session import data

TALL = 372  # pixels of the trend and of the findings beside it

chosen = data.chosen()
overview.headline(chosen)
overview.figures(chosen)
left, right = st.columns([1.15, 1], gap="medium")
with left, st.container(border=True, height=TALL):
    found = overview.turned(chosen)
    trend.over_time(chosen, found.began if found else None)
with right, st.container(border=True, height=TALL):
    show.heading(_("What to look at first"))
    findings.first(chosen)
answered, active, nearly = st.columns(3, gap="medium")
with answered:
    overview.distribution(chosen)
with active:
    overview.by_activity(chosen)
with nearly:
    almost.almost(chosen)
show.heading(_("Who moved"))
surveys.moved(chosen)
trend.more(chosen)

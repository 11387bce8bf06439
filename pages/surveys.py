"""Asking itself: who answers how often, who moved, and other ways to count."""

import streamlit as st

from nps.measures import repeats, rules
from pages.parts import likeness, occasions, planner, response, show, surveys
from pages.session import data

chosen = data.chosen()
asked = repeats.asked(chosen.every_answer())
people, answers, gap = st.columns(3)
people.metric("People who answered", f"{asked.people:,}")
people.caption(f"{asked.repeated:,} of them more than once" if asked.repeated else "Nobody more than once")
answers.metric("Answers", f"{asked.answers:,}")
gap.metric("Days between answers", show.number(asked.median_gap), help="The middle one of all gaps between two answers")
if asked.soon:
    st.info(
        f"{asked.soon:,} people ({asked.soon_share:.0%}) answered twice within {rules.TOO_SOON_DAYS} days. "
        "Asking less often is kinder, and their second answer tells little new.",
        icon=":material/schedule:",
    )
st.subheader("Which surveys")
surveys.kinds(chosen)
st.subheader("Who moved")
surveys.moved(chosen)
st.subheader("Who answered, of those who could have")
response.who_answered(chosen)
st.subheader("How many to ask, and whom")
planner.plan(chosen)
st.subheader("After what people answer")
occasions.after_what(chosen)
st.subheader("Other ways to count")
surveys.weighted(chosen)
st.subheader("Who could become a promoter")
likeness.alike(chosen)

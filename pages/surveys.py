"""Asking itself: who answers how often, who moved, and other ways to count."""

import streamlit as st

from nps.measures import repeats, rules
from nps.wording import _, several
from pages.parts import likeness, occasions, planner, response, show, surveys
from pages.session import data

chosen = data.chosen()
asked = repeats.asked(chosen.every_answer())
people, answers, gap = st.columns(3)
people.metric(_("People who answered"), f"{asked.people:,}")
again = _("{n} of them more than once", n=asked.repeated) if asked.repeated else _("Nobody more than once")
people.caption(again)
answers.metric(_("Answers"), f"{asked.answers:,}")
middle = _("The middle one of all gaps between two answers")
gap.metric(_("Days between answers"), show.number(asked.median_gap), help=middle)
if asked.soon:
    st.info(
        several(
            "1 person ({share:.0%}) answered twice within {days} days. Asking less often is kinder, and their second "
            "answer tells little new.",
            "{n} people ({share:.0%}) answered twice within {days} days. Asking less often is kinder, and their second "
            "answer tells little new.",
            n=asked.soon,
            share=asked.soon_share,
            days=rules.TOO_SOON_DAYS,
        ),
        icon=":material/schedule:",
    )
st.subheader(_("Which surveys"))
surveys.kinds(chosen)
st.subheader(_("Who moved"))
surveys.moved(chosen)
st.subheader(_("Who answered, of those who could have"))
response.who_answered(chosen)
st.subheader(_("How many to ask, and whom"))
planner.plan(chosen)
st.subheader(_("After what people answer"))
occasions.after_what(chosen)
st.subheader(_("Other ways to count"))
surveys.weighted(chosen)
st.subheader(_("Who could become a promoter"))
likeness.alike(chosen)

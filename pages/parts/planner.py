"""How many people to ask, and whom."""

from datetime import UTC, datetime

import streamlit as st

import nps
from nps.measures.rules import TOO_SOON_DAYS
from nps.wording import _, answering
from pages.parts import counted, show

USUAL_RATE = 0.20


def plan(chosen: nps.Chosen) -> None:
    """Answers and invitations for a margin and for a difference, and the people who can be asked."""
    margin, gap, rate = st.columns(3)
    within = margin.number_input(
        _("NPS to within so many points"), 1, 30, 5, key="plan_margin", persist_state="session"
    )
    between = gap.number_input(_("Difference of two groups"), 2, 60, 10, key="plan_gap", persist_state="session")
    answer = rate.number_input(
        _("Of 100 asked, how many answer"),
        1,
        100,
        round(100 * usual_rate(chosen)),
        key="plan_rate",
        persist_state="session",
        help=_(
            "As in the last window where use tells who could have answered, else 20: what tools report varies widely."
        ),
    )
    show.bullet(answering.of_plan(within, between, answer / 100, chosen.spread))
    today = datetime.now(UTC).date()
    label = _("Download {n} who can be asked", n=chosen.how_many_to_ask(today))
    show.people_file(label, lambda: chosen.to_ask(today), "to_ask.csv", "download_to_ask")
    st.caption(
        _(
            "Of the selection, who did not answer within {days} days and did not opt out; with people of the people "
            "file who never answered, where the selection is by role or plan only. In random order: ask from the top. "
            "When somebody was asked and did not answer is not known here.",
            days=TOO_SOON_DAYS,
        )
    )
    counted.how(chosen, "planner")


def usual_rate(chosen: nps.Chosen) -> float:
    """The share who answered, of those who could have in the last window."""
    recent = chosen.panel.select().recent
    if recent is None:
        return USUAL_RATE
    frame = recent.who_answered()
    users = frame["users"].sum()
    return min(max(frame["respondents"].sum() / users, 0.01), 1.0) if users else USUAL_RATE

"""Who answered, of those who could have."""

import streamlit as st

import nps
from nps.charts import surveys
from nps.wording import answering
from pages.parts import show, tables

RESPONSE_COLUMNS = {
    "low": st.column_config.NumberColumn("Activity from", format="localized"),
    "high": st.column_config.NumberColumn("to", format="localized"),
    "users": st.column_config.NumberColumn("Could have answered", format="localized"),
    "detractors": st.column_config.NumberColumn("Detractors", format="localized"),
    "passives": st.column_config.NumberColumn("Passives", format="localized"),
    "promoters": st.column_config.NumberColumn("Promoters", format="localized"),
    "respondents": st.column_config.NumberColumn("Answered", format="localized"),
    "share_users": None,
    "share_respondents": None,
    "response": st.column_config.NumberColumn("Share who answered", format="percent"),
}


def who_answered(chosen: nps.Chosen) -> None:
    """Who answered against who could have, by activity."""
    recent = chosen.recent
    if recent is None:
        st.caption(_why_unknown(chosen))
        return
    frame = recent.who_answered()
    st.altair_chart(surveys.response(frame), key="who_answered")
    st.caption(
        f"Everybody who used anything in the {chosen.panel.window_days} days before the last answer, in tenths by "
        "activity, and which share of them answered in those days."
    )
    show.text(answering.of_reweighted(recent.score, recent.reweighted()))
    st.caption("Re-weighting mends that active people answer more or less often, and nothing else.")
    tables.numbers(frame, "who_answered_table", columns=RESPONSE_COLUMNS)
    show.how(recent, "response", "reweighted")


def _why_unknown(chosen: nps.Chosen) -> str:
    """Why it cannot be told who could have answered, and what to do."""
    if not chosen.panel.has_usage:
        return show.NEEDS_USAGE
    if chosen.selection != nps.Selection():
        return "Clear all filters, count all surveys: who could have answered is known of everybody only."
    return "This needs usage of everybody, day by day: totals do not tell who could have answered."

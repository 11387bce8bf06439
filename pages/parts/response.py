"""Who answered, of those who could have."""

import pandas as pd
import streamlit as st

import nps
from nps.charts import surveys
from nps.charts.vegalite import compiled
from nps.wording import _, answering
from pages.parts import counted, show, tables
from pages.session import views


def _columns() -> tables.Columns:
    return {
        "low": tables.figure(_("Activity from")),
        "high": tables.figure(_("to")),
        "users": tables.figure(_("Could have answered")),
        "detractors": tables.figure(_("Detractors")),
        "passives": tables.figure(_("Passives")),
        "promoters": tables.figure(_("Promoters")),
        "respondents": tables.figure(_("Answered")),
        "share_users": None,
        "share_respondents": None,
        "response": tables.figure(_("Share who answered"), "percent"),
    }


@views.shared
def _response(chosen: nps.Chosen) -> tuple[pd.DataFrame, dict]:
    frame = chosen.recent.who_answered()
    return frame, compiled(surveys.response(frame))


def who_answered(chosen: nps.Chosen) -> None:
    """Who answered against who could have, by activity."""
    recent = chosen.recent
    if recent is None:
        _why_unknown(chosen)
        return
    frame, chart = _response(chosen)
    show.chart("who-answered", _("Share who answered, by activity"), chart)
    st.caption(
        _(
            "Everybody who used anything in the {days} days before the last answer, in tenths by activity, and which "
            "share of them answered in those days.",
            days=chosen.panel.window_days,
        )
    )
    show.text(answering.of_reweighted(recent.score, recent.reweighted()))
    st.caption(_("Re-weighting mends that active people answer more or less often, and nothing else."))
    tables.numbers(frame, "who_answered_table", columns=_columns())
    counted.how(recent, "response", "reweighted")


def _why_unknown(chosen: nps.Chosen) -> None:
    """Why it cannot be told who could have answered, and what to do."""
    if not chosen.panel.has_usage:
        counted.usage_missing()
    elif chosen.selection != nps.Selection():
        st.caption(_("Clear all filters, count all surveys: who could have answered is known of everybody only."))
    else:
        st.caption(_("This needs usage of everybody, day by day: totals do not tell who could have answered."))

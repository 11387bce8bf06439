"""The score over time, with the events that people mark on it."""

from datetime import date

import pandas as pd
import streamlit as st

import nps
from nps.charts import axes
from nps.charts import trend as charts
from nps.charts.vegalite import compiled
from nps.measures.rules import MIN_SHOWN
from nps.wording import _, headlines, several
from pages.parts import around, choose, counted, events, release, show
from pages.session import kept, screen, views

HEIGHT = 256  # pixels
HOW = {"persist_state": "session", "label_visibility": "collapsed"}
ROLLING, DAY, WEEK, MONTH, QUARTER = "rolling", "day", "week", "month", "quarter"


@views.shared
def _view(chosen: nps.Chosen, step: str, events: pd.DataFrame, began: date | None) -> tuple[pd.DataFrame, dict | None]:
    """The figures, and the chart of them where any period has enough answers."""
    frame = chosen.rolling() if step == ROLLING else chosen.trend(step)
    if frame.empty or frame["responses"].max() < MIN_SHOWN:
        return frame, None
    since = pd.Timestamp(began) if began else None
    return frame, compiled(charts.trend(frame, step, events, since, HEIGHT))


def over_time(chosen: nps.Chosen, began: date | None) -> None:
    """NPS by the step the user likes, with what changed for good and events; a click on a point tells more."""
    room = 84 if screen.narrow() else "content"  # pixels
    with st.container(horizontal=True, vertical_alignment="center", height=room, border=False):
        show.heading(_("NPS over time"))
        st.space("stretch")
        days = _rolling_days(chosen)
        step = _step(days)
    if not chosen.selection.region.all_scores:
        st.info(_("People chosen by their scores have no NPS to follow."))
        return
    frame, chart = _view(chosen, step, kept.events(), began)
    if frame.empty:
        st.info(_("The answers have no dates, so there is no trend to show."))
    elif chart is None:
        st.info(_too_few(step, days))
    else:
        labels = axes.period_labels(frame["period"], step)
        told = {label: day.date() for label, day in zip(labels, frame["period"], strict=True)}
        around.chart(chosen, "nps-over-time", _("NPS over time"), chart, told)
        st.caption(_caption(days if step == ROLLING else None))
    counted.undated(chosen.undated)


@views.shared
def _rolling_days(chosen: nps.Chosen) -> int:
    return chosen.rolling_days


@views.shared
def _told(chosen: nps.Chosen) -> list[str]:
    """What the watch told."""
    return [headlines.of_alarm(alarm) for alarm in chosen.alarms().itertuples()]


def more(chosen: nps.Chosen) -> None:
    """What the watch told, and events."""
    with st.expander(_("All changes and events"), key="all_changes", on_change="rerun") as opened:
        if opened.open:
            show.bullet(_told(chosen))
            counted.how(chosen, "trend", "interval", "alarm")
            release.at_event(chosen)
            events.events()


def _step(days: int) -> str:
    labels = {
        ROLLING: several("{n} day", "{n} days", n=days),
        DAY: _("Day"),
        WEEK: _("Week"),
        MONTH: _("Month"),
        QUARTER: _("Quarter"),
    }
    return choose.choice(_("Step"), labels, key="trend_step", default=MONTH, **HOW)


def _too_few(step: str, days: int) -> str:
    """That no period has answers enough for a score, and whether a longer one could."""
    if step == ROLLING:
        return _("Too few answers in every {days} days: a score needs {needs}.", days=days, needs=MIN_SHOWN)
    if step == QUARTER:
        return _("Too few answers in every quarter: a score needs {needs}.", needs=MIN_SHOWN)
    told = {
        DAY: _("Too few answers in every day: a score needs {needs}. Try a longer step.", needs=MIN_SHOWN),
        WEEK: _("Too few answers in every week: a score needs {needs}. Try a longer step.", needs=MIN_SHOWN),
        MONTH: _("Too few answers in every month: a score needs {needs}. Try a longer step.", needs=MIN_SHOWN),
    }
    return told[step]


def _caption(days: int | None) -> str:
    """What the marks are; of points that overlap, how long each is."""
    marks = _("Band: 95% interval. Shaded: since NPS is otherwise than before by more than chance would explain.")
    if days is None:
        return marks
    points = _("Each point holds the {days} days before it, so neighbours share most of their answers.", days=days)
    return f"{points} {marks}"

"""The score over time, with the events that people mark on it."""

from datetime import date

import pandas as pd
import streamlit as st

import nps
from nps.charts import trend as charts
from nps.charts.vegalite import compiled
from nps.measures.rules import MIN_SHOWN
from nps.wording import _, headlines, several
from pages.parts import choose, counted, release, show
from pages.session import access, kept, keys, screen, views

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
        step = _step(chosen.rolling_days)
    frame, chart = _view(chosen, step, kept.events(), began)
    if frame.empty:
        st.info(_("The answers have no dates, so there is no trend to show."))
    elif chart is None:
        st.info(_too_few(step, chosen.rolling_days))
    else:
        show.chart("nps-over-time", _("NPS over time"), chart, "trend")
        st.caption(_caption(chosen.rolling_days if step == ROLLING else None))
    counted.undated(chosen.undated)


def more(chosen: nps.Chosen) -> None:
    """What the watch told, the numbers, and events."""
    told = [headlines.of_alarm(alarm) for alarm in chosen.alarms().itertuples()]
    with st.expander(_("All changes and events"), key="all_changes"):
        show.bullet(told)
        counted.how(chosen, "trend", "interval", "alarm")
        release.at_event(chosen)
        _events()


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


def _events() -> None:
    """Add and remove events, where that is one's to do; they are kept with the data."""
    if not access.works():
        return
    with st.expander(_("Events on the trend")):
        with st.form("add_event", border=False, clear_on_submit=True):
            day, name, add = st.columns([1, 2, 1], vertical_alignment="bottom")
            day.date_input(_("Day"), key=keys.EVENT_DAY.name)
            name.text_input(_("What happened"), key=keys.EVENT_NAME.name, placeholder=_("Release 2.0"), max_chars=80)
            add.form_submit_button(_("Add"), on_click=_add)
        if problem := keys.EVENT_PROBLEM.take():
            show.problem(problem)
        for event in kept.events().itertuples():
            said, remove = st.columns([4, 1], vertical_alignment="center")
            with said:
                show.text(_("{day}  {event}", day=event.day, event=event.name))
            gone = {"on_click": kept.remove_event, "args": (event.day, event.name)}
            remove.button(_("Remove"), key=f"remove_event_{event.Index}", **gone)


def _add() -> None:
    try:
        kept.add_event(keys.EVENT_DAY.get(), keys.EVENT_NAME.get())
    except nps.InputError as wrong:
        keys.EVENT_PROBLEM.put(wrong.note)

"""The score over time, with the events that people mark on it."""

import streamlit as st

import nps
from nps.charts import overview
from nps.measures.rules import MIN_SHOWN
from nps.wording import headlines, words
from pages.parts import release, show, tables
from pages.session import kept, keys

ROLLING = "Rolling"
STEPS = {ROLLING: None, "Day": "day", "Week": "week", "Month": "month", "Quarter": "quarter"}


def over_time(chosen: nps.Chosen) -> None:
    """The trend by the step the user likes, its warnings in words, and the events."""
    days = f"{chosen.rolling_days} days"
    step = st.segmented_control(
        "Step",
        list(STEPS),
        format_func=lambda step: days if step == ROLLING else step,
        default="Month",
        key="trend_step",
        required=True,
        persist_state="session",
    )
    name = days if step == ROLLING else step.lower()
    frame = chosen.trend(STEPS[step]) if STEPS[step] else chosen.rolling()
    alarms = chosen.alarms()
    if frame.empty:
        st.info("The answers have no dates, so there is no trend to show.")
        return
    if frame["responses"].max() < MIN_SHOWN:
        longer = "" if step in (ROLLING, "Quarter") else " Try a longer step."
        st.info(f"Too few answers in every {name}: a score needs {MIN_SHOWN}.{longer}")
    else:
        for alarm in alarms.itertuples():
            show.text(headlines.of_alarm(alarm))
        st.altair_chart(overview.trend(frame, name, kept.events(), alarms), key="trend")
        st.caption(_caption(days if step == ROLLING else ""))
    show.undated(chosen.undated)
    tables.numbers(frame, "trend_table")
    show.how(chosen, "trend", "interval", "alarm")
    release.at_event(chosen)
    _events()


def _caption(days: str) -> str:
    """What the marks are; of points that overlap, how long each is."""
    counted = f"Each point holds the {days} before it, so neighbours share most of their answers. " if days else ""
    return (
        f"{counted}Bars: 95% interval; under {MIN_SHOWN} answers nothing is drawn. ● is an event; the score "
        "fell at ▼ and rose at ▲: small moves are added up week by week, never two neighbouring points compared."
    )


def _events() -> None:
    """Add and remove events; they are kept with the data."""
    with st.expander("Events on the trend"):
        with st.form("add_event", border=False, clear_on_submit=True):
            day, name, add = st.columns([1, 2, 1], vertical_alignment="bottom")
            day.date_input("Day", key=keys.EVENT_DAY.name)
            name.text_input("What happened", key=keys.EVENT_NAME.name, placeholder="Release 2.0", max_chars=80)
            add.form_submit_button("Add", on_click=_add)
        if problem := keys.EVENT_PROBLEM.take():
            show.problem(problem)
        for event in kept.events().itertuples():
            said, remove = st.columns([4, 1], vertical_alignment="center")
            with said:
                show.text(f"{words.day(event.day)}  {event.name}")
            remove.button(
                "Remove", key=f"remove_event_{event.Index}", on_click=kept.remove_event, args=(event.day, event.name)
            )


def _add() -> None:
    try:
        kept.add_event(keys.EVENT_DAY.get(), keys.EVENT_NAME.get())
    except nps.InputError as wrong:
        keys.EVENT_PROBLEM.put(str(wrong))

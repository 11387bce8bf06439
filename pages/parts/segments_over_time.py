"""The views of the Segments page over time: one value against everyone else, and what a change is made of."""

from datetime import date, timedelta

import streamlit as st

import nps
from nps.charts import change, segments
from nps.measures.rules import MIN_SHOWN
from nps.wording import _, compared, names
from pages.parts import show, tables
from pages.parts.segments import comparable
from pages.session import kept

ANOTHER_DAY = "another_day"


def over_time(chosen: nps.Chosen, segment: str) -> None:
    """The target persona against everyone else, and before and after an event."""
    if not comparable(chosen):
        return
    who, step = st.columns([2, 1])
    values, labels = chosen.by_segment(segment)["value"], {"month": _("month"), "quarter": _("quarter")}
    called = {value: names.value(value) for value in values}
    value = who.selectbox(_("Who"), values, format_func=called.get, key=f"persona_{segment}", persist_state="session")
    with step:
        period = show.choice(_("Step"), labels, key="persona_step", default="quarter", persist_state="session")
    frame = chosen.with_and_without(segment, value, period)
    if frame["responses"].max() < MIN_SHOWN:
        st.info(_too_few(period))
        return
    st.altair_chart(segments.over_time(frame, value, period), key="persona_trend")
    st.caption(_("Violet: the chosen group. Grey: everyone else. Bars: 95% interval."))
    called = {value: names.value(value), "": _("everyone else")}
    tables.numbers(frame.assign(who=frame["who"].map(called)), "persona_table")
    st.subheader(_("Before and after"))
    around = chosen.around(segment, value, _day(chosen))
    show.bullet([compared.of_around(row, value) for _place, row in around.iterrows()])
    show.how(chosen, "trend", "interval", "difference")


def _too_few(period: str) -> str:
    if period == "month":
        return _("No month has the {n} answers that a score needs.", n=MIN_SHOWN)
    return _("No quarter has the {n} answers that a score needs.", n=MIN_SHOWN)


def _day(chosen: nps.Chosen) -> date:
    """The day of an event of the trend, or another."""
    limits, events = chosen.panel.period, [*kept.events().itertuples(index=False)]
    days = {(event.name, event.day.date()): _("{day}: {event}", day=event.day, event=event.name) for event in events}
    labels = days | {ANOTHER_DAY: _("Another day")}
    picked = st.selectbox(_("Event"), list(labels), format_func=labels.get, key="around_event", persist_state="session")
    if picked in days:
        return picked[1]
    return st.date_input(_("Day"), limits[0] + (limits[1] - limits[0]) / 2, *limits, key="around_day")


def changed(chosen: nps.Chosen, segment: str) -> None:
    """What made the score change from one period to another."""
    limits = chosen.panel.period
    if not comparable(chosen) or limits is None:
        return
    middle = limits[0] + (limits[1] - limits[0]) / 2
    first, second = st.columns(2)
    before = first.date_input(_("Before"), (limits[0], middle), *limits, key="change_before")
    after = second.date_input(_("After"), (middle + timedelta(days=1), limits[1]), *limits, key="change_after")
    if len(before) < 2 or len(after) < 2:
        st.info(_("Choose the first and the last day of both periods."))
        return
    parts, total = chosen.changed(segment, _days(before), _days(after))
    if not parts["responses_before"].sum() or not parts["responses_after"].sum():
        st.info(_("One of the periods has no answers."))
        return
    show.text(compared.of_change(total, segment))
    st.altair_chart(change.bridge(parts, total), key="bridge")
    st.caption(
        _(
            "Pale: the share of answers moved between groups. Full: a group itself scored differently. Together they "
            "are exactly the change. Groups with fewer than 10 answers in a period are counted as “Other”."
        )
    )
    tables.numbers(parts.assign(value=parts["value"].map(names.pooled)), "change_table")
    show.how(chosen, "change", "interval")


def _days(period: tuple[date, ...]) -> tuple[date, date]:
    return period[0], period[1]

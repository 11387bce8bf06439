"""The views of the Segments page."""

from datetime import date, timedelta

import streamlit as st

import nps
from nps.charts import change, crossed, segments
from nps.measures.rules import MIN_SHOWN
from nps.wording import compared, words
from pages.parts import show, tables
from pages.session import kept

CUT = "Scores inside a selection of scores say nothing. Clear the selection's scores to see this."


def scores(chosen: nps.Chosen, segment: str) -> None:
    """Each value's score, ranked; what the selection is made of where the region cuts scores."""
    frame = chosen.by_segment(segment)
    if not chosen.selection.region.all_scores:
        st.info("Scores inside a selection of scores say nothing. Below: how the selection is made up.")
        st.altair_chart(segments.shares(frame, segment), key="segment_shares")
    elif frame["responses"].max() < MIN_SHOWN:
        st.info(f"No group has the {MIN_SHOWN} answers that a score needs.")
    else:
        show.text(compared.of_segment(segment, frame))
        st.altair_chart(segments.scores(frame, segment), key="segment_scores")
        st.caption(
            "Ranked as if 30 average answers were added to each group, so that small ones do not win by luck. "
            "Fewer than 10 answers: no score; fewer than 30: pale. “Differs”: from everyone else by more than chance "
            "would explain, corrected for the groups of this chart."
            + ("" if chosen.cube.strangers else " Answers of one account, or of one person, are taken together.")
        )
    tables.numbers(frame, "segment_table")
    show.how(chosen, "score", "interval", "ranking", "differs", "share")


def over_time(chosen: nps.Chosen, segment: str) -> None:
    """The target persona against everyone else, and before and after an event."""
    if not _comparable(chosen):
        return
    who, step = st.columns([2, 1])
    value = who.selectbox("Who", chosen.by_segment(segment)["value"], key=f"persona_{segment}", persist_state="session")
    period = step.segmented_control(
        "Step", ["month", "quarter"], default="quarter", key="persona_step", required=True, persist_state="session"
    )
    frame = chosen.with_and_without(segment, value, period)
    if frame["responses"].max() < MIN_SHOWN:
        st.info(f"No {period} has the {MIN_SHOWN} answers that a score needs.")
        return
    st.altair_chart(segments.over_time(frame, value, period), key="persona_trend")
    st.caption("Violet: the chosen group. Grey: everyone else. Bars: 95% interval.")
    tables.numbers(frame, "persona_table")
    st.subheader("Before and after")
    events = kept.events()
    limits = chosen.panel.period
    days = {f"{words.day(event.day)}: {event.name}": event.day.date() for event in events.itertuples()}
    picked = st.selectbox("Event", [*days, "Another day"], key="around_event", persist_state="session")
    day = days.get(picked) or st.date_input("Day", limits[0] + (limits[1] - limits[0]) / 2, *limits, key="around_day")
    around = chosen.around(segment, value, day)
    show.bullet([compared.of_around(row, value) for _, row in around.iterrows()])
    show.how(chosen, "trend", "interval", "difference")


def crossed_view(chosen: nps.Chosen, segment: str) -> None:
    """Two segments at once."""
    others = [name for name in chosen.panel.segments if name != segment]
    if not _comparable(chosen) or not others:
        return
    second = st.selectbox("And by", others, key=f"crossed_{segment}", persist_state="session")
    frame = chosen.crossed(segment, second)
    st.altair_chart(crossed.heat(frame, segment, second), key="crossed")
    st.caption("NPS of each pair; more colour, higher score. Under 10 answers nothing, under 30 a pale figure.")
    tables.numbers(frame, "crossed_table")
    show.how(chosen, "score", "interval", "ranking")


def changed(chosen: nps.Chosen, segment: str) -> None:
    """What made the score change from one period to another."""
    limits = chosen.panel.period
    if not _comparable(chosen) or limits is None:
        return
    middle = limits[0] + (limits[1] - limits[0]) / 2
    first, second = st.columns(2)
    before = first.date_input("Before", (limits[0], middle), *limits, key="change_before")
    after = second.date_input("After", (middle + timedelta(days=1), limits[1]), *limits, key="change_after")
    if len(before) < 2 or len(after) < 2:
        st.info("Choose the first and the last day of both periods.")
        return
    parts, total = chosen.changed(segment, _days(before), _days(after))
    if not parts["responses_before"].sum() or not parts["responses_after"].sum():
        st.info("One of the periods has no answers.")
        return
    show.text(compared.of_change(total, segment))
    st.altair_chart(change.bridge(parts, total), key="bridge")
    st.caption(
        "Pale: the share of answers moved between groups. Full: a group itself scored differently. Together they are "
        "exactly the change. Groups with fewer than 10 answers in a period are counted as “Other”."
    )
    tables.numbers(parts, "change_table")
    show.how(chosen, "change", "interval")


def _comparable(chosen: nps.Chosen) -> bool:
    if not chosen.selection.region.all_scores:
        st.info(CUT)
    return chosen.selection.region.all_scores


def _days(period: tuple[date, ...]) -> tuple[date, date]:
    return period[0], period[1]

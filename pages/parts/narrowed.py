"""Whom a page is narrowed to: days, and people by what holds for them. Names of customers are options, never labels."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby

import streamlit as st

import nps
from nps.selection import Choice
from nps.wording import _, narrowing
from pages.session import filters, kept, keys, options

KEPT = {"persist_state": "session"}  # as the Data page shows none of it
QUICK = ("all", "30", "90", "quarter")


def dates(panel: nps.Panel) -> None:
    """The last days, the quarter, since an event, or days of one's own."""
    spoken = {
        "all": _("All"),
        "30": _("Last 30 days"),
        "90": _("Last 90 days"),
        "quarter": _("This quarter"),
    }
    ranges = {name: _range(panel, name) for name in QUICK}
    period = filters.selection().period
    keys.QUICK_RANGE.follow(next((name for name, days in ranges.items() if days == period), None))
    st.pills(
        *(_("Answered in"), QUICK),
        format_func=spoken.get,
        key=keys.QUICK_RANGE.name,
        on_change=_quick,
        args=(ranges,),
    )
    first, last = panel.period
    since = {
        _("{event}, {day}", event=event.name, day=event.day): event.day.date() for event in kept.events().itertuples()
    }
    if since:
        keys.SINCE_EVENT.follow(next((said for said, day in since.items() if period == (day, last)), None))
        st.selectbox(
            *(_("Since an event"), list(since)),
            key=keys.SINCE_EVENT.name,
            placeholder=_("Choose an event"),
            on_change=_since,
            args=(since, last),
        )
    st.date_input(_("Answered between"), key=keys.PERIOD.name, min_value=first, max_value=last, value=(), **KEPT)


def _range(panel: nps.Panel, name: str) -> tuple | None:
    """First and last day, counted back from the last answer; None for all."""
    first, last = panel.period
    if name == "all":
        return None
    if name == "quarter":
        return max(first, last.replace(month=3 * ((last.month - 1) // 3) + 1, day=1)), last
    return max(first, last - timedelta(days=int(name) - 1)), last


def _quick(ranges: dict[str, tuple | None]) -> None:
    keys.PERIOD.put(ranges.get(keys.QUICK_RANGE.get() or "all") or ())


def _since(days: dict, last: object) -> None:
    if (day := days.get(keys.SINCE_EVENT.get())) and day <= last:
        keys.PERIOD.put((day, last))


def people(panel: nps.Panel) -> None:
    """A picker for each thing that people can be told apart by, its values with how many people have them."""
    active = keys.PEOPLE.get()
    every = list(dict.fromkeys([*options.people_options(panel), *active]))
    if not every:
        return
    counts = options.people_counted(panel)
    label = _("{n} filters of people", n=len(active)) if len(active) > 1 else _("1 filter of people")
    with st.popover(label if active else _("Everybody"), icon=":material/group:", type="tertiary"):
        for place, (about, choices) in enumerate(_by_subject(every)):
            st.text(about)
            _picker(place, about, choices, active, counts)
        st.caption(_("Several values of one kind widen, different kinds narrow."))


def _picker(place: int, about: str, choices: Sequence[Choice], active: Sequence[Choice], counts: dict) -> None:
    key = keys.of_widget(f"people_{place}")
    key.follow([choice for choice in choices if choice in active])
    said = {choice: narrowing.counted(choice.values[0], counts.get(choice)) for choice in choices}
    st.multiselect(
        *(about, choices),
        format_func=said.get,
        key=key.name,
        label_visibility="collapsed",
        placeholder=_("Everybody"),
        on_change=_picked,
        args=(key, tuple(choices)),
    )


def _picked(key: keys.Key, offered: tuple[Choice, ...]) -> None:
    others = [choice for choice in keys.PEOPLE.get() if choice not in offered]
    keys.PEOPLE.put([*others, *(key.get() or ())])


def _by_subject(choices: Sequence[Choice]) -> list[tuple[str, list[Choice]]]:
    return [(about[-1], list(each)) for about, each in groupby(choices, key=lambda choice: choice.about)]


def chips() -> None:
    """The values that people are narrowed to; the cross on one takes it away."""
    if active := list(keys.PEOPLE.get()):
        said = {choice: str(choice.describe()) for choice in active}
        how = {"label_visibility": "collapsed", "width": 320, **KEPT}
        st.multiselect(_("Only these people"), active, format_func=said.get, key=keys.PEOPLE.name, **how)

"""What changed around a point of the trend: before and since, whose part is the largest, events and comments."""

from collections.abc import Mapping
from datetime import date
from functools import partial

import streamlit as st

import nps
from nps.measures import change
from nps.measures.rules import MIN_SHOWN
from nps.measures.score import Difference
from nps.wording import _, compared, segments, several, words
from pages.parts import moved, show, values
from pages.parts.moments import Days
from pages.session import kept, keys, links, views

DAYS, COMMENTS = 90, 3


def chart(chosen: nps.Chosen, name: str, title: str, spec: dict, days: Mapping[str, date]) -> None:
    """The trend; a click on a point, whose label has a day, tells what changed there."""
    key = keys.of_widget(f"trend_{keys.TREND_DRAWN.get()}")
    clicked = partial(_clicked, key, days)
    show.chart(name, title, spec, key.name, on_select=clicked, selection_mode="moment")
    if (day := keys.AROUND.take()) is not None:
        st.dialog(_("What changed around here"), width="large")(_around)(chosen, day)


def _clicked(key: keys.Key, days: Mapping[str, date]) -> None:
    """A fresh chart has nothing clicked, so that the same point can be clicked again."""
    if (day := days.get(values.clicked(key.get(), "moment", "label"))) is not None:
        keys.AROUND.put(day)
        keys.TREND_DRAWN.put(keys.TREND_DRAWN.get() + 1)


@views.shared
def _compared(chosen: nps.Chosen, after: Days) -> Difference:
    return chosen.during(after).versus_previous()


def _around(chosen: nps.Chosen, day: date) -> None:
    limits = chosen.selection.period or chosen.panel.period
    before, after = change.either_side(day, limits, DAYS)
    length = (after[1] - after[0]).days + 1
    sides = [len(chosen.during(period).places) for period in (before, after)]
    st.subheader(several("From {day} on, 1 day", "From {day} on, {n} days", n=length, day=day), anchor=False)
    if min(sides) < MIN_SHOWN:
        st.text(_("Before this day or since, fewer than {n} people answered: too few for NPS.", n=MIN_SHOWN))
    else:
        st.text(compared.versus_previous(_compared(chosen, after)))
        _parts(chosen, before, after)
        st.caption(_("A day that is picked for how it looks differs more than it would by chance: see what is shaded."))
    _events(before[0], after[1])
    _comments(chosen.during(after))
    periods = "_".join(str(each) for each in (*before, *after))
    go = partial(links.go, links.SEGMENTS, view="changed", event=moved.OWN, days=periods)
    how = {"icon": ":material/stacked_bar_chart:", "key": "why_moved", "disabled": not chosen.panel.segments}
    if st.button(_("Why NPS moved"), on_click=go, **how):
        st.rerun()  # of a dialog only itself would run


def _parts(chosen: nps.Chosen, before: Days, after: Days) -> None:
    if chosen.panel.segments:
        segment = moved.tried(chosen, before, after)[0]
        split = moved.split(chosen, segment, before, after)
        for each in filter(None, (segments.of_parts(split, segment), segments.of_largest(split))):
            st.text(f"•  {each}")


def _events(first: date, last: date) -> None:
    for event in kept.events().itertuples():
        if first <= event.day.date() <= last:
            st.text(f"◆  {words.day(event.day)}  {event.name}")


def _comments(since: nps.Chosen) -> None:
    """The first that were written from that day on."""
    written = since.people[since.people["comment"].notna()]
    if len(written):
        st.caption(several("1 comment since that day", "{n} comments since that day", n=len(written)))
    for answer in written.head(COMMENTS).itertuples():
        st.text(f"{answer.score}  {answer.comment}")

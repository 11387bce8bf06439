"""What a change of NPS is made of: by every segment, the one that says most of it first."""

import re
from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import nps
from nps.charts import change as charts
from nps.charts.vegalite import compiled
from nps.measures.change import Split
from nps.measures.rules import MIN_SHOWN
from nps.wording import _, names, segments
from pages.parts import choose, counted, show, tables
from pages.parts.moments import Days, Moment, moments
from pages.session import keys, screen, views

OWN, MOST = "own", ""
DAYS, DAY = keys.of_widget("change_days"), re.compile(r"\d{4}-\d\d-\d\d")
NARROW, WIDE = 130, 260  # pixels for names
HOW = {"label_visibility": "collapsed", "width": 300}


@views.shared
def tried(chosen: nps.Chosen, before: Days, after: Days) -> list[str]:
    """Segments, the one that says most of the change first."""
    return chosen.explained(before, after)["segment"].tolist()


@views.shared
def split(chosen: nps.Chosen, segment: str, before: Days, after: Days) -> Split:
    """What the change is made of by a segment."""
    return chosen.changed(segment, before, after)


@views.shared
def _bridge(chosen: nps.Chosen, segment: str, before: Days, after: Days, limit: int) -> dict:
    return compiled(charts.bridge(*chosen.changed(segment, before, after), limit))


def changed(chosen: nps.Chosen, place: DeltaGenerator, row: DeltaGenerator) -> None:
    """From one period to another, by the segment that says most of it, or another."""
    found = moments(chosen)
    if not found:
        with place:
            show.headline(_("Nobody knows when these people answered, so there is no change to explain."))
        return
    with row:
        periods = _periods(chosen, found)
        if periods is None:
            with place:
                show.headline(_("Choose two periods to compare."))
            return
        segment = _segment(tried(chosen, *periods))
    parted = split(chosen, segment, *periods)
    sides = parted.parts[["responses_before", "responses_after"]].sum()
    with place:
        if sides.min() < MIN_SHOWN:
            show.headline(_("One of the periods has fewer than the {n} answers that NPS needs.", n=MIN_SHOWN))
            return
        told = [segments.of_parts(parted, segment), segments.of_largest(parted)]
        show.headline(segments.of_change(parted), *filter(None, told))
    spec = _bridge(chosen, segment, *periods, NARROW if screen.narrow() else WIDE)
    show.chart("why-nps-moved", _("What the change of NPS is made of"), spec, "bridge")
    st.caption(_caption())
    tables.numbers(parted.parts.assign(value=parted.parts["value"].map(names.pooled)), "change_table")
    counted.how(chosen, "change", "interval")


def _segment(by: list[str]) -> str:
    """The one that is picked, else the one that says most."""
    said = {MOST: _("By {segment}, which says most", segment=names.segment(by[0]))}
    said |= {name: _("By {segment}", segment=names.segment(name)) for name in by}
    return choose.pick(_("Divide people by"), list(said), "change_segment", format_func=said.get, **HOW) or by[0]


def _periods(chosen: nps.Chosen, found: dict[str, Moment]) -> tuple[Days, Days] | None:
    """Around the latest change, else the latest event, else halves; or days of one's own. None: not chosen yet."""
    said = {code: moment.said for code, moment in found.items()} | {OWN: _("Days of your own")}
    picked = choose.pick(_("Before and after"), list(said), "around_event", format_func=said.get, **HOW)
    return _own(chosen, found) if picked == OWN else (found[picked].before, found[picked].after)


def _own(chosen: nps.Chosen, found: dict) -> tuple[Days, Days] | None:
    """Two periods, kept as text so that a link can hold them."""
    limits, first = chosen.panel.period, next(iter(found.values()))
    starts = _read(DAYS.get(), limits) or (first.before, first.after)
    asked = zip(("before", "after"), (_("Before"), _("After")), starts, strict=True)
    chosen_days = [
        st.date_input(label, days, *limits, key=f"change_{which}", width=240) for which, label, days in asked
    ]
    if any(len(days) < 2 for days in chosen_days):
        return None
    DAYS.put("_".join(str(day) for days in chosen_days for day in days))
    return tuple(tuple(days) for days in chosen_days)


def _read(said: str | None, limits: Days) -> tuple[Days, Days] | None:
    """Two periods from a link; None where it says none that this data has."""
    parts = (said or "").split("_")
    if len(parts) != 4 or not all(map(DAY.fullmatch, parts)):
        return None
    try:
        days = [date.fromisoformat(part) for part in parts]
    except ValueError:
        return None
    inside = all(limits[0] <= day <= limits[1] for day in days)
    return ((days[0], days[1]), (days[2], days[3])) if inside and days[0] <= days[1] and days[2] <= days[3] else None


def _caption() -> str:
    return _(
        "From the top: NPS before, each part of the change, NPS after. Violet rises, grey falls. Who answered: the "
        "share of answers moved between groups. How they scored: a group itself scored otherwise. Together they are "
        "exactly the change. Groups with fewer than 10 answers in a period are counted as “Other”."
    )

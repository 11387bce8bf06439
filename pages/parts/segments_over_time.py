"""One value of a segment against everyone else over time, and before and after something happened."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import nps
from nps.charts import segments as charts
from nps.charts.vegalite import compiled
from nps.measures.rules import MIN_SHOWN
from nps.wording import _, compared, names, segments, words
from pages.parts import choose, counted, show, tables
from pages.parts.moments import moments
from pages.session import data, kept, keys, views

TALL = 300  # pixels
HOW = {"label_visibility": "collapsed", "width": 240}


@views.shared
def _over_time(
    chosen: nps.Chosen, segment: str, value: str, period: str, events: pd.DataFrame
) -> tuple[pd.DataFrame, dict | None]:
    frame = chosen.with_and_without(segment, value, period)
    if frame.empty or frame["responses"].max() < MIN_SHOWN:
        return frame, None
    return frame, compiled(charts.over_time(frame, value, period, events, TALL))


@views.shared
def _around(chosen: nps.Chosen, segment: str, value: str, day: date) -> pd.DataFrame:
    return chosen.around(segment, value, day)


def over_time(chosen: nps.Chosen, segment: str, place: DeltaGenerator, row: DeltaGenerator) -> None:
    """The target persona against everyone else, and before and after something happened."""
    with row:
        value = _persona(segment, _largest_first(chosen, segment))
        days = moments(chosen)
        said = {code: moment.said for code, moment in days.items()}
        picked = choose.pick(_("Before and after"), list(days), "around_event", format_func=said.get, **HOW)
        labels = {"month": _("Month"), "quarter": _("Quarter")}
        how = {"default": "quarter", "persist_state": "session", "label_visibility": "collapsed"}
        period = choose.choice(_("Step"), labels, key="persona_step", **how)
    around = _around(chosen, segment, value, days[picked].day) if picked else None
    with place:
        _lead(around, segment, value)
    if around is not None:
        _figures(around)
    _chart(chosen, segment, value, period)
    if around is not None:
        show.bullet([compared.of_around(row, value) for _place, row in around.iterrows()])
    counted.how(chosen, "trend", "interval", "difference")


def _largest_first(chosen: nps.Chosen, segment: str) -> list[str]:
    frame = chosen.by_segment(segment)
    return frame.sort_values("responses", ascending=False, kind="stable")["value"].tolist()


def _persona(segment: str, values: Sequence[str]) -> str:
    """Whom the reader is after: kept for each dataset while the session lasts; at first the largest group."""
    mark = data.dataset().fingerprint if data.dataset() else "", segment
    persona = keys.of_widget("persona")
    persona.fit(values)
    if not persona.known and keys.PERSONAS.get().get(mark) in values:
        persona.put(keys.PERSONAS.get()[mark])
    value = choose.pick(
        _("Who"), values, "persona", format_func={each: names.value(each) for each in values}.get, **HOW
    )
    keys.PERSONAS.put({**keys.PERSONAS.get(), mark: value})
    return value


def _lead(around: pd.DataFrame | None, segment: str, value: str) -> None:
    who = _("{segment} {value}", segment=names.heading(segment), value=names.value(value))
    show.headline(segments.of_gap(around) if around is not None else _("One group against everyone else"), who)


def _figures(around: pd.DataFrame) -> None:
    """Before and after as one row: the group, its change, and everyone else."""
    before, since = (row for _place, row in around.iterrows())
    with st.grid(4, min_column_width=150):
        show.figure(_("Before"), _nps(before, "nps"), beside=segments.beside(before))
        show.figure(_("Since"), _nps(since, "nps"), _moved(before, since, "nps"), segments.beside(since))
        show.figure(_("Everyone else before"), _nps(before, "nps_rest"))
        show.figure(_("Everyone else since"), _nps(since, "nps_rest"), _moved(before, since, "nps_rest"))


def _nps(row: pd.Series, of: str) -> str:
    return show.UNKNOWN if segments.few(row) else words.points(row[of])


def _moved(before: pd.Series, since: pd.Series, of: str) -> str | None:
    return None if segments.few(before) or segments.few(since) else words.signed(since[of] - before[of])


def _chart(chosen: nps.Chosen, segment: str, value: str, period: str) -> None:
    frame, chart = _over_time(chosen, segment, value, period, kept.events())
    if chart is None:
        st.info(_("No period has the {n} answers that NPS needs.", n=MIN_SHOWN))
        return
    show.chart("group-over-time", _("A group's NPS over time"), chart, "persona_trend")
    st.caption(_("Violet: the chosen group. Dashed: everyone else. Bands: 95% interval."))
    called = {value: names.value(value), "": _("everyone else")}
    tables.numbers(frame.assign(who=frame["who"].map(called)), "persona_table")

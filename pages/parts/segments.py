"""The views of the Segments page that show one moment: NPS of each value, and two segments at once."""

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import nps
from nps.charts import crossed as crossed_charts
from nps.charts import segments as charts
from nps.charts.vegalite import compiled
from nps.measures.rules import MIN_SHOWN
from nps.wording import _, compared, names, segments
from pages.parts import choose, counted, show, tables
from pages.session import screen, views

NARROW, WIDE = 110, 220  # pixels for names
ROOM = {"XL": 1500, "L": 1060, "ML": 920, "M": 760, "S": 480, "XS": 240}  # pixels that the columns of a heat table have


@views.shared
def _scores(chosen: nps.Chosen, segment: str, limit: int) -> tuple[pd.DataFrame, dict | None]:
    frame = chosen.by_segment(segment)
    if not chosen.selection.region.all_scores:
        return frame, compiled(charts.shares(frame, segment, limit))
    enough = frame["responses"].max() >= MIN_SHOWN
    return frame, compiled(charts.scores(frame, segment, limit)) if enough else None


def scores(chosen: nps.Chosen, segment: str, place: DeltaGenerator) -> None:
    """Each value's NPS, ranked; what the selection is made of where the region cuts scores."""
    frame, chart = _scores(chosen, segment, NARROW if screen.narrow() else WIDE)
    cut = not chosen.selection.region.all_scores
    with place:
        if cut:
            show.headline(segments.of_made_up(len(chosen.places)))
        else:
            show.headline(segments.of_values(frame), compared.of_segment(segment, frame))
    if cut:
        show.chart("segments", _("Shares by segment"), chart, "segment_shares")
        st.caption(_("Bar: share of the people selected. Tick: of everyone else under the same filters."))
        tables.numbers(frame[["value", "responses", "share", "share_rest"]], "segment_table")
    elif chart is None:
        st.info(_("No group has the {n} answers that NPS needs.", n=MIN_SHOWN))
    else:
        show.chart("segments", _("NPS by segment"), chart, "segment_scores")
        st.caption(_ranked(chosen))
        tables.numbers(frame, "segment_table")
    counted.how(chosen, "score", "interval", "ranking", "differs", "share")


def _ranked(chosen: nps.Chosen) -> str:
    ranked = _(
        "Filled: differs from everyone else by more than chance would explain, corrected for the groups of this chart. "
        "Ranked as if 30 average answers were added to each group, so that small ones do not win by luck. "
        "Fewer than 10 answers: no NPS; fewer than 30: pale."
    )
    if chosen.cube.strangers:
        return ranked
    return f"{ranked} {_('Answers of one account, or of one person, are taken together.')}"


@views.shared
def _crossed(chosen: nps.Chosen, first: str, second: str, room: int) -> tuple[pd.DataFrame, dict]:
    frame = chosen.crossed(first, second)
    return frame, compiled(crossed_charts.heat(frame, first, second, room))


def crossed(chosen: nps.Chosen, segment: str, place: DeltaGenerator, row: DeltaGenerator) -> None:
    """Two segments at once."""
    others = [name for name in chosen.panel.segments if name != segment]
    if not others:
        with place:
            show.headline(_("There is no second segment to cross this one with."))
        return
    with row:
        said = {name: _("and by {segment}", segment=names.segment(name)) for name in others}
        how = {"format_func": said.get, "label_visibility": "collapsed", "width": 200}
        second = choose.pick(_("And by"), others, "crossed", **how)
    frame, chart = _crossed(chosen, segment, second, ROOM[screen.step()])
    with place:
        pair = names.heading(segment), names.segment(second)
        show.headline(segments.of_pairs(frame), _("{first} and {second}", first=pair[0], second=pair[1]))
    show.chart("two-segments", _("NPS by two segments"), chart, "crossed_heat")
    st.caption(_("NPS of each pair, violet above 0 and grey below. Under 10 answers nothing, under 30 a pale figure."))
    tables.numbers(frame, "crossed_table")
    counted.how(chosen, "score", "interval", "ranking")

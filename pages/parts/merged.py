"""What viewers see: figures of everybody, of values that stand together where they are small. No filter, no list."""

import pandas as pd
import streamlit as st

from nps.charts import merged as charts
from nps.charts.vegalite import compiled
from nps.measures.rules import MIN_SHOWN
from nps.wording import _, formulas, merged, names, several, words
from pages.parts import choose, popover, show, tables
from pages.session import screen, shown
from workspace.privacy.figures import Figures

TALL = 300  # pixels of the trend
NARROW, WIDE = 110, 220  # pixels for names


def headline(found: Figures) -> None:
    """Where the score stands."""
    show.headline(merged.of_score(found.people, found.whole))


def groups(found: Figures) -> None:
    """NPS and its three groups; nothing where one of them is too small to be shown."""
    if (measured := found.whole) is None:
        return
    with st.grid(4, min_column_width=150):
        scored = words.points(measured.nps) if measured.responses >= MIN_SHOWN else show.UNKNOWN
        show.figure("NPS", scored, help=words.interval(measured))
        labels = {"promoters": _("Promoters"), "passives": _("Passives"), "detractors": _("Detractors")}
        for name, label in labels.items():
            people = getattr(measured, name)
            share = words.percent(people / measured.responses)
            show.figure(label, share, None, several("1 person", "{n} people", n=people))


def over_time(found: Figures) -> None:
    """By month; months that are too small stand together with their neighbours."""
    show.heading(_("NPS over time"))
    frame = _labelled(found.over_time, merged.months)
    _drawn(frame, "nps-over-time", _("NPS over time"), charts.over_time, TALL)
    _numbers(frame, "months", _("When"))


def by_activity(found: Figures) -> None:
    """By fifths of the people."""
    show.heading(_("NPS by activity"))
    frame = _labelled(found.by_activity, merged.fifths)
    _drawn(frame, "nps-by-activity", _("NPS by activity"), charts.scores, _limit())
    st.caption(_("The people in order of their activity: 0% are the least active, 100% the most."))
    _numbers(frame, "fifths", _("Activity"))


def by_segment(found: Figures) -> None:
    """One segment, which they choose."""
    place = st.container()
    said = {name: _("By {segment}", segment=names.segment(name)) for name in found.segments}
    how = {"format_func": said.get, "label_visibility": "collapsed", "width": 200}
    segment = choose.pick(_("Divide people by"), [*said], "segment", **how) if said else None
    if segment is None:
        with place:
            show.headline(_("No column divides these people into groups that can be shown."))
        return
    frame = found.segments[segment]
    with place:
        show.headline(merged.of_segment(frame, segment))
    frame = frame.assign(label=frame["value"].map(merged.value, na_action=None))
    _drawn(frame, "segments", _("NPS by segment"), charts.scores, _limit())
    _numbers(frame, "segment_table", names.heading(segment))


def how(found: Figures) -> None:
    """What is counted, and what is not shown."""
    told = _(
        "Each person's latest answer counts once. Groups, values and months stand together until each holds nobody or "
        "at least five detractors, passives and promoters, so that no smaller group follows from any of these figures."
    )
    shown.counts_so(told)
    with popover.opened(_("How it is counted"), "how_merged", icon=":material/function:") as opened:
        if opened:
            st.text(merged.of_score(found.people, found.whole))
            st.text(told)
            st.text(_("Intervals take each person as one voice, also where those of one account are alike."))
            for each in (formulas.formula("score"), formulas.formula("interval")):
                st.code(each.formula, language=None, wrap_lines=True)


def _labelled(frame: pd.DataFrame, say) -> pd.DataFrame:
    return frame.assign(label=[say(row.first, row.last) for row in frame.itertuples()])


def _drawn(frame: pd.DataFrame, name: str, title: str, draw, room: int) -> None:
    if frame.empty or frame["responses"].max() < MIN_SHOWN:
        st.info(_("Too few answers to show this without telling who gave them."))
        return
    show.chart(name, title, compiled(draw(frame, room)))


def _numbers(frame: pd.DataFrame, key: str, label: str) -> None:
    if len(frame):
        columns = {name: each for name, each in tables.number_columns().items() if name not in ("value", "score")}
        tables.numbers(frame[charts.DRAWN], key, {"label": label} | {name: columns[name] for name in charts.DRAWN[1:]})


def _limit() -> int:
    return NARROW if screen.narrow() else WIDE

"""Who uses one feature, over time and by segment: made once for everybody who may see it."""

import pandas as pd
import streamlit as st

import nps
from nps.charts import segments
from nps.charts import trend as trends
from nps.charts.vegalite import compiled
from nps.measures import churn, trend
from nps.measures.rules import MIN_SHOWN
from nps.measures.segments import of_answers
from nps.wording import _, names
from pages.parts import choose, show, tables
from pages.session import kept, screen, views

TALL, STEP = 260, "quarter"
ROOM = 44  # pixels of a heading with a choice beside it
NARROW = 110  # pixels for names, on phones


def whom(chosen: nps.Chosen, code: int, who: str) -> pd.DataFrame:
    """Answers of its users, of who stopped, or of users who left."""
    users, stopped = chosen.users_of(code)
    return {"users": users, "stopped": stopped}[who] if who != "left" else churn.who_left(users)


@views.shared
def _trend(chosen: nps.Chosen, code: int, who: str, events: pd.DataFrame) -> tuple[pd.DataFrame, dict | None]:
    frame = trend.by_period(whom(chosen, code, who), STEP, chosen.selection.repeats)
    if frame.empty or frame["responses"].max() < MIN_SHOWN:
        return frame, None
    return frame, compiled(trends.trend(frame, STEP, events, None, TALL))


@views.shared
def _divided(chosen: nps.Chosen, code: int, who: str, segment: str, limit: int) -> tuple[pd.DataFrame, dict | None]:
    frame = of_answers(whom(chosen, code, who), segment)
    if not chosen.selection.region.all_scores:
        rest = chosen.by_segment(segment).set_index("value")["share"]
        frame = frame.assign(share_rest=frame["value"].map(rest))
        return frame, compiled(segments.shares(frame, segment, limit)) if len(frame) else None
    if frame.empty or frame["responses"].max() < MIN_SHOWN:
        return frame, None
    return frame, compiled(segments.scores(frame, segment, limit))


def charts(chosen: nps.Chosen, code: int, who: str, *, cut: bool) -> None:
    """NPS over time and by segment side by side; where the region cuts scores, what they are made of."""
    if cut:
        _by_segment(chosen, code, who, cut=cut)
        return
    over_time, by_segment = st.columns(2, gap="medium")
    with over_time:
        _over_time(chosen, code, who)
    with by_segment:
        _by_segment(chosen, code, who, cut=cut)


def _over_time(chosen: nps.Chosen, code: int, who: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", height=ROOM, border=False):
        show.heading(_("NPS over time"))
    frame, chart = _trend(chosen, code, who, kept.events())
    if chart is None:
        st.caption(_("No quarter has the {n} answers that NPS needs.", n=MIN_SHOWN))
        return
    show.chart("feature-over-time", _("NPS of its users over time"), chart, "feature_trend")
    tables.numbers(frame, "feature_trend_table")


def _by_segment(chosen: nps.Chosen, code: int, who: str, *, cut: bool) -> None:
    if not chosen.panel.segments:
        return
    with st.container(horizontal=True, vertical_alignment="center", height=ROOM, border=False):
        show.heading(_("Who they are") if cut else _("NPS by segment"))
        st.space("stretch")
        said = {name: _("By {segment}", segment=names.segment(name)) for name in chosen.panel.segments}
        how = {"format_func": said.get, "label_visibility": "collapsed", "width": 200}
        segment = choose.pick(_("Divide people by"), chosen.panel.segments, "feature_segment", **how)
    frame, chart = _divided(chosen, code, who, segment, NARROW if screen.narrow() else 180)
    if chart is None:
        st.caption(_("No group has the {n} answers that NPS needs.", n=MIN_SHOWN))
        return
    title = _("Its users by segment") if cut else _("NPS of its users by segment")
    show.chart("feature-by-segment", title, chart, "feature_by_segment")
    if not cut:
        tables.numbers(frame, "feature_segment_table")

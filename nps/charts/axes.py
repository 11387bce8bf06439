"""What the charts share: names down the side, periods along the bottom, and the figures behind a score."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from nps.charts.palette import GROUPS, INK
from nps.wording import _, names

LINE, AXIS = 30, 64  # pixels: a line of a chart with names down the side; its axis below
LEAST, ROUND = 40, 10  # points that an axis of NPS shows at least, and to which its ends are rounded
NAMED = 4  # events whose names have room


def score() -> list[alt.Tooltip]:
    """A score with its interval, and from how many answers."""
    return [
        alt.Tooltip("nps:Q", title=_("NPS"), format=".0f"),
        alt.Tooltip("low:Q", title=_("Interval from"), format=".0f"),
        alt.Tooltip("high:Q", title=_("to"), format=".0f"),
        alt.Tooltip("responses:Q", title=_("Answers"), format=","),
    ]


def of_scores(frame: pd.DataFrame, *tooltip: alt.Tooltip) -> tuple[alt.Chart, alt.Color]:
    """Scores from 0 to 10 along the bottom, and the colours of their groups. frame: score, group."""
    rows = frame.assign(group=frame["group"].astype(str).map(names.group))
    scale = alt.Scale(domain=[*map(names.group, GROUPS)], range=[*GROUPS.values()])
    x = alt.X("score:O", title=None, axis=alt.Axis(labelAngle=0, ticks=False))
    named = [alt.Tooltip("score:O", title=_("Score")), alt.Tooltip("group:N", title=_("Group"))]
    return alt.Chart(rows).encode(x=x, tooltip=[*named, *tooltip]), alt.Color("group:N", scale=scale, legend=None)


def zoomed(shown: pd.DataFrame) -> alt.Scale:
    """Around what is drawn, at least LEAST points of it. shown: nps, low, high."""
    low, high = np.nanmin(shown[["low", "nps"]]), np.nanmax(shown[["high", "nps"]])
    missing = max(0.0, LEAST - (high - low)) / 2
    ends = np.floor((low - missing) / ROUND) * ROUND, np.ceil((high + missing) / ROUND) * ROUND
    return alt.Scale(domain=[float(max(ends[0], -100)), float(min(ends[1], 100))], nice=False, zero=False)


def down(field: str, order: Sequence[str], limit: int = 220) -> alt.Y:
    """Every name of `order`, none left out, level with what it names; longer ones than `limit` pixels are cut."""
    axis = alt.Axis(labelLimit=limit, labelOverlap=False, labelFlush=False)
    return alt.Y(f"{field}:N", sort=list(order), title=None, scale=alt.Scale(domain=list(order)), axis=axis)


def height(order: Sequence[str]) -> int:
    """Pixels for so many names."""
    return AXIS + LINE * len(order)


def period_labels(days: pd.Series, period: str | int) -> pd.Series:
    """Months, quarters, and others by day; as text, for a time axis depends on the browser's zone."""
    return days.map({"month": names.month, "quarter": names.quarter}.get(period, names.short_day)).astype("str")


def along(labels: Sequence[str]) -> alt.X:
    """Periods in order, as many labels as there is room for."""
    axis = alt.Axis(labelAngle=0, labelOverlap=True, labelFlush=False)
    return alt.X("label:O", title=None, scale=alt.Scale(domain=list(labels)), axis=axis)


def events(periods: pd.DataFrame, marked: pd.DataFrame, x: alt.X) -> list[alt.Chart]:
    """A line where something happened, with its name where few did; those outside the chart are left out.

    periods  period, label: one row each, in order
    marked   day, name
    """
    places = place(periods, marked["day"])
    known = places >= 0
    rows = pd.DataFrame({"label": periods["label"].to_numpy()[places[known]], "said": marked["name"].to_numpy()[known]})
    if rows.empty:
        return []
    base = alt.Chart(rows).encode(x=x, tooltip=alt.Tooltip("said:N", title=_("What happened")))
    line = base.mark_rule(color=INK, strokeDash=[3, 3], opacity=0.5)
    name = base.mark_text(align="left", dx=6, dy=8, fontSize=12, color=INK, limit=150).encode(y=alt.value(0))
    return [line, name.encode(text="said:N")] if len(rows) <= NAMED else [line, name.encode(text=alt.value("●"))]


def place(periods: pd.DataFrame, days: pd.Series) -> np.ndarray:
    """The period that holds each day; -1 before the first."""
    return periods["period"].searchsorted(pd.to_datetime(days), side="right") - 1

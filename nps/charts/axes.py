"""What the charts share: names down the side, periods along the bottom, and the figures behind a score."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

LINE, AXIS = 30, 64  # pixels: a line of a chart with names down the side; its axis below
SCORE = (
    alt.Tooltip("nps:Q", title="NPS", format=".0f"),
    alt.Tooltip("low:Q", title="Interval from", format=".0f"),
    alt.Tooltip("high:Q", title="to", format=".0f"),
    alt.Tooltip("responses:Q", title="Answers", format=","),
)


def down(field: str, order: Sequence[str]) -> alt.Y:
    """Every name of `order`, none left out, level with what it names."""
    axis = alt.Axis(labelLimit=220, labelOverlap=False, labelFlush=False)
    return alt.Y(f"{field}:N", sort=list(order), title=None, scale=alt.Scale(domain=list(order)), axis=axis)


def height(order: Sequence[str]) -> int:
    """Pixels for so many names."""
    return AXIS + LINE * len(order)


def period_labels(days: pd.Series, period: str) -> pd.Series:
    """Months and quarters by month, others by day; as text, for a time axis depends on the browser's zone."""
    return days.dt.strftime("%b %y" if period in ("month", "quarter") else "%d %b %y")


def along(labels: Sequence[str]) -> alt.X:
    """Periods in order, as many labels as there is room for."""
    axis = alt.Axis(labelAngle=0, labelOverlap=True, labelFlush=False)
    return alt.X("label:O", title=None, scale=alt.Scale(domain=list(labels)), axis=axis)

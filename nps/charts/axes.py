"""What the charts share: names down the side, periods along the bottom, and the figures behind a score."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from nps.wording import _, names

LINE, AXIS = 30, 64  # pixels: a line of a chart with names down the side; its axis below


def score() -> list[alt.Tooltip]:
    """A score with its interval, and from how many answers."""
    return [
        alt.Tooltip("nps:Q", title=_("NPS"), format=".0f"),
        alt.Tooltip("low:Q", title=_("Interval from"), format=".0f"),
        alt.Tooltip("high:Q", title=_("to"), format=".0f"),
        alt.Tooltip("responses:Q", title=_("Answers"), format=","),
    ]


def down(field: str, order: Sequence[str]) -> alt.Y:
    """Every name of `order`, none left out, level with what it names."""
    axis = alt.Axis(labelLimit=220, labelOverlap=False, labelFlush=False)
    return alt.Y(f"{field}:N", sort=list(order), title=None, scale=alt.Scale(domain=list(order)), axis=axis)


def height(order: Sequence[str]) -> int:
    """Pixels for so many names."""
    return AXIS + LINE * len(order)


def period_labels(days: pd.Series, period: str | int) -> pd.Series:
    """Months and quarters by month, others by day; as text, for a time axis depends on the browser's zone."""
    return days.map(names.month if period in ("month", "quarter") else names.short_day).astype("str")


def along(labels: Sequence[str]) -> alt.X:
    """Periods in order, as many labels as there is room for."""
    axis = alt.Axis(labelAngle=0, labelOverlap=True, labelFlush=False)
    return alt.X("label:O", title=None, scale=alt.Scale(domain=list(labels)), axis=axis)

"""NPS over time: a band for its interval, what changed for good, and events by name."""

import altair as alt
import pandas as pd

from nps.charts import axes
from nps.charts.palette import ACCENT, INK
from nps.measures.rules import MIN_SHOWN
from nps.wording import _
from nps.wording.words import points

LABELS = {"day": lambda: _("Day"), "week": lambda: _("Week"), "month": lambda: _("Month")}
LABELS |= {"quarter": lambda: _("Quarter"), "rolling": lambda: _("Days until")}


def trend(
    frame: pd.DataFrame, period: str, events: pd.DataFrame, began: pd.Timestamp | None, height: int
) -> alt.LayerChart:
    """NPS of each period; those under 10 answers are not drawn. A click on a point selects it as `moment`.

    frame   period, responses, nps, low, high, as `Chosen.trend` or `Chosen.rolling` gives it
    period  one of LABELS
    events  day, name: what people marked
    began   since when it is otherwise than before; None: it is not
    """
    frame = frame.assign(label=axes.period_labels(frame["period"], period))
    shown = frame[frame["responses"] >= MIN_SHOWN]
    up = {"title": None, "scale": axes.zoomed(shown), "axis": alt.Axis(tickCount=5)}
    x, y = axes.along(frame["label"]), alt.Y("nps:Q", **up)
    tooltip = [alt.Tooltip("label:N", title=LABELS[period]()), *axes.score()]
    base = alt.Chart(shown).encode(x=x, tooltip=tooltip)
    moment = alt.selection_point(name="moment", fields=["label"], on="click", nearest=False)
    layers = [
        *_shaded(frame, began, x),
        base.mark_area(color=ACCENT, opacity=0.18).encode(y=alt.Y("low:Q", **up), y2="high:Q"),
        base.mark_line(color=ACCENT, strokeWidth=2.5).encode(y=y),
        base.mark_circle(color=ACCENT, size=64, opacity=1, cursor="pointer").encode(y=y).add_params(moment),
        *_last(shown, x, y),
        *axes.events(frame, events, x),
    ]
    return alt.layer(*layers).properties(height=height, width="container", description=_("NPS over time"))


def _shaded(frame: pd.DataFrame, began: pd.Timestamp | None, x: alt.X) -> list[alt.Chart]:
    """The time since then."""
    places = axes.place(frame, pd.Series([began], dtype="datetime64[us]")) if began is not None else []
    if not len(places) or places[0] < 0:
        return []
    ends = pd.DataFrame({"label": [frame["label"].iloc[places[0]]], "until": [frame["label"].iloc[-1]]})
    return [alt.Chart(ends).mark_rect(color=ACCENT, opacity=0.08, tooltip=None).encode(x=x, x2="until")]


def _last(shown: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """The last figure, written out."""
    rows = shown.tail(1).assign(said=lambda row: row["nps"].map(points))
    text = alt.Chart(rows).mark_text(dx=18, fontSize=14, fontWeight="bold", color=INK, tooltip=None)
    return [text.encode(x=x, y=y, text="said:N")]

"""A metric by week or month, a line for each value that people are told apart by."""

import altair as alt
import pandas as pd

from nps.charts import axes
from nps.charts.onboarding import DASHES
from nps.charts.palette import ACCENT
from nps.wording import _, names

MOST = len(DASHES)  # lines
ZEROED = ("people", "share", "uses")  # whose axis begins at 0


def followed(frame: pd.DataFrame, what: str, every: str, height: int) -> alt.LayerChart:
    """frame: period, value, people, of, number, low, high, as `panel.followed` gives it; of most values the largest."""
    largest = frame.groupby("value")["people"].sum().nlargest(MOST).index
    rows = frame[frame["value"].isin(largest)]
    rows = rows.assign(label=axes.period_labels(rows["period"], every), name=rows["value"].map(names.value))
    order = [names.value(value) for value in largest]
    y = alt.Y("number:Q", title=None, scale=alt.Scale(zero=what in ZEROED), axis=alt.Axis(tickCount=5))
    base = alt.Chart(rows).encode(x=axes.along(rows["label"].drop_duplicates()), y=y)
    dash = alt.Scale(domain=order, range=[*DASHES[: len(order)]])
    legend = alt.Legend(orient="top", title=None, columns=3, labelLimit=220, symbolStrokeColor=ACCENT, symbolSize=900)
    told = alt.StrokeDash("name:N", scale=dash, legend=legend if len(order) > 1 else None, sort=order)
    tooltip = [
        *([alt.Tooltip("name:N", title=_("Value"))] if len(order) > 1 else []),
        alt.Tooltip("label:N", title=_("Begins")),
        alt.Tooltip("number:Q", title=_("Number"), format=",.1f" if what == "uses" else ",.0f"),
        alt.Tooltip("people:Q", title=_("People"), format=","),
    ]
    layers = [base.mark_line(color=ACCENT, strokeWidth=2.5).encode(strokeDash=told, detail="name:N")]
    layers.append(base.mark_circle(color=ACCENT, size=64 if len(order) == 1 else 32, opacity=1).encode(tooltip=tooltip))
    if what == "nps" and len(order) == 1:
        area = base.mark_area(color=ACCENT, opacity=0.18)
        layers.insert(0, area.encode(y=alt.Y("low:Q", title=None), y2="high:Q"))
    return alt.layer(*layers).properties(height=height, width="container", description=_("Metric over time"))

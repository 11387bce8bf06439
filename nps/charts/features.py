"""Features, fairly compared."""

import altair as alt
import pandas as pd

from nps.charts.palette import ACCENT, INK

MOST = 25
LINE, AXIS = 26, 64  # pixels: a line of the chart; its axis below


def comparison(frame: pd.DataFrame) -> alt.LayerChart:
    """Adjusted difference with its interval, naive difference beside it; robust ones in full colour, the largest first.

    Frame as `Chosen.by_feature` gives it, with a `label` for each feature.
    """
    known = frame.dropna(subset=["adjusted"]).assign(size=lambda f: f["adjusted"].abs())
    shown = known.sort_values(["robust", "size"], ascending=False).head(MOST).sort_values("adjusted", ascending=False)
    shown = shown.assign(sure=shown["robust"].map({True: 1.0, False: 0.4}))
    order = shown["label"].tolist()
    tooltip = [
        alt.Tooltip("label:N", title="Feature"),
        alt.Tooltip("adjusted:Q", title="Against others as active", format="+.0f"),
        alt.Tooltip("low:Q", title="Interval from", format="+.0f"),
        alt.Tooltip("high:Q", title="to", format="+.0f"),
        alt.Tooltip("naive:Q", title="Against everybody else", format="+.0f"),
        alt.Tooltip("users:Q", title="Users", format=","),
        alt.Tooltip("verdict:N", title="Verdict"),
    ]
    y = alt.Y(
        "label:N",
        sort=order,
        title=None,
        scale=alt.Scale(domain=order),
        axis=alt.Axis(labelLimit=200, labelOverlap=False, labelFlush=False),
    )
    x = {"title": "Points of NPS, users against others", "scale": alt.Scale(nice=True, zero=True)}
    base = alt.Chart(shown).encode(y=y, tooltip=tooltip, opacity=alt.Opacity("sure:Q", scale=None))
    zero = alt.Chart(pd.DataFrame({"at": [0]})).mark_rule(color=INK, opacity=0.4).encode(x=alt.X("at:Q", **x))
    interval = base.mark_rule(color=INK, strokeWidth=1.5).encode(x=alt.X("low:Q", **x), x2="high:Q")
    fair = base.mark_circle(color=ACCENT, size=110).encode(x=alt.X("adjusted:Q", **x))
    naive = base.mark_tick(color=INK, thickness=2, size=14).encode(x=alt.X("naive:Q", **x))
    return (zero + interval + naive + fair).properties(
        height=AXIS + LINE * len(order), description="Difference in NPS between users and others, by feature"
    )


def reach(frame: pd.DataFrame, everyone: str = "everyone else") -> alt.LayerChart:
    """Share of the selection that uses each feature, and of everyone else; the largest fair differences first.

    Frame as `Chosen.by_feature` gives it for a region that cuts scores, with a `label`.
    """
    known = frame.dropna(subset=["reach_difference"]).assign(size=lambda f: f["reach_difference"].abs())
    shown = known.sort_values("size", ascending=False).head(MOST).sort_values("reach_difference", ascending=False)
    shown = shown.assign(expected=shown["reach"] - shown["reach_difference"])
    order = shown["label"].tolist()
    tooltip = [
        alt.Tooltip("label:N", title="Feature"),
        alt.Tooltip("reach:Q", title="Of the selection", format=".0%"),
        alt.Tooltip("expected:Q", title="Of others as active", format=".0%"),
        alt.Tooltip("reach_rest:Q", title=f"Of {everyone}", format=".0%"),
        alt.Tooltip("users:Q", title="Users selected", format=","),
    ]
    y = alt.Y(
        "label:N",
        sort=order,
        title=None,
        scale=alt.Scale(domain=order),
        axis=alt.Axis(labelLimit=200, labelOverlap=False, labelFlush=False),
    )
    x = {"title": "Share who use it", "scale": alt.Scale(domain=[0, 1]), "axis": alt.Axis(format="%")}
    base = alt.Chart(shown).encode(y=y, tooltip=tooltip)
    bars = base.mark_bar(color=ACCENT, size=12).encode(x=alt.X("reach:Q", **x))
    ticks = base.mark_tick(color=INK, thickness=2, size=18).encode(x=alt.X("expected:Q", **x))
    return (bars + ticks).properties(
        height=AXIS + LINE * len(order), description="Share of the selection and of others as active, by feature"
    )

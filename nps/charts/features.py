"""Features, fairly compared."""

import altair as alt
import pandas as pd

from nps.charts import axes
from nps.charts.palette import ACCENT, INK
from nps.measures.verdicts import BETTER

MOST = 25
COMPARED = {"score": "Points of NPS", "churn": "Percentage points who left"}


def comparison(frame: pd.DataFrame, outcome: str = "score") -> alt.LayerChart:
    """Adjusted difference with its interval, naive difference beside it; robust ones in full colour, the best first.

    Frame as `Chosen.by_feature(outcome)` gives it, with a `label` for each feature.
    """
    known = frame.dropna(subset=["adjusted"]).assign(size=lambda f: f["adjusted"].abs())
    shown = known.sort_values(["robust", "size"], ascending=False).head(MOST)
    shown = shown.sort_values("adjusted", ascending=BETTER[outcome] < 0)
    shown = shown.assign(sure=_sure(shown, 0.4))
    order = shown["label"].tolist()
    tooltip = [
        alt.Tooltip("label:N", title="Feature"),
        alt.Tooltip("adjusted:Q", title="Against others as active", format="+.0f"),
        alt.Tooltip("low:Q", title="Interval from", format="+.0f"),
        alt.Tooltip("high:Q", title="to", format="+.0f"),
        alt.Tooltip("naive:Q", title="Against everybody else", format="+.0f"),
        alt.Tooltip("users:Q", title="Users", format=","),
        *_verdict(known),
    ]
    y = axes.down("label", order)
    x = {
        "title": f"{COMPARED[outcome]}, users against others",
        "scale": alt.Scale(nice=True, zero=True),
        "axis": alt.Axis(tickCount=8),
    }
    base = alt.Chart(shown).encode(y=y, tooltip=tooltip, opacity=alt.Opacity("sure:Q", scale=None))
    zero = alt.Chart(pd.DataFrame({"at": [0]})).mark_rule(color=INK, opacity=0.4).encode(x=alt.X("at:Q", **x))
    interval = base.mark_rule(color=INK, strokeWidth=1.5).encode(x=alt.X("low:Q", **x), x2="high:Q")
    fair = base.mark_circle(color=ACCENT, size=110).encode(x=alt.X("adjusted:Q", **x))
    naive = base.mark_tick(color=INK, thickness=2, size=14).encode(x=alt.X("naive:Q", **x))
    return (zero + interval + naive + fair).properties(
        height=axes.height(order), description=f"{COMPARED[outcome]}, users against others, by feature"
    )


def _sure(frame: pd.DataFrame, pale: float) -> pd.Series:
    """How opaque each feature is: pale where it does not hold, unless nothing is judged, as in a region."""
    return (frame["robust"] | frame["verdict"].isna()).map({True: 1.0, False: pale})


def _verdict(frame: pd.DataFrame) -> list[alt.Tooltip]:
    return [alt.Tooltip("verdict:N", title="Verdict")] if frame["verdict"].notna().any() else []


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
    y = axes.down("label", order)
    x = {"title": "Share who use it", "scale": alt.Scale(domain=[0, 1]), "axis": alt.Axis(format="%")}
    base = alt.Chart(shown).encode(y=y, tooltip=tooltip)
    bars = base.mark_bar(color=ACCENT, size=12).encode(x=alt.X("reach:Q", **x))
    ticks = base.mark_tick(color=INK, thickness=2, size=18).encode(x=alt.X("expected:Q", **x))
    return (bars + ticks).properties(
        height=axes.height(order), description="Share of the selection and of others as active, by feature"
    )


QUADRANTS = (("promote", 0, 1), ("keep strong", 1, 1), ("rethink or sunset", 0, 0), ("fix", 1, 0))


def quadrant(frame: pd.DataFrame, outcome: str = "score") -> alt.LayerChart:
    """Reach against the adjusted difference, better is up; what holds is named. Frame as for `comparison`."""
    known = frame.dropna(subset=["adjusted"])
    rows = known.assign(sure=_sure(known, 0.25), name=known["label"].where(known["robust"], ""))
    rows["turned"] = rows["adjusted"].where(known["robust"]).rank() % 2 == 0  # neighbours have their names on two sides
    typical = float(known["reach"].median())
    tooltip = [
        alt.Tooltip("label:N", title="Feature"),
        alt.Tooltip("reach:Q", title="Reach", format=".0%"),
        alt.Tooltip("adjusted:Q", title="Against others as active", format="+.0f"),
        alt.Tooltip("low:Q", title="Interval from", format="+.0f"),
        alt.Tooltip("high:Q", title="to", format="+.0f"),
        alt.Tooltip("users:Q", title="Users", format=","),
        *_verdict(known),
    ]
    wide, tall = float(known["reach"].max()) * 1.1, float(known["adjusted"].abs().max()) * 1.2
    x = alt.X(
        "reach:Q", title="Share of people who use it", scale=alt.Scale(domain=[0, wide]), axis=alt.Axis(format="%")
    )
    best = BETTER[outcome] * tall
    y = alt.Y(
        "adjusted:Q",
        title=f"{COMPARED[outcome]}, against others as active",
        scale=alt.Scale(domain=[-tall, tall], reverse=best < 0),
    )
    base = alt.Chart(rows).encode(x=x, y=y, tooltip=tooltip)
    dots = base.mark_circle(color=ACCENT, size=120).encode(opacity=alt.Opacity("sure:Q", scale=None))
    names = [
        base.transform_filter(alt.datum.turned == (align == "right"))
        .mark_text(align=align, dx=dx, color=INK)
        .encode(text="name:N")
        for align, dx in (("left", 9), ("right", -9))
    ]
    middle = alt.Chart(pd.DataFrame({"reach": [typical]})).mark_rule(color=INK, opacity=0.3, strokeDash=[4, 3])
    zero = alt.Chart(pd.DataFrame({"adjusted": [0]})).mark_rule(color=INK, opacity=0.3)
    corners = pd.DataFrame(
        [(name, wide if right else 0, best if up else -best, up) for name, right, up in QUADRANTS],
        columns=["corner", "reach", "adjusted", "up"],
    )
    corner = alt.Chart(corners).mark_text(
        align=alt.ExprRef("datum.reach > 0 ? 'right' : 'left'"),
        dx=alt.ExprRef("datum.reach > 0 ? -6 : 6"),
        dy=alt.ExprRef("datum.up ? 10 : -10"),
        color=INK,
        opacity=0.6,
    )
    return (
        middle.encode(x=x) + zero.encode(y=y) + corner.encode(x=x, y=y, text="corner:N") + dots + names[0] + names[1]
    ).properties(
        height=380, description=f"Features by reach and by {COMPARED[outcome].lower()}, against others as active"
    )

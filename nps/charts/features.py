"""Features, fairly compared."""

import altair as alt
import pandas as pd

from nps.charts import axes
from nps.charts.palette import ACCENT, INK
from nps.measures.verdicts import BETTER
from nps.wording import _, names

MOST = 25


def comparison(frame: pd.DataFrame, outcome: str = "score") -> alt.LayerChart:
    """Adjusted difference with its interval, naive difference beside it; robust ones in full colour, the best first.

    Frame as `verdicts.told` gives it.
    """
    known = frame.dropna(subset=["adjusted"]).assign(size=lambda f: f["adjusted"].abs())
    shown = known.sort_values(["robust", "size"], ascending=False).head(MOST)
    shown = shown.sort_values("adjusted", ascending=BETTER[outcome] < 0)
    shown = shown.assign(sure=_sure(shown, 0.4))
    order = shown["label"].tolist()
    tooltip = [
        alt.Tooltip("label:N", title=_("Feature")),
        alt.Tooltip("adjusted:Q", title=_("Against others as active"), format="+.0f"),
        alt.Tooltip("low:Q", title=_("Interval from"), format="+.0f"),
        alt.Tooltip("high:Q", title=_("to"), format="+.0f"),
        alt.Tooltip("naive:Q", title=_("Against everybody else"), format="+.0f"),
        alt.Tooltip("users:Q", title=_("Users"), format=","),
        *_verdict(known),
    ]
    y = axes.down("label", order)
    x = {
        "title": _against_others(outcome),
        "scale": alt.Scale(nice=True, zero=True),
        "axis": alt.Axis(tickCount=8),
    }
    base = alt.Chart(shown).encode(y=y, tooltip=tooltip, opacity=alt.Opacity("sure:Q", scale=None))
    zero = alt.Chart(pd.DataFrame({"at": [0]})).mark_rule(color=INK, opacity=0.4).encode(x=alt.X("at:Q", **x))
    interval = base.mark_rule(color=INK, strokeWidth=1.5).encode(x=alt.X("low:Q", **x), x2="high:Q")
    fair = base.mark_circle(color=ACCENT, size=110).encode(x=alt.X("adjusted:Q", **x))
    naive = base.mark_tick(color=INK, thickness=2, size=14).encode(x=alt.X("naive:Q", **x))
    return (zero + interval + naive + fair).properties(height=axes.height(order), description=_by_feature(outcome))


def _sure(frame: pd.DataFrame, pale: float) -> pd.Series:
    """How opaque each feature is: pale where it does not hold, unless nothing is judged, as in a region."""
    return (frame["robust"] | frame["verdict"].isna()).map({True: 1.0, False: pale})


def _verdict(frame: pd.DataFrame) -> list[alt.Tooltip]:
    return [alt.Tooltip("verdict:N", title=_("Verdict"))] if frame["verdict"].notna().any() else []


def reach(frame: pd.DataFrame) -> alt.LayerChart:
    """Share of the selection that uses each feature, and of everyone else; the largest fair differences first.

    Frame as `verdicts.told` gives it for a region that cuts scores.
    """
    known = frame.dropna(subset=["reach_difference"]).assign(size=lambda f: f["reach_difference"].abs())
    shown = known.sort_values("size", ascending=False).head(MOST).sort_values("reach_difference", ascending=False)
    shown = shown.assign(expected=shown["reach"] - shown["reach_difference"])
    order = shown["label"].tolist()
    tooltip = [
        alt.Tooltip("label:N", title=_("Feature")),
        alt.Tooltip("reach:Q", title=_("Of the selection"), format=".0%"),
        alt.Tooltip("expected:Q", title=_("Of others as active"), format=".0%"),
        alt.Tooltip("reach_rest:Q", title=_("Of everyone else"), format=".0%"),
        alt.Tooltip("users:Q", title=_("Users selected"), format=","),
    ]
    y = axes.down("label", order)
    x = {"title": _("Share who use it"), "scale": alt.Scale(domain=[0, 1]), "axis": alt.Axis(format="%")}
    base = alt.Chart(shown).encode(y=y, tooltip=tooltip)
    bars = base.mark_bar(color=ACCENT, size=12).encode(x=alt.X("reach:Q", **x))
    ticks = base.mark_tick(color=INK, thickness=2, size=18).encode(x=alt.X("expected:Q", **x))
    return (bars + ticks).properties(
        height=axes.height(order), description=_("Share of the selection and of others as active, by feature")
    )


QUADRANTS = (("promote", 0, 1), ("keep_strong", 1, 1), ("rethink_or_sunset", 0, 0), ("fix", 1, 0))


def quadrant(frame: pd.DataFrame, outcome: str = "score") -> alt.LayerChart:
    """Reach against the adjusted difference, better is up; what holds is named. Frame as for `comparison`."""
    known = frame.dropna(subset=["adjusted"])
    rows = known.assign(sure=_sure(known, 0.25), name=known["label"].where(known["robust"], ""))
    rows["turned"] = rows["adjusted"].where(known["robust"]).rank() % 2 == 0  # neighbours have their names on two sides
    typical = float(known["reach"].median())
    tooltip = [
        alt.Tooltip("label:N", title=_("Feature")),
        alt.Tooltip("reach:Q", title=_("Reach"), format=".0%"),
        alt.Tooltip("adjusted:Q", title=_("Against others as active"), format="+.0f"),
        alt.Tooltip("low:Q", title=_("Interval from"), format="+.0f"),
        alt.Tooltip("high:Q", title=_("to"), format="+.0f"),
        alt.Tooltip("users:Q", title=_("Users"), format=","),
        *_verdict(known),
    ]
    wide, tall = float(known["reach"].max()) * 1.1, float(known["adjusted"].abs().max()) * 1.2
    x = alt.X(
        "reach:Q", title=_("Share of people who use it"), scale=alt.Scale(domain=[0, wide]), axis=alt.Axis(format="%")
    )
    best = BETTER[outcome] * tall
    y = alt.Y(
        "adjusted:Q",
        title=_against_as_active(outcome),
        scale=alt.Scale(domain=[-tall, tall], reverse=best < 0),
    )
    base = alt.Chart(rows).encode(x=x, y=y, tooltip=tooltip)
    dots = base.mark_circle(color=ACCENT, size=120).encode(opacity=alt.Opacity("sure:Q", scale=None))
    labels = [
        base.transform_filter(alt.datum.turned == (align == "right"))
        .mark_text(align=align, dx=dx, color=INK)
        .encode(text="name:N")
        for align, dx in (("left", 9), ("right", -9))
    ]
    middle = alt.Chart(pd.DataFrame({"reach": [typical]})).mark_rule(color=INK, opacity=0.3, strokeDash=[4, 3])
    zero = alt.Chart(pd.DataFrame({"adjusted": [0]})).mark_rule(color=INK, opacity=0.3)
    corners = pd.DataFrame(
        [(names.verdict(code), wide if right else 0, best if up else -best, up) for code, right, up in QUADRANTS],
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
        middle.encode(x=x) + zero.encode(y=y) + corner.encode(x=x, y=y, text="corner:N") + dots + labels[0] + labels[1]
    ).properties(height=380, description=_by_reach(outcome))


def _against_others(outcome: str) -> str:
    """What the axis of a comparison counts."""
    return {
        "score": _("Points of NPS, users against others"),
        "churn": _("Percentage points who left, users against others"),
    }[outcome]


def _by_feature(outcome: str) -> str:
    """What a comparison shows."""
    return {
        "score": _("Points of NPS, users against others, by feature"),
        "churn": _("Percentage points who left, users against others, by feature"),
    }[outcome]


def _against_as_active(outcome: str) -> str:
    """What goes up in a quadrant."""
    return {
        "score": _("Points of NPS, against others as active"),
        "churn": _("Percentage points who left, against others as active"),
    }[outcome]


def _by_reach(outcome: str) -> str:
    """What a quadrant shows."""
    return {
        "score": _("Features by reach and by points of nps, against others as active"),
        "churn": _("Features by reach and by percentage points who left, against others as active"),
    }[outcome]

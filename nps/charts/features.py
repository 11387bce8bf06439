"""Features, fairly compared."""

import altair as alt
import pandas as pd

from nps.charts import axes
from nps.charts.palette import ACCENT, INK
from nps.measures.verdicts import BETTER
from nps.wording import _

MOST = 25
PALE = 0.45  # of what does not hold


def drawn(frame: pd.DataFrame, by: str = "adjusted") -> pd.DataFrame:
    """At most MOST of the features that can be compared: those that hold, then the largest differences, first."""
    known = frame.dropna(subset=[by]).assign(size=lambda f: f[by].abs())
    return known.sort_values(["robust", "size"], ascending=False, kind="stable").head(MOST)


def comparison(frame: pd.DataFrame, outcome: str = "score", limit: int = 220) -> alt.LayerChart:
    """Adjusted difference with its interval, naive difference beside it; what holds in full colour, the best first.

    A click on a dot selects it as `feature`.

    frame  as `verdicts.told` gives it
    limit  pixels for the names down the side
    """
    shown = drawn(frame).sort_values("adjusted", ascending=BETTER[outcome] < 0)
    shown = shown.assign(sure=(shown["robust"] | shown["verdict"].isna()).map({True: 1.0, False: PALE}))
    tooltip = [
        alt.Tooltip("label:N", title=_("Feature")),
        alt.Tooltip("adjusted:Q", title=_("Against others as active"), format="+.0f"),
        alt.Tooltip("low:Q", title=_("Interval from"), format="+.0f"),
        alt.Tooltip("high:Q", title=_("to"), format="+.0f"),
        alt.Tooltip("naive:Q", title=_("Against everybody else"), format="+.0f"),
        alt.Tooltip("users:Q", title=_("Users"), format=","),
        *([alt.Tooltip("verdict:N", title=_("Verdict"))] if frame["verdict"].notna().any() else []),
    ]
    x = {"title": _against_others(outcome), "scale": alt.Scale(nice=True, zero=True), "axis": alt.Axis(tickCount=6)}
    y = axes.down("label", shown["label"].tolist(), limit)
    base = alt.Chart(shown).encode(y=y, tooltip=tooltip, opacity=alt.Opacity("sure:Q", scale=None))
    zero = alt.Chart(pd.DataFrame({"at": [0]})).mark_rule(color=INK, opacity=0.4).encode(x=alt.X("at:Q", **x))
    interval = base.mark_rule(color=INK, strokeWidth=1.5).encode(x=alt.X("low:Q", **x), x2="high:Q")
    fair = base.mark_circle(color=ACCENT, size=130, cursor="pointer").encode(x=alt.X("adjusted:Q", **x))
    naive = base.mark_tick(color=INK, thickness=2, size=14).encode(x=alt.X("naive:Q", **x))
    layers = zero + interval + naive + fair.add_params(_picked())
    return layers.properties(height=axes.height(shown), width="container", description=_by_feature(outcome))


def reach(frame: pd.DataFrame, limit: int = 220) -> alt.LayerChart:
    """Share of the selection that uses each feature, and of others as active; the largest fair differences first.

    Frame as `verdicts.told` gives it for a region that cuts scores. A click on a bar selects it as `feature`.
    """
    shown = drawn(frame, "reach_difference").sort_values("reach_difference", ascending=False)
    shown = shown.assign(expected=(shown["reach"] - shown["reach_difference"]).clip(0, 1))
    tooltip = [
        alt.Tooltip("label:N", title=_("Feature")),
        alt.Tooltip("reach:Q", title=_("Of the selection"), format=".0%"),
        alt.Tooltip("expected:Q", title=_("Of others as active"), format=".0%"),
        alt.Tooltip("reach_rest:Q", title=_("Of everyone else"), format=".0%"),
        alt.Tooltip("users:Q", title=_("Users selected"), format=","),
    ]
    x = {"title": _("Share who use it"), "axis": alt.Axis(format="%", tickCount=6)}
    base = alt.Chart(shown).encode(y=axes.down("label", shown["label"].tolist(), limit), tooltip=tooltip)
    bars = base.mark_bar(color=ACCENT, size=12, cursor="pointer").encode(x=alt.X("reach:Q", **x)).add_params(_picked())
    ticks = base.mark_tick(color=INK, thickness=2, size=18).encode(x=alt.X("expected:Q", **x))
    said = _("Share of the selection and of others as active, by feature")
    return (bars + ticks).properties(height=axes.height(shown), width="container", description=said)


def _picked() -> alt.Parameter:
    return alt.selection_point(name="feature", fields=["label"], on="click", nearest=False)


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

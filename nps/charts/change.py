"""What made the score change: a bridge from one period to the next."""

import altair as alt
import pandas as pd

from nps.charts import axes
from nps.charts.palette import ACCENT, INK
from nps.measures.change import Total
from nps.wording import _, names

PARTS = ("mix", "rate")
STRENGTH = {"end": 1.0, "mix": 0.4, "rate": 1.0}


def bridge(parts: pd.DataFrame, total: Total) -> alt.LayerChart:
    """From the score before, through the mix and the rate of each value, to the score after; in points.

    parts  value, mix, rate, responses_before, responses_after, nps_before, nps_after, as `measures.change.split` gives
    """
    steps = _steps(parts, total)
    order = steps["step"].tolist()
    y = axes.down("step", order)
    x = {"title": _("NPS"), "scale": alt.Scale(zero=False, nice=True), "axis": alt.Axis(tickMinStep=1)}
    tooltip = [
        alt.Tooltip("step:N", title=_("Step")),
        alt.Tooltip("points:Q", title=_("Points"), format="+.1f"),
        alt.Tooltip("said:N", title=_("Answers, score")),
    ]
    base = alt.Chart(steps).encode(y=y, tooltip=tooltip)
    opacity = alt.Opacity("strength:Q", scale=None)
    bars = base.transform_filter("datum.kind !== 'end'").mark_bar(color=ACCENT, size=12)
    ends = base.transform_filter("datum.kind === 'end'").mark_tick(color=INK, thickness=3, size=20)
    label = base.mark_text(align="left", dx=8, color=INK).encode(x=alt.X("right:Q", **x), text="label:N")
    return (
        bars.encode(x=alt.X("left:Q", **x), x2="right:Q", opacity=opacity)
        + ends.encode(x=alt.X("right:Q", **x))
        + label
    ).properties(height=axes.height(order), description=_("Change of NPS, by who answered and by how they scored"))


def _steps(parts: pd.DataFrame, total: Total) -> pd.DataFrame:
    """One row per bar, the largest parts first: step, kind, points, left, right (ascending), label, said, strength."""
    long = parts.melt(id_vars="value", value_vars=list(PARTS), var_name="kind", value_name="points")
    facts = parts.set_index("value")
    said = facts.apply(
        lambda row: _(
            "{answers_before:,.0f} → {answers_after:,.0f}, {before} → {after}",
            answers_before=row["responses_before"],
            answers_after=row["responses_after"],
            before=_score(row["nps_before"]),
            after=_score(row["nps_after"]),
        ),
        axis=1,
    )
    long = long[long["points"].abs() >= 0.05].sort_values("points", key=abs, ascending=False, kind="stable")
    long = long.assign(step=list(map(_part, long["value"], long["kind"])), said=long["value"].map(said))
    reached = total.before + long["points"].cumsum()
    began = reached - long["points"]
    long = long.assign(left=began.where(began < reached, reached), right=began.where(began > reached, reached))
    long = long.assign(label=long["points"].map("{:+.1f}".format))
    ends = [_end(_("Before"), total.before), _end(_("After"), total.after)]
    steps = pd.concat([pd.DataFrame(ends[:1]), long, pd.DataFrame(ends[1:])], ignore_index=True)
    return steps.assign(strength=steps["kind"].map(STRENGTH))


def _part(value: str, kind: str) -> str:
    """A bar's name: whose, and which part of the change."""
    of = names.pooled(value)
    return _("{value}: who answered", value=of) if kind == "mix" else _("{value}: how they scored", value=of)


def _end(step: str, nps: float) -> dict:
    return {"step": step, "kind": "end", "points": nps, "left": nps, "right": nps, "label": _score(nps), "said": ""}


def _score(nps: float) -> str:
    return "—" if pd.isna(nps) else f"{nps:.0f}"

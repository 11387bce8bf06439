"""What a change of NPS is made of: a bridge from one period to the next."""

import altair as alt
import pandas as pd

from nps.charts import axes
from nps.charts.palette import ACCENT, INK
from nps.measures.change import Total
from nps.wording import _, names
from nps.wording.words import MINUS, points, signed

PARTS = ("mix", "rate")
MOST = 12  # parts; what others make up goes together
TENTHS = 0.95  # points under which a part is told by the tenth
RISE, FALL, END = 1, -1, 0
COLOURS = {RISE: ACCENT, FALL: INK, END: INK}


def bridge(parts: pd.DataFrame, total: Total, limit: int = 220) -> alt.LayerChart:
    """From NPS before, through who answered and how each value scored, to NPS after; in points.

    A part is a line from where it begins to a dot where it ends: the axis is cut, and a bar would claim a length.

    parts  value, mix, rate, responses_before, responses_after, nps_before, nps_after, as `measures.change.split` gives
    limit  pixels for the names down the side
    """
    steps = _steps(parts, total)
    order = steps["step"].tolist()
    axis, scale = alt.Axis(tickMinStep=1, tickCount=8), alt.Scale(zero=False, nice=True, padding=36)
    x = {"title": _("NPS"), "scale": scale, "axis": axis}
    tooltip = [
        alt.Tooltip("step:N", title=_("Step")),
        alt.Tooltip("label:N", title=_("Points")),
        alt.Tooltip("said:N", title=_("Answers, NPS")),
    ]
    base = alt.Chart(steps).encode(y=axes.down("step", order, limit), tooltip=tooltip)
    colour = alt.Color("way:N", scale=alt.Scale(domain=[*COLOURS], range=[*COLOURS.values()]), legend=None)
    moved = base.transform_filter(f"datum.way !== {END}").encode(color=colour)
    lines = moved.mark_rule(strokeWidth=3).encode(x=alt.X("began:Q", **x), x2="reached:Q")
    heads = moved.mark_point(filled=True, size=70, opacity=1).encode(x=alt.X("reached:Q", **x))
    ends = base.transform_filter(f"datum.way === {END}").mark_tick(color=INK, thickness=3, size=20)
    label = base.mark_text(align="left", dx=9, color=INK, tooltip=None).encode(x=alt.X("right:Q", **x), text="label:N")
    said = _("Change of NPS, by who answered and by how they scored")
    layers = lines + heads + ends.encode(x=alt.X("reached:Q", **x)) + label
    return layers.properties(height=axes.height(order), width="container", description=said)


def _steps(parts: pd.DataFrame, total: Total) -> pd.DataFrame:
    """One row per step, the largest parts first: step, way, points, began, reached, right (the larger), label, said."""
    long = parts.melt(id_vars="value", value_vars=list(PARTS), var_name="kind", value_name="points")
    said = dict(zip(parts["value"], map(_said, parts.itertuples()), strict=True))
    long = long[long["points"].abs() >= 0.05].sort_values("points", key=abs, ascending=False, kind="stable")
    steps = [(_part(value, kind), each, said[value]) for value, kind, each in long.head(MOST).itertuples(index=False)]
    if len(long) > MOST:
        steps.append((_("All others"), float(long["points"].iloc[MOST:].sum()), ""))
    rows = pd.DataFrame(steps, columns=["step", "points", "said"])
    rows = rows.assign(reached=total.before + rows["points"].cumsum(), label=[*map(_tenths, rows["points"])])
    rows = rows.assign(began=rows["reached"] - rows["points"], way=(rows["points"] > 0).map({True: RISE, False: FALL}))
    ends = [_end(_("Before"), total.before), _end(_("After"), total.after)]
    rows = pd.concat([pd.DataFrame(ends[:1]), rows, pd.DataFrame(ends[1:])], ignore_index=True)
    return rows.assign(right=rows[["began", "reached"]].max(axis=1))


def _said(row) -> str:
    """A value's answers and NPS, before and after."""
    return _(
        "{answers_before:,.0f} → {answers_after:,.0f}, {before} → {after}",
        answers_before=row.responses_before,
        answers_after=row.responses_after,
        before=points(row.nps_before),
        after=points(row.nps_after),
    )


def _part(value: str, kind: str) -> str:
    """A step's name: whose, and which part of the change."""
    of = names.pooled(value)
    return _("{value}: who answered", value=of) if kind == "mix" else _("{value}: how they scored", value=of)


def _tenths(part: float) -> str:
    """+0.4, and +3."""
    return signed(part) if abs(part) >= TENTHS else f"{part:+.1f}".replace("-", MINUS)


def _end(step: str, nps: float) -> dict:
    return {"step": step, "way": END, "points": nps, "began": nps, "reached": nps, "label": points(nps), "said": ""}

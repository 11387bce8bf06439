"""How fast newcomers take steps, and who stays, with and without one."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from nps.charts.palette import ACCENT, INK
from nps.wording import _
from nps.wording import onboarding as wording

DASHES = ([1, 0], [7, 3], [2, 2], [9, 3, 2, 3], [4, 4], [12, 4])
HOVERED = 150  # a place that tells what it is, and is not seen
LEAST, TIMES = 30, 2  # days that are drawn at least; how much more than the longest time for a step


def curves(
    frame: pd.DataFrame, called: Sequence[str], within: Sequence[int], start: str, height: int
) -> alt.LayerChart:
    """A line for each step: who has taken it by which day; a dot where its time is over.

    frame   step, day, share, low, high, at_risk, as `Newcomers.curves` gives it
    called  names of the steps; within: days for each
    start   what days are counted from: see `steps.STARTS`
    """
    last = max(LEAST, TIMES * max(within))
    rows = frame[frame["day"] <= last]
    rows = rows.assign(name=[called[step] for step in rows["step"]])
    begins = pd.DataFrame({"step": range(len(called)), "day": 0.0, "share": 0.0, "name": [*called]})
    begins = begins[~begins["step"].isin(rows.loc[rows["day"] == 0, "step"])]
    drawn = pd.concat([begins, rows], ignore_index=True).sort_values(["step", "day"], kind="stable")
    tooltip = _hovered(alt.Tooltip("name:N", title=_("Step")), _("Day"), _("Have taken it"))
    dash = alt.Scale(domain=[*called], range=[DASHES[place % len(DASHES)] for place in range(len(called))])
    legend = alt.Legend(orient="top", title=None, columns=2, labelLimit=220, symbolStrokeColor=ACCENT, symbolSize=900)
    x = alt.X("day:Q", title=wording.since(start), scale=alt.Scale(domain=[0, last], nice=False))
    y = alt.Y("share:Q", title=_("Have taken it"), axis=alt.Axis(format="%"), scale=alt.Scale(domain=[0, 1]))
    base = alt.Chart(drawn).encode(x=x, y=y)
    line = base.mark_line(color=ACCENT, interpolate="step-after", strokeWidth=2.5).encode(
        strokeDash=alt.StrokeDash("name:N", scale=dash, legend=legend, sort=[*called]), detail="name:N"
    )
    dots = base.mark_circle(size=HOVERED, opacity=0).encode(tooltip=tooltip)
    ends = alt.Chart(_ends(drawn, called, within)).encode(x=x, y=y)
    marks = ends.mark_point(color=ACCENT, filled=True, size=120, opacity=1)
    told = ends.mark_text(align="left", dx=9, dy=8, color=INK, fontSize=12).encode(text="said:N")
    layers = alt.layer(line, dots, marks, told)
    return layers.properties(height=height, width="container", description=_("Newcomers by step and day"))


def _hovered(whose: alt.Tooltip, day: str, share: str) -> list[alt.Tooltip]:
    """What a place on a curve tells: whose it is, the day, the share with its interval, and of how many."""
    return [
        whose,
        alt.Tooltip("day:Q", title=day, format=",.0f"),
        alt.Tooltip("share:Q", title=share, format=".0%"),
        alt.Tooltip("low:Q", title=_("Interval from"), format=".0%"),
        alt.Tooltip("high:Q", title=_("to"), format=".0%"),
        alt.Tooltip("at_risk:Q", title=_("Watched that long"), format=","),
    ]


def _ends(rows: pd.DataFrame, called: Sequence[str], within: Sequence[int]) -> pd.DataFrame:
    """Where the time for each step is over: day, share, said."""
    found = []
    for name, days in zip(called, within, strict=True):
        own = rows[(rows["name"] == name) & (rows["day"] < days)]
        share = float(own["share"].iloc[-1]) if len(own) else 0.0
        found.append((days - 1, share, f"{share:.0%}"))
    return pd.DataFrame(found, columns=["day", "share", "said"])


def stay(frame: pd.DataFrame, height: int) -> alt.LayerChart:
    """Who is still there, of those who took a step in time and of those who did not, from its last day on.

    frame  took, day, share, low, high, at_risk, as `Newcomers.stay` gives it
    """
    begins = pd.DataFrame({"took": [True, False], "day": 0.0, "share": 1.0, "low": 1.0, "high": 1.0})
    drawn = pd.concat([begins, frame], ignore_index=True)
    drawn = drawn.assign(who=drawn["took"].map({True: _("took it in time"), False: _("did not")}))
    tooltip = _hovered(alt.Tooltip("who:N", title=_("Who")), _("Days after"), _("Still there"))
    x = alt.X("day:Q", title=_("Days after the last day for the step"), scale=alt.Scale(nice=False))
    up = {"axis": alt.Axis(format="%"), "scale": alt.Scale(zero=False, padding=8)}
    layers = []
    for took, colour, strength, dash in ((False, INK, 0.6, [4, 3]), (True, ACCENT, 1.0, [1, 0])):
        base = alt.Chart(drawn[drawn["took"] == took]).encode(x=x)
        band = base.mark_area(color=colour, opacity=0.16 * strength, interpolate="step-after")
        line = base.mark_line(
            color=colour, opacity=strength, strokeDash=dash, strokeWidth=2.5, interpolate="step-after"
        )
        y = alt.Y("share:Q", title=_("Still there"), **up)
        layers += [band.encode(y=alt.Y("low:Q", **up), y2="high:Q"), line.encode(y=y)]
        layers.append(base.mark_circle(size=HOVERED, opacity=0).encode(y=y, tooltip=tooltip))
    said = _("Who stays, with and without a step")
    return alt.layer(*layers).properties(height=height, width="container", description=said)

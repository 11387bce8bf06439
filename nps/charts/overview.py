"""Distribution of scores and the score over time."""

import altair as alt
import pandas as pd

from nps.charts.palette import ACCENT, GROUPS, INK


def distribution(frame: pd.DataFrame) -> alt.Chart:
    """How many gave each score. Frame: score, group, responses, share."""
    tooltip = [
        alt.Tooltip("score:O", title="Score"),
        alt.Tooltip("group:N", title="Group"),
        alt.Tooltip("responses:Q", title="Answers", format=","),
        alt.Tooltip("share:Q", title="Share", format=".0%"),
    ]
    x = alt.X("score:O", title="Score", axis=alt.Axis(labelAngle=0, ticks=False))
    base = alt.Chart(frame.assign(group=frame["group"].astype(str))).encode(x=x, tooltip=tooltip)
    colour = alt.Color(
        "group:N",
        title=None,
        scale=alt.Scale(domain=[*GROUPS], range=[*GROUPS.values()]),
        legend=alt.Legend(orient="top"),
    )
    bars = base.mark_bar().encode(y=alt.Y("responses:Q", title="Answers", axis=alt.Axis(tickMinStep=1)), color=colour)
    counts = base.mark_text(dy=-7, color=INK).encode(y="responses:Q", text=alt.Text("responses:Q", format=","))
    return (bars + counts).properties(height=280, description="Answers by score from 0 to 10")


def trend(frame: pd.DataFrame, period: str) -> alt.Chart:
    """The score per period with its interval; periods under 10 answers are not drawn. Frame as `Chosen.trend` gives."""
    label = {"month": "%b %y", "quarter": "%b %y"}.get(period, "%d %b %Y")
    shown = frame.assign(label=frame["period"].dt.strftime(label)).query("responses >= 10")
    order = frame["period"].dt.strftime(label).tolist()
    x = alt.X(
        "label:O", sort=order, title=None, scale=alt.Scale(domain=order), axis=alt.Axis(labelAngle=0, labelOverlap=True)
    )
    tooltip = [
        alt.Tooltip("label:N", title=period.capitalize()),
        alt.Tooltip("nps:Q", title="NPS", format=".0f"),
        alt.Tooltip("low:Q", title="Interval from", format=".0f"),
        alt.Tooltip("high:Q", title="to", format=".0f"),
        alt.Tooltip("responses:Q", title="Answers", format=","),
    ]
    base = alt.Chart(shown).encode(x=x, tooltip=tooltip)
    scale = alt.Scale(domain=[-100, 100])
    band = base.mark_rule(color=ACCENT, opacity=0.35, strokeWidth=6, strokeCap="round").encode(
        y=alt.Y("low:Q", title="NPS", scale=scale), y2="high:Q"
    )
    line = base.mark_line(color=ACCENT, point=alt.OverlayMarkDef(color=ACCENT, size=50)).encode(y="nps:Q")
    alarm = base.transform_filter("datum.alarm").mark_text(text="▼ fell", dy=-18, color=INK).encode(y="high:Q")
    return (band + line + alarm).properties(height=280, description=f"NPS by {period} with 95% intervals")

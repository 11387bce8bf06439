"""One account over time: its use by week with what its people answered, and its health."""

import altair as alt
import pandas as pd

from nps.charts import axes
from nps.charts.palette import ACCENT, GROUPS, INK
from nps.wording import _, names

ROOM = 1.45  # how much higher the axis is than its highest bar, for scores
TOP = 26  # pixels down to the answers


def timeline(weeks: pd.DataFrame, answers: pd.DataFrame, usual: float, height: int) -> alt.LayerChart | None:
    """Bars for uses by week, a dashed line for what is usual, a dot for each answer; None where nothing has a date.

    weeks    week (its first day), uses, people: each seven days after the one before
    answers  responded_at, score, group
    usual    uses in a week; NaN where it is not known
    """
    if weeks.empty:
        return None
    starts = weeks["week"].reset_index(drop=True)
    weeks = weeks.assign(label=axes.period_labels(starts, "week").to_numpy())
    x = axes.along(weeks["label"])
    tooltip = [
        alt.Tooltip("label:N", title=_("Week from")),
        alt.Tooltip("uses:Q", title=_("Uses"), format=",.0f"),
        alt.Tooltip("people:Q", title=_("Active people"), format=","),
    ]
    scale = alt.Scale(domain=[0, float(ROOM * max(weeks["uses"].max(), 1))], nice=False)
    y = alt.Y("uses:Q", title=_("Uses in a week"), scale=scale, axis=alt.Axis(tickCount=4))
    bars = alt.Chart(weeks[["label", "uses", "people"]])
    use = [bars.mark_bar(color=ACCENT, opacity=0.8).encode(x=x, y=y, tooltip=tooltip)]
    if pd.notna(usual):
        rule = alt.Chart(pd.DataFrame({"uses": [float(usual)]})).mark_rule(color=INK, strokeDash=[4, 3], opacity=0.7)
        use.append(rule.encode(y=y, tooltip=alt.Tooltip("uses:Q", title=_("Usual"), format=",.1f")))
    layers = alt.layer(alt.layer(*use), *_answers(weeks, starts, answers, x)).resolve_scale(y="independent")
    return layers.properties(height=height, width="container", description=_("Use and answers by week"))


def _answers(weeks: pd.DataFrame, starts: pd.Series, answers: pd.DataFrame, x: alt.X) -> list[alt.Chart]:
    """Of each week and score one dot; of several at once how many is told."""
    told = answers.dropna(subset=["responded_at"])
    place = starts.searchsorted(told["responded_at"], side="right") - 1
    told = told.assign(label=weeks["label"].to_numpy()[place], group=told["group"].astype(str).map(names.group))
    told = told[(place >= 0) & (told["responded_at"] < starts.iloc[-1] + pd.Timedelta(days=7)).to_numpy()]
    if told.empty:
        return []
    rows = told.groupby(["label", "score", "group"], as_index=False).agg(people=("score", "size"))
    tooltip = [
        alt.Tooltip("label:N", title=_("Week from")),
        alt.Tooltip("score:Q", title=_("Score")),
        alt.Tooltip("people:Q", title=_("Answers")),
    ]
    colours = alt.Scale(domain=[*map(names.group, GROUPS)], range=[*GROUPS.values()])
    base = alt.Chart(rows).encode(x=x, tooltip=tooltip)
    y = alt.Y("score:Q", title=None, axis=None, scale=alt.Scale(domain=[0, 10], range=[4 * TOP, TOP]))
    dots = base.mark_circle(size=150, opacity=1).encode(color=alt.Color("group:N", scale=colours, legend=None))
    text = base.mark_text(fontSize=12, fontWeight="bold", color=INK, dx=13)
    return [alt.layer(dots.encode(y=y), text.encode(y=y, text="score:Q"))]


def history(frame: pd.DataFrame, height: int) -> alt.LayerChart:
    """Health by week. frame: day (the last of a week), health; weeks in which it is not known are left out."""
    rows = frame.assign(label=axes.period_labels(frame["day"], "week"))
    tooltip = [
        alt.Tooltip("label:N", title=_("Week until")),
        alt.Tooltip("health:Q", title=_("Health"), format=".0f"),
    ]
    y = alt.Y("health:Q", title=None, scale=alt.Scale(domain=[0, 100]), axis=alt.Axis(tickCount=5))
    base = alt.Chart(rows[["label", "health"]]).encode(x=axes.along(rows["label"]), y=y, tooltip=tooltip)
    line = base.mark_line(color=ACCENT, strokeWidth=2.5) + base.mark_circle(color=ACCENT, size=50, opacity=1)
    return line.properties(height=height, width="container", description=_("Health by week"))

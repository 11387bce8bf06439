"""One person's use and answers over time."""

import altair as alt
import pandas as pd

from nps.charts import axes
from nps.charts.palette import ACCENT, GROUPS, INK
from nps.wording import _, names


def answers(frame: pd.DataFrame) -> alt.LayerChart:
    """A person's scores, oldest first. Frame: responded_at, score, group, activity."""
    rows = frame[["score", "activity"]].assign(
        when=[_("no date") if pd.isna(at) else names.full_day(at) for at in frame["responded_at"]],
        group=frame["group"].astype(str).map(names.group),
    )
    tooltip = [
        alt.Tooltip("when:N", title=_("Answered")),
        alt.Tooltip("score:Q", title=_("Score")),
        alt.Tooltip("activity:Q", title=_("Activity"), format=",.0f"),
    ]
    base = alt.Chart(rows).encode(
        x=alt.X("when:O", sort=rows["when"].tolist(), title=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y("score:Q", title=_("Score"), scale=alt.Scale(domain=[0, 10]), axis=alt.Axis(tickCount=5)),
        tooltip=tooltip,
    )
    colour = alt.Color(
        "group:N", scale=alt.Scale(domain=[*map(names.group, GROUPS)], range=[*GROUPS.values()]), legend=None
    )
    dots = base.mark_circle(size=160, opacity=1).encode(color=colour)
    return (base.mark_line(color=INK, opacity=0.3) + dots).properties(height=180, description=_("Scores over time"))


def use(frame: pd.DataFrame) -> alt.Chart:
    """What a person used before an answer. Frame: label, uses, typical (median uses of other users)."""
    order = frame["label"].tolist()
    y = axes.down("label", order)
    tooltip = [
        alt.Tooltip("label:N", title=_("Feature")),
        alt.Tooltip("uses:Q", title=_("Uses"), format=",.0f"),
        alt.Tooltip("typical:Q", title=_("Typical user"), format=",.0f"),
    ]
    base = alt.Chart(frame).encode(y=y, tooltip=tooltip)
    bars = base.mark_bar(color=ACCENT, size=12).encode(
        x=alt.X("uses:Q", title=_("Uses in the window"), axis=alt.Axis(tickMinStep=1))
    )
    ticks = base.mark_tick(color=INK, thickness=2, size=18).encode(x="typical:Q")
    return (bars + ticks).properties(height=axes.height(order), description=_("Uses by feature"))

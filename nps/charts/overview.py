"""Distribution of scores and the score over time."""

import altair as alt
import pandas as pd

from nps.charts.palette import GROUPS, INK
from nps.wording import _, names


def distribution(frame: pd.DataFrame, height: int) -> alt.LayerChart:
    """How many gave each score. Frame: score, group, responses, share."""
    tooltip = [
        alt.Tooltip("score:O", title=_("Score")),
        alt.Tooltip("group:N", title=_("Group")),
        alt.Tooltip("responses:Q", title=_("Answers"), format=","),
        alt.Tooltip("share:Q", title=_("Share"), format=".0%"),
    ]
    x = alt.X("score:O", title=None, axis=alt.Axis(labelAngle=0, ticks=False))
    rows = frame.assign(group=frame["group"].astype(str).map(names.group))
    base = alt.Chart(rows).encode(x=x, tooltip=tooltip)
    scale = alt.Scale(domain=[*map(names.group, GROUPS)], range=[*GROUPS.values()])
    many = alt.Y("responses:Q", axis=None)
    bars = base.mark_bar(cornerRadiusEnd=2).encode(y=many, color=alt.Color("group:N", scale=scale, legend=None))
    counts = base.mark_text(dy=-7, color=INK).encode(y=many, text=alt.Text("responses:Q", format=","))
    said = _("Answers by score from 0 to 10")
    return (bars + counts).properties(height=height, width="container", description=said)

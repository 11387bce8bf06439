"""Distribution of scores and the score over time."""

import altair as alt
import pandas as pd

from nps.charts import axes
from nps.charts.palette import INK
from nps.wording import _


def distribution(frame: pd.DataFrame, height: int) -> alt.LayerChart:
    """How many gave each score. Frame: score, group, responses, share."""
    base, colour = axes.of_scores(
        frame,
        alt.Tooltip("responses:Q", title=_("Answers"), format=","),
        alt.Tooltip("share:Q", title=_("Share"), format=".0%"),
    )
    many = alt.Y("responses:Q", axis=None)
    bars = base.mark_bar(cornerRadiusEnd=2).encode(y=many, color=colour)
    counts = base.mark_text(dy=-7, color=INK).encode(y=many, text=alt.Text("responses:Q", format=","))
    said = _("Answers by score from 0 to 10")
    return (bars + counts).properties(height=height, width="container", description=said)

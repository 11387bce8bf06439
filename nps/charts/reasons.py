"""Who wrote something, by score."""

import altair as alt
import pandas as pd

from nps.charts import axes
from nps.charts.palette import INK
from nps.charts.vegalite import QUIET
from nps.wording import _

PALE, UNSELECTED = 0.25, 0.3  # of who wrote nothing; of scores outside the selection


def distribution(frame: pd.DataFrame, height: int) -> alt.LayerChart:
    """How many gave each score, and how many of them wrote something. A click on a score selects it as `score`.

    frame  score, group, people, wrote, inside (whether the selection holds this score)
    """
    rows = frame.assign(
        lit=frame["inside"].map({True: 1.0, False: UNSELECTED}),
        pale=frame["inside"].map({True: PALE, False: PALE * UNSELECTED}),
    )
    base, colour = axes.of_scores(
        rows,
        alt.Tooltip("people:Q", title=_("People"), format=","),
        alt.Tooltip("wrote:Q", title=_("Wrote something"), format=","),
    )
    bar = {"cornerRadiusEnd": 2, "cursor": "pointer"}
    everybody = base.mark_bar(**bar).encode(y=alt.Y("people:Q", axis=None), color=colour, opacity=_as("pale"))
    wrote = base.mark_bar(**bar).encode(y=alt.Y("wrote:Q", axis=None), color=colour, opacity=_as("lit"))
    counts = base.mark_text(dy=-7, color=INK, **QUIET).encode(
        y=alt.Y("people:Q", axis=None), text=alt.Text("wrote:Q", format=",")
    )
    picked = alt.selection_point(name="score", fields=["score"], on="click", nearest=False)
    said = _("People by score from 0 to 10, and how many of them wrote something")
    layers = everybody + wrote.add_params(picked) + counts
    return layers.properties(height=height, width="container", description=said)


def _as(field: str) -> alt.Opacity:
    return alt.Opacity(f"{field}:Q", scale=None)

"""Two segments crossed, as a heat table."""

import altair as alt
import pandas as pd

from nps.charts.palette import ACCENT, INK
from nps.measures.rules import GREY_BELOW, MIN_SHOWN
from nps.wording import _, names
from nps.wording.words import signed

CELL, HEAD = 40, 60  # pixels: a row; the names above
LEAST = 50  # points of NPS that are in full colour, if none is further from 0
TURNED = 64  # pixels of a column under which the names above are turned
STRONGEST = {True: 0.6, False: 0.3}  # how opaque the cell furthest from 0 is, so that figures on it can be read


def heat(frame: pd.DataFrame, first: str, second: str, room: int = 720) -> alt.LayerChart:
    """NPS of each pair of values with its sign: accent above 0, ink below, nothing at 0.

    None under 10 answers, pale figures under 30. Frame as `measures.crossed.table` gives it.

    room  pixels that the columns have, about
    """
    enough = frame["responses"] >= MIN_SHOWN
    most = max(frame["nps"].where(enough).abs().max(skipna=True), LEAST)
    rows = frame.assign(
        shown=frame["nps"].where(enough),
        figure=frame["nps"].map(signed).where(enough, ""),
        value_a=frame["value_a"].map(names.value),
        value_b=frame["value_b"].map(names.value),
        above=(frame["nps"] > 0).map({True: 1, False: -1}),
        strength=((frame["nps"].abs() / most).clip(upper=1.0) * (frame["nps"] > 0).map(STRONGEST)).where(enough, 0.0),
        sure=frame["responses"].ge(GREY_BELOW).map({True: 1.0, False: 0.75}),
    )
    tooltip = [
        alt.Tooltip("value_a:N", title=_("Row")),
        alt.Tooltip("value_b:N", title=_("Column")),
        alt.Tooltip("responses:Q", title=_("Answers"), format=","),
        alt.Tooltip("shown:Q", title=_("NPS"), format=".0f"),
        alt.Tooltip("low:Q", title=_("Interval from"), format=".0f"),
        alt.Tooltip("high:Q", title=_("to"), format=".0f"),
    ]
    axis = {"labelOverlap": False, "labelFlush": False, "ticks": False, "domain": False}
    each = room // max(rows["value_b"].nunique(), 1)
    across = alt.Axis(orient="top", labelAngle=0 if each >= TURNED else -45, labelLimit=max(each - 8, TURNED), **axis)
    base = alt.Chart(rows).encode(
        y=alt.Y(
            "value_a:N", title=None, sort=rows["value_a"].unique().tolist(), axis=alt.Axis(labelLimit=room // 4, **axis)
        ),
        x=alt.X("value_b:N", title=None, sort=rows["value_b"].unique().tolist(), axis=across),
        tooltip=tooltip,
    )
    side = alt.Color("above:N", scale=alt.Scale(domain=[1, -1], range=[ACCENT, INK]), legend=None)
    cells = base.mark_rect().encode(color=side, opacity=alt.Opacity("strength:Q", scale=None))
    figures = base.mark_text(color=INK, fontSize=13).encode(text="figure:N", opacity=alt.Opacity("sure:Q", scale=None))
    said = {"first": names.segment(first), "second": names.segment(second)}
    return (cells + figures).properties(
        height=HEAD + CELL * rows["value_a"].nunique(),
        width="container",
        description=_("NPS by {first} (rows) and {second} (columns)", **said),
    )

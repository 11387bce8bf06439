"""Two segments crossed, as a heat table."""

import altair as alt
import pandas as pd

from nps.charts.palette import ACCENT, INK
from nps.measures.rules import GREY_BELOW, MIN_SHOWN
from nps.wording import _, names

CELL = 40  # pixels


def heat(frame: pd.DataFrame, first: str, second: str) -> alt.LayerChart:
    """The score of each pair of values, the more ink the higher; none under 10 answers, pale figures under 30.

    Frame as `measures.crossed.table` gives it.
    """
    enough = frame["responses"] >= MIN_SHOWN
    rows = frame.assign(
        shown=frame["nps"].where(enough),
        figure=frame["nps"].map("{:.0f}".format).where(enough, ""),
        value_a=frame["value_a"].map(names.value),
        value_b=frame["value_b"].map(names.value),
        sure=frame["responses"].ge(GREY_BELOW).map({True: 1.0, False: 0.5}),
    )
    tooltip = [
        alt.Tooltip("value_a:N", title=_("Row")),
        alt.Tooltip("value_b:N", title=_("Column")),
        alt.Tooltip("responses:Q", title=_("Answers"), format=","),
        alt.Tooltip("shown:Q", title=_("NPS"), format=".0f"),
        alt.Tooltip("low:Q", title=_("Interval from"), format=".0f"),
        alt.Tooltip("high:Q", title=_("to"), format=".0f"),
    ]
    axis = {"labelLimit": 200, "labelOverlap": False, "labelFlush": False, "ticks": False, "domain": False}
    base = alt.Chart(rows).encode(
        y=alt.Y("value_a:N", title=None, sort=rows["value_a"].unique().tolist(), axis=alt.Axis(**axis)),
        x=alt.X(
            "value_b:N",
            title=None,
            sort=rows["value_b"].unique().tolist(),
            axis=alt.Axis(orient="top", labelAngle=0, **axis),
        ),
        tooltip=tooltip,
    )
    ink = alt.Opacity("shown:Q", scale=alt.Scale(domain=[-100, 100], range=[0.05, 0.75]), legend=None)
    cells = base.mark_rect(color=ACCENT).encode(opacity=ink)
    figures = base.mark_text(color=INK, fontSize=13).encode(text="figure:N", opacity=alt.Opacity("sure:Q", scale=None))
    return (
        (cells + figures)
        .resolve_scale(opacity="independent")
        .properties(
            height=60 + CELL * rows["value_a"].nunique(),
            description=_(
                "NPS by {first} (rows) and {second} (columns)", first=names.segment(first), second=names.segment(second)
            ),
        )
    )

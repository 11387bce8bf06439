"""Who answers."""

import altair as alt
import pandas as pd

from nps.charts.palette import ACCENT
from nps.wording import _


def response(frame: pd.DataFrame) -> alt.Chart:
    """The share of each tenth of activity that answered. Frame as `Chosen.who_answered` gives it."""
    rows = frame.assign(
        tenth=[
            _("{low:,.0f} to {high:,.0f}", low=low, high=high) if low < high else f"{low:,.0f}"
            for low, high in zip(frame["low"], frame["high"], strict=True)
        ]
    )
    tooltip = [
        alt.Tooltip("tenth:N", title=_("Activity")),
        alt.Tooltip("users:Q", title=_("Could have answered"), format=","),
        alt.Tooltip("respondents:Q", title=_("Answered"), format=","),
        alt.Tooltip("response:Q", title=_("Share"), format=".0%"),
    ]
    return (
        alt.Chart(rows)
        .mark_bar(color=ACCENT)
        .encode(
            x=alt.X("tenth:O", sort=rows["tenth"].tolist(), title=_("Activity"), axis=alt.Axis(labelAngle=0)),
            y=alt.Y("response:Q", title=_("Share who answered"), axis=alt.Axis(format="%")),
            tooltip=tooltip,
        )
        .properties(height=240, width="container", description=_("Share who answered, by activity"))
    )

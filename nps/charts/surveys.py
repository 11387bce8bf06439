"""Who answers."""

import altair as alt
import pandas as pd

from nps.charts.palette import ACCENT


def response(frame: pd.DataFrame) -> alt.Chart:
    """The share of each tenth of activity that answered. Frame as `Chosen.who_answered` gives it."""
    rows = frame.assign(
        tenth=[
            f"{low:,.0f} to {high:,.0f}" if low < high else f"{low:,.0f}"
            for low, high in zip(frame["low"], frame["high"], strict=True)
        ]
    )
    tooltip = [
        alt.Tooltip("tenth:N", title="Activity"),
        alt.Tooltip("users:Q", title="Could have answered", format=","),
        alt.Tooltip("respondents:Q", title="Answered", format=","),
        alt.Tooltip("response:Q", title="Share", format=".0%"),
    ]
    return (
        alt.Chart(rows)
        .mark_bar(color=ACCENT)
        .encode(
            x=alt.X("tenth:O", sort=rows["tenth"].tolist(), title="Activity", axis=alt.Axis(labelAngle=0)),
            y=alt.Y("response:Q", title="Share who answered", axis=alt.Axis(format="%")),
            tooltip=tooltip,
        )
        .properties(height=240, description="Share who answered, by activity")
    )

"""Tables of figures: what their columns are called, and how finely they show."""

import pandas as pd
import streamlit as st

from nps.measures.rules import MIN_SHOWN
from pages.parts.show import UNKNOWN

DECIMALS = {"percent": 2, "%.0f": 0, "%+.0f": 0, "%+.1f": 1, "%.1f": 1}  # format -> decimals that it has room for
NUMBER_COLUMNS = {
    "score": "Score",
    "group": "Group",
    "value": "Value",
    "period": st.column_config.DateColumn("From"),
    "responses": st.column_config.NumberColumn("Answers", format="localized"),
    "share": st.column_config.NumberColumn("Share", format="percent"),
    "share_rest": st.column_config.NumberColumn("Share of everyone else", format="percent"),
    "nps": st.column_config.NumberColumn("NPS", format="%.0f"),
    "low": st.column_config.NumberColumn("Interval from", format="%.0f"),
    "high": st.column_config.NumberColumn("to", format="%.0f"),
    "shrunk": st.column_config.NumberColumn("For ranking", format="%.0f", help="With 30 average answers added"),
    "p": None,
    "q": st.column_config.NumberColumn("Chance (q)", format="%.3f", help="Corrected for the number of groups"),
    "flagged": st.column_config.CheckboxColumn("Differs"),
    "alarm": st.column_config.CheckboxColumn("Really fell"),
    "who": "Who",
    "value_a": "Row",
    "value_b": "Column",
    "responses_before": st.column_config.NumberColumn("Answers before", format="localized"),
    "responses_after": st.column_config.NumberColumn("Answers after", format="localized"),
    "nps_before": st.column_config.NumberColumn("NPS before", format="%.0f"),
    "nps_after": st.column_config.NumberColumn("NPS after", format="%.0f"),
    "mix": st.column_config.NumberColumn("Who answered", format="%+.1f", help="Points, by other shares of answers"),
    "rate": st.column_config.NumberColumn("How they scored", format="%+.1f", help="Points, by other scores"),
    "rate_low": st.column_config.NumberColumn("from", format="%+.1f"),
    "rate_high": st.column_config.NumberColumn("to", format="%+.1f"),
    "kind": "Kind",
    "label": "Feature",
    "feature": None,
    "uses": st.column_config.NumberColumn("Uses", format="localized"),
    "typical": st.column_config.NumberColumn("Typical user", format="localized"),
    "reach": st.column_config.NumberColumn("Used by", format="percent"),
}


def table(frame: pd.DataFrame, columns: dict, key: str) -> None:
    """A table whose figures are no finer than they can be read: 34%, not 34.21%, and never −0."""
    formats = {
        name: column["type_config"].get("format") for name, column in columns.items() if isinstance(column, dict)
    }
    shown = {
        name: frame[name].round(DECIMALS[kind]) + 0.0
        for name, kind in formats.items()
        if name in frame and kind in DECIMALS
    }
    st.dataframe(frame.assign(**shown), hide_index=True, column_config=columns, key=key, placeholder=UNKNOWN)


def numbers(frame: pd.DataFrame, key: str, title: str = "The numbers", columns: dict = NUMBER_COLUMNS) -> None:
    """The table behind a chart, to open."""
    with st.expander(title):
        table(enough(frame), columns, key)


def enough(frame: pd.DataFrame) -> pd.DataFrame:
    """Scores of fewer than 10 answers stay empty."""
    if not {"responses", "nps"} <= {*frame}:
        return frame
    few = frame["responses"] < MIN_SHOWN
    return frame.assign(**{name: frame[name].mask(few) for name in ("nps", "low", "high", "shrunk") if name in frame})

"""What came of every row, and what looks odd: the quality report on the page."""

import pandas as pd
import streamlit as st

import nps
from nps import quality
from pages import _show

BALANCE_COLUMNS = {
    "table": "File",
    "rows in the file": st.column_config.NumberColumn("Rows in the file", format="localized"),
    "used": st.column_config.NumberColumn("Used", format="localized"),
    "held back": st.column_config.NumberColumn("Held back", format="localized"),
    "ignored": st.column_config.NumberColumn("Ignored", format="localized"),
}
DETAIL_COLUMNS = {
    "table": "File",
    "about": "About",
    "subject": "What",
    "rows": st.column_config.NumberColumn("How many", format="localized"),
    "sentence": "In words",
}
REJECTED_COLUMNS = {
    "table": "File",
    "row": st.column_config.NumberColumn("Line", format="%d"),
    "column": "Column",
    "value": "Cell",
    "reason": "Why",
    "file": "File name",
}


def show(panel: nps.Panel) -> None:
    """Rows in the file = used + held back + ignored; what looks odd; everything else, to open and to download."""
    st.subheader("What came of every row")
    st.dataframe(quality.balance(panel.report), hide_index=True, column_config=BALANCE_COLUMNS, key="balance")
    st.caption("Rows in the file = used + held back + ignored. Nothing is left out without a line below.")
    if odd := quality.suspicious(panel.report):
        st.subheader("Please look at this")
        _show.bullet(odd)
    _held_back(panel.rejected)
    with st.expander("The whole report"):
        st.dataframe(quality.details(panel.report), hide_index=True, column_config=DETAIL_COLUMNS, key="report")
        _show.download("Download the report", lambda: panel.report, "report.csv", "download_report")


def _held_back(rejected: pd.DataFrame) -> None:
    if len(rejected):
        st.subheader("Rows left out, and why")
        st.dataframe(rejected, hide_index=True, column_config=REJECTED_COLUMNS, key="rejected")
        _show.download("Download the rows left out", lambda: rejected, "left_out.csv", "download_rejected")

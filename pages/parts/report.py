"""What came of every row, and what looks odd: the quality report on the page."""

import pandas as pd
import streamlit as st

import nps
from nps import quality
from nps.wording import words
from pages.parts import show, tables

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


def rows(panel: nps.Panel) -> None:
    """Rows in the file = used + held back + ignored; what looks odd; everything else, to open and to download."""
    st.subheader("What came of every row")
    tables.table(quality.balance(panel.report), BALANCE_COLUMNS, "balance")
    st.caption("Rows in the file = used + held back + ignored. Nothing is left out without a line below.")
    if odd := quality.suspicious(panel.report):
        st.subheader("Please look at this")
        show.bullet(odd)
    _held_back(panel.rejected)
    with st.expander("The whole report"):
        tables.table(quality.details(panel.report), DETAIL_COLUMNS, "report")
        report = panel.report  # no panel: a session keeps what its downloads hold
        show.download("Download the report", lambda: report, "report.csv", "download_report")


def _held_back(rejected: pd.DataFrame) -> None:
    if len(rejected):
        st.subheader("Rows left out, and why")
        tables.table(rejected, REJECTED_COLUMNS, "rejected")
        show.download("Download the rows left out", lambda: rejected, "left_out.csv", "download_rejected")


def facts(panel: nps.Panel) -> list[str]:
    """What a person should know about the data at hand."""
    respondents = panel.respondents
    when = panel.answers["responded_at"].dropna()
    said = [f"Answers from {words.day(when.min())} to {words.day(when.max())}."] if len(when) else []
    if panel.has_usage:
        active = int((respondents["features_used"] > 0).sum())
        share = words.percent(active / max(len(respondents), 1))
        when = words.before(panel.window_days, panel.dated, "it")
        said.append(f"{share} of the people who answered used something {when}.")
    else:
        said.append("No usage: score, trend and segments work; the usage map and the features need it.")
    said.append(
        f"People can be divided by {', '.join(panel.segments)}." if panel.segments else "Nothing divides people."
    )
    return [*said, *panel.notes]

"""What came of every row, and what looks odd: the quality report on the page."""

import pandas as pd
import streamlit as st

import nps
from nps import quality
from nps.wording import _, names, reports, words
from pages.parts import show, tables


def _balance_columns() -> tables.Columns:
    return {
        "table": _("File"),
        "in_file": tables.figure(_("Rows in the file")),
        "used": tables.figure(_("Used")),
        "held_back": tables.figure(_("Held back")),
        "ignored": tables.figure(_("Ignored")),
    }


def _detail_columns() -> tables.Columns:
    return {
        "table": _("File"),
        "about": _("About"),
        "subject": _("What"),
        "rows": tables.figure(_("How many")),
        "sentence": _("In words"),
    }


def _rejected_columns() -> tables.Columns:
    return {
        "table": _("File"),
        "row": tables.figure(_("Line"), "%d"),
        "column": _("Column"),
        "value": _("Cell"),
        "reason": _("Why"),
        "file": _("File name"),
    }


def rows(panel: nps.Panel) -> None:
    """Rows in the file = used + held back + ignored; what looks odd; everything else, to open and to download."""
    st.subheader(_("What came of every row"))
    tables.table(reports.spoken(quality.balance(panel.report)), _balance_columns(), "balance")
    st.caption(_("Rows in the file = used + held back + ignored. Nothing is left out without a line below."))
    if odd := quality.suspicious(panel.report):
        st.subheader(_("Please look at this"))
        show.bullet(odd)
    _held_back(panel.rejected)
    with st.expander(_("The whole report")):
        tables.table(reports.spoken(quality.details(panel.report)), _detail_columns(), "report")
        report = panel.report  # no panel: a session keeps what its downloads hold
        show.download(_("Download the report"), lambda: reports.spoken(report), "report.csv", "download_report")


def _held_back(rejected: pd.DataFrame) -> None:
    if len(rejected):
        st.subheader(_("Rows left out, and why"))
        tables.table(reports.spoken(rejected), _rejected_columns(), "rejected")
        left_out = _("Download the rows left out")
        show.download(left_out, lambda: reports.spoken(rejected), "left_out.csv", "download_rejected")


def facts(panel: nps.Panel) -> list[str]:
    """What a person should know about the data at hand."""
    respondents = panel.respondents
    when = panel.answers["responded_at"].dropna()
    said = [_("Answers from {first} to {last}.", first=when.min(), last=when.max())] if len(when) else []
    if panel.has_usage:
        active = int((respondents["features_used"] > 0).sum())
        said.append(words.of_active(active / max(len(respondents), 1), panel.window_days, panel.dated))
    else:
        said.append(_("No usage: score, trend and segments work; the usage map and the features need it."))
    if panel.segments:
        said.append(_("People can be divided by {segments}.", segments=tuple(map(names.segment, panel.segments))))
    else:
        said.append(_("Nothing divides people."))
    return [*said, *map(str, panel.notes)]

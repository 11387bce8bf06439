"""Rows: what came of every one, which were left out and why, what looks odd, and what else there is to know."""

import pandas as pd
import streamlit as st

import nps
from nps import quality
from nps.wording import _, names, reports, several, words
from pages.parts import show, tables


def _balance_columns() -> tables.Columns:
    return {
        "table": _("File"),
        "in_file": tables.figure(_("Rows in the file")),
        "used": tables.figure(_("Used")),
        "held_back": tables.figure(_("Could not be read")),
        "ignored": tables.figure(_("Not needed")),
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
    """Rows in the file = used + left out; what looks odd; everything else, to open and to download."""
    show.headline(_headline(len(panel.rejected)))
    tables.table(reports.spoken(quality.balance(panel.report)), _balance_columns(), "balance", _("Every row"))
    st.caption(_("Rows in the file = used + could not be read + not needed. Nothing is left out without a line below."))
    if odd := quality.suspicious(panel.report):
        show.heading(_("Please look at this"))
        show.bullet(odd)
    _left_out(panel.rejected)
    show.heading(_("What is known"))
    show.bullet(facts(panel))
    with st.expander(_("The whole report")):
        details = reports.spoken(quality.details(panel.report))
        tables.table(details, _detail_columns(), "report", _("The whole report"))
        report = panel.report  # no panel: a session keeps what its downloads hold
        show.table_file(_("Download the report"), lambda: reports.spoken(report), "report.csv", "download_report")


def _headline(left_out: int) -> str:
    if not left_out:
        return _("Every row could be read")
    return several("1 row could not be read", "{n} rows could not be read", n=left_out)


def _left_out(rejected: pd.DataFrame) -> None:
    if len(rejected):
        show.heading(_("Rows left out, and why"))
        tables.table(reports.spoken(rejected), _rejected_columns(), "rejected", _("Rows left out"))
        left_out = _("Download the rows left out")
        show.people_file(left_out, lambda: reports.spoken(rejected), "left_out.csv", "download_rejected")


def facts(panel: nps.Panel) -> list[str]:
    """What a person should know about the data at hand."""
    respondents = panel.respondents
    when = panel.answers["responded_at"].dropna()
    said = [_("Answers from {first} to {last}.", first=when.min(), last=when.max())] if len(when) else []
    if panel.has_usage:
        active = int((respondents["features_used"] > 0).sum())
        said.append(words.of_active(active / max(len(respondents), 1), panel.window_days, panel.windowed))
    else:
        said.append(_("No usage: NPS, trend and segments work; the map and the features need it."))
    if panel.segments:
        said.append(_("People can be divided by {segments}.", segments=tuple(map(names.segment, panel.segments))))
    else:
        said.append(_("Nothing divides people."))
    return [*said, *map(str, panel.notes)]

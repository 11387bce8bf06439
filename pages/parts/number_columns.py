"""What the columns of tables of figures are called, and which say anything."""

import pandas as pd
import streamlit as st

from nps.wording import _

Columns = dict[str, object]


def figure(label: str, kind: str = "localized", **more: object) -> dict:
    """A column of numbers; kind: as Streamlit writes them."""
    return st.column_config.NumberColumn(label, format=kind, **more)


def number_columns() -> Columns:
    """What the figures of measures are called."""
    return _scored() | _changed() | _used()


def _scored() -> Columns:
    return {
        "score": _("Score"),
        "group": _("Group"),
        "value": _("Value"),
        "period": st.column_config.DateColumn(_("From")),
        "responses": figure(_("Answers")),
        "share": figure(_("Share"), "percent"),
        "share_rest": figure(_("Share of everyone else"), "percent"),
        "nps": figure("NPS", "%.0f"),
        "low": figure(_("Interval from"), "%.0f"),
        "high": figure(_("to"), "%.0f"),
        "shrunk": figure(_("For ranking"), "%.0f", help=_("With 30 average answers added")),
        "p": None,
        "q": figure(_("Chance (q)"), "%.3f", help=_("Corrected for the number of groups")),
        "flagged": st.column_config.CheckboxColumn(_("Differs")),
        "alarm": st.column_config.CheckboxColumn(_("Really fell")),
        "who": _("Who"),
        "value_a": _("Row"),
        "value_b": _("Column"),
    }


def _changed() -> Columns:
    return {
        "responses_before": figure(_("Answers before")),
        "responses_after": figure(_("Answers after")),
        "nps_before": figure(_("NPS before"), "%.0f"),
        "nps_after": figure(_("NPS after"), "%.0f"),
        "mix": figure(_("Who answered"), "%+.1f", help=_("Points, by other shares of answers")),
        "rate": figure(_("How they scored"), "%+.1f", help=_("Points, by other scores")),
        "rate_low": figure(_("from"), "%+.1f"),
        "rate_high": figure(_("to"), "%+.1f"),
    }


def _used() -> Columns:
    return {
        "kind": _("Kind"),
        "label": _("Feature"),
        "feature": None,
        "uses": figure(_("Uses")),
        "typical": figure(_("Typical user")),
        "reach": figure(_("Used by"), "percent"),
    }


def says(frame: pd.DataFrame, name: str) -> bool:
    """Whether a column is there and says anything of any row."""
    return name in frame and any(not isinstance(cell, str) or cell for cell in frame[name].dropna())

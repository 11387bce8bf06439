"""Tables of figures: what their columns are called, and how finely they show."""

import pandas as pd
import streamlit as st

from nps import report
from nps.measures.rules import MIN_SHOWN
from nps.wording import _, names
from pages.parts.show import UNKNOWN
from pages.session import shown as listing

DECIMALS = {"percent": 2, "%.0f": 0, "%+.0f": 0, "%+.1f": 1, "%.1f": 1}  # format -> decimals that it has room for
Columns = dict[str, object]
SPOKEN = {"group": names.group, "value": names.value, "value_a": names.value, "value_b": names.value}


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


def table(frame: pd.DataFrame, columns: Columns, key: str, title: str = "") -> None:
    """A table whose figures are no finer than they can be read: 34%, not 34.21%, and never −0."""
    formats = {
        name: column["type_config"].get("format") for name, column in columns.items() if isinstance(column, dict)
    }
    shown = {
        name: frame[name].round(DECIMALS[kind]) + 0.0
        for name, kind in formats.items()
        if name in frame and kind in DECIMALS
    }
    rounded = frame.assign(**shown)
    st.dataframe(rounded, hide_index=True, column_config=columns, key=key, placeholder=UNKNOWN)
    listing.add(report.Listing(key.replace("_", "-"), title or _("Numbers"), rounded, called(columns)))


def called(columns: Columns) -> dict[str, str]:
    """What each column that is shown is called."""
    names = {name: each.get("label") if isinstance(each, dict) else each for name, each in columns.items()}
    return {name: label for name, label in names.items() if label}


def numbers(frame: pd.DataFrame, key: str, columns: Columns | None = None) -> None:
    """The table behind a chart, to open."""
    with st.expander(_("The numbers")):
        table(spoken(enough(frame)), columns or number_columns(), key)


def spoken(frame: pd.DataFrame) -> pd.DataFrame:
    """Codes of ours by what they are called."""
    return frame.assign(**{name: frame[name].map(say) for name, say in SPOKEN.items() if name in frame})


def enough(frame: pd.DataFrame) -> pd.DataFrame:
    """Scores of fewer than 10 answers stay empty."""
    if not {"responses", "nps"} <= {*frame}:
        return frame
    few = frame["responses"] < MIN_SHOWN
    return frame.assign(**{name: frame[name].mask(few) for name in ("nps", "low", "high", "shrunk") if name in frame})

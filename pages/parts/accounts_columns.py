"""What the columns of lists of accounts are called, and how wide they are."""

import pandas as pd
import streamlit as st

from nps.chosen.watched import LISTS
from nps.measures.rules import MIN_SHOWN
from nps.wording import _
from pages.parts import tables
from pages.session import screen

WIDE = ("XL", "L", "ML")
FIRST = ("name", "change", "why")  # on phones


def of_accounts(frame: pd.DataFrame, code: str) -> tables.Columns:
    """Of a list of accounts; only those that say anything of any of these."""
    listed = code in LISTS  # points order them
    counted = _("Under the filters, each person once")
    long = (frame["answers"] >= MIN_SHOWN).any()
    columns = {
        "name": st.column_config.TextColumn(_("Account"), width=170 if screen.step() != "XS" else 130),
        "said": st.column_config.TextColumn(_("Answers"), width=190 if long else 150, help=counted),
        **_used(frame),
        **_healthy(),
        **({"points": tables.figure(_("Points"), width=60)} if listed else {}),
        "why": st.column_config.TextColumn(_("Listed because") if listed else _("Speaks for leaving"), width=470),
        "foretold": tables.figure(_("By the model"), "percent", width=90, help=_foretold(code)),
        "why_model": st.column_config.TextColumn(_("What the model sees"), width=300),
        "renewal_at": st.column_config.DateColumn(_("Renews"), width=100),
        "revenue": tables.figure(_("Revenue"), width=90, help=_("A year")),
        "plan": st.column_config.TextColumn(_("Plan"), width=90),
        "owner": st.column_config.TextColumn(_("Looked after by"), width=130),
        "known_people": tables.figure(_("People"), width=70, help=_("That are known")),
    }
    first = dict.fromkeys([*(FIRST if screen.step() == "XS" else ()), *columns])
    return {name: columns[name] for name in first if tables.says(frame, name)}


def _foretold(code: str) -> str:
    return _("Share of such accounts that grew") if code == "grow" else _("Share of such accounts that left")


def of_people(frame: pd.DataFrame) -> tables.Columns:
    """Of a list of people to ask."""
    columns = {
        "name": st.column_config.TextColumn(_("Person"), width=150),
        "called": st.column_config.TextColumn(_("Account"), width=170),
        "plan": st.column_config.TextColumn(_("Role"), width=110),
        "score": tables.figure(_("Score"), width=60),
        **_used(frame),
        "why": st.column_config.TextColumn(_("Listed because"), width=560),
    }
    return {name: column for name, column in columns.items() if tables.says(frame, name)}


def _used(frame: pd.DataFrame) -> tables.Columns:
    weeks = [each for each in frame.get("weeks", ()) if isinstance(each, list)]
    most = max((max(each) for each in weeks), default=1.0) or 1.0
    line = st.column_config.LineChartColumn(_("Use by week"), width=110, y_min=0, y_max=None if most else 1)
    change = tables.figure(_("Change"), "percent", width=72, help=_("Of the last 4 weeks against what is usual"))
    return ({"weeks": line} if screen.step() in WIDE else {}) | {"change": change}


def _healthy() -> tables.Columns:
    place = _("A place among accounts of the same plan and size, by your weights; not a chance of leaving")
    bar = st.column_config.ProgressColumn(_("Health"), width=84, format="%.0f", min_value=0, max_value=100, help=place)
    known = st.column_config.TextColumn(_("Of it"), width=96, help=_("How much of the weights is known"))
    return {"health": bar} | ({"known": known} if screen.step() in WIDE else {})

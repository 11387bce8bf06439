"""What is kept for whoever comes back: confirmed readings and the events on the trend.

It knows the session keys `sample_events`, as those of the sample are forgotten with the session, and `who`.
"""

import os
import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pandas as pd
import streamlit as st

from nps.workspace import Confirmed, marker_name, open_workspace
from pages.session import data
from web.owners import COOKIE, browser_of

SAMPLE_EVENTS = frozenset({(pd.Timestamp(2026, 6, 9), "Release: Facilitation mode")})


def workspace() -> Path:
    """The file for what must survive a restart."""
    return Path(os.environ.get("NPS_LENS_WORKSPACE") or Path.home() / ".nps-lens" / "workspace.db")


def who() -> str:
    """The browser, by its cookie; where it has none, this session."""
    cookie = st.context.cookies.get(COOKIE)
    known = browser_of(f"{COOKIE}={cookie}") if cookie else None
    return known or st.session_state.setdefault("who", secrets.token_hex(16))


def confirmed(table: str, columns: Sequence[str]) -> Confirmed | None:
    """How this browser confirmed that files with this header are read; None when it never did."""
    with open_workspace(workspace()) as kept:
        return kept.confirmed(table, columns, who())


def offered(table: str, columns: Sequence[str]) -> Confirmed | None:
    """How somebody else confirmed it last; None when nobody did."""
    with open_workspace(workspace()) as kept:
        return kept.offered(table, columns, who())


def confirm(table: str, columns: Sequence[str], mapping: Mapping[str, str | None]) -> None:
    """Read files with the same header so from now on; names of columns are kept, no data."""
    with open_workspace(workspace()) as kept:
        kept.confirm(table, columns, mapping, date.today(), who())


def forget_confirmed(table: str, columns: Sequence[str]) -> None:
    """Use a header's confirmed mapping no longer."""
    with open_workspace(workspace()) as kept:
        kept.forget_confirmed(table, columns, who())


def events() -> pd.DataFrame:
    """Events marked on the trend: day, name. Those of an upload are kept for whoever brings the same files."""
    if data.dataset() is None:
        return pd.DataFrame(sorted(st.session_state.get("sample_events", SAMPLE_EVENTS)), columns=["day", "name"])
    with open_workspace(workspace()) as kept:
        return kept.markers(data.dataset().fingerprint)


def add_event(day: date, name: str) -> None:
    """Mark an event. Raises nps.InputError for a name that cannot be kept."""
    if data.dataset() is None:
        marked = (pd.Timestamp(day), marker_name(name))
        st.session_state["sample_events"] = {*st.session_state.get("sample_events", SAMPLE_EVENTS), marked}
        return
    with open_workspace(workspace()) as kept:
        kept.add_marker(data.dataset().fingerprint, day, name)


def remove_event(day: pd.Timestamp, name: str) -> None:
    """Forget an event."""
    if data.dataset() is None:
        st.session_state["sample_events"] = {*st.session_state.get("sample_events", SAMPLE_EVENTS)} - {(day, name)}
        return
    with open_workspace(workspace()) as kept:
        kept.remove_marker(data.dataset().fingerprint, day.date(), name)

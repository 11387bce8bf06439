"""What is kept for whoever comes back: confirmed readings and the events on the trend.

Those of the sample are forgotten with the session.
"""

import os
import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pandas as pd
import streamlit as st

from nps.workspace import Confirmed, marker_name, open_workspace
from pages.session import keys
from pages.session.data import dataset
from web.owners import COOKIE, browser_of


def workspace() -> Path:
    """The file for what must survive a restart."""
    return Path(os.environ.get("NPS_LENS_WORKSPACE") or Path.home() / ".nps-lens" / "workspace.db")


def who() -> str:
    """The browser, by its cookie; where it has none, this session."""
    cookie = st.context.cookies.get(COOKIE)
    known = browser_of(f"{COOKIE}={cookie}") if cookie else None
    return known or keys.WHO.get() or keys.WHO.put(secrets.token_hex(16))


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
    if dataset() is None:
        return pd.DataFrame(sorted(keys.SAMPLE_EVENTS.get()), columns=["day", "name"])
    with open_workspace(workspace()) as kept:
        return kept.markers(dataset().fingerprint)


def add_event(day: date, name: str) -> None:
    """Mark an event. Raises nps.InputError for a name that cannot be kept."""
    if dataset() is None:
        keys.SAMPLE_EVENTS.put(keys.SAMPLE_EVENTS.get() | {(pd.Timestamp(day), marker_name(name))})
        return
    with open_workspace(workspace()) as kept:
        kept.add_marker(dataset().fingerprint, day, name)


def remove_event(day: pd.Timestamp, name: str) -> None:
    """Forget an event."""
    if dataset() is None:
        keys.SAMPLE_EVENTS.put(keys.SAMPLE_EVENTS.get() - {(day, name)})
        return
    with open_workspace(workspace()) as kept:
        kept.remove_marker(dataset().fingerprint, day.date(), name)

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

from pages.session import keys
from pages.session.data import dataset
from web.owners import COOKIE, browser_of
from workspace.store import datasets, readings
from workspace.store.database import open_database
from workspace.store.readings import Confirmed


def place() -> Path:
    """The file for what must survive a restart."""
    return Path(os.environ.get("NPS_LENS_WORKSPACE") or Path.home() / ".nps-lens" / "workspace.db")


def who() -> str:
    """The browser, by its cookie; where it has none, this session."""
    cookie = st.context.cookies.get(COOKIE)
    known = browser_of(f"{COOKIE}={cookie}") if cookie else None
    return known or keys.WHO.get() or keys.WHO.put(secrets.token_hex(16))


def confirmed(table: str, columns: Sequence[str]) -> Confirmed | None:
    """How this browser confirmed that files with this header are read; None when it never did."""
    with open_database(place()) as db:
        return readings.confirmed(db, table, columns, who())


def offered(table: str, columns: Sequence[str]) -> Confirmed | None:
    """How somebody else confirmed it last; None when nobody did."""
    with open_database(place()) as db:
        return readings.offered(db, table, columns, who())


def confirm(table: str, columns: Sequence[str], mapping: Mapping[str, str | None]) -> None:
    """Read files with the same header so from now on; names of columns are kept, no data."""
    with open_database(place()) as db:
        readings.confirm(db, table, columns, mapping, date.today(), who())


def forget_confirmed(table: str, columns: Sequence[str]) -> None:
    """Use a header's confirmed mapping no longer."""
    with open_database(place()) as db:
        readings.forget(db, table, columns, who())


def events() -> pd.DataFrame:
    """Events marked on the trend: day, name. Those of an upload are kept for whoever brings the same files."""
    if dataset() is None:
        return pd.DataFrame(sorted(keys.SAMPLE_EVENTS.get()), columns=["day", "name"])
    with open_database(place()) as db:
        return datasets.markers(db, dataset().fingerprint)


def add_event(day: date, name: str) -> None:
    """Mark an event. Raises nps.InputError for a name that cannot be kept."""
    if dataset() is None:
        keys.SAMPLE_EVENTS.put(keys.SAMPLE_EVENTS.get() | {(pd.Timestamp(day), datasets.marker_name(name))})
        return
    with open_database(place()) as db:
        datasets.add_marker(db, dataset().fingerprint, day, name)


def remove_event(day: pd.Timestamp, name: str) -> None:
    """Forget an event."""
    if dataset() is None:
        keys.SAMPLE_EVENTS.put(keys.SAMPLE_EVENTS.get() - {(day, name)})
        return
    with open_database(place()) as db:
        datasets.remove_marker(db, dataset().fingerprint, day.date(), name)

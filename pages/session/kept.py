"""What is kept for whoever comes back: confirmed readings and the events on the trend.

Those of the sample are forgotten with the session.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date

import pandas as pd

from pages.session import keys
from pages.session.access import actor
from pages.session.data import dataset
from workspace.store import markers, readings
from workspace.store.database import Workspace, open_workspace, place
from workspace.store.readings import Confirmed


def space() -> AbstractContextManager[Workspace]:
    """The workspace, open."""
    return open_workspace(place())


def confirmed(table: str, columns: Sequence[str]) -> Confirmed | None:
    """How this browser confirmed that files with this header are read; None when it never did."""
    with space() as opened:
        return readings.confirmed(actor(), opened, table, columns)


def offered(table: str, columns: Sequence[str]) -> Confirmed | None:
    """How somebody else confirmed it last; None when nobody did."""
    with space() as opened:
        return readings.offered(actor(), opened, table, columns)


def confirm(table: str, columns: Sequence[str], mapping: Mapping[str, str | None]) -> None:
    """Read files with the same header so from now on; names of columns are kept, no data."""
    with space() as opened:
        readings.confirm(actor(), opened, table, columns, mapping, date.today())


def forget_confirmed(table: str, columns: Sequence[str]) -> None:
    """Use a header's confirmed mapping no longer."""
    with space() as opened:
        readings.forget(actor(), opened, table, columns)


def events() -> pd.DataFrame:
    """Events marked on the trend: day, name. Those of an upload are kept for whoever brings the same files."""
    known = keys.EVENTS.get()
    return keys.EVENTS.put(_events()) if known is None else known


def begin() -> None:
    """Each run looks again what others have marked meanwhile."""
    keys.EVENTS.take()


def _events() -> pd.DataFrame:
    if dataset() is None:
        return pd.DataFrame(sorted(keys.SAMPLE_EVENTS.get()), columns=["day", "name"])
    with space() as opened:
        return markers.markers(actor(), opened, dataset().fingerprint)


def add_event(day: date, name: str) -> None:
    """Mark an event. Raises nps.InputError for a name that cannot be kept."""
    if dataset() is None:
        keys.SAMPLE_EVENTS.put(keys.SAMPLE_EVENTS.get() | {(pd.Timestamp(day), markers.marker_name(name))})
        return
    with space() as opened:
        markers.add_marker(actor(), opened, dataset().fingerprint, day, name)


def remove_event(day: pd.Timestamp, name: str) -> None:
    """Forget an event."""
    if dataset() is None:
        keys.SAMPLE_EVENTS.put(keys.SAMPLE_EVENTS.get() - {(day, name)})
        return
    with space() as opened:
        markers.remove_marker(actor(), opened, dataset().fingerprint, day.date(), name)

"""What must survive a restart, in one SQLite file: events marked on a trend, and how files were confirmed to be read.

Open it per run and close it again; a connection belongs to its thread.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from sqlite_utils import Database, Migrations

from nps.sources import InputError

LONGEST_NAME = 80
MOST_MARKERS = 200
MOST_READINGS = 500
_migrations = Migrations("workspace")


@_migrations()
def m001_markers(db: Database) -> None:
    """Events of a dataset: name and day."""
    db.table("markers").create(
        {"dataset": str, "day": str, "name": str}, pk=("dataset", "day", "name"), not_null={"dataset", "day", "name"}
    )


@_migrations()
def m002_readings(db: Database) -> None:
    """How files of a header were confirmed to be read: names of columns and settings, nothing of any row."""
    db.table("readings").create(
        {"header": str, "mapping": str, "confirmed": str}, pk="header", not_null={"header", "mapping", "confirmed"}
    )


class Confirmed(NamedTuple):
    """A mapping that somebody confirmed, and when."""

    mapping: dict[str, str | None]
    day: date


def marker_name(text: str) -> str:
    """The name of an event as it is kept. Raises InputError when it is empty or too long."""
    name = " ".join(text.split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise InputError(f"Give the event a name of at most {LONGEST_NAME} characters.")
    return name


class Workspace:
    """An open workspace. `dataset` is the mark of some data: only who brings the same data sees what is kept for it."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def markers(self, dataset: str) -> pd.DataFrame:
        """Events of a dataset, oldest first: day, name."""
        rows = list(self.db.table("markers").rows_where("dataset = ?", [dataset], order_by="day, name"))
        frame = pd.DataFrame(rows, columns=["dataset", "day", "name"])
        return frame.drop(columns="dataset").assign(day=pd.to_datetime(frame["day"], format="%Y-%m-%d"))

    def add_marker(self, dataset: str, day: date, name: str) -> None:
        """Keep an event. Raises InputError for a name that is empty or too long."""
        name = marker_name(name)
        with self._writing():
            if self.db.table("markers").count_where("dataset = ?", [dataset]) >= MOST_MARKERS:
                raise InputError(f"At most {MOST_MARKERS} events are kept; remove one first.")
            row = {"dataset": dataset, "day": day.isoformat(), "name": name}
            self.db.table("markers").insert(row, replace=True)

    def remove_marker(self, dataset: str, day: date, name: str) -> None:
        """Forget an event; nothing happens when there is none."""
        with self._writing():
            self.db.table("markers").delete_where(
                "dataset = ? AND day = ? AND name = ?", [dataset, day.isoformat(), name]
            )

    def confirmed(self, table: str, columns: Iterable[str]) -> Confirmed | None:
        """How a file with these columns was confirmed to be read as that table; None when it never was."""
        for row in self.db.table("readings").rows_where("header = ?", [_header(table, columns)]):
            return Confirmed(json.loads(row["mapping"]), date.fromisoformat(row["confirmed"]))
        return None

    def confirm(self, table: str, columns: Iterable[str], mapping: Mapping[str, str | None], day: date) -> None:
        """Keep a mapping for files with these columns, in any order. The oldest of more than 500 go."""
        row = {"header": _header(table, columns), "mapping": json.dumps(dict(mapping)), "confirmed": day.isoformat()}
        with self._writing():
            self.db.table("readings").insert(row, replace=True)
            self.db.table("readings").delete_where(
                "header NOT IN (SELECT header FROM readings ORDER BY confirmed DESC LIMIT ?)", [MOST_READINGS]
            )

    def forget_confirmed(self, table: str, columns: Iterable[str]) -> None:
        """Forget a confirmed mapping; nothing happens when there is none."""
        with self._writing():
            self.db.table("readings").delete_where("header = ?", [_header(table, columns)])

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One short write transaction that waits for its turn instead of failing half-way."""
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.db.rollback()
            raise
        self.db.commit()


def _header(table: str, columns: Iterable[str]) -> str:
    """The same for the same set of columns, whatever their order; nobody can read the names from it."""
    return hashlib.sha256(json.dumps([table, sorted({*columns})]).encode()).hexdigest()


@contextmanager
def open_workspace(path: Path) -> Iterator[Workspace]:
    """The workspace at `path`, made or brought up to date where needed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    db = Database(path)
    try:
        for setting in ("journal_mode = WAL", "busy_timeout = 10000", "foreign_keys = ON"):
            db.execute(f"PRAGMA {setting}")
        if _migrations.pending(db):
            _migrations.apply(db)
        yield Workspace(db)
    finally:
        db.close()

"""What must survive a restart, in one SQLite file: events marked on a trend, and how files were confirmed to be read.

Open it per run and close it again; a connection belongs to its thread.
"""

import hashlib
import json
import os
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from sqlite_utils import Database, Migrations
from sqlite_utils.utils import OperationalError, sqlite3

from nps.notes import Refused, TooLarge

LONGEST_NAME = 80
MOST_MARKERS = 200
MOST_READINGS = 500
PATIENCE_MS = 30_000
FIRST_WITH_WAL, WAL_MENDED = (3, 7, 0), (3, 51, 3)
WAL_MENDED_IN = {(3, 44): 6, (3, 50): 7}  # older lines that got the same mend
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


@_migrations()
def m003_readings_by_person(db: Database) -> None:
    """Who confirmed a reading: one of each for a header. Of those kept before nobody knows who did."""
    table = db.table("readings")
    table.add_column("who", str, not_null_default="")
    table.transform(pk=("header", "who"))


class Confirmed(NamedTuple):
    """A mapping that somebody confirmed, and when."""

    mapping: dict[str, str | None]
    day: date


def marker_name(text: str) -> str:
    """The name of an event as it is kept. Raises InputError when it is empty or too long."""
    name = " ".join(text.split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Refused("event.name", most=LONGEST_NAME)
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
        with writing(self.db):
            if self.db.table("markers").count_where("dataset = ?", [dataset]) >= MOST_MARKERS:
                raise TooLarge("event.too_many", most=MOST_MARKERS)
            row = {"dataset": dataset, "day": day.isoformat(), "name": name}
            self.db.table("markers").insert(row, replace=True)

    def remove_marker(self, dataset: str, day: date, name: str) -> None:
        """Forget an event; nothing happens when there is none."""
        with writing(self.db):
            self.db.table("markers").delete_where(
                "dataset = ? AND day = ? AND name = ?", [dataset, day.isoformat(), name]
            )

    def confirmed(self, table: str, columns: Iterable[str], who: str = "") -> Confirmed | None:
        """How this person confirmed that files with these columns are read as that table; None when they never did."""
        return self._first("header = ? AND who = ?", [_header(table, columns), who])

    def offered(self, table: str, columns: Iterable[str], who: str = "") -> Confirmed | None:
        """How somebody else confirmed it last; None when nobody did."""
        return self._first("header = ? AND who <> ?", [_header(table, columns), who])

    def _first(self, where: str, values: list[str]) -> Confirmed | None:
        for row in self.db.table("readings").rows_where(where, values, order_by="confirmed DESC, rowid DESC", limit=1):
            return Confirmed(json.loads(row["mapping"]), date.fromisoformat(row["confirmed"]))
        return None

    def confirm(
        self, table: str, columns: Iterable[str], mapping: Mapping[str, str | None], day: date, who: str = ""
    ) -> None:
        """Keep somebody's mapping for files with these columns, in any order. The oldest of more than 500 go."""
        row = {
            "header": _header(table, columns),
            "who": who,
            "mapping": json.dumps(dict(mapping)),
            "confirmed": day.isoformat(),
        }
        with writing(self.db):
            self.db.table("readings").insert(row, replace=True)
            self.db.table("readings").delete_where(
                "rowid NOT IN (SELECT rowid FROM readings ORDER BY confirmed DESC, rowid DESC LIMIT ?)", [MOST_READINGS]
            )

    def forget_confirmed(self, table: str, columns: Iterable[str], who: str = "") -> None:
        """Forget what this person confirmed; nothing happens when that is nothing."""
        with writing(self.db):
            self.db.table("readings").delete_where("header = ? AND who = ?", [_header(table, columns), who])


@contextmanager
def writing(db: Database) -> Iterator[None]:
    """One write transaction that waits for its turn instead of failing half-way; all of it, or nothing."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.rollback()
        raise
    db.commit()


def _header(table: str, columns: Iterable[str]) -> str:
    """The same for the same set of columns, whatever their order; nobody can read the names from it."""
    return hashlib.sha256(json.dumps([table, sorted({*columns})]).encode()).hexdigest()


def loses_writes(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> bool:
    """Whether this SQLite may lose writes when two connections reset a write-ahead log at once (the WAL-reset bug)."""
    mended = version >= WAL_MENDED or version[2] >= WAL_MENDED_IN.get(version[:2], version[2] + 1)
    return version >= FIRST_WITH_WAL and not mended


@contextmanager
def open_workspace(path: Path) -> Iterator[Workspace]:
    """The workspace at `path`, made or brought up to date where needed, whoever else opens it at the same moment.

    Only who runs the server can read it. Where SQLite has the WAL-reset bug, there is no write-ahead log.
    """
    _make_private(path)
    db = Database(path)
    try:
        db.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
        _set_journal(db, "delete" if loses_writes() else "wal")
        if _migrations.pending(db):
            with writing(db):
                _migrations.apply(db)
        db.execute("PRAGMA foreign_keys = ON")
        yield Workspace(db)
    finally:
        db.close()


def _make_private(path: Path) -> None:
    """The file, for its owner alone, and its folder where it holds nothing else; SQLite makes its journals alike."""
    folder = path.parent
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    ours = all(other.name.startswith(path.name) for other in folder.iterdir())
    for place in (path, *([folder] if ours else [])):
        if (mode := place.stat().st_mode) & 0o077:
            place.chmod(mode & 0o700)


def _set_journal(db: Database, mode: str) -> None:
    """Use that kind of journal. Changing it does not wait for its turn as everything else does."""
    if _journal(db) == mode:
        return
    pause, tries = threading.Event(), PATIENCE_MS // 20
    for _ in range(tries):
        with suppress(OperationalError):
            if _journal(db, f" = {mode}") == mode:
                return
        pause.wait(0.02)
    _journal(db, f" = {mode}")


def _journal(db: Database, change: str = "") -> str:
    return db.execute(f"PRAGMA journal_mode{change}").fetchone()[0]

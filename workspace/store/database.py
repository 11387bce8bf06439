"""One SQLite file for all that must survive a restart: opened per use, brought up to date, and for its owner alone.

A connection belongs to its thread.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlite_utils import Database, Migrations
from sqlite_utils.utils import OperationalError, sqlite3

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


def loses_writes(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> bool:
    """Whether this SQLite may lose writes when two connections reset a write-ahead log at once (the WAL-reset bug)."""
    mended = version >= WAL_MENDED or version[2] >= WAL_MENDED_IN.get(version[:2], version[2] + 1)
    return version >= FIRST_WITH_WAL and not mended


@contextmanager
def open_database(path: Path) -> Iterator[Database]:
    """The database at `path`, made or brought up to date where needed, whoever else opens it at the same moment.

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
        yield db
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

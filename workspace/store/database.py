"""The folder of a workspace and its SQLite file: opened per use, brought up to date, and for its owner alone.

A connection belongs to its thread, but where threads take turns.
"""

import errno
import os
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import duckdb
from sqlite_utils import Database
from sqlite_utils.utils import OperationalError, sqlite3

from nps.notes import InputError, TooLarge
from workspace.store.migrations import MIGRATIONS

PATIENCE_MS = 30_000
FIRST_WITH_WAL, WAL_MENDED = (3, 7, 0), (3, 51, 3)
WAL_MENDED_IN = {(3, 44): 6, (3, 50): 7}  # older lines that got the same mend
FILE, DATASETS, BUILT, PANELS = "workspace.db", "datasets", "tmp", "panels"
OURS = (FILE, DATASETS, BUILT, PANELS, "secret", "erased.json")
SQLITE_FULL, SQLITE_IO = 13, 10
LITTLE_ROOM = 256 * 1024  # bytes: what a write-ahead log and what its readers share take at once
FULL_SAID = re.compile("disk is full|No space left|File too large|quota exceeded", re.IGNORECASE)
SETTINGS = (f"busy_timeout = {PATIENCE_MS}", "synchronous = FULL", "secure_delete = ON")


class Workspace(NamedTuple):
    """A workspace that is open: its folder, and the database that says what in it counts."""

    root: Path
    db: Database


def folder_of(setting: str) -> Path:
    """The folder that NPS_LENS_WORKSPACE names, by the file in it, too. Raises InputError for another file."""
    path = Path(setting)
    if path.name == FILE:
        return path.parent
    if path.is_file():
        raise InputError("workspace.no_folder", path=setting)
    return path


def place() -> Path:
    """The folder for what must survive a restart. Raises InputError where the setting names none."""
    return folder_of(os.environ.get("NPS_LENS_WORKSPACE") or str(Path.home() / ".nps-lens"))


@contextmanager
def writing(db: Database) -> Iterator[None]:
    """One write transaction that waits for its turn instead of failing half-way; all of it, or nothing."""
    with enough_room():
        db.execute("BEGIN IMMEDIATE")
        try:
            yield
            db.commit()
        except BaseException:
            db.rollback()
            raise


@contextmanager
def enough_room(place: Path | None = None) -> Iterator[None]:
    """Raises TooLarge in place of what SQLite, DuckDB or the system say when the disk is full.

    place  on that disk; then what SQLite only calls a fault of the disk is told from it
    """
    try:
        yield
    except (OSError, OperationalError, duckdb.IOException) as fault:
        if _is_full(fault, place):
            raise TooLarge("workspace.full") from fault
        raise


def _is_full(fault: Exception, place: Path | None) -> bool:
    if getattr(fault, "sqlite_errorcode", None) == SQLITE_IO and place:
        return shutil.disk_usage(place).free < LITTLE_ROOM
    known = getattr(fault, "errno", None) in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    return known or getattr(fault, "sqlite_errorcode", None) == SQLITE_FULL or bool(FULL_SAID.search(str(fault)))


def loses_writes(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> bool:
    """Whether this SQLite may lose writes when two connections reset a write-ahead log at once (the WAL-reset bug)."""
    mended = version >= WAL_MENDED or version[2] >= WAL_MENDED_IN.get(version[:2], version[2] + 1)
    return version >= FIRST_WITH_WAL and not mended


@contextmanager
def open_workspace(root: Path, *, any_thread: bool = False) -> Iterator[Workspace]:
    """The workspace in this folder, made or brought up to date where needed, whoever else opens it at the same moment.

    Only who runs the server can read it. Where SQLite has the WAL-reset bug, there is no write-ahead log.

    any_thread  for threads that take turns with it by a lock of theirs
    """
    _make_private(root / FILE)
    db = Database(sqlite3.connect(root / FILE, check_same_thread=not any_thread))
    try:
        with enough_room(root):
            for setting in SETTINGS:
                db.execute(f"PRAGMA {setting}")
            _set_journal(db, "delete" if loses_writes() else "wal")
        if MIGRATIONS.pending(db):
            with writing(db):
                MIGRATIONS.apply(db)
        db.execute("PRAGMA foreign_keys = ON")
        yield Workspace(root, db)
    finally:
        db.close()


def _make_private(path: Path) -> None:
    """The file and its folders, for their owner alone, but where it lies among files of others; journals are alike."""
    folder = path.parent
    for each in (folder, folder / DATASETS, folder / BUILT, folder / PANELS):
        each.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    ours = all(other.name.startswith(OURS) for other in folder.iterdir())
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

"""Versions of kept data: how a folder begins to count, and who is faster where two want to change the same."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import wraps
from pathlib import Path
from typing import NamedTuple, ParamSpec, TypeVar

import duckdb

from nps.notes import InputError, TooLarge
from workspace.access.actor import Actor
from workspace.store import audit, folders, marks, rewriting
from workspace.store.database import DATASETS, PANELS, Workspace, writing
from workspace.store.marks import Forgotten

P, T = ParamSpec("P"), TypeVar("T")
VERSIONS_KEPT = 3
TRIES = 5
ROOM_LEFT = 2  # times the largest version: what erasing somebody takes
LOG_ROOM = 16 * 1024**2  # bytes, for the log of the database


class Version(NamedTuple):
    """A folder that counts from now on; its rows and the SHA-256 of its files, as JSON."""

    folder: str
    rows: str
    sha256: str


class Changed(RuntimeError):
    """Somebody was faster: it can be tried again."""


def again(do: Callable[P, T]) -> Callable[P, T]:
    """Try a few times where somebody was faster. Raises InputError when they always are."""

    @wraps(do)
    def tried(*args: P.args, **named: P.kwargs) -> T:
        for _ in range(TRIES):
            try:
                return do(*args, **named)
            except Changed:
                continue
        raise InputError("dataset.busy")

    return tried


@contextmanager
def reading(space: Workspace, folder: str) -> Iterator[Path]:
    """A folder that a row named a moment ago. Raises Changed when no row does any more."""
    try:
        yield space.root / DATASETS / folder
    except (OSError, duckdb.IOException, InputError) as fault:
        if folders.counts(space, folder):
            raise
        raise Changed from fault


def swap(space: Workspace, version: Version, folder: str) -> None:
    """Have a folder count in place of another of the same version. Raises Changed when that does not count any more."""
    change = "UPDATE versions SET folder = ?, rows = ?, sha256 = ? WHERE folder = ?"
    if not space.db.execute(change, [*version, folder]).rowcount:
        raise Changed


@contextmanager
def counting(
    space: Workspace, con: duckdb.DuckDBPyConnection, tmp: Path, retain_days: int | None, clean: Forgotten | None = None
) -> Iterator[Version]:
    """The transaction in which a folder begins to count, without whoever is erased, and what is too old.

    clean  who was taken out of it already
    """
    gone = marks.erased(space)
    if clean is None or clean.gone != gone:
        forgotten = Forgotten(marks.secret(space.root), gone)
        if what := rewriting.found(con, tmp, forgotten, oldest(retain_days)):
            rewriting.rewrite(con, tmp, what)
    rows, sums = rewriting.counts(con, tmp), folders.ready(tmp)
    with writing(space.db):
        if marks.erased(space) != gone:
            raise Changed
        yield Version(folders.settle(space.root, tmp), rows, sums)


def oldest(retain_days: int | None, now: datetime | None = None) -> datetime | None:
    """The moment before which nothing is kept, in UTC; None: everything is."""
    now = now or datetime.now(UTC)
    return now.replace(tzinfo=None) - timedelta(days=retain_days) if retain_days else None


def check_room(space: Workspace, tmp: Path) -> None:
    """Raises TooLarge where keeping this would leave too little room to erase somebody from what is kept.

    Panels make room for it: they can be made again.
    """
    if not has_room(space, tmp):
        with writing(space.db):
            for folder in (space.root / PANELS).iterdir():
                shutil.rmtree(folder)
        if not has_room(space, tmp):
            raise TooLarge("workspace.little_room")


def has_room(space: Workspace, tmp: Path) -> bool:
    """Whether there is room enough left, with this, to erase somebody from what is kept."""
    sizes = [_bytes(folder) for folder in (*(space.root / DATASETS).iterdir(), tmp)]
    return shutil.disk_usage(space.root).free >= ROOM_LEFT * max(sizes) + LOG_ROOM


def _bytes(folder: Path) -> int:
    try:
        return sum(file.stat().st_size for file in folder.iterdir())
    except FileNotFoundError:  # somebody deleted it meanwhile
        return 0


def add(actor: Actor, space: Workspace, dataset: str, number: int, what: str, version: Version) -> None:
    """Write down a version, in the transaction in which its folder begins to count."""
    row = {"dataset": dataset, "number": number, "what": what, **version._asdict()}
    space.db.table("versions").insert({**row, "made_by": actor.name, "made_at": audit.now()})


def drop_oldest(space: Workspace, dataset: str) -> None:
    """Forget all but the latest versions of a dataset, in the transaction of a new one."""
    space.db.execute(
        """DELETE FROM versions WHERE dataset = ? AND number NOT IN
        (SELECT number FROM versions WHERE dataset = ? ORDER BY number DESC LIMIT ?)""",
        [dataset, dataset, VERSIONS_KEPT],
    )


def drop_all_but(space: Workspace, dataset: str, number: int) -> None:
    """Forget all other versions of a dataset."""
    space.db.execute("DELETE FROM versions WHERE dataset = ? AND number <> ?", [dataset, number])

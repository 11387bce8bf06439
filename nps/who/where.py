"""The places where usage lies: a folder with what was landed, what a program brought, a database."""

import shutil
import tempfile
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from threading import RLock
from uuid import uuid4

from ibis.expr.types import Table

from nps import columns, engines, intake, quality, sources
from nps.engines import Stored
from nps.fields import FIELDS
from nps.intake.manifest import NAME, Manifest
from nps.sources import Given
from nps.tables import people_in_database
from nps.who import cached
from nps.who.columns import Lying
from nps.who.places import Place

ASKED_SECONDS = 60  # of a database, as somebody waits
MEMORY_MB = 1024  # of DuckDB; what does not fit goes to disk
_AT_ONCE = RLock()  # one who asks, as everybody who asks may take that much


class Folder(Place):
    """A folder with what was landed there, see `intake.Landed`."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    @cached_property
    def version(self) -> str:  # type: ignore[override]
        """Its manifest tells it from every other: what was read, when and how, and the size of each file."""
        return cached.key((self.folder / NAME).read_text(encoding="utf-8"))

    @contextmanager
    def opened(self) -> Iterator[Lying]:
        """DuckDB on its Parquet."""
        Manifest.read(self.folder)
        with _AT_ONCE, sources.connect() as (con, _):
            con.raw_sql(f"SET memory_limit='{MEMORY_MB}MB'")
            places = {name: self.folder / f"{name}.parquet" for name in ("usage", "people")}
            yield Lying(
                *(con.read_parquet(p, hive_partitioning=False) if p.exists() else None for p in places.values())
            )


class Brought(Place):
    """Files and frames that a program loaded: read once more when they are asked something first, and kept till then.

    given    usage and people, what there is of them
    read     what the first reading came to
    """

    def __init__(self, given: Mapping[str, Given | Stored], read: Manifest, whose: Mapping[str, str]) -> None:
        super().__init__()
        self.given, self.read, self.whose, self.version = given, read, whose, uuid4().hex
        self._landed: Path | None = None

    @contextmanager
    def opened(self) -> Iterator[Lying]:
        """DuckDB on what was landed of them."""
        if not self.given:
            yield Lying(None, None)
            return
        with self._lock:
            if self._landed is None:
                self._landed = self._read_again()
        with Folder(self._landed).opened() as lying:
            yield lying

    def _read_again(self) -> Path:
        """The folder with what there is of them, which goes with this."""
        scratch = Path(tempfile.mkdtemp(prefix="who-"))
        weakref.finalize(self, shutil.rmtree, scratch, ignore_errors=True)
        with sources.connect() as (con, work), engines.attach(self.given) as given:
            landed = intake.land(given, said(self.given, self.read), con, work, before=self.read.keys)
            tables = {name: _renamed(table, self.whose[name]) for name, table in landed.tables.items()}
            intake.Landed(tables, landed.rejected, landed.report, landed.manifest).write(scratch / "landed")
        return scratch / "landed"


class Database(Place):
    """Usage that stays in its database, and the people beside it where these are of the same connection.

    Each question opens a session for reading; numbers come back, and which people of the panel it holds for.
    """

    all_time = False

    def __init__(self, given: Mapping[str, Stored], read: Manifest, whose: Mapping[str, str]) -> None:
        super().__init__()
        own = given["usage"].connection
        self.given = {name: each for name, each in given.items() if each.connection == own}
        self.read, self.whose, self.version = read, whose, uuid4().hex

    @contextmanager
    def opened(self) -> Iterator[Lying]:
        """The session of their connection."""
        with sources.connect() as (con, work), engines.attach(self.given, seconds=ASKED_SECONDS) as given:
            mapping = said(self.given, self.read)
            landed = intake.land({"usage": given["usage"]}, mapping, con, work, before=self.read.keys)
            usage = _renamed(landed.tables["usage"], self.whose["usage"])
            if "people" not in given or self.whose["people"] != "person_id":
                yield Lying(usage, None)
                return
            source = sources.open_source(given["people"], "people", con, work)
            columns_said = {name: column for name, column in mapping["people"].items() if name in FIELDS["people"]}
            reading = columns.read_in_database(source, lambda: source, "people", columns_said)
            reading = replace(reading, normalised=self.read.keys == "normalised")
            yield Lying(usage, people_in_database(source, reading))


def of_given(given: Mapping[str, Given | Stored], landed: intake.Landed) -> Place:
    """Where what was given to a program lies, once it was read."""
    tables = {name: each for name, each in given.items() if name in ("usage", "people")}
    whose = {name: quality.key(landed.tables[name]) for name in tables}
    kind = Database if isinstance(tables.get("usage"), Stored) else Brought
    return kind(tables, landed.manifest, whose)


def of_landed(folder: Path, landed: intake.Landed, stored: Mapping[str, Stored]) -> Place | None:
    """The folder, where the usage is in it; else the database that it was counted in; None where nobody knows that."""
    if (here := of_folder(folder, landed.manifest)) or "usage" not in stored:
        return here
    whose = {"usage": "person_id"} | {
        name: quality.key(landed.tables[name]) for name in ("people",) if name in landed.tables
    }
    return Database({name: each for name, each in stored.items() if name in whose}, landed.manifest, whose)


def of_folder(folder: Path, manifest: Manifest) -> Place | None:
    """The folder, where the usage is in it, or there is none; else nobody knows where that is."""
    there = (folder / "usage.parquet").exists() or "usage" not in manifest.readings
    return Folder(folder) if there else None


def said(given: Mapping, read: Manifest) -> dict:
    """A mapping by which these are read as they were the first time."""
    return {"keys": read.keys} | {name: {**(read.mapping.get(name) or {}), **read.readings[name]} for name in given}


def _renamed(table: Table, whose: str) -> Table:
    """What is kept per account has accounts where others have people."""
    return table if whose == "person_id" else table.drop(*({whose} & {*table.columns})).rename({whose: "person_id"})

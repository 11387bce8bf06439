"""The steps from what was given to checked tables with a report. Nothing here knows which process it runs in."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

import ibis
import pandas as pd
from ibis.expr.types import Table

from nps import columns, counting, keys, quality, rollups, sources, tables
from nps.fields import FIELDS
from nps.intake import opening
from nps.sources import Given, Ignored, InputError, Source

SAMPLE_BYTES = 256 * 1024

Mappings = Mapping[str, Mapping[str, str | None] | str]
Tell = Callable[[str, int | None], None]


class Part(NamedTuple):
    """One table: as it came, how its columns were read, what came of it, and its rows (None: nobody counted them)."""

    source: Source
    reading: columns.Reading
    checked: tables.Checked
    rows: int | None

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know about how this file was read."""
        return self.source.notes + self.reading.notes + self.checked.notes


@dataclass(frozen=True)
class Landed:
    """Checked tables, and all that there is to say about them.

    tables    responses, people, usage: Ibis tables as `nps.tables` describes them
    rejected  table, row (line of the file), column, value, reason, and file where a table came in several
    report    the quality report, as `quality.REPORT` describes it
    notes     sentences about how the files were read
    keys      how ids join, one of `keys.WAYS`
    read_at   when the tables were read (UTC)
    counted   what was counted of usage that stays in its database; None where that is done from `tables`
    """

    tables: Mapping[str, Table]
    rejected: pd.DataFrame
    report: pd.DataFrame
    notes: tuple[str, ...]
    keys: str
    read_at: pd.Timestamp
    counted: counting.Counted | None = None

    def write(self, folder: Path) -> None:
        """Keep it in a folder, for `opened`."""
        folder.mkdir()
        rollup = self.counted and self.counted.rollup
        for name, table in self.tables.items():
            if name != "usage" or rollup is None:
                table.to_parquet(folder / f"{name}.parquet")
        if rollup:
            counting.write(rollup, folder)
        self.rejected.to_parquet(folder / "rejected.parquet")
        self.report.to_parquet(folder / "report.parquet")
        told = {"notes": self.notes, "keys": self.keys, "read_at": f"{self.read_at}"}
        told |= {"again": bool(self.counted and self.counted.again)}
        (folder / "notes.json").write_text(json.dumps(told), encoding="utf-8")


def opened(folder: Path, con: ibis.BaseBackend) -> Landed:
    """What `Landed.write` kept."""
    kept = {name: folder / f"{name}.parquet" for name in quality.TABLES}
    tables = {name: con.read_parquet(path) for name, path in kept.items() if path.exists()}
    told = json.loads((folder / "notes.json").read_text(encoding="utf-8"))
    rollup = counting.read(rollups.Rollup, folder)
    return Landed(
        tables,
        pd.read_parquet(folder / "rejected.parquet"),
        pd.read_parquet(folder / "report.parquet"),
        tuple(told["notes"]),
        told["keys"],
        pd.Timestamp(told["read_at"]),
        rollup and counting.Counted(counting.ordered(tables["responses"].to_pandas()), rollup, told["again"]),
    )


def untold(step: str, rows: int | None) -> None:
    """Nobody watches."""


def land(
    given: Mapping[str, Given],
    mapping: Mappings,
    con: ibis.BaseBackend,
    scratch: Path,
    tell: Tell = untold,
    before: str | None = None,
) -> Landed:
    """Read what was given, table -> file, frame or Ibis table, and account for every row.

    mapping  as `nps.load` takes it
    tell     is called with what is being done and with how many rows, where that is known
    before   the way ids joined when the same tables were read before; then usage in a database is not counted again
    Raises InputError with a message a product manager can act on.
    """
    if unknown := {*mapping} - {*quality.TABLES, "keys"}:
        raise InputError(f"There is no table called “{min(unknown)}”; the tables are {', '.join(quality.TABLES)}.")
    read_at = pd.Timestamp.now("UTC").tz_localize(None)
    there = {}
    for name in (name for name in quality.TABLES if name in given):
        there[name] = _read(given[name], name, con, scratch, mapping.get(name), tell)
    tell("Matching ids", None)
    agreed = keys.agree(there, mapping, mapping.get("keys"), before)
    parts = [
        _checked_there(source, agreed.readings[name], tell, counted=before is None)
        if agreed.readings[name].there
        else _checked(source, agreed.readings[name], con, tell)
        for name, (source, _) in there.items()
    ]
    for part in parts:
        sources.let_go(part.source, con)
    tell("Looking for what is odd", None)
    return Landed(
        {part.reading.table: part.checked.table for part in parts},
        _together([part.checked.rejected for part in parts]),
        quality.report([account(part) for part in parts if part.rows is not None]),
        sum((part.notes for part in parts), agreed.notes),
        agreed.way,
        read_at,
    )


def read(given: Given, con: ibis.BaseBackend, scratch: Path) -> Part:
    """Read a table as the one that it must be. Raises InputError when it cannot be used."""
    source = sources.kept(opening.opened(given, None, con, scratch, None), con)
    return _checked(source, columns.identify(source), con, untold)


def _read(
    given: Given, name: str, con: ibis.BaseBackend, scratch: Path, said: Mapping | None, tell: Tell
) -> tuple[Source, columns.Reading]:
    """What was given, read once: what usage needs of it, and all of the other tables. Usage in a database stays."""
    tell(f"Opening the {name} file", None)
    source = opening.opened(given, name, con, scratch, said)
    if source.elsewhere:
        return source, columns.read_there(source, partial(opening.here, source, con, columns.SAMPLE_ROWS), name, said)
    tell(f"Reading the {name} file", opening.rows_about(given))
    return opening.held(source, columns.found(source, name, said), con)


def _checked_there(source: Source, reading: columns.Reading, tell: Tell, counted: bool) -> Part:
    """Usage that stays in its database."""
    tell("Checking the usage where it is", None)
    rows = int(source.table.count().to_pandas()) if counted else None
    return Part(source, reading, _by_whom(tables.usage_there(source, reading, counted), reading), rows)


def _by_whom(checked: tables.Checked, reading: columns.Reading) -> tables.Checked:
    """What is kept per account has accounts where others have people."""
    if reading.whose == "person_id":
        return checked
    known = checked.table.drop(*({reading.whose} & {*checked.table.columns}))
    return replace(checked, table=known.rename({reading.whose: "person_id"}))


def _checked(source: Source, reading: columns.Reading, con: ibis.BaseBackend, tell: Tell) -> Part:
    """The source checked, once."""
    rows = int(source.table.count().to_pandas())
    tell(f"Checking the {reading.table}", rows)
    keep = partial(sources.computed, con=con) if source.table.get_backend() is con else tables.as_it_is
    return Part(source, reading, _by_whom(getattr(tables, reading.table)(source, reading, keep), reading), rows)


def _together(rejected: list[pd.DataFrame]) -> pd.DataFrame:
    """What was left out of all tables; a table that came as one file names none."""
    every = pd.concat(rejected, ignore_index=True)
    return every.fillna({"file": ""}) if "file" in every else every


def account(part: Part) -> quality.Account:
    """What became of every row. Counted from both ends: what stands in the file, and what is left."""
    source, reading, checked, rows = part
    rows += len(source.malformed())
    cells = int(checked.rejected["column"].isin(reading.features).sum())
    left_out = tuple(lost for lost in checked.left_out if not reading.features or lost.reason != tables.NO_USES)
    kept = rows - len(checked.rejected) + cells  # a wide file's row counts, whatever its cells say
    kept -= sum(lost.rows for lost in left_out)
    used = kept if reading.features else int(checked.table.count().to_pandas())
    ignored = source.ignored + left_out
    if reading.table == "usage" and kept > used:
        ignored += (Ignored("nothing was used", kept - used),)
    told = sum(part.rows for part in source.ignored)
    absent = frozenset({"record", *FIELDS[reading.table]} - {*reading.columns})
    looked_into = None if reading.there else checked.table
    counts = rows + told, used, ignored, cells
    return quality.Account(reading.table, looked_into, checked.rejected, *counts, absent, reading.scale)

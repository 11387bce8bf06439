"""The steps from what was given to checked tables with a report. Nothing here knows which process it runs in."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import ibis
import pandas as pd
from ibis.expr.types import Table

from nps import columns, counting, keys, quality, rollups, sources
from nps.intake import opening
from nps.intake.checking import Part, Tell, account, checked, checked_there, held, untold
from nps.intake.opening import Opened
from nps.notes import InputError, Note, decoded, note, table_named
from nps.sources import Given, Source

Mappings = Mapping[str, Mapping[str, str | None] | str]


@dataclass(frozen=True)
class Landed:
    """Checked tables, and all that there is to say about them.

    tables    responses, people, usage: Ibis tables as `nps.tables` describes them
    rejected  table, row (line of the file), column, value, reason, and file where a table came in several
    report    the quality report, as `quality.REPORT` describes it
    notes     what to say of how the files were read
    keys      how ids join, one of `keys.WAYS`
    read_at   when the tables were read (UTC)
    counted   what was counted of usage that stays in its database; None where that is done from `tables`
    """

    tables: Mapping[str, Table]
    rejected: pd.DataFrame
    report: pd.DataFrame
    notes: tuple[Note, ...]
    keys: str
    read_at: pd.Timestamp
    counted: counting.Counted | None = None

    def write(self, folder: Path) -> None:
        """Keep it in a folder, for `read_landed`."""
        folder.mkdir()
        rollup = self.counted and self.counted.rollup
        for name, table in self.tables.items():
            if name != "usage" or rollup is None:
                table.to_parquet(folder / f"{name}.parquet")
        if rollup:
            counting.write(rollup, folder)
        self.rejected.to_parquet(folder / "rejected.parquet")
        self.report.to_parquet(folder / "report.parquet")
        told = {"notes": [each.encoded for each in self.notes], "keys": self.keys, "read_at": f"{self.read_at}"}
        told |= {"again": bool(self.counted and self.counted.again)}
        (folder / "notes.json").write_text(json.dumps(told), encoding="utf-8")


def read_landed(folder: Path, con: ibis.BaseBackend) -> Landed:
    """What `Landed.write` kept."""
    kept = {name: folder / f"{name}.parquet" for name in quality.TABLES}
    tables = {name: con.read_parquet(path) for name, path in kept.items() if path.exists()}
    told = json.loads((folder / "notes.json").read_text(encoding="utf-8"))
    rollup = counting.read(rollups.Rollup, folder)
    return Landed(
        tables,
        pd.read_parquet(folder / "rejected.parquet"),
        pd.read_parquet(folder / "report.parquet"),
        tuple(map(decoded, told["notes"])),
        told["keys"],
        pd.Timestamp(told["read_at"]),
        rollup and counting.Counted(counting.ordered(tables["responses"].to_pandas()), rollup, told["again"]),
    )


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
        raise InputError("intake.no_table", name=min(unknown), tables=quality.TABLES)
    read_at = pd.Timestamp.now("UTC").tz_localize(None)
    there, shapes = {}, {}
    for name in (name for name in quality.TABLES if name in given):
        tell(note("step.opening", table=table_named(name)), None)
        found = opening.opened(given[name], name, con, scratch, mapping.get(name))
        tell(note("step.reading", table=table_named(name)), opening.rows_about(given[name]))
        there[name], shapes[name] = _read(found, name, con), found.shapes
    tell(note("step.matching"), None)
    agreed = keys.agree(there, mapping, mapping.get("keys"), before)
    parts = [
        checked_there(source, agreed.readings[name], tell, counted=before is None)
        if agreed.readings[name].there
        else checked(source, agreed.readings[name], con, tell, shapes[name])
        for name, (source, _) in there.items()
    ]
    for part in parts:
        sources.let_go(part.source, con)
    tell(note("step.odd"), None)
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
    source = sources.materialise(opening.opened(given, None, con, scratch, None).source, con)
    return checked(source, columns.identify(source), con, untold)


def _read(found: Opened, name: str, con: ibis.BaseBackend) -> tuple[Source, columns.Reading]:
    """What was opened, read once: what usage needs of it, and all of the other tables. Usage in a database stays."""
    source, said = found.source, found.said
    if source.elsewhere:
        return source, columns.read_there(source, partial(opening.here, source, con, columns.SAMPLE_ROWS), name, said)
    return held(source, columns.found(source, name, said), con)


def _together(rejected: list[pd.DataFrame]) -> pd.DataFrame:
    """What was left out of all tables; a table that came as one file names none."""
    every = pd.concat(rejected, ignore_index=True)
    return every.fillna({"file": ""}) if "file" in every else every

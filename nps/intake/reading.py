"""The steps from what was given to checked tables with a report. Nothing here knows which process it runs in."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import ibis
import pandas as pd

from nps import columns, keys, quality, sources
from nps.intake import opening
from nps.intake.checking import Part, Tell, account, checked, checked_in_database, held, untold
from nps.intake.landed import Landed
from nps.intake.manifest import Manifest, Mappings, Origins
from nps.intake.opening import Opened
from nps.notes import InputError, note, table_named
from nps.sources import Given, Source


def land(
    given: Mapping[str, Given],
    mapping: Mappings,
    con: ibis.BaseBackend,
    scratch: Path,
    tell: Tell = untold,
    before: str | None = None,
    origins: Origins | None = None,
) -> Landed:
    """Read what was given, table -> file, frame or Ibis table, and account for every row.

    mapping  as `nps.load` takes it
    tell     is called with what is being done and with how many rows, where that is known
    before   the way ids joined when the same tables were read before; then usage in a database is not counted again
    origins  of what it is, for its manifest
    Raises InputError with a message a product manager can act on.
    """
    if unknown := {*mapping} - {*quality.TABLES, "keys"}:
        raise InputError("intake.no_table", name=min(unknown), tables=quality.TABLES)
    read_at = pd.Timestamp.now("UTC").tz_localize(None)
    opened, shapes = {}, {}
    for name in (name for name in quality.TABLES if name in given):
        tell(note("step.opening", table=table_named(name)), None)
        source = opening.opened(given[name], name, con, scratch, mapping.get(name))
        tell(note("step.reading", table=table_named(name)), opening.rows_about(given[name]))
        opened[name], shapes[name] = _read(source, name, con), source.shapes
    tell(note("step.matching"), None)
    agreed = keys.agree(opened, mapping, mapping.get("keys"), before)
    parts = [
        checked_in_database(source, agreed.readings[name], tell, counted=before is None)
        if agreed.readings[name].in_database
        else checked(source, agreed.readings[name], con, tell, shapes[name])
        for name, (source, _) in opened.items()
    ]
    for part in parts:
        needed = part.checked.table, part.checked.ids
        sources.let_go(part.source, con, but=[table for table in needed if table is not None])
    tell(note("step.odd"), None)
    return Landed(
        {part.reading.table: part.checked.table for part in parts},
        _together([part.checked.rejected for part in parts]),
        quality.report([account(part) for part in parts if part.rows is not None]),
        Manifest(
            read_at,
            agreed.way,
            notes=sum((part.notes for part in parts), agreed.notes),
            mapping=mapping,
            readings={part.reading.table: part.reading.mapping() for part in parts},
            origins=origins or {},
        ),
        users=next((part.checked.ids for part in parts if part.reading.table == "usage"), None),
    )


def read(given: Given, con: ibis.BaseBackend, scratch: Path) -> Part:
    """Read a table as the one that it must be. Raises InputError when it cannot be used."""
    source = sources.materialise(opening.opened(given, None, con, scratch, None).source, con)
    return checked(source, columns.identify(source), con, untold)


def _read(opened: Opened, name: str, con: ibis.BaseBackend) -> tuple[Source, columns.Reading]:
    """What was opened, read once: what usage needs of it, and all of the other tables. Usage in a database stays."""
    source, mapping = opened.source, opened.mapping
    if source.elsewhere:
        return source, columns.read_in_database(
            source, partial(opening.here, source, con, columns.SAMPLE_ROWS), name, mapping
        )
    return held(source, columns.recognised(source, name, mapping), con)


def _together(rejected: list[pd.DataFrame]) -> pd.DataFrame:
    """What was left out of all tables; a table that came as one file names none."""
    every = pd.concat(rejected, ignore_index=True)
    return every.fillna({"file": ""}) if "file" in every else every

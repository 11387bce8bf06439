"""The public face: load the files once; look into them before."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import ibis
import pandas as pd
from ibis.expr.types import Table

from nps import columns, engines, exports, keys, panel, rollups, sources, tables
from nps.banding import NONE
from nps.chosen import Panel
from nps.sources import Given, InputError

AGAIN = (
    "How many respondents have usage, which of it was left out, and what people used in the last day before answering "
    "is told after a full reading: use the tables again.",
)


def load(
    responses: Given | engines.Stored,
    usage: Given | engines.Stored | None = None,
    people: Given | engines.Stored | None = None,
    *,
    window_days: int = 90,
    measure: str = "active_days",
    mapping: Mapping[str, Mapping[str, str | None] | str] | None = None,
    earlier: Panel | None = None,
) -> Panel:
    """Join answers, usage and people from paths, frames, Ibis tables or what is `Stored` in a database.

    Several paths, or a folder, are one table.

    window_days  usage counts when it lies at most so many days before the answer
    measure      of activity: active_days, minutes, uses or features_used
    mapping      table -> field -> column (None: not in this file), the settings of `columns.Reading` (date_order, zone,
                 decimal, scale), "export": the tool that the file comes from (None: from none), "sheet" of a workbook
                 or "table" of a database file, where it has several; "keys" -> "exact" or "alike" (see `keys.agree`);
                 overrules what is recognised
    earlier      a panel of the same sources: of usage only what answers that are new since then, or were when it was
                 read, have to know
    Raises InputError with a message a product manager can act on.
    """
    if measure not in panel.MEASURES:
        raise InputError(f"Activity is measured by one of {', '.join(panel.MEASURES)}.")
    if not 1 <= window_days <= 3650:
        raise InputError("The window is between 1 and 3,650 days.")
    given = {"responses": responses, "people": people, "usage": usage}
    mapping = mapping or {}
    if unknown := {*mapping} - {*given, "keys"}:
        raise InputError(f"There is no table called “{min(unknown)}”; the tables are {', '.join(given)}.")
    earlier = panel.continued(earlier, window_days)
    with sources.connect() as (con, scratch), engines.opened(given) as places:
        opened = {}
        for name, value in places.items():
            if value is not None:
                source = _opened(value, name, con, scratch, mapping.get(name))
                opened[name] = (source, _reading(source, name, con, mapping.get(name)))
        agreed = keys.agree(opened, mapping, mapping.get("keys"), earlier and earlier.keys)
        read = {
            name: _read(source, agreed.readings[name], con, counted=not earlier) for name, (source, _) in opened.items()
        }
        return _joined(read, measure, window_days, agreed, earlier)


class _Read(NamedTuple):
    """One table, checked, with the sentences to say about it."""

    checked: tables.Checked
    notes: tuple[str, ...]


def _read(source: sources.Source, reading: columns.Reading, con: ibis.BaseBackend, counted: bool) -> _Read:
    checked = tables.usage_there(source, reading, counted) if reading.there else _checked(source, reading, con)
    return _Read(checked, source.notes + reading.notes + checked.notes)


def _opened(
    given: Given, name: str, con: ibis.BaseBackend, scratch: Path, mapping: Mapping | None, most: int | None = None
) -> sources.Source:
    """What was given, as what the mapping says of it. Of a database, answers and people are fetched, usage is not.

    most  rows to fetch
    """
    said = mapping or {}
    choice = {key: said[key] for key in sources.CHOICES if key in said}
    if isinstance(given, Table) and (source := sources.open_source(given, name, con, scratch)).elsewhere:
        return source if name == "usage" else exports.recognise(_here(source, con, most), name, said.get("export", ...))
    return exports.opened(given, name, con, scratch, said.get("export", ...), choice=choice)


def _here(source: sources.Source, con: ibis.BaseBackend, most: int | None) -> sources.Source:
    return sources.kept(replace(source, table=source.table.limit(most)) if most else source, con)


def _reading(source: sources.Source, name: str, con: ibis.BaseBackend, mapping: Mapping | None) -> columns.Reading:
    if source.elsewhere:
        return columns.read_there(source, lambda: _here(source, con, columns.SAMPLE_ROWS), name, mapping)
    return columns.read(source, name, mapping)


def _checked(source: sources.Source, reading: columns.Reading, con: ibis.BaseBackend) -> tables.Checked:
    """Answers and people fit in memory; usage stays where it is."""
    source = source if reading.table == "usage" else sources.kept(source, con)
    return getattr(tables, reading.table)(source, reading)


def _joined(
    read: dict[str, _Read], measure: str, window_days: int, agreed: keys.Agreed, earlier: Panel | None
) -> Panel:
    read_at = pd.Timestamp.now("UTC").tz_localize(None)
    answers = panel.ordered(read["responses"].checked.table.to_pandas())
    if answers.empty:
        raise InputError(_nothing_left(read["responses"].checked.rejected))
    rollup, known = None, None
    if "usage" in read:
        asked = answers.reindex(columns=["person_id", "responded_at", "survey"]).assign(answer=answers.index)
        asked["survey"] = asked["survey"].astype("string").fillna(NONE)
        known = panel.known(earlier, asked) if earlier else None
        rollup = rollups.before_each(asked, read["usage"].checked.table, window_days, known)
    return panel.build(
        Panel,
        answers,
        read["people"].checked.table.to_pandas() if "people" in read else None,
        rollup,
        measure=measure,
        window_days=window_days,
        rejected=_together([part.checked.rejected for part in read.values()]),
        notes=sum((part.notes for part in read.values()), agreed.notes) + (AGAIN if known else ()),
        read_at=read_at,
        keys=agreed.way,
    )


def _together(rejected: list[pd.DataFrame]) -> pd.DataFrame:
    """What was left out of all tables; a table that came as one file names none."""
    every = pd.concat(rejected, ignore_index=True)
    return every.fillna({"file": ""}) if "file" in every else every


def _nothing_left(rejected: pd.DataFrame) -> str:
    reason, rows = rejected["reason"].value_counts().index[0], len(rejected)
    return f"None of the {rows:,} rows of the responses file could be used; the most frequent reason: {reason}."


class Preview(NamedTuple):
    """How one file would be read: its reading or the problem with it, its columns, its first rows as text.

    export  the tool it was exported from, empty when none is recognised
    """

    reading: columns.Reading | None
    problem: str
    columns: tuple[str, ...]
    head: pd.DataFrame
    export: str = ""


def preview(
    given: Given | engines.Stored, table: str, rows: int = 5, mapping: Mapping[str, str | None] | None = None
) -> Preview:
    """Read the header and the first rows of a table, for people to confirm. Raises InputError when it is no table.

    mapping  of this table, as `load` takes it
    """
    with sources.connect() as (con, scratch), engines.opened({table: given}) as places:
        source = _opened(places[table], table, con, scratch, mapping, columns.SAMPLE_ROWS)
        head = source.table.select(*source.columns).limit(rows).to_pandas()
        try:
            reading = _reading(source, table, con, mapping)
            return Preview(reading, "", source.columns, head, source.export)
        except InputError as unclear:
            return Preview(None, str(unclear), source.columns, head, source.export)


class Examined(NamedTuple):
    """What one file turned out to be: its reading, how many rows would be used, and what would be rejected."""

    reading: columns.Reading
    rows: int
    rejected: pd.DataFrame
    notes: tuple[str, ...]


def examine(given: Given) -> Examined:
    """Tell whether a file holds responses, usage or people, and read all of it. Raises InputError when none."""
    with sources.connect() as (con, scratch):
        source = exports.opened(given, None, con, scratch)
        reading = columns.identify(source)
        checked = _checked(source, reading, con)
        rows = int(checked.table.count().to_pandas())
        return Examined(reading, rows, checked.rejected, source.notes + reading.notes + checked.notes)

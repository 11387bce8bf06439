"""The public face: load the files once; look into them before."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import ibis
import pandas as pd

from nps import columns, exports, keys, panel, rollups, sources, tables
from nps.banding import NONE
from nps.chosen import Panel
from nps.sources import Given, InputError


def load(
    responses: Given,
    usage: Given | None = None,
    people: Given | None = None,
    *,
    window_days: int = 90,
    measure: str = "active_days",
    mapping: Mapping[str, Mapping[str, str | None] | str] | None = None,
) -> Panel:
    """Join answers, usage and people from paths, frames or Ibis tables; several paths, or a folder, are one table.

    window_days  usage counts when it lies at most so many days before the answer
    measure      of activity: active_days, minutes, uses or features_used
    mapping      table -> field -> column (None: not in this file), the settings of `columns.Reading` (date_order, zone,
                 decimal, scale), "export": the tool that the file comes from (None: from none), "sheet" of a workbook
                 or "table" of a database file, where it has several; "keys" -> "exact" or "alike" (see `keys.agree`);
                 overrules what is recognised
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
    with sources.connect() as (con, scratch):
        opened = {}
        for name, value in given.items():
            if value is not None:
                source = _opened(value, name, con, scratch, mapping.get(name))
                reading = columns.found(source, name, mapping.get(name))
                source = _fetched(source, reading, con)
                opened[name] = (source, columns.settled(source, reading))
        agreed = keys.agree(opened, mapping, mapping.get("keys"))
        read = {name: _read(source, agreed.readings[name]) for name, (source, _) in opened.items()}
        return _joined(read, measure, window_days, agreed.notes)


class _Read(NamedTuple):
    """One table, checked, with the sentences to say about it."""

    checked: tables.Checked
    notes: tuple[str, ...]


def _read(source: sources.Source, reading: columns.Reading) -> _Read:
    checked = _checked(source, reading)
    return _Read(checked, source.notes + reading.notes + checked.notes)


def _opened(given: Given, name: str, con: ibis.BaseBackend, scratch: Path, mapping: Mapping | None) -> sources.Source:
    """What was given, as what the mapping says of it."""
    said = mapping or {}
    choice = {key: said[key] for key in sources.CHOICES if key in said}
    return exports.opened(given, name, con, scratch, said.get("export", ...), choice=choice)


def _fetched(source: sources.Source, reading: columns.Reading, con: ibis.BaseBackend) -> sources.Source:
    """A file is read once. Answers and people fit in memory; of usage what it needs is held, a database stays."""
    if reading.table != "usage":
        return sources.kept(source, con)
    return sources.held(source, {*reading.used, *keys.candidates(reading)})


def _checked(source: sources.Source, reading: columns.Reading) -> tables.Checked:
    """What is `_fetched` as its table."""
    checked = getattr(tables, reading.table)(source, reading)
    if reading.table == "usage":
        sources.let_go(source)  # tables.usage has typed it
    return checked


def _joined(read: dict[str, _Read], measure: str, window_days: int, notes: tuple[str, ...]) -> Panel:
    answers = panel.ordered(read["responses"].checked.table.to_pandas())
    if answers.empty:
        raise InputError(_nothing_left(read["responses"].checked.rejected))
    rollup = None
    if "usage" in read:
        asked = answers.reindex(columns=["person_id", "responded_at", "survey"]).assign(answer=answers.index)
        asked["survey"] = asked["survey"].astype("string").fillna(NONE)
        rollup = rollups.before_each(asked, read["usage"].checked.table, window_days)
    return panel.build(
        Panel,
        answers,
        read["people"].checked.table.to_pandas() if "people" in read else None,
        rollup,
        measure=measure,
        window_days=window_days,
        rejected=_together([part.checked.rejected for part in read.values()]),
        notes=sum((part.notes for part in read.values()), notes),
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


def preview(given: Given, table: str, rows: int = 5, mapping: Mapping[str, str | None] | None = None) -> Preview:
    """Read the header and the first rows of a file, for people to confirm. Raises InputError when it is no table.

    mapping  of this table, as `load` takes it
    """
    with sources.connect() as (con, scratch):
        source = _opened(given, table, con, scratch, mapping)
        head = source.table.limit(rows).to_pandas()
        try:
            return Preview(columns.read(source, table, mapping), "", source.columns, head, source.export)
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
        checked = _checked(_fetched(source, reading, con), reading)
        rows = int(checked.table.count().to_pandas())
        return Examined(reading, rows, checked.rejected, source.notes + reading.notes + checked.notes)

"""The public face: load the files once; look into them before."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import ibis
import pandas as pd

from nps import columns, engines, panel, rollups, sources, tables
from nps.banding import NONE
from nps.chosen import Panel
from nps.sources import Given, InputError

AGAIN = ("What people used in the last day before answering is told after a full reading: use the tables again.",)


def load(
    responses: Given | engines.Stored,
    usage: Given | engines.Stored | None = None,
    people: Given | engines.Stored | None = None,
    *,
    window_days: int = 90,
    measure: str = "active_days",
    mapping: Mapping[str, Mapping[str, str | None]] | None = None,
    earlier: Panel | None = None,
) -> Panel:
    """Join answers, usage and people from paths, frames, Ibis tables or what is `Stored` in a database.

    window_days  usage counts when it lies at most so many days before the answer
    measure      of activity: active_days, minutes, uses or features_used
    mapping      table -> field -> column (None: not in this file), and "date_order": "day first" or "month first";
                 overrules what is recognised
    earlier      a panel of the same sources: usage is read for answers that are new since then, or were when it was
    Raises InputError with a message a product manager can act on.
    """
    if measure not in panel.MEASURES:
        raise InputError(f"Activity is measured by one of {', '.join(panel.MEASURES)}.")
    if not 1 <= window_days <= 3650:
        raise InputError("The window is between 1 and 3,650 days.")
    given = {"responses": responses, "people": people, "usage": usage}
    if unknown := {*(mapping or {})} - {*given}:
        raise InputError(f"There is no table called “{min(unknown)}”; the tables are {', '.join(given)}.")
    with sources.connect() as (con, scratch), engines.opened(given) as tables_given:
        read = {
            name: _read(value, name, con, scratch, (mapping or {}).get(name))
            for name, value in tables_given.items()
            if value is not None
        }
        return _joined(read, measure, window_days, earlier)


class _Read(NamedTuple):
    """One table, checked, with the sentences to say about it."""

    checked: tables.Checked
    notes: tuple[str, ...]


def _read(given: Given, name: str, con: ibis.BaseBackend, scratch: Path, mapping: Mapping | None) -> _Read:
    source = sources.open_source(given, name, con, scratch)
    if source.elsewhere and name != "usage":
        source = sources.kept(source, con)
    reading = _reading(source, name, con, mapping)
    checked = _checked(source, reading, con)
    counted = tuple(f"{part.rows:,} rows of the {name} were left out: {part.reason}." for part in checked.ignored)
    return _Read(checked, source.notes + reading.notes + counted)


def _reading(source: sources.Source, name: str, con: ibis.BaseBackend, mapping: Mapping | None) -> columns.Reading:
    """How the columns are read. Where a mapping leaves that open, a database gives its first rows for it."""
    if not source.elsewhere:
        return columns.read(source, name, mapping)
    return columns.settled(source, name, mapping or {}) or columns.read(_first_rows(source, con), name, mapping)


def _first_rows(source: sources.Source, con: ibis.BaseBackend) -> sources.Source:
    return sources.kept(replace(source, table=source.table.limit(columns.SAMPLE_ROWS)), con)


def _checked(source: sources.Source, reading: columns.Reading, con: ibis.BaseBackend) -> tables.Checked:
    """Answers and people fit in memory; usage stays where it is."""
    source = source if reading.table == "usage" or "record" in source.table.columns else sources.kept(source, con)
    return getattr(tables, reading.table)(source, reading)


def _joined(read: dict[str, _Read], measure: str, window_days: int, earlier: Panel | None) -> Panel:
    read_at = pd.Timestamp.now("UTC").tz_localize(None)
    answers = panel.ordered(read["responses"].checked.table.to_pandas())
    if answers.empty:
        raise InputError(_nothing_left(read["responses"].checked.rejected))
    rollup, known = None, None
    if "usage" in read:
        asked = answers.reindex(columns=["person_id", "responded_at", "survey"]).assign(answer=answers.index)
        asked["survey"] = asked["survey"].astype("string").fillna(NONE)
        known = panel.known(earlier, asked) if earlier and earlier.window_days == window_days else None
        rollup = rollups.before_each(asked, read["usage"].checked.table, window_days, known)
    return panel.build(
        Panel,
        answers,
        read["people"].checked.table.to_pandas() if "people" in read else None,
        rollup,
        measure=measure,
        window_days=window_days,
        rejected=pd.concat([part.checked.rejected for part in read.values()], ignore_index=True),
        notes=sum((part.notes for part in read.values()), ()) + (AGAIN if known else ()),
        read_at=read_at,
    )


def _nothing_left(rejected: pd.DataFrame) -> str:
    reason, rows = rejected["reason"].value_counts().index[0], len(rejected)
    return f"None of the {rows:,} rows of the responses file could be used; the most frequent reason: {reason}."


class Preview(NamedTuple):
    """How one file would be read: its reading or the problem with it, its columns, its first rows as text."""

    reading: columns.Reading | None
    problem: str
    columns: tuple[str, ...]
    head: pd.DataFrame


def preview(given: Given | engines.Stored, table: str, rows: int = 5) -> Preview:
    """Read the header and the first rows of a file, for people to confirm. Raises InputError when it is no table."""
    with sources.connect() as (con, scratch), engines.opened({table: given}) as opened:
        source = sources.open_source(opened[table], table, con, scratch)
        source = _first_rows(source, con) if source.elsewhere else source
        head = source.table.select(*source.columns).limit(rows).to_pandas()
        try:
            return Preview(columns.read(source, table), "", source.columns, head)
        except InputError as unclear:
            return Preview(None, str(unclear), source.columns, head)


class Examined(NamedTuple):
    """What one file turned out to be: its reading, how many rows would be used, and what would be rejected."""

    reading: columns.Reading
    rows: int
    rejected: pd.DataFrame
    notes: tuple[str, ...]


def examine(given: Given) -> Examined:
    """Tell whether a file holds responses, usage or people, and read all of it. Raises InputError when none."""
    with sources.connect() as (con, scratch):
        source = sources.open_source(given, "given", con, scratch)
        reading = columns.identify(source)
        checked = _checked(source, reading, con)
        rows = int(checked.table.count().to_pandas())
        return Examined(reading, rows, checked.rejected, source.notes + reading.notes)

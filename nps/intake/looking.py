"""How a file would be read, for people to confirm."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial, reduce
from pathlib import Path
from typing import NamedTuple

import ibis
import pandas as pd
from ibis.expr.types import Table

from nps import columns, engines, sources
from nps.intake import opening
from nps.intake.checking import Tell, checked, held, untold
from nps.notes import InputError, Note, Undecided, decoded, note, table_named
from nps.sources import Given, Source

MOST_REASONS = 3


class Preview(NamedTuple):
    """How one file would be read: its reading or the problem with it, its columns, its first rows as text.

    export   the tool it was exported from, empty when none is recognised
    choices  "sheet" or "table" -> what the file holds, where it holds several
    notes    what to say of how the file was opened
    others   table -> the sheet or table of this file that holds it, beside the one that was asked for
    read     the share of its rows that can be read, 0..1; None where that is not known before it is used
    """

    reading: columns.Reading | None
    problem: Note | None
    columns: tuple[str, ...]
    head: pd.DataFrame
    export: str = ""
    choices: Mapping[str, tuple[str, ...]] = {}
    notes: tuple[Note, ...] = ()
    others: Mapping[str, str] = {}
    read: float | None = None


def preview(
    given: Given | engines.Stored, table: str, mapping: Mapping[str, str | None] | None = None, rows: int = 5
) -> Preview:
    """Read the header and the first rows of a table, for people to confirm. Raises InputError when it is no table.

    mapping  of this table, as `nps.load` takes it
    """
    with sources.connect() as (con, scratch), engines.attach({table: given}, columns.SAMPLE_ROWS) as places:
        return look(places[table], table, mapping, con, scratch, rows=rows)


def look(
    given: Given,
    table: str,
    mapping: Mapping[str, str | None] | None,
    con: ibis.BaseBackend,
    scratch: Path,
    tell: Tell = untold,
    rows: int = 5,
) -> Preview:
    """The preview of a table; `tell` as `land` takes it."""
    tell(note("step.looking", table=table_named(table)), None)
    try:
        source, said, _ = opening.opened(given, table, con, scratch, mapping, columns.SAMPLE_ROWS)
    except Undecided as several:
        return Preview(None, several.note, (), pd.DataFrame(), choices={several.kind: several.names})
    tell(note("step.looking_through", table=table_named(table)), opening.rows_about(given))
    head = source.table.select(*source.columns).limit(rows).to_pandas()
    opened = source.export, dict(source.choices), source.notes, dict(source.beside)
    shown = Preview(None, None, source.columns, head, *opened)
    try:
        if source.elsewhere:
            first_rows = partial(opening.here, source, con, columns.SAMPLE_ROWS)
            return shown._replace(reading=columns.read_in_database(source, first_rows, table, said))
        source, reading = held(source, columns.recognised(source, table, said), con)
    except InputError as unclear:
        return shown._replace(problem=unclear.note)
    tell(note("step.checking", table=table_named(table)), opening.rows_about(given))
    of_rows, read = ((), None) if isinstance(given, Table) else _of_rows(source, reading, con)
    return shown._replace(reading=reading, notes=(*shown.notes, *_nameless(reading), *of_rows), read=read)


def _nameless(reading: columns.Reading) -> tuple[Note, ...]:
    """What to say of answers that are nobody's."""
    if reading.table != "responses" or "person_id" in reading.columns:
        return ()
    return (note("preview.nameless"),)


def _of_rows(source: Source, reading: columns.Reading, con: ibis.BaseBackend) -> tuple[tuple[Note, ...], float | None]:
    """What to say of rows that lack something or are left out, and `Preview.read`.

    Of usage, whose cells wait, only of the broken ones.
    """
    notes, read = (), None
    lost = source.malformed().rename(columns={"line": "row"})
    if reading.table != "usage":
        part = checked(source, replace(reading, others=()), con, untold)
        rows = part.rows + len(lost)
        lost, notes = part.checked.rejected, part.checked.notes
        read = 1 - len(lost) / rows if rows else None
    if lost.empty:
        return notes, read
    reasons = [lost[lost["reason"] == reason] for reason in lost["reason"].value_counts().index]
    told = [_reason(rows, alone=len(reasons) == 1) for rows in reasons[:MOST_REASONS]]
    if len(reasons) > MOST_REASONS:
        told.append(note("preview.more_reasons", reasons=len(reasons) - MOST_REASONS))
    why = reduce(lambda one, other: note("preview.both", one=one, other=other), told)
    return (*notes, note("preview.left_out", n=len(lost), why=why)), read


def _reason(rows: pd.DataFrame, alone: bool) -> Note:
    """Why these rows are left out, how many of several reasons' they are, and the first of them."""
    first, details = rows.iloc[0], () if alone else (len(rows),)
    reason = decoded(first["reason"])
    if first["value"]:
        details += (note("preview.value", value=first["value"][:40]),)
    if not pd.isna(first["row"]):
        details += (note("preview.line", line=str(first["row"])),)
    return note("preview.reason", reason=reason, details=details) if details else reason

"""How a file would be read, for people to confirm."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

import ibis
import pandas as pd

from nps import columns, engines, sources
from nps.intake import opening
from nps.intake.checking import Tell, held, untold
from nps.sources import Given, InputError


class Preview(NamedTuple):
    """How one file would be read: its reading or the problem with it, its columns, its first rows as text.

    export   the tool it was exported from, empty when none is recognised
    choices  "sheet" or "table" -> what the file holds, where it holds several
    notes    sentences about how the file was opened
    others   table -> the sheet or table of this file that holds it, beside the one that was asked for
    """

    reading: columns.Reading | None
    problem: str
    columns: tuple[str, ...]
    head: pd.DataFrame
    export: str = ""
    choices: Mapping[str, tuple[str, ...]] = {}
    notes: tuple[str, ...] = ()
    others: Mapping[str, str] = {}


def preview(
    given: Given | engines.Stored, table: str, mapping: Mapping[str, str | None] | None = None, rows: int = 5
) -> Preview:
    """Read the header and the first rows of a table, for people to confirm. Raises InputError when it is no table.

    mapping  of this table, as `nps.load` takes it
    """
    with sources.connect() as (con, scratch), engines.opened({table: given}, columns.SAMPLE_ROWS) as places:
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
    tell(f"Looking at the {table} file", None)
    try:
        source, said, _ = opening.opened(given, table, con, scratch, mapping, columns.SAMPLE_ROWS)
    except sources.Undecided as several:
        return Preview(None, str(several), (), pd.DataFrame(), choices={several.kind: several.names})
    tell(f"Looking through the {table} file", opening.rows_about(given))
    head = source.table.select(*source.columns).limit(rows).to_pandas()
    opened = source.export, dict(source.choices), source.notes, dict(source.beside)
    shown = Preview(None, "", source.columns, head, *opened)
    try:
        if source.elsewhere:
            first_rows = partial(opening.here, source, con, columns.SAMPLE_ROWS)
            return shown._replace(reading=columns.read_there(source, first_rows, table, said))
        return shown._replace(reading=held(source, columns.found(source, table, said), con)[1])
    except InputError as unclear:
        return shown._replace(problem=str(unclear))

"""Which sheet of a workbook holds a table: the one whose columns say so, not the largest."""

import os
from contextlib import suppress
from pathlib import Path

import ibis
import pandas as pd

from nps import columns, sources
from nps.fields import FIELDS
from nps.sources import Given, InputError


def sheet_for(given: Given, table: str | None, con: ibis.BaseBackend, scratch: Path) -> str | None:
    """The sheet that fits the table best, and no other better; None where none does, or nothing has to be chosen.

    table  responses, usage or people; None is whatever the workbook holds, answers before all
    """
    if not isinstance(given, (str, os.PathLike)) or not Path(given).is_file():
        return None
    if sources.format_of(Path(given)) != "workbook":
        return None
    heads = sources.heads(Path(given))
    if len(heads) < 2:
        return None
    fits = {sheet: _fits(f"sheet {n} for {table}", head, con, scratch) for n, (sheet, head) in enumerate(heads.items())}
    if table is None:
        return next((sheet for sheet, found in fits.items() if found["responses"]), None)
    margin = {sheet: found[table] - max(found[o] for o in FIELDS if o != table) for sheet, found in fits.items()}
    able = [sheet for sheet, found in fits.items() if found[table]]
    return max(able, key=lambda sheet: margin[sheet], default=None)


def _fits(name: str, head: pd.DataFrame, con: ibis.BaseBackend, scratch: Path) -> dict[str, int]:
    """How many fields of each table the sheet has; none where it cannot be that table."""
    fits = dict.fromkeys(FIELDS, 0)
    with suppress(InputError):
        source = sources.open_source(head.replace("", None), name, con, scratch)
        for table in FIELDS:
            with suppress(InputError):
                fits[table] = len(columns.found(source, table).columns)
        sources.let_go(source, con)
    return fits

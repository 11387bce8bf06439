"""Which sheet of a workbook, or table of a database file, holds which table: the one whose columns say so."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import ibis
import pandas as pd

from nps import columns, sources
from nps.fields import FIELDS
from nps.notes import InputError
from nps.sources import Source


@dataclass(frozen=True)
class Inside:
    """What a file holds several of.

    kind  one of `sources.CHOICES`
    fits  name -> how many fields of each table it has; 0 where it cannot be that table
    """

    kind: str
    fits: Mapping[str, Mapping[str, int]]

    def place(self, table: str | None) -> str | None:
        """The one that fits the table best, and no other better; None where none does.

        Of a database several that fit are no answer, as nobody ordered them.
        table  responses, usage or people; None is whatever the file holds, answers before all
        """
        able = [name for name, fit in self.fits.items() if fit[table or "responses"]]
        if table is None:
            return able[0] if len(able) == 1 or (able and self.kind == "sheet") else None
        if self.kind == "table":
            able = [name for name in able if self._margin(name, table) > 0]
            return able[0] if len(able) == 1 else None
        return max(able, key=lambda name: self._margin(name, table), default=None)

    def others(self, table: str, taken: str | None) -> dict[str, str]:
        """Table -> the place of it, for the tables beside this one that stand in a place of their own."""
        places = {other: self.place(other) for other in FIELDS if other != table}
        return {o: name for o, name in places.items() if name and name != taken and self._margin(name, o) > 0}

    def _margin(self, name: str, table: str) -> int:
        """How many fields more than of any other table."""
        fit = self.fits[name]
        return fit[table] - max(fit[other] for other in FIELDS if other != table)


def inside(file: Path, table: str | None, con: ibis.BaseBackend, scratch: Path) -> Inside | None:
    """What a file holds several of; None where it is one table."""
    kind, heads = sources.heads(file)
    if len(heads) < 2:
        return None
    named = {name: f"{kind} {n} for {table}" for n, name in enumerate(heads)}
    return Inside(kind, {name: _fits(named[name], head, con, scratch) for name, head in heads.items()})


def _fields(reading: columns.Reading, source: Source) -> int:
    """How many fields it has; a list of accounts has none of people."""
    of_accounts = reading.table == "people" and columns.of_accounts(reading, columns.sample(source))
    return 0 if of_accounts else len(reading.columns)


def _fits(name: str, head: pd.DataFrame, con: ibis.BaseBackend, scratch: Path) -> dict[str, int]:
    """How many fields of each table the sheet has; none where it cannot be that table."""
    fits = dict.fromkeys(FIELDS, 0)
    with suppress(InputError):
        source = sources.open_source(head.replace("", None), name, con, scratch)
        for table in FIELDS:
            with suppress(InputError):
                fits[table] = _fields(columns.recognised(source, table), source)
        sources.let_go(source, con)
    return fits

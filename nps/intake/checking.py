"""A table typed and checked, with an account of every row of it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import NamedTuple

import ibis
import pandas as pd
from ibis.expr.types import Table

from nps import columns, keys, quality, sources, tables
from nps.fields import FIELDS
from nps.notes import Note, note, table_named
from nps.sources import Ignored, Source

Tell = Callable[[Note, int | None], None]


class Part(NamedTuple):
    """One table: as it came, how its columns were read, what came of it, and its rows (None: nobody counted them).

    shapes  the parts that it was joined from, where files were read each by itself
    """

    source: Source
    reading: columns.Reading
    checked: tables.Checked
    rows: int | None
    shapes: tuple["Part", ...] = ()

    @property
    def notes(self) -> tuple[Note, ...]:
        """What a person should know about how this file was read."""
        return self.source.notes + self.reading.notes + self.checked.notes


def untold(step: Note, rows: int | None) -> None:
    """Nobody watches."""


def held(source: Source, reading: columns.Reading, con: ibis.BaseBackend) -> tuple[Source, columns.Reading]:
    """The source read once: what usage needs of it, and all of the other tables; and what its whole columns tell."""
    if reading.table != "usage":
        source = sources.materialise(source, con)
    elif source.table.get_backend() is con:
        source = sources.materialise(source, con, {*reading.used, *reading.asked, *keys.candidates(reading)})
        said_again = (reading.columns.get(name) for name in ("person_id", "feature", "kind"))
        source = sources.with_words(source, filter(None, said_again), con)
    return source, columns.settled(source, reading)


def checked_in_database(source: Source, reading: columns.Reading, tell: Tell, counted: bool) -> Part:
    """Usage that stays in its database."""
    tell(note("step.checking_there"), None)
    rows = int(source.table.count().to_pandas()) if counted else None
    return Part(source, reading, _by_whom(tables.usage_in_database(source, reading, counted), reading), rows)


def _by_whom(checked: tables.Checked, reading: columns.Reading) -> tables.Checked:
    """What is kept per account has accounts where others have people."""
    if reading.whose == "person_id":
        return checked
    table = checked.table.drop(*({reading.whose} & {*checked.table.columns}))
    called = {reading.whose: "person_id"}
    ids = None if checked.ids is None else checked.ids.rename(called)
    return replace(checked, table=table.rename(called), ids=ids)


def checked(
    source: Source, reading: columns.Reading, con: ibis.BaseBackend, tell: Tell, shapes: tuple[Part, ...] = ()
) -> Part:
    """The source checked, once.

    shapes  what it was joined from: what they left out is left out of it
    """
    rows = int(source.table.count().to_pandas())
    tell(note("step.checking_rows", table=table_named(reading.table)), rows)
    keep = partial(sources.computed, con=con) if source.table.get_backend() is con else tables.as_it_is
    result = _by_whom(getattr(tables, reading.table)(source, reading, keep), reading)
    if shapes:
        result = replace(result, rejected=pd.concat([_named(shape) for shape in shapes], ignore_index=True))
    return Part(source, reading, result, rows, shapes)


def _named(shape: Part) -> pd.DataFrame:
    """What was left out of files of one shape, by file."""
    rejected = shape.checked.rejected
    return rejected if "file" in rejected else rejected.assign(file=shape.source.name)


def account(part: Part) -> quality.Account:
    """What became of every row. Counted from both ends: what stands in the file, and what is left."""
    if part.shapes:
        return _summed(part)
    source, reading, checked, rows, _ = part
    rows += len(source.malformed())
    cells = int(checked.rejected["column"].isin(reading.features).sum())
    left_out = tuple(lost for lost in checked.left_out if not reading.features or lost.reason.code != tables.NO_USES)
    kept = rows - len(checked.rejected) + cells  # a wide file's row counts, whatever its cells say
    kept -= sum(lost.rows for lost in left_out)
    used = kept if reading.features else int(checked.table.count().to_pandas())
    ignored = source.ignored + left_out
    if reading.table == "usage" and kept > used:
        ignored += (Ignored(note("row.nothing_used"), kept - used),)
    ignored_rows = sum(part.rows for part in source.ignored)
    absent = frozenset({"record", *FIELDS[reading.table]} - {*reading.columns})
    looked_into = None if reading.in_database else _looked_into(reading, checked.table)
    counts = rows + ignored_rows, used, ignored, cells
    return quality.Account(reading.table, looked_into, checked.rejected, *counts, absent, checked.ids)


def _looked_into(reading: columns.Reading, table: Table) -> Table:
    """What the report tells of: of usage what every usage has."""
    return tables.uses_alone(table) if reading.table == "usage" else table


def _summed(part: Part) -> quality.Account:
    """The rows of each file that was read by itself, and what they are together."""
    each = [account(one) for one in part.shapes]
    ignored = Counter()
    for one in each:
        ignored.update(dict(one.ignored))
    return quality.Account(
        part.reading.table,
        _looked_into(part.reading, part.checked.table),
        part.checked.rejected,
        sum(one.rows for one in each),
        sum(one.used for one in each),
        tuple(Ignored(reason, rows) for reason, rows in ignored.items()),
        sum(one.cells for one in each),
        frozenset({"record", *FIELDS[part.reading.table]} - {*part.reading.columns}),
    )

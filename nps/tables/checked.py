"""A table that was looked through once."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_

import ibis
import ibis.expr.operations as ops
import pandas as pd
from ibis.expr.types import Table, Value

from nps.columns import Reading
from nps.notes import Note
from nps.sources import Ignored
from nps.tables.cells import unknown
from nps.tables.rules import REJECTED, breaks, required, split

Keep = Callable[[Table], Table]


@dataclass(frozen=True)
class Checked:
    """A typed table, the rows left out of it (columns REJECTED, and file where there are several), notes on cells
    that count as unknown, and how many rows were left out that are not fetched from their database.

    ids  whose its rows are, each once, where that was counted
    """

    table: Table
    rejected: pd.DataFrame
    notes: tuple[Note, ...] = ()
    left_out: tuple[Ignored, ...] = ()
    ids: Table | None = None


def as_it_is(table: Table) -> Table:
    """Computed anew whenever it is asked."""
    return table


def sound(
    raw: Table, reading: Reading, needed: tuple[str, ...], typed: dict[str, Value], keep: Keep
) -> tuple[Table, pd.DataFrame, tuple[Note, ...]]:
    """The rows that break no rule, typed, with `record`; those that do, with the first rule each breaks; and notes.

    Every cell is read once. Only rows that may break a rule are looked at again, to tell whether and which.

    needed  fields that must be filled, and fit, where the file has them; those that MAY_LACK must fit
    """
    fields = [name for name in needed if name in reading.columns]
    read = raw.select(record="record", **typed)
    kept = read if all(isinstance(cell.op(), ops.Field) for cell in typed.values()) else keep(read)
    odd = reduce(or_, (breaks(kept[name], name) for name in fields), ibis.literal(False))
    suspect = kept.filter(odd).select("record", **{f"{name} as read": kept[name] for name in fields})
    none, notes = pd.DataFrame(columns=REJECTED[2:]), unknown(raw, reading, kept)
    if not suspect.count().to_pandas():
        return kept, none, notes
    rows = raw.inner_join(suspect, "record")
    bad = split(rows, required(rows, reading, {name: rows[f"{name} as read"] for name in fields}))[1]
    if bad.empty:
        return kept, none, notes
    return kept.anti_join(ibis.memtable(bad[["record"]]), "record"), bad, notes

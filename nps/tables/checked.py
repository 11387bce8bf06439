"""A table that was looked through once."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_

import ibis
import pandas as pd
from ibis.expr.types import Table, Value

from nps.columns import Reading
from nps.notes import Note
from nps.sources import Ignored
from nps.tables.cells import cell_of
from nps.tables.rules import MAY_LACK, REJECTED, absent, breaks, required, split

Keep = Callable[[Table], Table]


@dataclass(frozen=True)
class Checked:
    """A typed table, the rows left out of it (columns REJECTED, and file where there are several), notes on cells
    that count as unknown, and how many rows were left out that are not fetched from their database."""

    table: Table
    rejected: pd.DataFrame
    notes: tuple[Note, ...] = ()
    left_out: tuple[Ignored, ...] = ()


def as_it_is(table: Table) -> Table:
    """Computed anew whenever it is asked."""
    return table


def sound(
    raw: Table, reading: Reading, needed: tuple[str, ...], typed: dict[str, Value], keep: Keep
) -> tuple[Table, pd.DataFrame]:
    """The rows that break no rule, typed, with `record`; and those that do, with the first rule each breaks.

    Every cell is read once. Only rows that break a rule are looked at again, to tell which.

    needed  fields that must be filled, and fit, where the file has them; those that MAY_LACK must fit
    """
    asked = [name for name in needed if name in reading.columns]
    lacking = {name: f"{name} is lacking" for name in asked if name in MAY_LACK}
    blank = {column: absent(cell_of(raw, reading, name), name) for name, column in lacking.items()}
    kept = keep(raw.select(record="record", **typed, **blank))
    excused = {name: kept[column] for name, column in lacking.items()}
    faults = (breaks(kept[name], name) & ~excused.get(name, ibis.literal(False)) for name in asked)
    broken = reduce(or_, faults, ibis.literal(False))
    wrong = kept.filter(broken).select("record", **{f"{name} as read": kept[name] for name in asked})
    typed_only = kept.drop(*blank)
    if not wrong.count().to_pandas():
        return typed_only, pd.DataFrame(columns=REJECTED[2:])
    found = raw.inner_join(wrong, "record")
    rules = required(found, reading, {name: found[f"{name} as read"] for name in asked})
    return kept.filter(~broken).drop(*blank), split(found, rules)[1]

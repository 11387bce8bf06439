"""Usage as whole numbers in DuckDB: whose, of what, when. Text is looked at once; what is counted meets none."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
from ibis.expr.types import Table

NEVER = np.iinfo(np.int64).min  # a date that is missing
BLOCK, MOST_BLOCKS = 2**21, 64  # uses that are counted at once, in memory that is taken again for the next
TOO_MANY = 2**25  # uses that are read from disk for each block, unless they lie by person


class Uses(NamedTuple):
    """Some uses, all that there are of whoever is among them: (n,) each, in no order.

    person   from 0 on
    feature  its row in `Numbered.names`
    at       microseconds since 1970, or NEVER
    uses     float; None where each counts once
    minutes  float, NaN where they are not told; None where none are
    """

    person: np.ndarray
    feature: np.ndarray
    at: np.ndarray
    uses: np.ndarray | None
    minutes: np.ndarray | None

    def of(self, which: np.ndarray) -> "Uses":
        """Some of them: a mask, or places."""
        return Uses(*(part if part is None else part[which] for part in self))


class Asked(NamedTuple):
    """Answers whose uses are counted, by person: (n,) each.

    answer      its number
    person      whose it is
    after, end  uses after the one and up to the other count: microseconds, or NEVER
    """

    answer: np.ndarray
    person: np.ndarray
    after: np.ndarray
    end: np.ndarray

    def of(self, low: int, high: int) -> "Asked":
        """Those of some people, numbered from the first on."""
        own = slice(*np.searchsorted(self.person, (low, high)))
        return Asked(self.answer[own], self.person[own] - low, self.after[own], self.end[own])


class Numbered(NamedTuple):
    """All uses as numbers.

    uses    person, feature, at and, where they are not all the same, uses, minutes: a table of DuckDB
    people  person_id, person: a table of DuckDB
    names   kind, feature: sorted, each once
    persons, rows  how many people and uses there are
    """

    uses: Table
    people: Table
    names: pd.DataFrame
    persons: int
    rows: int

    def whose(self, ids: pd.Series) -> np.ndarray:
        """The number of each of these people, -1 where they used nothing: (n,)."""
        asked = ibis.memtable(pd.DataFrame({"row": np.arange(len(ids)), "person_id": ids.astype("string").array}))
        found = asked.join(self.people, "person_id").select("row", "person").to_pyarrow()
        whose = np.full(len(ids), -1, np.int32)
        whose[found["row"].to_numpy()] = found["person"].to_numpy()
        return whose

    def blocks(self) -> Iterator[tuple[int, int, Uses]]:
        """All uses of some people at a time: from which number on, up to which, and the uses, numbered from the first.

        At least one, which may be empty.
        """
        each = max(-(-self.persons // np.clip(self.rows // BLOCK, 1, MOST_BLOCKS)), 1)
        for low in range(0, max(self.persons, 1), each):
            own = self.uses.filter((self.uses.person >= low) & (self.uses.person < low + each))
            rows = own.mutate(person=(own.person - low).cast("int32")).to_pyarrow()
            yield low, min(low + each, self.persons), _taken(rows)


@contextmanager
def numbered(usage: Table, users: Table | None = None) -> Iterator[Numbered]:
    """The usage as numbers, for as long as the context lasts.

    usage  person_id, kind, feature, at, uses, minutes: in DuckDB
    users  whose that is, each once (person_id), where that is known
    """
    told = usage.aggregate(
        rows=usage.count(), least=usage.uses.min(), most=usage.uses.max(), minutes=usage.minutes.count()
    )
    rows, least, most, minutes = told.to_pandas().iloc[0]
    names = usage.select("kind", "feature").distinct().to_pandas().sort_values(["kind", "feature"], ignore_index=True)
    codes = ibis.memtable(names.assign(code=np.arange(len(names), dtype=np.int32)))
    more = [name for name, needed in (("uses", (least, most) != (1, 1)), ("minutes", minutes > 0)) if needed]
    ids = usage.select("person_id").distinct() if users is None else users
    with ids.mutate(person=ibis.row_number().cast("int32")).cache() as people:
        uses = usage.join(people, "person_id").join(codes, ["kind", "feature"])
        uses = uses.select("person", "at", *more, feature="code")
        with (uses.order_by("person") if rows > TOO_MANY else uses).cache() as uses:
            yield Numbered(uses, people, names, int(people.count().to_pandas()), int(rows))


def microseconds(moments: pd.Series) -> np.ndarray:
    """Since 1970; a missing one is NEVER: (n,)."""
    return _microseconds(pa.array(moments.to_numpy("datetime64[us]")))


def _microseconds(column: pa.Array | pa.ChunkedArray) -> np.ndarray:
    whole = column.cast(pa.timestamp("us")).cast(pa.int64())
    return (whole.fill_null(NEVER) if whole.null_count else whole).to_numpy()


def _taken(rows: pa.Table) -> Uses:
    uses, minutes = (rows[name].to_numpy() if name in rows.column_names else None for name in ("uses", "minutes"))
    return Uses(rows["person"].to_numpy(), rows["feature"].to_numpy(), _microseconds(rows["at"]), uses, minutes)

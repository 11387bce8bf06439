"""Where the rows of a table stand in its file, and which were held back: no row is ever lost without a line here."""

from array import array
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

import ibis
import numpy as np
import pandas as pd
from ibis.expr.types import Table

HELD = ["file", "line", "value", "reason"]
LONGEST_VALUE = 1_000


class Held(NamedTuple):
    """A row that was held back: the line it begins at, its text, and why, as an encoded note."""

    line: int
    value: str
    reason: str


class Ledger(Protocol):
    """The accounts of one table; records are its rows, counted from 0, those that were held back left out."""

    def lines(self, records: pd.Series) -> pd.Series:
        """The 1-based line at which each record begins."""

    def files(self, records: pd.Series) -> pd.Series:
        """The file of each record, where there are several; else blank."""

    def held_back(self) -> pd.DataFrame:
        """Rows that could not be read: file, line, value, reason."""

    def rows(self) -> int | None:
        """Rows of the file below its header."""


class Nowhere:
    """A table of a database: its rows have no order and no lines."""

    def lines(self, records: pd.Series) -> pd.Series:
        return records.map({}).astype("Int64")

    def files(self, records: pd.Series) -> pd.Series:
        return pd.Series("", index=records.index)

    def held_back(self) -> pd.DataFrame:
        return held_frame([])

    def rows(self) -> int | None:
        return None


class Consecutive(Nowhere):
    """Rows without gaps, the first of them at line `first`."""

    def __init__(self, first: int, count: Callable[[], int]):
        self._first, self._count = first, count

    def lines(self, records: pd.Series) -> pd.Series:
        return (records + self._first).astype("Int64")

    def rows(self) -> int:
        return self._count()


class Listed(Nowhere):
    """The line of every record, what was held back, and how many rows were ignored."""

    def __init__(self, lines: array, held: Sequence[Held], ignored: int):
        self._lines, self._held, self._ignored = lines, held, ignored

    def lines(self, records: pd.Series) -> pd.Series:
        begins = np.frombuffer(self._lines, np.uintc)
        return pd.Series(begins[records.to_numpy(np.int64)], index=records.index, dtype="Int64")

    def held_back(self) -> pd.DataFrame:
        return held_frame(self._held)

    def rows(self) -> int:
        return len(self._lines) + len(self._held) + self._ignored


class Scanned(Nowhere):
    """A CSV file that DuckDB reads as it stands: no row of it is longer than a line, and what it rejects is held back.

    rejects      the table in which DuckDB lists what it rejects
    one_column   blank lines are rows only where there is a single column
    """

    def __init__(self, path: Path, table: Table, rejects: str, header: int, one_column: bool):
        self._path, self._table, self._rejects = path, table, rejects
        self._header, self._one_column = header, one_column

    def lines(self, records: pd.Series) -> pd.Series:
        wanted, refused = set(records), set(self.held_back()["line"])
        begins = (line for line in self._row_lines() if line not in refused)
        line = {}
        for record, begin in enumerate(begins):
            if record in wanted:
                line[record] = begin
                if len(line) == len(wanted):
                    break
        return records.map(line).astype("Int64")

    def held_back(self) -> pd.DataFrame:
        con = self._table.get_backend()
        if self._rejects not in {row[0] for row in con.raw_sql("SHOW TABLES").fetchall()}:
            return held_frame([])
        if not con.con.table(self._rejects).limit(1).fetchall():
            return held_frame([])
        errors = con.table(self._rejects, database=("temp", "main"))
        cells = {"value": errors.csv_line, "error": errors.error_type.cast("string")}
        rejects = errors.group_by("line").aggregate(**{name: cell.arbitrary() for name, cell in cells.items()})
        rejects = rejects.order_by("line").to_pandas().itertuples(index=False, name=None)
        return held_frame([Held(line, value.strip(), _reason(error)) for line, value, error in rejects])

    def rows(self) -> int:
        return int(self._table.aggregate(rows=ibis._.count()).to_pandas()["rows"][0]) + len(self.held_back())

    def _row_lines(self) -> Iterator[int]:
        with self._path.open("rb") as stream:
            for line, text in enumerate(stream, 1):
                if line > self._header and (self._one_column or text.strip(b"\r\n")):
                    yield line


class Together:
    """Several files as one table, one after the other."""

    def __init__(self, names: Sequence[str], ledgers: Sequence[Ledger], records: Callable[[], Sequence[int]]):
        self._names, self._ledgers, self._records = names, ledgers, records

    def lines(self, records: pd.Series) -> pd.Series:
        parts = [ledger.lines(own) for _, ledger, own in self._by_file(records)]
        return pd.concat(parts).reindex(records.index) if parts else records.astype("Int64")

    def files(self, records: pd.Series) -> pd.Series:
        parts = [pd.Series(name, index=own.index) for name, _, own in self._by_file(records)]
        return pd.concat(parts).reindex(records.index) if parts else records.astype("str")

    def held_back(self) -> pd.DataFrame:
        parts = zip(self._names, self._ledgers, strict=True)
        return pd.concat([ledger.held_back().assign(file=name) for name, ledger in parts], ignore_index=True)

    def rows(self) -> int:
        return sum(ledger.rows() for ledger in self._ledgers)

    def _by_file(self, records: pd.Series) -> Iterator[tuple[str, Ledger, pd.Series]]:
        ends = np.cumsum(self._records())
        part = np.searchsorted(ends, records.to_numpy(np.int64), side="right")
        for n, (name, ledger) in enumerate(zip(self._names, self._ledgers, strict=True)):
            if (part == n).any():
                yield name, ledger, records[part == n] - (ends[n - 1] if n else 0)


def held_frame(held: Sequence[Held]) -> pd.DataFrame:
    """What was held back as a frame: file (blank), line, value, reason."""
    frame = pd.DataFrame(held, columns=Held._fields).astype({"line": "Int64", "value": "str", "reason": "str"})
    frame["value"] = frame["value"].str.slice(0, LONGEST_VALUE)
    return frame.assign(file="")[HELD]


def _reason(error: str) -> str:
    """The code for what DuckDB calls an error."""
    return {
        "MISSING COLUMNS": "row.too_few",
        "TOO MANY COLUMNS": "row.too_many",
        "UNQUOTED VALUE": "row.quotes",
        "LINE SIZE OVER MAXIMUM": "row.too_long",
    }.get(error, "row.unreadable")

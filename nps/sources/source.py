"""What a source is: a table as it came, every cell text, every row with its place in the file."""

import csv
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

import ibis
import pandas as pd
from ibis.expr.types import Table

Given = str | os.PathLike | pd.DataFrame | Table


class InputError(ValueError):
    """What was given cannot be used; the message says why and what to do, in a product manager's words."""


class Ignored(NamedTuple):
    """Rows of a file that hold nothing to use, as a second header row, and how many they are."""

    reason: str
    rows: int


@dataclass(frozen=True)
class Source:
    """One table as it came.

    table   Ibis expression; from files and frames every column is text
    name    what messages call it
    path    plain UTF-8 CSV on disk, or None
    notes   sentences about anything that was done to the bytes
    above   lines of the file above its header
    ordered whether rows come in the file's order, so that a row has a line
    export  what tool it was exported from, as `exports` recognised it; empty when none is
    holds   the table that such an export must be: responses, usage or people; None when it is not known
    hints   field -> column, as such an export has them; they go before names, behind a mapping
    ignored rows that were left out because they hold nothing to use
    """

    table: Table
    name: str
    path: Path | None = None
    delimiter: str = ","
    notes: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    above: int = 0
    ordered: bool = True
    export: str = ""
    holds: str | None = None
    hints: Mapping[str, str] = field(default_factory=dict)
    ignored: tuple[Ignored, ...] = ()

    def malformed(self) -> pd.DataFrame:
        """Rows that could not be split into this file's columns: line, value, reason. Known once it was read."""
        rejects = self._rejects()
        wanted = set(rejects["ordinal"])
        line = {ordinal: line for ordinal, line in self._rows() if ordinal in wanted} if wanted else {}
        return pd.DataFrame(
            {
                "line": rejects["ordinal"].map(line).astype("Int64"),
                "value": rejects["value"].astype(str).str.strip(),
                "reason": rejects["reason"].map(_malformed_reason).astype(str),
            }
        )

    def lines(self, records: pd.Series) -> pd.Series:
        """The 1-based line of the file at which each record (counted from 0, malformed ones left out) begins.

        A frame has the lines that its CSV would have; a table of a database has none.
        """
        if self.path is None:
            return (records + 2 if self.ordered else records.map({})).astype("Int64")
        wanted, refused = set(records), set(self._rejects()["ordinal"])
        begins = (line for ordinal, line in self._rows() if ordinal not in refused)
        return records.map({record: line for record, line in enumerate(begins) if record in wanted}).astype("Int64")

    def _rejects(self) -> pd.DataFrame:
        """What DuckDB refused: ordinal (as `_rows` counts), value, reason."""
        con = self.table.get_backend() if self.path else None
        if con is None or "reject_errors" not in {row[0] for row in con.raw_sql("SHOW TABLES").fetchall()}:
            return pd.DataFrame({"ordinal": [], "value": [], "reason": []})
        return con.raw_sql(
            """SELECT e.line AS ordinal, any_value(e.csv_line) AS value, any_value(e.error_type) AS reason
               FROM reject_errors e JOIN reject_scans s USING (scan_id, file_id)
               WHERE s.file_path = $path GROUP BY e.line ORDER BY e.line""",
            parameters={"path": str(self.path)},
        ).df()

    def _rows(self) -> Iterator[tuple[int, int]]:
        """Each row below the header: its ordinal (from 1, header and blank lines counted) and the line it begins at.

        Blank lines are no rows, except where there is only one column.
        """
        with self.path.open(encoding="utf-8-sig", newline="") as stream:
            reader, line = text_reader(stream, self.delimiter), 1
            for ordinal, row in enumerate(reader, 1):
                if line > self.above + 1 and (row or len(self.columns) == 1):
                    yield ordinal, line
                line = reader.line_num + 1


def kept(source: Source, con: ibis.BaseBackend) -> Source:
    """The source read once into DuckDB, each row with its `record` number; for tables that fit in memory."""
    local = source.table if source.table.get_backend() is con else ibis.memtable(source.table.to_pyarrow())
    return replace(source, table=con.create_table(f"kept_{source.name}", numbered(local), temp=True))


def numbered(table: Table) -> Table:
    """Each row with its `record` number, counted from 0 in the order of the file; a table that has them keeps them."""
    return table if "record" in table.columns else table.mutate(record=ibis.row_number().cast("int64"))


def distinct(header: Iterable[str]) -> list[str]:
    """Header cells, trimmed, named where blank and numbered where repeated; `record` is a name of our own."""
    names, seen = [], Counter(record=1)
    for position, cell in enumerate(header, 1):
        name = " ".join(cell.replace("\xa0", " ").split()) or f"column {position}"
        seen[name.casefold()] += 1
        while seen[name.casefold()] > 1:
            name = f"{name} ({seen[name.casefold()]})"
            seen[name.casefold()] += 1
        names.append(name)
    return names


def text_reader(stream: Iterator[str], delimiter: str):
    """Rows of a CSV text as lists of cells."""
    csv.field_size_limit(sys.maxsize)
    return csv.reader(stream, delimiter=delimiter, skipinitialspace=True)


def _malformed_reason(error: str) -> str:
    return {
        "MISSING COLUMNS": "fewer cells than the header",
        "TOO MANY COLUMNS": "more cells than the header",
        "UNQUOTED VALUE": "a quotation mark is never closed",
        "LINE SIZE OVER MAXIMUM": "the row is too long",
    }.get(error, "the row cannot be read")

"""What a source is: a table as it came, every cell text, every row with its place in the file."""

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import ibis
import pandas as pd
from ibis.expr.types import Table

from nps.notes import InputError, Note, NothingLeft, Undecided, quoted
from nps.sources.ledger import Ledger, Nowhere

FIRST_ROWS = 2_000
CHOICES = {
    "sheet": ("sheet.none", "sheet.several", "sheet.absent"),
    "table": ("tables.none", "tables.several", "tables.absent"),
}
SILENT = "enable_progress_bar_print = false"  # DuckDB draws its bar even into a pipe
Files = str | os.PathLike | Sequence[str | os.PathLike]
Given = Files | pd.DataFrame | Table


_INVISIBLE = str.maketrans({"\0": None, "\xa0": " ", "\ufeff": None, "\u200b": None})


@dataclass(frozen=True)
class Named(os.PathLike):
    """A file, and what its owner calls it: whatever is said of it says that name, which never becomes a path.

    sha256  of its bytes, where that is known
    """

    path: Path
    name: str
    sha256: str = ""

    def __fspath__(self) -> str:
        return str(self.path)


class Ignored(NamedTuple):
    """Rows of a file that hold nothing to use, as a second header row, and how many they are."""

    reason: Note
    rows: int


@dataclass(frozen=True)
class Source:
    """One table as it came.

    table   Ibis expression; from files and frames every column is text, except from Parquet and DuckDB files
    name    what messages call it
    notes   anything that was done to the bytes, and what was chosen among several
    delimiter  what stands between the cells of a text
    ordered whether rows come in the file's order, so that a row has a line
    ledger  where its rows stand in the file, and which were held back
    export  what tool it was exported from, as `exports` recognised it; empty when none is
    holds   the table that such an export must be: responses, usage or people; None when it is not known
    hints   field -> column, as such an export has them; they go before names, behind a mapping
    ignored rows that were left out because they hold nothing to use
    choices "sheet" or "table" -> what else the file holds and could have been read, this one included
    beside  table -> the sheet or table of the same file that holds it
    in_place  whether it is read where it lies, again and again, as that takes as little as reading a copy
    words   column -> its different cells and how many rows have each (word, rows), where `with_words` counted them
    """

    table: Table
    name: str
    columns: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    delimiter: str = ","
    ordered: bool = True
    ledger: Ledger = field(default_factory=Nowhere)
    export: str = ""
    holds: str | None = None
    hints: Mapping[str, str] = field(default_factory=dict)
    ignored: tuple[Ignored, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    beside: Mapping[str, str] = field(default_factory=dict)
    in_place: bool = False
    words: Mapping[str, Table] = field(default_factory=dict)

    def cells(self, column: str) -> tuple[Table, str]:
        """A table that has every cell of a column, most of them once if it can be, and what the column is called."""
        return (self.words[column], "word") if column in self.words else (self.table, column)

    @property
    def elsewhere(self) -> bool:
        """Whether the table lies in a database that runs its queries itself, and not in DuckDB."""
        return self.table.get_backend().name != "duckdb"

    @cached_property
    def first_rows(self) -> pd.DataFrame:
        """The first rows as text, missing cells as empty text."""
        cells = {column: self.table[column] for column in self.columns}
        texts = {column: cell if cell.type().is_string() else cell.cast("string") for column, cell in cells.items()}
        return self.table.limit(FIRST_ROWS).select(**texts).to_pandas().fillna("")

    def malformed(self) -> pd.DataFrame:
        """Rows that could not be split into this table's columns: file, line, value, reason. Known once it was read.

        The file is named where there are several.
        """
        return self.ledger.held_back()

    def lines(self, records: pd.Series) -> pd.Series:
        """The 1-based line of its file at which each record (counted from 0, malformed ones left out) begins.

        A frame has the lines that its CSV would have; a table of a database has none.
        """
        return self.ledger.lines(records)

    def files(self, records: pd.Series) -> pd.Series:
        """The file that each record comes from, where there are several; else blank."""
        return self.ledger.files(records)

    def rows_in_file(self) -> int | None:
        """How many rows stand below the header: accepted, held back and ignored; None for a table of a database.

        Counts a file that is read by DuckDB, so it takes as long as reading it.
        """
        return self.ledger.rows()


def chosen(wanted: str | None, names: Sequence[str], what: str) -> str:
    """The sheet or table of that name, or the only one. Raises InputError with the names that there are."""
    none, several, absent = CHOICES[what]
    if not names:
        raise NothingLeft(none)
    listed = quoted(names[:20], 40)
    if wanted is None and len(names) > 1:
        raise Undecided(several, listed=listed, kind=what, names=tuple(names))
    if wanted is not None and wanted not in names:
        raise InputError(absent, name=wanted[:40], listed=listed)
    return wanted if wanted is not None else names[0]


def numbered(table: Table) -> Table:
    """Each row with its `record` number, counted from 0 in the order of the file; a table that has them keeps them."""
    return table if "record" in table.columns else table.mutate(record=ibis.row_number().cast("int64"))


def distinct(header: Iterable[str]) -> list[str]:
    """Header cells, trimmed, named where blank and numbered where repeated; `record` is a name of our own."""
    names, seen = [], Counter(record=1)
    for position, cell in enumerate(header, 1):
        name = " ".join(cell.translate(_INVISIBLE).split()) or f"column {position}"
        seen[name.casefold()] += 1
        while seen[name.casefold()] > 1:
            name = f"{name} ({seen[name.casefold()]})"
            seen[name.casefold()] += 1
        names.append(name)
    return names

"""What a source is: a table as it came, every cell text, every row with its place in the file."""

import os
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

import ibis
import ibis.expr.operations as ops
import pandas as pd
import pyarrow as pa
from ibis.expr.types import StringValue, Table
from sqlglot import exp

from nps.notes import InputError, Note, NothingLeft, TooLarge, Undecided, quoted, table_named
from nps.sources.ledger import Ledger, Nowhere

MAX_HELD_ROWS = 5_000_000
MANY_ROWS = 2**17  # from which on counting words pays
MAX_HELD_BYTES = 1024**3
ROWS_AT_ONCE = 1_000  # of which each cell may have its most
INSERTED_BYTES = 2**24
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


def materialise(source: Source, con: ibis.BaseBackend, columns: Collection[str] | None = None) -> Source:
    """These columns of the source read once into DuckDB, all unless said, each row with its `record` number.

    Of a source that is read in place, said columns stay there, unless rows were chosen or joined since.

    Raises InputError for a table of a database that has too many rows.
    """
    if source.elsewhere and (rows := int(source.table.count().to_pandas())) > MAX_HELD_ROWS:
        raise TooLarge("database.too_many_rows", table=table_named(source.name), rows=rows, most=MAX_HELD_ROWS)
    columns_alone = all(isinstance(op, (ops.DatabaseTable, ops.Project)) for op in source.table.op().find(ops.Relation))
    if source.in_place and columns_alone and columns is not None:
        return replace(source, table=numbered(source.table))
    wanted = [name for name in source.table.columns if columns is None or name in columns or name == "record"]
    local = source.table.select(wanted)
    table = computed(local, con) if local.get_backend() is con else _fetched(local, source.name, con)
    table = table if "record" in wanted else table.mutate(record=table.rowid())
    return replace(source, table=table, in_place=False)


def with_words(source: Source, columns: Iterable[str], con: ibis.BaseBackend) -> Source:
    """The source, which is held, with the words of those of these columns that are text, where rows are many.

    Whatever is asked of every cell can be asked of every word then.
    """
    table = source.table
    (held,) = table.op().find(ops.DatabaseTable)
    if con.con.table(held.name).shape[0] < MANY_ROWS:
        return source
    texts = [name for name in dict.fromkeys(columns) if table[name].type().is_string()]
    counted = {name: table.group_by(word=table[name]).aggregate(rows=table.count()) for name in texts}
    return replace(source, words={name: computed(words, con) for name, words in counted.items()})


def _fetched(table: Table, name: str, con: ibis.BaseBackend) -> Table:
    """The rows of another database as a temporary table of DuckDB's, some at a time.

    Raises InputError where they take more than MAX_HELD_BYTES.
    """
    fetched = con.create_table(ibis.util.gen_name("fetched"), schema=table.schema(), temp=True)
    held, waiting = 0, []
    for batch in _batches(table):
        held += batch.nbytes
        if held > MAX_HELD_BYTES:
            raise TooLarge("database.too_much_text", table=table_named(name), gb=MAX_HELD_BYTES / 1024**3)
        waiting.append(batch)
        if sum(part.nbytes for part in waiting) > INSERTED_BYTES:
            _insert(waiting, fetched, con)
            waiting = []
    _insert(waiting, fetched, con)
    return fetched


def _batches(table: Table) -> Iterable[pa.RecordBatch]:
    """Some rows at a time; Ibis 12 asks DuckDB 2.0 for them by a name that is gone, so those come at once."""
    if table.get_backend().name == "duckdb":
        return table.to_pyarrow().to_batches()
    return table.to_pyarrow_batches(chunk_size=ROWS_AT_ONCE)


def _insert(batches: list[pa.RecordBatch], into: Table, con: ibis.BaseBackend) -> None:
    if batches:
        con.con.from_arrow(pa.Table.from_batches(batches)).insert_into(into.get_name())


def computed(table: Table, con: ibis.BaseBackend) -> Table:
    """The table as a temporary one of DuckDB's, which goes to disk when memory is short."""
    return con.create_table(ibis.util.gen_name("computed"), table, temp=True)


def of_few(cell: StringValue, values: Iterable[str]) -> StringValue:
    """Text of a few values, of a table of DuckDB, as its numbers of these: they take a byte, and are sorted sooner."""
    name = ibis.util.gen_name("few")
    kind = exp.DataType(this="ENUM", expressions=[exp.Literal.string(value) for value in values]).sql("duckdb")
    cell.get_backend().raw_sql(f"CREATE TEMP MACRO {name}(cell) AS CAST(cell AS {kind})")

    @ibis.udf.scalar.builtin(name=name)
    def as_number(cell: str) -> str: ...

    return as_number(cell)


def let_go(source: Source, con: ibis.BaseBackend, but: Iterable[Table] = ()) -> None:
    """Frees what `materialise` and `with_words` hold, but what these tables are read from."""
    kept = {table.name for needed in but for table in needed.op().find(ops.DatabaseTable)}
    tables = (source.table,) if source.table.get_backend() is con and not source.in_place else ()
    for held in (*tables, *source.words.values()):
        for table in held.op().find(ops.DatabaseTable):
            if table.name not in kept:
                con.drop_table(table.name, database=("temp", "main"))


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

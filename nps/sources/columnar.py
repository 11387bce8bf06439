"""Parquet files and database files: what has a type keeps it, what has none becomes text."""

import sqlite3
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path

import duckdb
import ibis
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import sqlite_utils
from ibis.expr.types import Table

from nps.notes import NotATable, Note, TooLarge, note
from nps.sources.copying import Shape, copied
from nps.sources.dialects import SAMPLE_ROWS
from nps.sources.ledger import Consecutive
from nps.sources.source import SILENT, Source, chosen, distinct
from nps.sources.splitting import Record

MAX_COLUMNS = 2_000
# A row with an id of its own takes more than a few bits; twenty rows to the byte are one row repeated to do harm.
MAX_ROWS_PER_BYTE = 20
MAX_ROWS_OF_ANY = 1_000_000
ROWS_AT_ONCE = 50_000
AT_ONCE = 2  # parts of a file, read side by side
MOST_LOOKED_INTO = 50
FIRST, LAST = -62_135_596_800, 253_402_300_799  # seconds since 1970 of the first and the last moment of calendars


def open_parquet(path: Path, name: str, con: ibis.BaseBackend, _: Path) -> Source:
    """A Parquet file, read in place."""
    try:
        with pq.ParquetFile(path) as file:
            if file.metadata.num_rows > max(MAX_ROWS_OF_ANY, MAX_ROWS_PER_BYTE * path.stat().st_size):
                raise TooLarge("parquet.too_large")
            _check_width(max(file.metadata.num_columns, len(file.schema_arrow.names)))
            groups = [[*range(first, file.num_row_groups, AT_ONCE)] for first in range(AT_ONCE)]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            beyond = set().union(*pool.map(partial(_read_through, path), groups))
        table = con.read_parquet(str(path))
    except (pa.ArrowException, OSError, UnicodeDecodeError, duckdb.Error) as broken:
        raise NotATable("parquet.damaged") from broken
    return replace(_typed(_of_calendars(table, beyond) if beyond else table, name), in_place=True)


def _read_through(path: Path, groups: list[int]) -> set[int]:
    """The columns with moments that no calendar has, after a look at all: a damaged page shows only when it is read,
    and damaged text when it is looked at. Arrow holds much of a file that it is not asked for by the group."""
    beyond: set[int] = set()
    with pq.ParquetFile(path) as file:
        for group in groups:
            rows = file.metadata.row_group(group).num_rows
            for batch in file.iter_batches(row_groups=[group], use_threads=False):
                batch.validate(full=True)
                beyond.update(place for place, cells in enumerate(batch.columns) if _is_beyond(cells))
                rows -= batch.num_rows
            if rows:
                raise NotATable("parquet.damaged")
    return beyond


def _is_beyond(cells: pa.Array) -> bool:
    """Whether any of these moments lies before the year 1 or after 9999."""
    seconds = {"s": 1, "ms": 1e3, "us": 1e6, "ns": 1e9}
    if pa.types.is_timestamp(cells.type):
        numbers, second = cells.view(pa.int64()), seconds[cells.type.unit]
    elif pa.types.is_date32(cells.type):
        numbers, second = cells.view(pa.int32()), 1 / 86_400
    else:
        return False
    ends = pc.min_max(numbers).as_py()
    return ends["min"] is not None and not FIRST * second <= ends["min"] <= ends["max"] <= LAST * second


def _of_calendars(table: Table, beyond: set[int]) -> Table:
    """Without the moments that no calendar has, in the columns at these places: by how they are written, as a damaged
    file may say wrongly between which its numbers lie."""
    moments = {table.columns[place]: table[table.columns[place]] for place in beyond}
    written = r"^[0-9]{4}-[^(]*$"
    return table.mutate(**{name: at.cast("string").re_search(written).ifelse(at, None) for name, at in moments.items()})


def open_duckdb(path: Path, name: str, con: ibis.BaseBackend, scratch: Path, choice: Mapping[str, str]) -> Source:
    """A table of a DuckDB database, copied; views are not run."""
    copy = scratch / "table.parquet"
    with _duckdb(path) as (theirs, names):
        table = chosen(choice.get("table"), names, "table")
        rows = theirs.con.sql(theirs.compile(theirs.table(table))).to_arrow_reader(ROWS_AT_ONCE)
        with pq.ParquetWriter(copy, rows.schema) as writer:
            for batch in rows:
                writer.write_batch(batch)
    return _one_of(_typed(con.read_parquet(str(copy)), name), names)


def duckdb_heads(path: Path) -> dict[str, pd.DataFrame]:
    """The first rows of each table of a DuckDB database, as text."""
    with _duckdb(path) as (theirs, names):
        rows = {table: theirs.table(table).limit(SAMPLE_ROWS) for table in names[:MOST_LOOKED_INTO]}
        return {table: theirs.con.sql(theirs.compile(first)).df().astype("string") for table, first in rows.items()}


@contextmanager
def _duckdb(path: Path) -> Iterator[tuple[ibis.BaseBackend, list[str]]]:
    """A DuckDB database while in use, and its tables."""
    try:
        theirs = ibis.duckdb.connect(str(path), read_only=True, enable_external_access=False)
        with closing(theirs.con):
            theirs.raw_sql(f"SET {SILENT}")
            names = theirs.raw_sql("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main' ORDER BY 1")
            yield theirs, [name for (name,) in names.fetchall()]
    except duckdb.Error as broken:
        raise NotATable("duckdb.damaged") from broken


def open_sqlite(path: Path, name: str, con: ibis.BaseBackend, scratch: Path, choice: Mapping[str, str]) -> Source:
    """A table of a SQLite database, every cell as text, for its columns may hold anything; views are not run."""
    odd: list[str] = []
    with _sqlite(path, odd) as (database, names):
        table = database.table(chosen(choice.get("table"), names, "table"))
        columns = distinct(column.name for column in table.columns)
        _check_width(len(columns))
        texts = ([_cell(cell) for cell in row.values()] for row in table.rows)
        records = (Record(number, ", ".join(cells), cells) for number, cells in enumerate(texts, 1))
        source = copied(records, name, Shape(columns), (), con, scratch / "table.csv", totals=False)
        return _one_of(replace(source, notes=_odd_notes(odd)), names)


def sqlite_heads(path: Path) -> dict[str, pd.DataFrame]:
    """The first rows of each table of a SQLite database, as text."""
    heads = {}
    with _sqlite(path, []) as (database, names):
        for table in map(database.table, names[:MOST_LOOKED_INTO]):
            rows = [[_cell(cell) for cell in row.values()] for row in islice(table.rows, SAMPLE_ROWS)]
            heads[table.name] = pd.DataFrame(rows, columns=[column.name for column in table.columns], dtype="str")
    return heads


@contextmanager
def _sqlite(path: Path, odd: list[str]) -> Iterator[tuple[sqlite_utils.Database, list[str]]]:
    """A SQLite database while in use, and its tables; `odd` takes texts that are not in UTF-8."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            connection.execute("PRAGMA trusted_schema=OFF")
            connection.text_factory = lambda text: _decoded(text, odd)
            database = sqlite_utils.Database(connection, recursive_triggers=False)
            yield database, [table for table in database.table_names() if not table.startswith("sqlite_")]
    except sqlite3.Error as broken:
        raise NotATable("sqlite.damaged") from broken


def _one_of(source: Source, names: list[str]) -> Source:
    """The source as one of several tables, where it is."""
    return replace(source, choices={"table": tuple(names)}) if len(names) > 1 else source


def _typed(table: Table, name: str) -> Source:
    """The table with names of its own; what is nested or binary as text."""
    _check_width(len(table.columns))
    named = table.rename(dict(zip(distinct(table.columns), table.columns, strict=True)))
    nested = {column: named[column].cast("string") for column, kind in named.schema().items() if _is_nested(kind)}
    named = named.mutate(**nested) if nested else named
    count = table.count()
    return Source(named, name, tuple(named.columns), ledger=Consecutive(1, lambda: int(count.to_pandas())))


def _is_nested(kind) -> bool:
    return kind.is_nested() or kind.is_json() or kind.is_binary() or kind.is_uuid() or kind.is_null()


def _check_width(columns: int) -> None:
    if columns > MAX_COLUMNS:
        raise TooLarge("tables.too_wide", columns=columns, most=MAX_COLUMNS)


def _decoded(text: bytes, odd: list[str]) -> str:
    """Text of a SQLite cell; what is not UTF-8 as Windows-1252, and remembered."""
    try:
        return text.decode()
    except UnicodeDecodeError:
        odd.append(text.decode("cp1252", errors="replace"))
        return odd[-1]


def _odd_notes(odd: list[str]) -> tuple[Note, ...]:
    return (note("sqlite.not_utf8", n=len(odd), example=odd[0][:30]),) if odd else ()


def _cell(cell: object) -> str:
    if isinstance(cell, bytes):
        return cell.hex()
    return "" if cell is None else str(cell)

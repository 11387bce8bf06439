"""Databases that are files on this server, which only an administrator can name: read by DuckDB, and nothing else."""

import shutil
import sqlite3
import tempfile
import weakref
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import dataset

from nps.engines.connection import Connection
from nps.notes import Unreachable
from nps.sources import SILENT, distinct

BLOCK_ROWS = 50_000
BLOCK_LETTERS = 2**24
CELL_LETTERS = 65_536
MEMORY = "1GB"  # what does not fit goes to disk
READS = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}


def duckdb_file(connection: Connection) -> ibis.BaseBackend:
    """A DuckDB file, opened for reading."""
    return _shut(ibis.duckdb.connect(_existing(connection), read_only=True))


def parquet_folder(connection: Connection) -> ibis.BaseBackend:
    """Each Parquet file of a folder, and each folder of Parquet files in it, as a table of its name.

    Arrow reads them, and DuckDB is given no folder: one that it may read is one that it may write.
    """
    folder = _existing(connection).resolve()
    backend = ibis.duckdb.connect()
    for place in sorted(folder.iterdir()):
        files = sorted(place.rglob("*.parquet")) if place.is_dir() else [place]
        if files and all(file.suffix == ".parquet" for file in files):
            schema = pa.unify_schemas([pq.read_schema(file) for file in files], promote_options="permissive")
            backend.con.register(place.stem, dataset.dataset(files, schema=schema, format="parquet"))
    return _shut(backend)


def interrupt(backend: "ibis.BaseBackend | SqliteFile") -> None:
    """End what the session does."""
    if isinstance(backend, SqliteFile):
        backend.rows.interrupt()
        backend = backend.backend
    backend.con.interrupt()


def sqlite_file(connection: Connection) -> "SqliteFile":
    """A SQLite file, opened for reading."""
    return SqliteFile(_existing(connection))


class SqliteFile:
    """A SQLite file whose tables and SELECTs are read into DuckDB when asked for: every cell as text, as from a file.

    The file is opened for reading only, and all but SELECT is denied: without that, ATTACH reads other files.
    """

    name = "sqlite"

    def __init__(self, path: Path) -> None:
        self.rows = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)
        self.rows.set_authorizer(lambda action, *_: sqlite3.SQLITE_OK if action in READS else sqlite3.SQLITE_DENY)
        self.backend = _shut(ibis.duckdb.connect())

    def list_tables(self) -> list[str]:
        """Tables and views."""
        listed = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'"
        return [name for (name,) in self.rows.execute(listed)]

    def copied(self, select: str, most: int | None = None) -> ibis.Table:
        """What a SELECT gives, in DuckDB; its first rows where so many are enough."""
        answer = self.rows.execute(select)
        columns = distinct([column for column, *_ in answer.description])
        schema = pa.schema([(column, pa.string()) for column in columns])
        batches = (pa.record_batch(block, schema=schema) for block in _blocks(answer, most))
        name = ibis.util.gen_name("copied")
        self.backend.con.from_arrow(pa.RecordBatchReader.from_batches(schema, batches)).create(name)
        return self.backend.table(name)

    def disconnect(self) -> None:
        """Close both."""
        self.rows.close()
        self.backend.disconnect()


def _blocks(answer: sqlite3.Cursor, most: int | None) -> Iterator[list[list[str | None]]]:
    """Columns of text, so many rows or letters at a time."""
    rows, letters = [], 0
    for row in islice(answer, most):
        rows.append([_text(cell) for cell in row])
        letters += sum(len(cell) for cell in rows[-1] if cell)
        if len(rows) == BLOCK_ROWS or letters > BLOCK_LETTERS:
            yield [list(column) for column in zip(*rows, strict=True)]
            rows, letters = [], 0
    if rows:
        yield [list(column) for column in zip(*rows, strict=True)]


def _text(cell: object) -> str | None:
    return (
        None
        if cell is None
        else (cell.decode(errors="replace") if isinstance(cell, bytes) else str(cell))[:CELL_LETTERS]
    )


def _shut(backend: ibis.BaseBackend) -> ibis.BaseBackend:
    """Times in UTC, nothing printed; no other file, no network, nothing of this process, and no way back.

    DuckDB may write where it puts what does not fit into memory: a folder with nothing else in it.
    """
    spill = tempfile.mkdtemp(prefix="spill-")
    weakref.finalize(backend, shutil.rmtree, spill, ignore_errors=True)
    settings = "TimeZone = 'UTC'", SILENT, f"memory_limit = '{MEMORY}'", f"temp_directory = '{spill}'"
    settings += "python_enable_replacements = false", "enable_external_access = false", "lock_configuration = true"
    for setting in settings:
        backend.raw_sql(f"SET {setting}")
    return backend


def _existing(connection: Connection) -> Path:
    path = Path(connection.database)
    if not connection.database or not path.exists():
        raise Unreachable("connection.no_file")
    return path

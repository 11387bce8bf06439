"""Databases that are files on this server, which only an administrator can name: read by DuckDB, and nothing else."""

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import ibis
import pyarrow as pa

from nps.engines.connection import Connection
from nps.sources import SILENT, InputError, distinct

BLOCK_ROWS = 50_000
SQLITE_SECONDS = 600
READS = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}


def duckdb_file(connection: Connection) -> ibis.BaseBackend:
    """A DuckDB file, opened for reading."""
    return _shut(ibis.duckdb.connect(_existing(connection), read_only=True))


def parquet_folder(connection: Connection) -> ibis.BaseBackend:
    """Each Parquet file of a folder, and each folder of Parquet files in it, as a table of its name."""
    folder = _existing(connection).resolve()
    backend = ibis.duckdb.connect()
    for place in sorted(folder.iterdir()):
        files = sorted(place.rglob("*.parquet")) if place.is_dir() else [place]
        if files and all(file.suffix == ".parquet" for file in files):
            backend.read_parquet([str(file) for file in files], table_name=place.stem, union_by_name=True)
    backend.con.execute("SET allowed_directories = $folders", {"folders": [str(folder)]})
    return _shut(backend)


def sqlite_file(connection: Connection) -> "SqliteFile":
    """A SQLite file, opened for reading."""
    return SqliteFile(_existing(connection))


class SqliteFile:
    """A SQLite file whose tables and SELECTs are read into DuckDB when asked for: every cell as text, as from a file.

    The file is opened for reading only, and all but SELECT is denied: without that, ATTACH reads other files.
    """

    name = "sqlite"

    def __init__(self, path: Path) -> None:
        self.rows = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        self.rows.set_authorizer(lambda action, *_: sqlite3.SQLITE_OK if action in READS else sqlite3.SQLITE_DENY)
        stop = time.monotonic() + SQLITE_SECONDS
        self.rows.set_progress_handler(lambda: time.monotonic() > stop, 100_000)
        self.backend = _shut(ibis.duckdb.connect())

    def list_tables(self) -> list[str]:
        """Tables and views."""
        listed = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'"
        return [name for (name,) in self.rows.execute(listed)]

    def copied(self, select: str) -> ibis.Table:
        """What a SELECT gives, in DuckDB."""
        answer = self.rows.execute(select)
        columns = distinct([column for column, *_ in answer.description])
        schema = pa.schema([(column, pa.string()) for column in columns])
        batches = (pa.record_batch(block, schema=schema) for block in _blocks(answer, len(columns)))
        reader = pa.RecordBatchReader.from_batches(schema, batches)
        return self.backend.create_table(ibis.util.gen_name("copied"), ibis.memtable(reader.read_all()))

    def disconnect(self) -> None:
        """Close both."""
        self.rows.close()
        self.backend.disconnect()


def _blocks(answer: sqlite3.Cursor, width: int) -> Iterator[list[list[str | None]]]:
    """Columns of text, so many rows at a time."""
    while rows := answer.fetchmany(BLOCK_ROWS):
        yield [[_text(row[place]) for row in rows] for place in range(width)]


def _text(cell: object) -> str | None:
    return cell.decode(errors="replace") if isinstance(cell, bytes) else cell if cell is None else str(cell)


def _shut(backend: ibis.BaseBackend) -> ibis.BaseBackend:
    """Times in UTC, nothing printed; no other file, no network, and no way back."""
    told = "TimeZone = 'UTC'", SILENT, "enable_external_access = false", "lock_configuration = true"
    for setting in told:
        backend.raw_sql(f"SET {setting}")
    return backend


def _existing(connection: Connection) -> Path:
    path = Path(connection.database)
    if not connection.database or not path.exists():
        raise InputError("The file or folder of this connection is not there. Check `database` in secrets.toml.")
    return path

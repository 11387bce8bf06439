"""A table or a SELECT in a database: named as a value, opened as an Ibis table while it is used."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import ibis
import sqlglot
from ibis.expr.types import Column, Table, Value

from nps.engines.backends import ENGINES
from nps.engines.connection import Connection
from nps.engines.local import CELL_LETTERS, SqliteFile
from nps.engines.selects import checked_select
from nps.engines.sessions import session

SHOWN_LETTERS = 1_000


@dataclass(frozen=True)
class Stored:
    """Where a table lies: its connection, and a table's name or one SELECT."""

    connection: Connection
    table: str = ""
    select: str = ""

    @classmethod
    def restored(cls, kept: Mapping) -> "Stored":
        """A place from what JSON makes of its `asdict`."""
        options = tuple((name, value) for name, value in kept["connection"]["options"])
        return cls(Connection(**kept["connection"] | {"options": options}), kept["table"], kept["select"])


@contextmanager
def attach(given: Mapping[str, Any], most: int | None = None, seconds: float | None = None) -> Iterator[dict[str, Any]]:
    """The same with each `Stored` as an Ibis table; those of one connection share a session, so they can be joined.

    Texts of what will be fetched are cut in the database: usage stays there as it is.

    most     rows of each that are looked at, for people to see
    seconds  after which their sessions end, see `session`
    Raises InputError for what the database refuses, also later, while the tables are in use.
    """
    with ExitStack() as stack:
        sessions = {}
        for value in given.values():
            if isinstance(value, Stored) and value.connection not in sessions:
                sessions[value.connection] = stack.enter_context(session(value.connection, seconds))
        yield {
            name: _cut(_table(value, sessions[value.connection], most), name, most)
            if isinstance(value, Stored)
            else value
            for name, value in given.items()
        }


def table_names(connection: Connection) -> list[str]:
    """The tables and views that can be picked, in the order of their names."""
    with session(connection) as backend:
        if backend.name == "duckdb":
            listed = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
            return sorted(name for (name,) in backend.raw_sql(listed).fetchall())
        return sorted(backend.list_tables())


def _cut(table: Table, name: str, most: int | None) -> Table:
    """The table with texts of a length that many of them can be held, and so many rows."""
    if most:
        table = table.limit(most)
    elif name == "usage":
        return table
    longest = SHOWN_LETTERS if most else CELL_LETTERS
    texts = [column for column, kind in table.schema().items() if kind.is_string()]
    return table.mutate(**{column: table[column].left(longest) for column in texts})


def _table(stored: Stored, backend: ibis.BaseBackend | SqliteFile, most: int | None) -> Table:
    """Every column in a type that all engines share; a SELECT is checked before it is sent."""
    select = checked_select(stored.select, ENGINES[stored.connection.engine].dialect) if stored.select else ""
    if isinstance(backend, SqliteFile):
        named = sqlglot.select("*").from_(sqlglot.table(stored.table, quoted=True)).sql("sqlite")
        return backend.copied(select or named, most)
    table = backend.sql(select, schema=_schema(backend, select)) if select else backend.table(stored.table)
    return table.select(**{name: _shared_type(table[name]) for name in table.columns})


def _schema(backend: ibis.BaseBackend, select: str) -> ibis.Schema | None:
    """The columns of a SELECT. Ibis would make a view to find them (PostgreSQL), which a reading session may not."""
    types = backend.compiler.type_mapper
    if backend.name == "duckdb":
        described = backend.raw_sql(f"DESCRIBE {select}").fetchall()
        return ibis.schema({name: types.from_string(kind) for name, kind, *_ in described})
    if backend.name != "postgres":
        return None
    with backend.con.cursor() as cursor:
        columns = cursor.execute(f"SELECT * FROM ({select}) AS asked LIMIT 0").description  # noqa: S608 - checked
        named = (
            "SELECT pg_catalog.format_type(oid, NULL) FROM unnest(%s::oid[]) WITH ORDINALITY AS t(oid, n) ORDER BY n"
        )
        kinds = cursor.execute(named, [[column.type_code for column in columns]]).fetchall()
    return ibis.schema({c.name: types.from_string(kind) for c, (kind,) in zip(columns, kinds, strict=True)})


def _shared_type(cell: Column) -> Value:
    """Numbers, text, dates, times and yes/no as they are; decimals as floats; anything else as text."""
    kind = cell.type()
    if kind.is_decimal() and kind.scale:
        return cell.cast("float64")
    kept = kind.is_integer() or kind.is_floating() or kind.is_string() or kind.is_boolean()
    return cell if kept or kind.is_date() or kind.is_timestamp() else cell.cast("string")

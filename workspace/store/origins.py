"""Where kept data of databases come from: names and how they are read, as JSON can hold it; never a password."""

from collections.abc import Mapping

from nps.engines import Connection, Stored
from nps.notes import Unreachable


def told(
    connection: str, tables: Mapping[str, Stored], mapping: Mapping[str, object], window_days: int
) -> dict[str, object]:
    """The source of a dataset: tables or SELECTs of one connection of secrets.toml, counted for a window."""
    places = {name: {"table": stored.table, "select": stored.select} for name, stored in tables.items()}
    return {"connection": connection, "tables": places, "mapping": dict(mapping), "window_days": window_days}


def places(source: Mapping, connections: Mapping[str, Connection]) -> dict[str, Stored]:
    """Its tables, by a connection that still has this name. Raises Unreachable where none has."""
    name = source["connection"]
    if name not in connections:
        raise Unreachable("dataset.no_connection", name=name)
    return {table: Stored(connections[name], **place) for table, place in source["tables"].items()}

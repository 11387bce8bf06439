"""Usage that stays in its database: its columns are read by its first rows, or by what was said alone."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from nps.columns.reading import SETTINGS, Reading
from nps.columns.recognise import needed, read, stated_columns
from nps.fields import FIELDS
from nps.notes import InputError, note
from nps.sources import Source


def read_in_database(
    source: Source, first_rows: Callable[[], Source], table: str, mapping: Mapping[str, str | None] | None = None
) -> Reading:
    """The reading of a table that stays where it is; text in it is typed by what every engine has.

    first_rows  gives the same source with a few of its rows, here; asked for where `mapping` leaves a field open
    Raises InputError as `columns.read` does, and where the mapping wants text read in ways that need it here.
    """
    settings = {name: value for name, value in (mapping or {}).items() if name in SETTINGS and value}
    if settings:
        raise InputError("columns.said_there", settings=tuple(note(f"setting.{name}") for name in sorted(settings)))
    reading = by_mapping(source, table, mapping or {}) or read(first_rows(), table, mapping)
    unknown_there = {"properties": (), "dates": {}, "decimals": {}, "plain": (), "notes": ()}
    return replace(reading, date_order=None, ambiguous_dates=False, in_database=True, **unknown_there)


def by_mapping(source: Source, table: str, mapping: Mapping[str, str | None]) -> Reading | None:
    """The reading that a mapping of every field says, without a look at any row; None where it leaves one open.

    Raises InputError as `columns.read` does.
    """
    stated = stated_columns(source, table, mapping)
    if not stated.keys() >= set(FIELDS[table]):
        return None
    columns = {name: column for name, column in stated.items() if column}
    free = [c for c in source.columns if c not in columns.values() and source.table[c].type().is_numeric()]
    features = tuple(free) if table == "usage" and "feature" not in columns else ()
    needed(columns, features, table)
    others = tuple(c for c in source.columns if c not in columns.values() and c not in features)
    return Reading(table, columns, others, features)

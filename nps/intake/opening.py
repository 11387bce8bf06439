"""Opening what was given as one table: which files, which sheet, which export."""

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import ibis
from ibis.expr.types import Table

from nps import columns, exports, keys, sources
from nps.intake.lists import merged
from nps.intake.sheets import inside
from nps.sources import Given, Source

SAMPLE_BYTES = 256 * 1024


def held(source: Source, found: columns.Reading, con: ibis.BaseBackend) -> tuple[Source, columns.Reading]:
    """The source read once: what usage needs of it, and all of the other tables; and what its whole columns tell."""
    if found.table != "usage":
        source = sources.kept(source, con)
    elif source.table.get_backend() is con:
        source = sources.kept(source, con, {*found.used, *keys.candidates(found)})
    return source, columns.settled(source, found)


def opened(
    given: Given, name: str | None, con: ibis.BaseBackend, scratch: Path, said: Mapping | None, most: int | None = None
) -> Source:
    """What was given, as what the mapping says of it. Of a database, answers and people are fetched, usage is not.

    most  rows to fetch
    """
    said = said or {}
    choice = {kind: said[kind] for kind in sources.CHOICES if kind in said}
    if isinstance(given, Table) and (source := sources.open_source(given, name or "given", con, scratch)).elsewhere:
        return source if name == "usage" else exports.recognise(here(source, con, most), name, said.get("export", ...))
    if name == "people" and isinstance(given, (list, tuple)) and len(given) > 1:
        lists = sources.open_files(given, name, con, scratch, choice)
        if joined := merged(list(lists.values()), list(lists), con):
            return joined
    found = inside(given, name, con, scratch) if name == "responses" or not choice else None
    chosen = next(iter(choice.values()), None)
    place = chosen or (found and found.place(name))
    choice |= {found.kind: place} if found and place else {}
    source = exports.opened(given, name, con, scratch, said.get("export", ...), choice=choice)
    if not found:
        return source
    told = sources.told_of(place, source.choices.get(found.kind, ()), found.kind) if place and not chosen else ()
    return replace(source, notes=(*told, *source.notes), beside=found.others(name, place) if name else {})


def here(source: Source, con: ibis.BaseBackend, most: int | None) -> Source:
    """The rows of a table in a database, so many at most, fetched."""
    return sources.kept(replace(source, table=source.table.limit(most)) if most else source, con)


def rows_about(given: Given) -> int | None:
    """About how many rows a plain text file has, by the length of its first lines."""
    if isinstance(given, (list, tuple)):
        about = [rows_about(one) for one in given]
        return None if None in about else sum(about)
    if not isinstance(given, (str, os.PathLike)) or not Path(given).is_file():
        return None
    with Path(given).open("rb") as stream:
        first = stream.read(SAMPLE_BYTES)
    lines = first.count(b"\n")
    return None if b"\0" in first or not lines else Path(given).stat().st_size * lines // len(first)

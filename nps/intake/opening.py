"""Opening what was given as one table: which files, which sheet, which export."""

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import ibis
import pandas as pd
from ibis.expr.types import Table

from nps import exports, sources
from nps.intake.checking import Part
from nps.intake.lists import merged
from nps.intake.shapes import by_shape, joined
from nps.intake.sheets import inside
from nps.sources import Given, Source

SAMPLE_BYTES = 256 * 1024


class Opened(NamedTuple):
    """What was given, as one table.

    mapping  what was said of the columns
    shapes   the parts that it was joined from, where files were read each by itself
    """

    source: Source
    mapping: Mapping[str, str | None] | None
    shapes: tuple[Part, ...] = ()


def opened(
    given: Given,
    name: str | None,
    con: ibis.BaseBackend,
    scratch: Path,
    mapping: Mapping | None,
    most: int | None = None,
) -> Opened:
    """What was given, as what the mapping says of it. Of a database, answers and people are fetched, usage is not.

    most  rows to fetch
    """
    mapping = mapping or {}
    export = mapping.get("export", ...)
    if isinstance(given, Table) and (source := sources.open_source(given, name or "given", con, scratch)).elsewhere:
        source = source if name == "usage" else exports.recognise(here(source, con, most), name, export)
        return Opened(source, mapping)
    if isinstance(given, (Table, pd.DataFrame)):
        return Opened(exports.open_export(given, name, con, scratch, export), mapping)
    said, beside = {kind: mapping[kind] for kind in sources.CHOICES if kind in mapping}, {}

    def choose(file: Path) -> sources.Choice:
        contents = inside(file, name, con, scratch) if name == "responses" or not said else None
        if contents is None:
            return sources.Choice(said)
        place = next(iter(said.values()), None) or contents.place(name)
        beside.update(contents.others(name, place) if name else {})
        return sources.Choice({contents.kind: place} if place else {}, bool(said))

    opened = _one(sources.open_files(given, name or "given", con, scratch, choose), name, con, mapping)
    if not beside or not isinstance(given, (str, os.PathLike)) or Path(given).is_dir():
        return opened
    return opened._replace(source=replace(opened.source, beside=beside))


def _one(files: Mapping[str, Source], name: str | None, con: ibis.BaseBackend, mapping: Mapping) -> Opened:
    """The files as one table."""
    export = mapping.get("export", ...)
    if belonging := exports.belonging(files, name, export):
        return Opened(belonging, mapping)
    if name == "people" and len(files) > 1 and (people := merged(list(files.values()), list(files), con)):
        return Opened(people, mapping)
    if name == "usage" and len(several := by_shape(files, mapping)) > 1:
        return Opened(*joined(several, mapping, con))
    return Opened(exports.recognise(sources.together(files, name or "given"), name, export), mapping)


def here(source: Source, con: ibis.BaseBackend, most: int | None) -> Source:
    """The rows of a table in a database, so many at most, fetched."""
    return sources.materialise(replace(source, table=source.table.limit(most)) if most else source, con)


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

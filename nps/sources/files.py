"""Files, those of a folder and those of an archive, each by its name, and as one table."""

import os
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

import ibis
import pandas as pd
from ibis.expr.types import Value

from nps.notes import InputError, Note, NothingLeft, TooLarge, Undecided, Unreachable, note
from nps.sources.columnar import duckdb_heads, open_duckdb, open_parquet, open_sqlite, sqlite_heads
from nps.sources.containers import Part, format_of, parts
from nps.sources.delimited import open_delimited
from nps.sources.json_text import open_json
from nps.sources.ledger import Together
from nps.sources.source import Files, Ignored, Named, Source, distinct
from nps.sources.workbooks import open_workbook, told_of, workbook_heads

MAX_FILES = 1_000
READERS = {"text": open_delimited, "json": open_json, "parquet": open_parquet}
CHOSEN = {"workbook": open_workbook, "sqlite": open_sqlite, "duckdb": open_duckdb}
HEADS = {
    "workbook": ("sheet", workbook_heads),
    "sqlite": ("table", sqlite_heads),
    "duckdb": ("table", duckdb_heads),
}


class Choice(NamedTuple):
    """What to read of a file that holds several tables.

    names  "sheet" or "table" -> its name; none where the file shall tell
    said   whether somebody said so, who need not be told
    """

    names: Mapping[str, str] = {}
    said: bool = True


Choose = Callable[[Path], Choice]


def open_files(given: Files, name: str, con: ibis.BaseBackend, scratch: Path, choose: Choose) -> dict[str, Source]:
    """What people call each file, of a list, a folder or an archive -> its table.

    choose  tells of each file with several tables which one to read
    Raises InputError when one of them is no table.
    """
    files = [file for one in ([given] if isinstance(given, (str, os.PathLike)) else given) for file in _files(one)]
    if not files:
        raise NothingLeft("file.none_given")
    if len(files) > MAX_FILES:
        raise TooLarge("file.too_many", files=len(files), most=MAX_FILES)
    opened = [read for file in files for read in _opened(file, len(files) > 1, name, con, scratch, choose)]
    return dict(zip(distinct(file for file, _ in opened), (source for _, source in opened), strict=True))


def heads(file: str | os.PathLike) -> tuple[str, dict[str, pd.DataFrame]]:
    """What a file holds several of, "sheet" or "table", and the first rows of each, as text; none of another file.

    Raises InputError when it cannot be read.
    """
    kind, read = HEADS.get(format_of(Path(file)), ("", lambda _: {}))
    return kind, read(Path(file))


def _opened(
    file: Named, several: bool, name: str, con: ibis.BaseBackend, scratch: Path, choose: Choose
) -> list[tuple[str, Source]]:
    """The tables of one file, each with its file name; where there are several files, a refusal says which."""
    try:
        inside = parts(file, _own(scratch, name))
        return [(part.name, _read(part, name, con, _own(scratch, name), choose)) for part in inside]
    except InputError as refused:
        if not several:
            raise
        choices = {"kind": refused.kind, "names": refused.names} if isinstance(refused, Undecided) else {}
        raise type(refused)("file.refused", file=file.name, why=refused.note, **choices) from refused


def _files(given: str | os.PathLike) -> list[Named]:
    """The file, or the files of a folder by name, without hidden ones."""
    if isinstance(given, Named):
        return [given]
    path = Path(given)
    if path.is_dir():
        inside = sorted(file for file in path.iterdir() if file.is_file() and not file.name.startswith("."))
        if not inside:
            raise NothingLeft("folder.empty", folder=str(path))
        return [Named(file, file.name) for file in inside]
    if not path.is_file():
        raise Unreachable("file.absent", path=str(path))
    return [Named(path, path.name)]


def _read(part: Part, name: str, con: ibis.BaseBackend, scratch: Path, choose: Choose) -> Source:
    if part.format not in CHOSEN:
        return READERS[part.format](part.path, name, con, scratch)
    names, said = choose(part.path)
    source = CHOSEN[part.format](part.path, name, con, scratch, names)
    told = [each for kind, one in names.items() for each in told_of(one, source.choices.get(kind, ()), kind)]
    return source if said else replace(source, notes=(*told, *source.notes))


def _own(scratch: Path, name: str) -> Path:
    """A new folder of its own."""
    folder = scratch / f"{name} {len(list(scratch.iterdir()))}"
    folder.mkdir()
    return folder


def together(files: Mapping[str, Source], name: str, different: bool = False) -> Source:
    """The rows of all files in the order of the files; columns by name, blank in files that lack them.

    different  whether the files may tell different things. Raises InputError where they do and may not
    """
    if len(files) == 1:
        return next(iter(files.values()))
    names, sources = list(files), list(files.values())
    columns = tuple(dict.fromkeys(column for source in sources for column in source.columns))
    shared = set(columns).intersection(*(source.columns for source in sources))
    narrowest = min(len(source.columns) for source in sources)
    if not different and (2 * len(shared) < narrowest or not shared):
        raise _different(names[0], names[1], shared)
    kinds = {column: {s.table.schema()[column] for s in sources if column in s.columns} for column in columns}
    tables = [
        source.table.select(**{column: _cell(source, column, kinds[column]) for column in columns})
        for source in sources
    ]
    notes = [note("file.note", file=f, told=each) for f, source in files.items() for each in source.notes]
    for file, source in zip(names, sources, strict=True):
        missing = [column for column in columns if column not in source.columns]
        if missing and not different:
            notes.append(_lacks(file, *missing))
    counts = cache(lambda: [int(table.count().to_pandas()) for table in tables])
    ledger = Together(names, [source.ledger for source in sources], counts)
    ignored = Counter()
    for source in sources:
        ignored.update(dict(source.ignored))
    return Source(
        ibis.union(*tables),
        name,
        columns,
        tuple(notes),
        sources[0].delimiter,
        ledger=ledger,
        ignored=tuple(Ignored(reason, rows) for reason, rows in ignored.items()),
    )


def _cell(source: Source, column: str, kinds: set) -> Value:
    """The column in the type that all files give it, else as text; blank where the file lacks it."""
    kind = next(iter(kinds)) if len(kinds) == 1 else "string"
    return source.table[column].cast(kind) if column in source.columns else ibis.null(kind)


def _different(one: str, other: str, shared: set[str]) -> InputError:
    if len(shared) == 1:
        return InputError("files.one_shared", one=one, other=other, column=min(shared))
    return InputError("files.hardly_alike" if shared else "files.nothing_shared", one=one, other=other)


def _lacks(file: str, column: str, *more: str) -> Note:
    if more:
        return note("file.lacks_more", file=file, column=column, more=len(more))
    return note("file.lacks", file=file, column=column)

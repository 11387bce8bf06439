"""One file, several, or a folder of them as one table."""

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import ibis
from ibis.expr.types import Value

from nps.sources.columnar import open_duckdb, open_parquet, open_sqlite
from nps.sources.containers import Part, parts
from nps.sources.delimited import open_delimited
from nps.sources.json_text import open_json
from nps.sources.ledger import Together
from nps.sources.source import Ignored, InputError, Source
from nps.sources.workbooks import open_workbook

MAX_FILES = 1_000
READERS = {"text": open_delimited, "json": open_json, "parquet": open_parquet}
CHOSEN = {"workbook": open_workbook, "sqlite": open_sqlite, "duckdb": open_duckdb}


def open_files(
    given: str | os.PathLike | Sequence[str | os.PathLike],
    name: str,
    con: ibis.BaseBackend,
    scratch: Path,
    choice: Mapping[str, str],
) -> Source:
    """A file, a list of files or a folder as one `Source`. Raises InputError when one of them is no table."""
    paths = [Path(given)] if isinstance(given, (str, os.PathLike)) else [Path(path) for path in given]
    paths = [file for path in paths for file in _files(path)]
    if not paths:
        raise InputError("No file was given.")
    if len(paths) > MAX_FILES:
        raise InputError(f"These are {len(paths):,} files; {MAX_FILES:,} is the most that can be read as one table.")
    found = [read for path in paths for read in _opened(path, len(paths) > 1, name, con, scratch, choice)]
    if len(found) == 1:
        return found[0][1]
    return _together([file for file, _ in found], [source for _, source in found], name)


def _opened(
    path: Path, several: bool, name: str, con: ibis.BaseBackend, scratch: Path, choice: Mapping[str, str]
) -> list[tuple[str, Source]]:
    """The tables of one file, each with its file name; where there are several files, a refusal says which."""
    try:
        inside = parts(path, _own(scratch, name))
        return [(part.name, _read(part, name, con, _own(scratch, name), choice)) for part in inside]
    except InputError as refused:
        if several:
            raise InputError(f"{path.name}: {refused}") from refused
        raise


def _files(path: Path) -> list[Path]:
    """The file, or the files of a folder by name, without hidden ones."""
    if path.is_dir():
        inside = sorted(file for file in path.iterdir() if file.is_file() and not file.name.startswith("."))
        if not inside:
            raise InputError(f"The folder {path} holds no files.")
        return inside
    if not path.is_file():
        raise InputError(f"There is no file at {path}.")
    return [path]


def _read(part: Part, name: str, con: ibis.BaseBackend, scratch: Path, choice: Mapping[str, str]) -> Source:
    if part.format in CHOSEN:
        return CHOSEN[part.format](part.path, name, con, scratch, choice)
    return READERS[part.format](part.path, name, con, scratch)


def _own(scratch: Path, name: str) -> Path:
    """A new folder of its own."""
    folder = scratch / f"{name} {len(list(scratch.iterdir()))}"
    folder.mkdir()
    return folder


def _together(names: list[str], sources: list[Source], name: str) -> Source:
    """The rows of all files in the order of the files; columns by name, blank in files that lack them."""
    columns = tuple(dict.fromkeys(column for source in sources for column in source.columns))
    shared = set(columns).intersection(*(source.columns for source in sources))
    if not shared:
        raise InputError(f"The files hold different tables: {names[0]} and {names[1]} have no column in common.")
    kinds = {column: {s.table.schema()[column] for s in sources if column in s.columns} for column in columns}
    tables = [
        source.table.select(**{column: _cell(source, column, kinds[column]) for column in columns})
        for source in sources
    ]
    notes = [f"{file}: {note}" for file, source in zip(names, sources, strict=True) for note in source.notes]
    for file, source in zip(names, sources, strict=True):
        if missing := [column for column in columns if column not in source.columns]:
            notes.append(f"{file} has no column “{missing[0][:40]}”{_and_more(missing)}; it is blank there.")
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


def _and_more(missing: list[str]) -> str:
    return f" and {len(missing) - 1} more" if len(missing) > 1 else ""

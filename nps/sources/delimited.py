"""Delimited text: its delimiter, its header, and DuckDB to read it. Text first and types after, so no id is a float."""

import glob
import io
from collections import Counter
from itertools import islice
from pathlib import Path

import ibis

from nps.sources.containers import plain
from nps.sources.source import InputError, Source, distinct, text_reader

SAMPLE_CHARACTERS = 256 * 1024
DELIMITERS = ",;\t|"
MAX_COLUMNS = 2_000


def open_delimited(path: Path, name: str, con: ibis.BaseBackend, scratch: Path) -> Source:
    """A CSV file of any dialect as a `Source`; a plain copy of it goes to `scratch` where one is needed."""
    if not path.is_file():
        raise InputError(f"There is no file at {path}.")
    path, encoding = plain(path, scratch / f"{name}.csv")
    notes = () if encoding == "utf-8" else (f"The {name} file is not in UTF-8; it was read as {encoding}.",)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        sample = stream.read(SAMPLE_CHARACTERS)
    if "\x00" in sample:
        raise InputError("This is not a table: it holds binary data. Save it as CSV and try again.")
    delimiter = _delimiter(sample)
    header, above = _header(sample, delimiter)
    if len(header) > MAX_COLUMNS:
        raise InputError(f"The file has {len(header):,} columns; {MAX_COLUMNS:,} is the most that can be read.")
    columns = distinct(header)
    table = con.read_csv(
        glob.escape(str(path)),
        columns=dict.fromkeys(columns, "VARCHAR"),
        auto_detect=False,
        skip=above,
        header=True,
        delim=delimiter,
        quote='"',
        escape='"',
        ignore_errors=True,
        store_rejects=True,
        rejects_limit=0,
        max_line_size=16 * 1024**2,
        buffer_size=32 * 1024**2,  # else 16 of the longest lines for each of the buffers
    )
    return Source(table, name, path, delimiter, notes, tuple(columns), above)


def _delimiter(sample: str) -> str:
    """The delimiter that splits the first records into the most equally many cells; a comma when none does."""

    def agreement(delimiter: str) -> tuple[float, int]:
        rows = islice(text_reader(io.StringIO(sample, newline=""), delimiter), 50)
        widths = Counter(len(row) for row in rows if row)
        (width, times), *_ = widths.most_common(1) or [(1, 0)]
        return (times / widths.total(), width) if width > 1 else (0.0, 1)

    return max(DELIMITERS, key=agreement)


def _header(sample: str, delimiter: str) -> tuple[list[str], int]:
    """The first row that says anything, and how many lines stand above it."""
    reader, above = text_reader(io.StringIO(sample, newline=""), delimiter), 0
    for row in reader:
        if any(cell.strip() for cell in row):
            return row, above
        above = reader.line_num
    raise InputError("The file is empty. Export it again, with a header row and one row per answer.")

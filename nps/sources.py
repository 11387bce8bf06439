"""Files and frames as they came: every cell is text, every row knows its line.

Text first and types after, so that no id ever becomes a float. DuckDB reads; Python only looks at the
first bytes to say what the file is, and at line breaks to say where a bad row stands.
"""

import csv
import glob
import gzip
import io
import os
import shutil
import sys
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import ibis
import pandas as pd
from ibis.expr.types import Table

SAMPLE_CHARACTERS = 256 * 1024
BLOCK = 1024**2
DELIMITERS = ",;\t|"
MAX_EXPANDED_BYTES = 8 * 1024**3
MAX_COLUMNS = 2_000
FOREIGN = {
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"%PDF": "a PDF",
    b"PK\x03\x04": "an Excel or zip file",
    b"\xd0\xcf\x11\xe0": "an old Excel file",
    b"PAR1": "a Parquet file",
    b"SQLite format 3": "a database",
}

Given = str | os.PathLike | pd.DataFrame | Table


class InputError(ValueError):
    """What was given cannot be used; the message says why and what to do, in a product manager's words."""


@dataclass(frozen=True)
class Source:
    """One table as it came.

    table   Ibis expression; from files and frames every column is text
    name    what messages call it
    path    plain UTF-8 CSV on disk, or None
    notes   sentences about anything that was done to the bytes
    above   lines of the file above its header
    ordered whether rows come in the file's order, so that a row has a line
    """

    table: Table
    name: str
    path: Path | None = None
    delimiter: str = ","
    notes: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    above: int = 0
    ordered: bool = True

    def malformed(self) -> pd.DataFrame:
        """Rows that could not be split into this file's columns: line, value, reason. Known once it was read."""
        rejects = self._rejects()
        wanted = set(rejects["ordinal"])
        line = {ordinal: line for ordinal, line in self._rows() if ordinal in wanted} if wanted else {}
        return pd.DataFrame(
            {
                "line": rejects["ordinal"].map(line).astype("Int64"),
                "value": rejects["value"].astype(str).str.strip(),
                "reason": rejects["reason"].map(_malformed_reason).astype(str),
            }
        )

    def lines(self, records: pd.Series) -> pd.Series:
        """The 1-based line of the file at which each record (counted from 0, malformed ones left out) begins.

        A frame has the lines that its CSV would have; a table of a database has none.
        """
        if self.path is None:
            return (records + 2 if self.ordered else records.map({})).astype("Int64")
        wanted, refused = set(records), set(self._rejects()["ordinal"])
        begins = (line for ordinal, line in self._rows() if ordinal not in refused)
        return records.map({record: line for record, line in enumerate(begins) if record in wanted}).astype("Int64")

    def _rejects(self) -> pd.DataFrame:
        """What DuckDB refused: ordinal (as `_rows` counts), value, reason."""
        con = self.table.get_backend() if self.path else None
        if con is None or "reject_errors" not in {row[0] for row in con.raw_sql("SHOW TABLES").fetchall()}:
            return pd.DataFrame({"ordinal": [], "value": [], "reason": []})
        return con.raw_sql(
            """SELECT e.line AS ordinal, any_value(e.csv_line) AS value, any_value(e.error_type) AS reason
               FROM reject_errors e JOIN reject_scans s USING (scan_id, file_id)
               WHERE s.file_path = $path GROUP BY e.line ORDER BY e.line""",
            parameters={"path": str(self.path)},
        ).df()

    def _rows(self) -> Iterator[tuple[int, int]]:
        """Each row below the header: its ordinal (from 1, header and blank lines counted) and the line it begins at.

        Blank lines are no rows, except where there is only one column.
        """
        with self.path.open(encoding="utf-8-sig", newline="") as stream:
            reader, line = _reader(stream, self.delimiter), 1
            for ordinal, row in enumerate(reader, 1):
                if line > self.above + 1 and (row or len(self.columns) == 1):
                    yield ordinal, line
                line = reader.line_num + 1


@contextmanager
def connect() -> Iterator[tuple[ibis.BaseBackend, Path]]:
    """An embedded DuckDB, and a folder for its files, while in use: never on the network, every time read as UTC."""
    with tempfile.TemporaryDirectory() as scratch:
        con = ibis.duckdb.connect(
            temp_directory=scratch, autoinstall_known_extensions=False, autoload_known_extensions=False
        )
        con.raw_sql("SET TimeZone='UTC'")
        try:
            yield con, Path(scratch)
        finally:
            con.disconnect()


def open_source(given: Given, name: str, con: ibis.BaseBackend, scratch: Path) -> Source:
    """A path, frame or Ibis table as a `Source`. Raises InputError when it is not a table."""
    if isinstance(given, Table):
        table = given.rename(dict(zip(_distinct(given.columns), given.columns, strict=True)))
        return Source(table, name, columns=tuple(table.columns), ordered=False)
    if isinstance(given, pd.DataFrame):
        if given.columns.empty:
            raise InputError("The table has no columns.")
        table = con.create_table(f"given_{name}", ibis.memtable(_as_text(given)), temp=True)
        return Source(table, name, columns=tuple(table.columns))
    return _open_csv(Path(given), name, con, scratch)


def kept(source: Source, con: ibis.BaseBackend) -> Source:
    """The source read once into DuckDB, each row with its `record` number; for tables that fit in memory."""
    local = source.table if source.table.get_backend() is con else ibis.memtable(source.table.to_pyarrow())
    table = local.mutate(record=ibis.row_number().cast("int64"))
    return replace(source, table=con.create_table(f"kept_{source.name}", table, temp=True))


def _as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """Every cell as the text a CSV would hold; missing cells stay missing."""
    frame = frame.set_axis(_distinct([str(column) for column in frame.columns]), axis=1).reset_index(drop=True)
    return frame.apply(lambda column: column.astype("string").where(column.notna()))


def _open_csv(path: Path, name: str, con: ibis.BaseBackend, scratch: Path) -> Source:
    if not path.is_file():
        raise InputError(f"There is no file at {path}.")
    path, encoding = _plain(path, scratch / f"{name}.csv")
    notes = () if encoding == "utf-8" else (f"The {name} file is not in UTF-8; it was read as {encoding}.",)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        sample = stream.read(SAMPLE_CHARACTERS)
    if "\x00" in sample:
        raise InputError("This is not a table: it holds binary data. Save it as CSV and try again.")
    delimiter = _delimiter(sample)
    header, above = _header(sample, delimiter)
    if len(header) > MAX_COLUMNS:
        raise InputError(f"The file has {len(header):,} columns; {MAX_COLUMNS:,} is the most that can be read.")
    columns = _distinct(header)
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
    )
    return Source(table, name, path, delimiter, notes, tuple(columns), above)


def _plain(path: Path, copy: Path) -> tuple[Path, str]:
    """The file itself when it is plain UTF-8 with one kind of line end, else a copy that is; and its encoding."""
    with path.open("rb") as stream:
        head = stream.read(16)
    for magic, kind in FOREIGN.items():
        if head.startswith(magic):
            raise InputError(f"This is {kind}, not a CSV file. Save the table as CSV and try again.")
    if head.startswith(b"\x1f\x8b"):
        path = _unzipped(path, copy.with_suffix(".unzipped"))
    encoding, line_ends = _encoding(path)
    if encoding == "utf-8" and line_ends in (None, "\n", "\r\n"):
        return path, encoding
    with path.open(encoding=encoding, errors="replace") as source, copy.open("w", encoding="utf-8") as target:
        shutil.copyfileobj(source, target, BLOCK)
    return copy, encoding


def _unzipped(path: Path, copy: Path) -> Path:
    written = 0
    try:
        with gzip.open(path) as source, copy.open("wb") as target:
            while block := source.read(BLOCK):
                written += target.write(block)
                if written > MAX_EXPANDED_BYTES:
                    raise InputError("The compressed file is too large once unpacked. Split it and try again.")
    except (EOFError, gzip.BadGzipFile, zlib.error) as broken:
        raise InputError("The compressed file is cut off or damaged. Download or export it again.") from broken
    return copy


def _encoding(path: Path) -> tuple[str, str | tuple[str, ...] | None]:
    """The encoding, and the line ends seen in UTF-8.

    UTF-8 when every byte agrees; UTF-16 by its mark; else Windows-1252, the usual encoding of old Excel.
    """
    with path.open("rb") as stream:
        if stream.read(2) in (b"\xff\xfe", b"\xfe\xff"):
            return "utf-16", None
    try:
        with path.open(encoding="utf-8") as stream:
            while stream.read(BLOCK):
                pass
            return "utf-8", stream.newlines
    except UnicodeDecodeError:
        return "cp1252", None


def _delimiter(sample: str) -> str:
    """The delimiter that splits the first records into the most equally many cells; a comma when none does."""

    def agreement(delimiter: str) -> tuple[float, int]:
        rows = islice(_reader(io.StringIO(sample, newline=""), delimiter), 50)
        widths = Counter(len(row) for row in rows if row)
        (width, times), *_ = widths.most_common(1) or [(1, 0)]
        return (times / widths.total(), width) if width > 1 else (0.0, 1)

    return max(DELIMITERS, key=agreement)


def _header(sample: str, delimiter: str) -> tuple[list[str], int]:
    """The first row that says anything, and how many lines stand above it."""
    reader, above = _reader(io.StringIO(sample, newline=""), delimiter), 0
    for row in reader:
        if any(cell.strip() for cell in row):
            return row, above
        above = reader.line_num
    raise InputError("The file is empty. Export it again, with a header row and one row per answer.")


def _distinct(header: Iterable[str]) -> list[str]:
    """Header cells, trimmed, named where blank and numbered where repeated; `record` is a name of our own."""
    names, seen = [], Counter(record=1)
    for position, cell in enumerate(header, 1):
        name = " ".join(cell.replace("\xa0", " ").split()) or f"column {position}"
        seen[name.casefold()] += 1
        while seen[name.casefold()] > 1:
            name = f"{name} ({seen[name.casefold()]})"
            seen[name.casefold()] += 1
        names.append(name)
    return names


def _reader(stream: Iterator[str], delimiter: str):
    csv.field_size_limit(sys.maxsize)
    return csv.reader(stream, delimiter=delimiter, skipinitialspace=True)


def _malformed_reason(error: str) -> str:
    return {
        "MISSING COLUMNS": "fewer cells than the header",
        "TOO MANY COLUMNS": "more cells than the header",
        "UNQUOTED VALUE": "a quotation mark is never closed",
        "LINE SIZE OVER MAXIMUM": "the row is too long",
    }.get(error, "the row cannot be read")

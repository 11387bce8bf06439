"""Files and frames as they came: every cell is text, every row knows its line.

Text first and types after, so that no id ever becomes a float. DuckDB reads; Python only looks at the
first bytes to say what the file is, and at line breaks to say where a bad row stands.
"""

import csv
import gzip
import io
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import ibis
import pandas as pd
from ibis.expr.types import Table

SAMPLE_BYTES = 256 * 1024
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
    ordered whether rows come in the file's order, so that a row has a line
    """

    table: Table
    name: str
    path: Path | None = None
    delimiter: str = ","
    notes: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    ordered: bool = True

    def malformed(self) -> pd.DataFrame:
        """Rows that could not be split into this file's columns: line, value, reason. Known once it was read."""
        rejects = self._rejects()
        return pd.DataFrame(
            {
                "line": rejects["ordinal"].map(self._begins(rejects["ordinal"])).astype("int64"),
                "value": rejects["value"].astype(str),
                "reason": rejects["reason"].map(_malformed_reason).astype(str),
            }
        )

    def lines(self, records: pd.Series) -> pd.Series:
        """The 1-based line of the file at which each record (counted from 0, malformed ones left out) begins."""
        if self.path is None:
            return records + 2
        refused = set(self._rejects()["ordinal"])
        ordinals = (n for n, (_, blank) in enumerate(self._rows(), 1) if n > 1 and not blank and n not in refused)
        wanted = set(records)
        ordinal = pd.Series({record: n for record, n in enumerate(ordinals) if record in wanted}, dtype="int64")
        return records.map(ordinal).map(self._begins(ordinal))

    def _rejects(self) -> pd.DataFrame:
        """What DuckDB refused: ordinal (1-based, the header and blank lines counted), value, reason."""
        con = self.table.get_backend() if self.path else None
        if con is None or "reject_errors" not in {row[0] for row in con.raw_sql("SHOW TABLES").fetchall()}:
            return pd.DataFrame({"ordinal": [], "value": [], "reason": []})
        return con.raw_sql(
            """SELECT min(e.line) AS ordinal, any_value(e.csv_line) AS value, any_value(e.error_type) AS reason
               FROM reject_errors e JOIN reject_scans s USING (scan_id, file_id)
               WHERE s.file_path = $path GROUP BY e.byte_position ORDER BY 1""",
            parameters={"path": str(self.path)},
        ).df()

    def _rows(self) -> Iterator[tuple[int, bool]]:
        """For each row of the file, header and blank lines included: the line it begins at, whether it is blank."""
        with self.path.open(encoding="utf-8-sig", newline="") as stream:
            reader, begins = _reader(stream, self.delimiter), 1
            for row in reader:
                yield begins, not row
                begins = reader.line_num + 1

    def _begins(self, ordinals: pd.Series) -> dict[int, int]:
        wanted = set(ordinals)
        return {n: begins for n, (begins, _) in enumerate(self._rows(), 1) if n in wanted} if wanted else {}


def connect() -> ibis.BaseBackend:
    """An embedded DuckDB that never reaches for the network and reads every time as UTC."""
    con = ibis.duckdb.connect()
    for setting in ("TimeZone='UTC'", "autoinstall_known_extensions=false", "autoload_known_extensions=false"):
        con.raw_sql(f"SET {setting}")
    return con


def open_source(given: Given, name: str, con: ibis.BaseBackend, scratch: Path) -> Source:
    """A path, frame or Ibis table as a `Source`. Raises InputError when it is not a table."""
    if isinstance(given, Table):
        return Source(given, name, columns=tuple(given.columns), ordered=False)
    if isinstance(given, pd.DataFrame):
        table = con.create_table(f"given_{name}", ibis.memtable(_as_text(given)), temp=True)
        return Source(table, name, columns=tuple(table.columns))
    return _open_csv(Path(given), name, con, scratch)


def kept(source: Source, con: ibis.BaseBackend) -> Source:
    """The source read once into DuckDB, each row with its `record` number; for tables that fit in memory."""
    if source.table.get_backend() is con:
        table = source.table.mutate(record=ibis.row_number().cast("int64"))
    else:
        table = ibis.memtable(_as_text(source.table.to_pandas()).assign(record=lambda f: range(len(f))))
    return replace(source, table=con.create_table(f"kept_{source.name}", table, temp=True))


def _as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """Every cell as the text a CSV would hold; missing cells stay missing."""
    frame = frame.set_axis([str(column) for column in frame.columns], axis=1)
    return frame.apply(lambda column: column.astype("string").where(column.notna())).reset_index(drop=True)


def _open_csv(path: Path, name: str, con: ibis.BaseBackend, scratch: Path) -> Source:
    if not path.is_file():
        raise InputError(f"There is no file at {path}.")
    path, notes = _plain_utf8(path, scratch / f"{name}.csv")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        sample = stream.read(SAMPLE_BYTES)
    if not sample.strip():
        raise InputError("The file is empty. Export it again, with a header row and one row per answer.")
    if "\x00" in sample:
        raise InputError("This is not a table: it holds binary data. Save it as CSV and try again.")
    delimiter = _delimiter(sample)
    header = next(row for row in _reader(io.StringIO(sample), delimiter) if any(row))
    if len(header) > MAX_COLUMNS:
        raise InputError(f"The file has {len(header):,} columns; {MAX_COLUMNS:,} is the most that can be read.")
    columns = _distinct(header)
    table = con.read_csv(
        path,
        columns=dict.fromkeys(columns, "VARCHAR"),
        auto_detect=False,
        header=True,
        delim=delimiter,
        quote='"',
        escape='"',
        ignore_errors=True,
        store_rejects=True,
        rejects_limit=0,
        max_line_size=16 * 1024**2,
    )
    return Source(table, name, path, delimiter, notes, tuple(columns))


def _plain_utf8(path: Path, copy: Path) -> tuple[Path, tuple[str, ...]]:
    """The file itself when it is plain UTF-8, else a decompressed, decoded copy and a note about it."""
    with path.open("rb") as stream:
        head = stream.read(16)
    for magic, kind in FOREIGN.items():
        if head.startswith(magic):
            raise InputError(f"This is {kind}, not a CSV file. Save the table as CSV and try again.")
    zipped = head.startswith(b"\x1f\x8b")
    if zipped:
        path = _unzipped(path, copy.with_suffix(".unzipped"))
    encoding = _encoding(path)
    if encoding in ("utf-8", "utf-8-sig"):
        return path, ()
    with path.open(encoding=encoding, errors="replace", newline="") as source, copy.open("w", newline="") as target:
        while block := source.read(1 << 20):
            target.write(block)
    return copy, (f"The file is not in UTF-8; it was read as {encoding}.",)


def _unzipped(path: Path, copy: Path) -> Path:
    written = 0
    try:
        with gzip.open(path) as source, copy.open("wb") as target:
            while block := source.read(1 << 20):
                written += target.write(block)
                if written > MAX_EXPANDED_BYTES:
                    raise InputError("The compressed file is too large once unpacked. Split it and try again.")
    except (EOFError, gzip.BadGzipFile, OSError) as broken:
        if isinstance(broken, OSError) and not isinstance(broken, gzip.BadGzipFile):
            raise
        raise InputError("The compressed file is cut off or damaged. Download or export it again.") from broken
    return copy


def _encoding(path: Path) -> str:
    """UTF-8 when every byte agrees; UTF-16 by its mark; else Windows-1252, the usual encoding of old Excel."""
    with path.open("rb") as stream:
        if stream.read(2) in (b"\xff\xfe", b"\xfe\xff"):
            return "utf-16"
    try:
        with path.open(encoding="utf-8") as stream:
            while stream.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _delimiter(sample: str) -> str:
    """The delimiter that splits the first records into the most equally many cells; a comma when none does."""

    def agreement(delimiter: str) -> tuple[float, int]:
        widths = [len(row) for _, row in zip(range(50), _reader(io.StringIO(sample), delimiter), strict=False) if row]
        width, times = Counter(widths).most_common(1)[0]
        return (times / len(widths), width) if width > 1 else (0.0, 1)

    return max(DELIMITERS, key=agreement)


def _distinct(header: list[str]) -> list[str]:
    """Header cells, trimmed, named where blank and numbered where repeated."""
    names, seen = [], Counter()
    for position, cell in enumerate(header, 1):
        name = " ".join(cell.replace("\xa0", " ").split()) or f"column {position}"
        seen[name.casefold()] += 1
        while seen[name.casefold()] > 1:
            name = f"{name} ({seen[name.casefold()]})"
            seen[name.casefold()] += 1
        names.append(name)
    return names


def _reader(stream: Iterator[str], delimiter: str):
    csv.field_size_limit(16 * 1024**2)
    return csv.reader(stream, delimiter=delimiter)


def _malformed_reason(error: str) -> str:
    return {
        "MISSING COLUMNS": "fewer cells than the header",
        "TOO MANY COLUMNS": "more cells than the header",
        "UNQUOTED VALUE": "a quotation mark is never closed",
        "LINE SIZE OVER MAXIMUM": "the row is too long",
    }.get(error, "the row cannot be read")

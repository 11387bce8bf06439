"""Delimited text: its dialect and layout; DuckDB reads it, or the slower reader that recovers where that is needed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import ibis
import numpy as np

from nps.notes import Note, note
from nps.sources.copying import Shape, copied, read_clean
from nps.sources.dialects import SAMPLE_ROWS, dialect_of, inside, is_padded, is_wrapped
from nps.sources.encodings import Text, as_utf8
from nps.sources.layout import FOOTER_ROWS, Layout, is_total, layout
from nps.sources.ledger import Scanned
from nps.sources.quoting import Dialect
from nps.sources.source import Source
from nps.sources.splitting import Record, first_records, lines_of, records

SAMPLE_CHARACTERS = 256 * 1024
TAIL_BYTES = 64 * 1024
LOOKED_THROUGH = 32 * 1024**2
BLOCK = 256 * 1024  # stays in the processor's cache
_SEPARATOR = re.compile(r'"?sep=(?![\w"\'])([!-~\t ])"?\r?\n', re.IGNORECASE)


def open_delimited(path: Path, name: str, con: ibis.BaseBackend, scratch: Path) -> Source:
    """A delimited text of any dialect and encoding as a `Source`. Raises InputError when it is no table."""
    text = as_utf8(path, scratch / "decoded.csv")
    if is_wrapped(_sample(text.path)):
        text = _unwrapped(text, scratch / "unwrapped.csv")
    sample = _sample(text.path)
    separator = _SEPARATOR.match(sample)
    rest = sample[separator.end() :] if separator else sample
    dialect = Dialect(separator[1]) if separator else dialect_of(rest)
    rows = first_records(rest, dialect, SAMPLE_ROWS)
    form = layout([row.cells for row in rows])
    header = () if form.header is None else rows[form.header].cells
    start = _start(rows, form) + (1 if separator else 0)
    notes = text.notes + form.notes + _cut_off(text.path, dialect, form.width)
    if form.cells >= form.width and trusted(text.path, dialect, start, form.cells):
        rejects = ibis.util.gen_name("rejects")
        table = read_clean(con, text.path, form.columns, dialect.delimiter, skip=start, rejects=rejects)
        ledger = Scanned(text.path, table, rejects, start, one_column=form.width == 1)
        source = Source(table, name, form.columns, notes, dialect.delimiter, ledger=ledger)
        if text.path.stat().st_size > LOOKED_THROUGH or _is_clean(source, text.path, header):
            return _unpadded(source) if is_padded(rows, dialect.delimiter) else source
    shape = Shape(form.columns, header, form.cells, rows[form.first :], dialect.delimiter)
    below = _below(text.path, dialect, form.width, start)
    source = copied(below, name, shape, notes, con, scratch / "clean.csv")
    return _unpadded(source) if is_padded(rows, dialect.delimiter) else source


def _unpadded(source: Source) -> Source:
    """The source without the space that follows every delimiter."""
    cells = {column: source.table[column].re_replace("^ ", "").nullif("") for column in source.columns}
    return replace(source, table=source.table.mutate(**cells))


def _sample(path: Path) -> str:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return stream.read(SAMPLE_CHARACTERS) + stream.readline(SAMPLE_CHARACTERS * 64)


def _unwrapped(text: Text, copy: Path) -> Text:
    """The same lines without the quotation marks around them."""
    with (
        text.path.open(encoding="utf-8-sig", newline="\n") as source,
        copy.open("w", encoding="utf-8", newline="") as target,
    ):
        for line in source:
            row = line.rstrip("\r\n")
            target.write((row if (unwrapped := inside(row)) is None else unwrapped) + "\n")
    return Text(copy, (*text.notes, note("text.wrapped")))


def _start(rows: list[Record], form: Layout) -> int:
    """How many lines stand above the first row of the table."""
    if form.header is None:
        return rows[form.first].line - 1
    header = rows[form.header]
    return header.line + header.text.count("\n")


def _below(path: Path, dialect: Dialect, width: int, start: int) -> Iterator[Record]:
    """The rows below the header."""
    with path.open(encoding="utf-8-sig", newline="\n") as stream:
        for _ in range(start):
            stream.readline()
        for record in records(stream, dialect, width):
            yield record._replace(line=record.line + start)


def trusted(path: Path, dialect: Dialect, start: int, cells: int) -> bool:
    """May DuckDB read the file as it stands? Not where quotation marks are misplaced or hold line ends.

    Nor where the file ends in totals, nor where a row has a blank cell more than others: DuckDB drops it, whatever it
    moved. Looks at every byte, in blocks.

    start  lines above the first row
    cells  of most rows
    """
    if dialect.quote != '"' or _ends_in_totals(path, dialect):
        return False
    with path.open("rb") as stream:
        above = b"".join(stream.readline() for _ in range(start)).removeprefix(b"\xef\xbb\xbf")
        if b'"' in above and not _is_well_quoted(b"\n" + above + b"\n", ord(dialect.delimiter)):
            return False
        while block := stream.read(BLOCK):
            block = b"\n" + (block + stream.readline()).removeprefix(b"\xef\xbb\xbf" if not start else b"") + b"\n"
            if b'"' in block and not _is_well_quoted(block, ord(dialect.delimiter)):
                return False
            if not _is_even(block, dialect.delimiter.encode(), cells):
                return False
    return True


def _is_even(block: bytes, delimiter: bytes, cells: int) -> bool:
    """Have all lines that end in a delimiter as many cells as most?"""
    signs = np.frombuffer(block, np.uint8)
    behind = signs[1:]
    open_ended = (signs[:-1] == ord(delimiter)) & ((behind == ord("\n")) | (behind == ord("\r")))
    if not open_ended.any():
        return True
    at = np.flatnonzero((signs == ord(delimiter)) | (signs == ord("\n")) | (signs == ord('"')))
    kinds = signs[at]
    marks = kinds == ord('"')
    outside = ~marks & (np.bitwise_xor.accumulate(marks.view(np.uint8)) == 0)
    at, ends = at[outside], np.flatnonzero(kinds[outside] == ord("\n"))
    last = at[ends[1:]] - 1
    last -= signs[last] == ord("\r")
    return bool((np.diff(ends)[signs[last] == ord(delimiter)] == cells).all())


def _is_well_quoted(block: bytes, delimiter: int) -> bool:
    """Does every quotation mark of these lines open a cell, close one on the same line, or stand doubled?

    Along a line, marks open and close in turn: one that is doubled closes and opens again.
    """
    signs = np.frombuffer(block, np.uint8)
    marks = np.flatnonzero(signs == ord('"'))
    opening, closing = marks[::2], marks[1::2]
    if len(opening) != len(closing):
        return False
    beside = np.zeros(256, bool)
    beside[[delimiter, ord("\n"), ord('"')]] = True
    opens = beside[signs[opening - 1]].all()
    beside[ord("\r")] = True
    ends = np.flatnonzero(signs == ord("\n"))
    return bool(opens and beside[signs[closing + 1]].all() and not (np.searchsorted(marks, ends) % 2).any())


def _is_clean(source: Source, path: Path, header: Sequence[str]) -> bool:
    """Has every row as many cells as the header, and is none of them blank or the header again? Reads the file once."""
    first = source.table[source.columns[0]]
    again = (first == header[0]).sum() if header else ibis.literal(0)
    headers = int(source.table.aggregate(headers=again).to_pandas()["headers"].fillna(0)[0])
    several = len(source.columns) > 1
    return not headers and source.malformed().empty and not (several and _has_blank_rows(path, source.delimiter))


def _has_blank_rows(path: Path, delimiter: str) -> bool:
    """Is there a line of nothing but delimiters, spaces and quotation marks?"""
    blank = re.compile(rb"\n[\t\f\r \"]*%(d)b[\t\f\r \"%(d)b]*(?=\n)" % {b"d": re.escape(delimiter.encode())})
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            if blank.search(b"\n" + block + stream.readline() + b"\n"):
                return True
    return False


def _tail(path: Path) -> list[str]:
    """The last lines, the first of them perhaps in part."""
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - TAIL_BYTES))
        return list(lines_of(stream.read().decode(errors="replace")))


def _ends_in_totals(path: Path, dialect: Dialect) -> bool:
    last = [line.rstrip("\r\n").replace(dialect.quote, "") for line in _tail(path) if line.strip()][-FOOTER_ROWS:]
    return any(is_total(line.split(dialect.delimiter)) for line in last)


def _cut_off(path: Path, dialect: Dialect, width: int) -> tuple[Note, ...]:
    """A note when the last line has no end and too few cells, or a quotation mark that is not closed."""
    *before, last = _tail(path) or [""]
    open_mark = last.count(dialect.quote) % 2
    if (
        not before
        or not last.strip()
        or last.endswith("\n")
        or (last.count(dialect.delimiter) >= width - 1 and not open_mark)
    ):
        return ()
    with path.open("rb") as stream:
        line = 1 + sum(block.count(b"\n") for block in iter(lambda: stream.read(BLOCK), b""))
    return (note("text.cut_off", line=line),)

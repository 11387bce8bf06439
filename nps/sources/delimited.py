"""Delimited text: its dialect and layout; DuckDB reads it, or the slower reader that recovers where that is needed."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import ibis
import numpy as np

from nps.sources.copying import copied, read_clean
from nps.sources.encodings import Text, as_utf8
from nps.sources.layout import FOOTER_ROWS, Layout, is_total, layout
from nps.sources.ledger import Scanned
from nps.sources.source import Source
from nps.sources.splitting import Dialect, Misplaced, Record, Unclosed, first_records, lines_of, records, split

SAMPLE_CHARACTERS = 256 * 1024
SAMPLE_ROWS = 200
TAIL_BYTES = 64 * 1024
DELIMITERS = ",;\t|^~"
LOOKED_THROUGH = 32 * 1024**2
BLOCK = 1024**2
_SEPARATOR = re.compile(r'"?sep=(?![\w"\'])([!-~\t ])"?\r?\n', re.IGNORECASE)
_SINGLE_QUOTED = re.compile(r"(?:^|[,;\t|])'[^'\n]*'(?=[,;\t|\r]|$)", re.MULTILINE)


def open_delimited(path: Path, name: str, con: ibis.BaseBackend, scratch: Path) -> Source:
    """A delimited text of any dialect and encoding as a `Source`. Raises InputError when it is no table."""
    text = as_utf8(path, scratch / "decoded.csv")
    if _is_wrapped(_sample(text.path)):
        text = _unwrapped(text, scratch / "unwrapped.csv")
    sample = _sample(text.path)
    said = _SEPARATOR.match(sample)
    rest = sample[said.end() :] if said else sample
    dialect = Dialect(said[1]) if said else _dialect(rest)
    rows = first_records(rest, dialect, SAMPLE_ROWS)
    found = layout([row.cells for row in rows])
    start = _start(rows, found) + (1 if said else 0)
    notes = text.notes + found.notes + _cut_off(text.path, dialect, found.width)
    if trusted(text.path, dialect):
        table = read_clean(con, text.path, found.columns, dialect.delimiter, skip=start)
        ledger = Scanned(text.path, table, start, one_column=found.width == 1)
        source = Source(table, name, found.columns, notes, dialect.delimiter, ledger=ledger)
        if text.path.stat().st_size > LOOKED_THROUGH or _is_clean(source):
            return source
    below = _below(text.path, dialect, found.width, start)
    source = copied(below, name, found.columns, notes, con, scratch / "clean.csv")
    return replace(source, delimiter=dialect.delimiter)


def _sample(path: Path) -> str:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return stream.read(SAMPLE_CHARACTERS) + stream.readline(SAMPLE_CHARACTERS * 64)


def _is_wrapped(sample: str) -> bool:
    """Does every row stand in quotation marks as a whole? Some programs save a table so when they take it for text."""
    lines = [line.strip("\r\n") for line in lines_of(sample) if line.strip()][:SAMPLE_ROWS]
    rows = [_inside(line) for line in lines if line.startswith('"')]
    if len(rows) < max(2, len(lines)) or None in rows:
        return False
    widths = (
        {len(row.cells or ()) for row in first_records("\n".join(rows), Dialect(sign), SAMPLE_ROWS)} for sign in ",;\t|"
    )
    return any(len(width) == 1 and min(width) > 1 for width in widths)


def _inside(line: str) -> str | None:
    """What stands in the quotation marks around a whole line; None where there is more than that."""
    try:
        cells = split(line, Dialect("\0"))
    except (Unclosed, Misplaced):
        return None
    return cells[0] if len(cells) == 1 else None


def _unwrapped(text: Text, copy: Path) -> Text:
    """The same lines without the quotation marks around them."""
    with (
        text.path.open(encoding="utf-8-sig", newline="\n") as source,
        copy.open("w", encoding="utf-8", newline="") as target,
    ):
        for line in source:
            row = line.rstrip("\r\n")
            target.write((inside if (inside := _inside(row)) is not None else row) + "\n")
    return Text(copy, (*text.notes, "Every row stood in quotation marks as a whole; they were taken off."))


def _dialect(sample: str) -> Dialect:
    """The dialect that splits the first rows into equal numbers of cells; when none does, one that is not there."""
    single = len(_SINGLE_QUOTED.findall(sample)) > sample.count("\n") / 2 and '"' not in sample
    quote = "'" if single else '"'

    def agreement(delimiter: str) -> tuple[float, int]:
        rows = first_records(sample, Dialect(delimiter, quote), SAMPLE_ROWS)
        widths = Counter(len(row.cells) if row.cells else 1 for row in rows)
        (width, times), *_ = widths.most_common(1) or [(1, 0)]
        return (times / widths.total(), width) if width > 1 else (0.0, 1)

    best = max(DELIMITERS, key=agreement)
    return Dialect(best if agreement(best)[0] else min(DELIMITERS, key=sample.count), quote)


def _start(rows: list[Record], found: Layout) -> int:
    """How many lines stand above the first row of the table."""
    if found.header is None:
        return rows[found.first].line - 1
    header = rows[found.header]
    return header.line + header.text.count("\n")


def _below(path: Path, dialect: Dialect, width: int, start: int) -> Iterator[Record]:
    """The rows below the header."""
    with path.open(encoding="utf-8-sig", newline="\n") as stream:
        for _ in range(start):
            stream.readline()
        for record in records(stream, dialect, width):
            yield record._replace(line=record.line + start)


def trusted(path: Path, dialect: Dialect) -> bool:
    """May DuckDB read the file as it stands? Not where quotation marks are misplaced or hold line ends.

    Nor where the file ends in totals. Looks at every byte, in blocks.
    """
    if dialect.quote != '"' or _ends_in_totals(path, dialect):
        return False
    before = b"\n"
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            if b'"' in block:
                block += stream.readline()
                if not _is_well_quoted(before + block.removeprefix(b"\xef\xbb\xbf") + b"\n", ord(dialect.delimiter)):
                    return False
            before = block[-1:]
    return True


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


def _is_clean(source: Source) -> bool:
    """Has every row as many cells as the header, and is none of them blank? Reads the file once."""
    filled = ibis.or_(*(source.table[column].re_search(r"\S") for column in source.columns)).fill_null(False)
    blank = int(source.table.aggregate(blank=(~filled).cast("int64").sum()).to_pandas()["blank"].fillna(0)[0])
    return source.malformed().empty and (len(source.columns) == 1 or not blank)


def _tail(path: Path) -> list[str]:
    """The last lines, the first of them perhaps in part."""
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - TAIL_BYTES))
        return list(lines_of(stream.read().decode(errors="replace")))


def _ends_in_totals(path: Path, dialect: Dialect) -> bool:
    last = [line.rstrip("\r\n").replace(dialect.quote, "") for line in _tail(path) if line.strip()][-FOOTER_ROWS:]
    return any(is_total(line.split(dialect.delimiter)) for line in last)


def _cut_off(path: Path, dialect: Dialect, width: int) -> tuple[str, ...]:
    """A note when the last line has no end and too few cells, or a quotation mark that is not closed."""
    *before, last = _tail(path) or [""]
    open_mark = last.count(dialect.quote) % 2
    if not before or last.endswith("\n") or (last.count(dialect.delimiter) >= width - 1 and not open_mark):
        return ()
    with path.open("rb") as stream:
        line = 1 + sum(block.count(b"\n") for block in iter(lambda: stream.read(BLOCK), b""))
    return (f"The file ends in the middle of line {line:,}: it seems to be cut off. Download or export it again.",)

"""Delimited text into rows, by a reader that recovers: a bad row is held back alone and never swallows the next.

Slower than DuckDB, and used where DuckDB cannot be trusted with a file (`delimited.trusted`).
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from nps.sources.quoting import Dialect, Misplaced, Unclosed, split

UNCLOSED, TOO_LONG = "row.quotes", "row.too_long"
BACKSLASH, INNER = "rows.backslash", "rows.inner_quotes"
MAX_LINES = 1_000
MAX_CHARACTERS = 16 * 1024**2
_TELLING = re.compile("[9@_]")
_DIGITS, _LETTERS = re.compile(r"\d+"), re.compile(r"[^\W\d_]+")


class Record(NamedTuple):
    """A row as it stands: the line it begins at, its text, its cells, or why it has none.

    mended  BACKSLASH or INNER, where its quotation marks were understood only so
    """

    line: int
    text: str
    cells: list[str] | None
    reason: str = ""
    mended: str = ""


def records(lines: Iterable[str], dialect: Dialect, width: int | None = None) -> Iterator[Record]:
    """Rows of a text that comes line by line (LF); blank lines are none, except where the table has one column.

    width  cells of the header; with it, several lines inside quotation marks that are rows by themselves are seen
    """
    source, again, number = iter(lines), deque(), 0
    while True:
        line = again.popleft() if again else next(source, None)
        if line is None:
            return
        number += 1
        text = line.rstrip("\r\n")
        if not text and width != 1:
            continue
        if len(text) > MAX_CHARACTERS:
            yield Record(number, text[:MAX_CHARACTERS], None, TOO_LONG)
        elif dialect.quote not in text:
            yield Record(number, text, text.split(dialect.delimiter))
        else:
            record, taken, unread = _quoted(number, text, again, source, dialect, width)
            yield record
            again.extendleft(reversed(unread))
            number += taken


def _quoted(
    number: int, text: str, again: deque, source: Iterator[str], dialect: Dialect, width: int | None
) -> tuple[Record, int, list[str]]:
    """The row that begins with this line, how many more lines it takes, and the lines to read again."""
    cells, more = _closed(text, again, source, dialect)
    whole = "\n".join([text, *more])
    sound = cells is not None and not (more and width and _swallowed(cells, text, more, dialect, width))
    if sound and _torn(cells, dialect.quote):
        return Record(number, whole, None, UNCLOSED), len(more), []
    if sound and (width in (None, len(cells)) or "\\" not in text):
        return Record(number, whole, cells), len(more), []
    unread = [line + "\n" for line in more]
    if record := _by_backslash(number, text, dialect, width) or _by_inner(number, text, dialect, width):
        return record, 0, unread
    return (Record(number, whole, cells), len(more), []) if sound else (Record(number, text, None, UNCLOSED), 0, unread)


def _closed(text: str, again: deque, source: Iterator[str], dialect: Dialect) -> tuple[list[str] | None, list[str]]:
    """The cells of a row and the lines it goes on for; no cells where its quotation marks do not fit."""
    more: list[str] = []
    while True:
        try:
            return split("\n".join([text, *more]), dialect), more
        except Misplaced:
            return None, more
        except Unclosed:
            if not _read_to_quote(more, again, source, dialect.quote):
                return None, more


def _read_to_quote(more: list[str], again: deque, source: Iterator[str], quote: str) -> bool:
    """Read on to the next line that can close a quoted cell; False when there is none in reach."""
    length = 0
    while len(more) < MAX_LINES and length < MAX_CHARACTERS:
        line = again.popleft() if again else next(source, None)
        if line is None:
            return False
        more.append(line.rstrip("\r\n"))
        length += len(line)
        if quote in line:
            return True
    return False


def _by_backslash(number: int, text: str, dialect: Dialect, width: int | None) -> Record | None:
    r"""The row when \" stands for a quotation mark inside a cell; None when that does not make it fit."""
    escaped = "\\" + dialect.quote
    if width is None or escaped not in text:
        return None
    marker = "\ue000"
    try:
        cells = split(text.replace("\\\\", "\ue001").replace(escaped, marker), dialect)
    except (Unclosed, Misplaced):
        return None
    if len(cells) != width:
        return None
    cells = [cell.replace(marker, dialect.quote).replace("\ue001", "\\") for cell in cells]
    return Record(number, text, cells, mended=BACKSLASH)


def _by_inner(number: int, text: str, dialect: Dialect, width: int | None) -> Record | None:
    """The row when marks that no delimiter follows belong to the text; None when that does not make it fit."""
    if width is None:
        return None
    quote, delimiter = re.escape(dialect.quote), re.escape(dialect.delimiter)
    closing = re.compile(rf"{quote}(?= *(?:{delimiter}|$))")
    cells, at = [], 0
    while at <= len(text):
        cell, end = _cell_to(closing, text, at, dialect)
        cells.append(cell)
        at = end + len(dialect.delimiter)
    fits = len(cells) == width and None not in cells and not any(_left_open(cell, dialect.quote) for cell in cells)
    return Record(number, text, cells, mended=INNER) if fits else None


def _cell_to(closing: re.Pattern, text: str, at: int, dialect: Dialect) -> tuple[str | None, int]:
    """The cell that begins at `at`, and where its delimiter stands; one that is quoted ends at a mark, or is none."""
    quoted = re.compile(rf" *{re.escape(dialect.quote)}").match(text, at)
    if not quoted or dialect.delimiter == " ":
        end = text.find(dialect.delimiter, at)
        end = len(text) if end < 0 else end
        return text[at:end], end
    mark = closing.search(text, quoted.end())
    if mark is None:
        return None, len(text)
    end = text.find(dialect.delimiter, mark.end())
    return text[quoted.end() : mark.start()].replace(2 * dialect.quote, dialect.quote), len(text) if end < 0 else end


def _torn(cells: list[str], quote: str) -> bool:
    """Does a mark open in the middle of one cell and close at the end of a later one? Then they were one cell.

    `boots"Warm, and light"` lost a delimiter; `5" screen, 10" screen` has inches.
    """
    if quote == "'" or sum(quote in cell for cell in cells) < 2:
        return False
    opens = re.compile(rf"\S{quote}[^\W\d_][^{quote}]*$")
    opened = next((at for at, cell in enumerate(cells) if opens.search(cell.replace(2 * quote, ""))), None)
    return opened is not None and any(cell.rstrip().endswith(quote) for cell in cells[opened + 1 :])


def _left_open(cell: str, quote: str) -> bool:
    """Does the cell end in the only mark that it has?"""
    return cell.count(quote) == 1 and cell.rstrip().endswith(quote) and quote != "'"


def _swallowed(cells: list[str], text: str, more: list[str], dialect: Dialect, width: int) -> bool:
    """Do lines inside a quoted cell look like rows of their own, begun as this one is? Then a mark is missing."""
    rows = [line for line in more if width > 1 and _cells(line, dialect) >= width]
    return any(len(cells) != width or _alike(text, line, dialect) for line in rows)


def _cells(line: str, dialect: Dialect) -> int:
    """How many cells the line has as a row by itself; none where it cannot be one."""
    try:
        return len(split(line, dialect))
    except (Unclosed, Misplaced):
        return 0


def _alike(row: str, line: str, dialect: Dialect) -> bool:
    """Does the line begin as the row does? Words alone say little, for sentences also have words before a comma."""
    shape = _shape(row, dialect)
    return shape == _shape(line, dialect) and (bool(_TELLING.search(shape)) or f"{dialect.delimiter} " not in line)


def _shape(line: str, dialect: Dialect) -> str:
    """How the first cell looks: `p-007` as `a-9`."""
    cell = line.split(dialect.delimiter, 1)[0].strip(f" {dialect.quote}")
    return _LETTERS.sub("a", _DIGITS.sub("9", cell))


def first_records(text: str, dialect: Dialect, most: int) -> list[Record]:
    """The first rows of a text that may be cut off at its end."""
    return list(islice(records(lines_of(text), dialect), most))


def lines_of(text: str) -> Iterator[str]:
    """The lines of a text, each with its LF; other signs that Unicode calls line ends are none."""
    at = 0
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end + 1
        yield text[at:end]
        at = end

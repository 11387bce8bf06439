"""Where the table stands in a file: lines above it, its header, a line of totals below it."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from nps.sources.source import InputError, distinct

MAX_COLUMNS = 2_000
_NUMBER = re.compile(r"(?!(19|20)\d\d$)[-+]?(\d+([.,]\d+)*|\.\d+)%?")  # years also name columns
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T]\d.*)?")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.\w+")
_TOTAL = re.compile(
    r"(grand )?(totals?|sum|summe|gesamt(summe)?|average|avg|mean|durchschnitt|mittelwert|moyenne|totale|totaal|suma|"
    r"somme|promedio|media|gemiddelde)( (rows|responses|answers|records|score))?[\s\d:=.,%()n]*",
    re.IGNORECASE,
)
FOOTER_ROWS = 3


class Layout(NamedTuple):
    """How a table is laid out.

    columns  distinct names
    header   which of the rows is the header, from 0; None when there is none
    first    the row at which the table begins
    notes    sentences about what was found
    """

    columns: tuple[str, ...]
    header: int | None
    first: int
    notes: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        return len(self.columns)


def layout(rows: Sequence[list[str] | None]) -> Layout:
    """The layout of a table, from its first rows as cells (None where a row could not be split).

    Raises InputError when there is no table or its header does not fit.
    """
    said = [(at, row) for at, row in enumerate(rows) if row is not None and any(cell.strip() for cell in row)]
    if not said and None not in rows:
        raise InputError("The file is empty. Export it again, with a header row and one row per answer.")
    if None in rows[: said[0][0] if said else None]:
        raise InputError("The header cannot be read: a quotation mark in it is never closed. Mend it and try again.")
    width = _width([row for _, row in said])
    at, header = next(((at, row) for at, row in said if _may_head(row, width)), said[0])
    above = [row for number, row in said if number < at]
    notes = _above_notes(above)
    body = [row for number, row in said if number > at]
    header = _without_blank_end(header, body)
    width = len(header)
    if width > MAX_COLUMNS:
        raise InputError(f"The file has {width:,} columns; {MAX_COLUMNS:,} is the most that can be read.")
    if _is_data(header, body):
        names = tuple(f"column {number}" for number in range(1, width + 1))
        notes += (f"The first row looks like data (“{_short(header)}”), so the columns were numbered, not named.",)
        return Layout(names, None, at, notes)
    _check_widths(header, body)
    columns = tuple(distinct(header))
    return Layout(columns, at, at + 1, notes + _renamed_notes(header, columns))


def is_total(cells: Sequence[str]) -> bool:
    """Is this a line of totals, as spreadsheets have below a table?"""
    first = next((cell.strip() for cell in cells if cell.strip()), "")
    return bool(_TOTAL.fullmatch(first)) and sum(bool(cell.strip()) for cell in cells) <= max(2, len(cells) - 1)


def _width(rows: list[list[str]]) -> int:
    """How many cells most rows have."""
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return max(widths, key=lambda width: (widths[width], -width)) if widths.total() >= len(rows) / 2 else 1


def _may_head(row: list[str], width: int) -> bool:
    """May this row be the header? A title is one cell, the first, or has far fewer cells than the table."""
    title = not any(cell.strip() for cell in row[1:])
    return width == 1 or (len(row) >= max(2, width - 1) and (width == 2 or not title))


def _without_blank_end(header: list[str], body: list[list[str]]) -> list[str]:
    """A header that ends in a delimiter, above rows that do not, names no column there."""
    longest = max(map(len, body), default=len(header))
    return header[:longest] if not any(cell.strip() for cell in header[longest:]) else header


def _check_widths(header: list[str], body: list[list[str]]) -> None:
    longer = [row for row in body if any(cell.strip() for cell in row[len(header) :])]
    if len(body) >= 2 and len(longer) == len(body):
        raise InputError(
            f"The header has {len(header)} names, but the rows below it have {len(longer[0])} cells, so it cannot be "
            "told which name belongs to which cell. Complete the header and try again."
        )


def _above_notes(above: list[list[str]]) -> tuple[str, ...]:
    if not above:
        return ()
    lines = "A line" if len(above) == 1 else f"{len(above)} lines"
    return (f"{lines} above the header (“{_short(above[0])}”) {'was' if len(above) == 1 else 'were'} left out.",)


def _renamed_notes(header: list[str], columns: Sequence[str]) -> tuple[str, ...]:
    """Repeated names, that were numbered; blank ones show by themselves."""
    said = [" ".join(cell.replace("\xa0", " ").split()) for cell in header]
    repeated = [name for name, times in Counter(filter(None, said)).items() if times > 1]
    if not repeated:
        return ()
    return (
        f"Several columns are called “{repeated[0][:40]}”; the later ones were numbered, as “{_later(said, columns)}”.",
    )


def _later(said: list[str], columns: Sequence[str]) -> str:
    return next(name for name, cell in zip(columns, said, strict=True) if cell and name != cell)[:50]


def _is_data(first: list[str], body: list[list[str]]) -> bool:
    """No name stands above numbers, dates or addresses, but numbers, dates or addresses do: no header then."""
    body = [row for row in body if len(row) == len(first)]
    columns = [(_kind(cell), _usual_kind([row[at] for row in body])) for at, cell in enumerate(first)]
    same = any(kind not in ("", "text") and kind == usual for kind, usual in columns)
    named = any(kind == "text" and usual not in ("", "text") for kind, usual in columns)
    return same and not named


def _usual_kind(cells: list[str]) -> str:
    kinds = Counter(kind for cell in cells if (kind := _kind(cell)))
    return next((kind for kind, times in kinds.most_common(1) if times >= 0.8 * kinds.total()), "")


def _kind(cell: str) -> str:
    cell = cell.strip()
    patterns = {"number": _NUMBER, "date": _DATE, "address": _EMAIL}
    return next((kind for kind, pattern in patterns.items() if pattern.fullmatch(cell)), "text" if cell else "")


def _short(row: list[str]) -> str:
    return ", ".join(cell.strip() for cell in row if cell.strip())[:60]

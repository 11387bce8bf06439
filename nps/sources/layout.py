"""Where the table stands in a file: lines above it, its header, a line of totals below it."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from nps.notes import NotATable, Note, NothingLeft, TooLarge, note
from nps.sources import header as headers
from nps.sources.cells import are_blank, is_number
from nps.sources.source import distinct

MAX_COLUMNS = 2_000
_TOTAL = re.compile(
    r"(grand )?(totals?|sum|summe|gesamt(summe)?|average|avg|mean|durchschnitt|mittelwert|moyenne|totale|totaal|suma|"
    r"somme|promedio|media|gemiddelde)( (rows|responses|answers|records|score))?[\s\d:=.,%()n]*",
    re.IGNORECASE,
)
FOOTER_ROWS = 3
Row = list[str]


class Layout(NamedTuple):
    """How a table is laid out.

    columns  distinct names
    header   which of the rows is the (last) header row, from 0; None when there is none
    first    the row at which the table begins
    notes    what was found
    cells    how many cells most rows have; those behind the last column are blank
    """

    columns: tuple[str, ...]
    header: int | None
    first: int
    notes: tuple[Note, ...] = ()
    cells: int = 0

    @property
    def width(self) -> int:
        return len(self.columns)


def layout(rows: Sequence[Row | None]) -> Layout:
    """The layout of a table, from its first rows as cells (None where a row could not be split).

    Raises InputError when there is no table or its header does not fit.
    """
    filled = [(at, row) for at, row in enumerate(rows) if row is not None and not are_blank(row)]
    if not filled and None not in rows:
        raise NothingLeft("tables.empty")
    broken = next((at for at, row in enumerate(rows) if row is None), len(rows))
    if not filled or broken < filled[0][0]:
        raise NotATable("header.quotes")
    width = _width([row for _, row in filled])
    place = headers.place([row for _, row in filled], width)
    if broken < filled[place][0]:
        raise NotATable("header.quotes")
    names, levels = headers.joined([row for _, row in filled[place:]], width)
    if broken < filled[place + levels - 1][0]:
        names, levels = filled[place][1], 1
    body = [row for _, row in filled[place + levels :]]
    cells = _width(body) if body else len(names)
    names, mended = headers.fitted(names, body, cells)
    if len(names) > MAX_COLUMNS:
        raise TooLarge("tables.too_wide", columns=len(names), most=MAX_COLUMNS)
    notes = _above_notes([row for _, row in filled[:place]])
    if levels == 1 and headers.is_data(names, body):
        columns = tuple(f"column {number}" for number in range(1, len(names) + 1))
        notes += (note("header.is_data", cells=_short(names)),)
        return Layout(columns, None, filled[place][0], notes, cells)
    columns = tuple(distinct(names))
    last = filled[place + levels - 1][0]
    if levels > 1:
        notes += (note("header.joined", rows=levels, name=_joined_name(columns)),)
    return Layout(columns, last, last + 1, notes + mended + _renamed_notes(names, columns), cells)


def is_total(cells: Sequence[str]) -> bool:
    """Is this a line of totals, as spreadsheets have below a table?"""
    first, *others = [cell.strip() for cell in cells if cell.strip()] or [""]
    few = len(others) < max(2, len(cells) - 1)
    return bool(_TOTAL.fullmatch(first)) and (few or all(map(is_number, others)))


def _width(rows: list[Row]) -> int:
    """How many cells most rows have."""
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return max(widths, key=lambda width: (widths[width], -width)) if widths.total() >= len(rows) / 2 else 1


def _joined_name(columns: Sequence[str]) -> str:
    """The first name that is of several words, to show."""
    return next((name for name in columns if " " in name), columns[0])[:60]


def _above_notes(above: list[Row]) -> tuple[Note, ...]:
    return (note("header.above", n=len(above), cells=_short(above[0])),) if above else ()


def _renamed_notes(header: Row, columns: Sequence[str]) -> tuple[Note, ...]:
    """Repeated names, that were numbered; blank ones show by themselves."""
    names = [" ".join(cell.replace("\xa0", " ").split()) for cell in header]
    repeated = [name for name, times in Counter(filter(None, names)).items() if times > 1]
    if not repeated:
        return ()
    return (note("header.repeated", name=repeated[0], later=_later(names, columns)),)


def _later(names: list[str], columns: Sequence[str]) -> str:
    return next(name for name, cell in zip(columns, names, strict=True) if cell and name != cell)[:50]


def _short(row: list[str]) -> str:
    return ", ".join(cell.strip() for cell in row if cell.strip())[:60]

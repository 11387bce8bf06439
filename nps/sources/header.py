"""Which row is the header: not a title above it, perhaps in two rows, and with as many names as the rows have cells."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from nps.notes import NotATable, Note, note
from nps.sources.cells import kind

FIRST_ROWS = 30  # a header stands among these, or there is none
ONE_KIND = 0.8  # of a column's cells, for it to be a column of numbers, dates or addresses
NEARLY_ALL = 0.9  # of the rows have more cells than the header, or fewer: then the header is wrong
FEWEST_ROWS, CELLS_JUDGED = 10, 100_000
Row = list[str]


def place(rows: Sequence[Row], width: int) -> int:
    """Which row is the (first) header row: the first that may be, unless only one below it can be.

    rows   those of the file that are not blank
    width  cells of most of them
    """
    first = next((at for at, row in enumerate(rows) if _may_head(row, width)), 0)
    if _names_columns(rows, first, width) and not _are_groups(rows, first, width):
        return first
    later = range(first + 1, min(FIRST_ROWS, len(rows)))
    below = next((at for at in later if _names_columns(rows, at, width)), first + 1)
    if below == len(rows) or not (_names_columns(rows, below, width) or _groups(rows[first], rows[below])):
        return first
    if not all(_is_above(rows[at], rows[below], width) for at in range(first, below)):
        return first
    return below - 1 if _repeated(rows[below]) and _groups(rows[below - 1], rows[below]) else below


def _are_groups(rows: Sequence[Row], at: int, width: int) -> bool:
    """Do names of this row stand over two columns or more side by side, whose own names are the row below?"""
    row, below = [cell.strip() for cell in rows[at]], rows[at + 1] if at + 1 < len(rows) else []
    beside = sum(one == other for one, other in pairwise(row))
    several = 0 < beside == len(row) - len(set(row))
    return several and _heads(row, below) and not _repeated(below) and _names_columns(rows, at + 1, width)


def _may_head(row: Row, width: int) -> bool:
    """May this row be the header? A title is one cell, the first, or has far fewer cells than the table."""
    title = not any(cell.strip() for cell in row[1:])
    return width == 1 or (len(row) >= max(2, width - 1) and (width == 2 or not title))


def _names_columns(rows: Sequence[Row], at: int, width: int) -> bool:
    """Is this row names and nothing else: a text above every column, also above numbers, dates or addresses?"""
    row = rows[at]
    if len(row) < width or any(kind(cell) != "text" for cell in row if cell.strip()):
        return False
    if any(cell.strip() for cell in row[width:]):
        return False
    body = [below for below in rows[at + 1 :] if len(below) >= width][: max(FEWEST_ROWS, CELLS_JUDGED // width)]
    columns = [[below[column] for below in body] for column in range(width)]
    named = all(name.strip() or not any(map(str.strip, cells)) for name, cells in zip(row, columns, strict=False))
    return named and bool(body) and any(map(_usual_kind, columns)) and not _is_spaced(row, body[0])


def _is_spaced(row: Row, below: Row) -> bool:
    """Is this a sentence with commas, above a table that has no space behind its own?"""
    return len(row) > 1 and all(c.startswith(" ") for c in row[1:]) and not any(c.startswith(" ") for c in below[1:])


def _is_above(row: Row, names: Row, width: int) -> bool:
    """May this row stand above the header: a title, or names of groups? None of its words is a name below it."""
    filled = {cell.strip() for cell in row} - {""}
    few = 2 * len(filled) <= width and kind(next(iter(filter(str.strip, row)), "")) == "text"
    above = few or len(row) != width or len(filled) == 1 or _is_spaced(row, names) or _heads(row, names)
    return above and not filled & {cell.strip() for cell in names}


def joined(rows: Sequence[Row], width: int) -> tuple[Row, int]:
    """The names of the columns, and how many rows they stand in.

    rows  the header, and what stands below it
    """
    header, levels = rows[0], 1
    while levels < len(rows) - 1 and _same(header, rows[levels]) and not is_data(header, rows[1:]):
        levels += 1
    if levels > 1:
        return [" ".join([cell.strip()] * levels) for cell in header], levels
    below = rows[1] if len(rows) > 2 else []
    if _groups(header, below) and _repeated(below) and _names_columns(rows, 1, width):
        return [f"{group} {name.strip()}".strip() for group, name in zip(_spread(header), below, strict=True)], 2
    if _completes(header, below, rows[2:]):
        parts = zip(_spread(header), header, below, strict=True)
        return [f"{group} {name.strip()}" if name.strip() else cell for group, cell, name in parts], 2
    return header, 1


def _same(row: Row, other: Row) -> bool:
    """Whether both rows hold the same words, at least two of them."""
    words = [cell.strip().casefold() for cell in row]
    return len(set(words) - {""}) > 1 and words == [cell.strip().casefold() for cell in other]


def _groups(row: Row, below: Row) -> bool:
    """Does this row only head groups of columns, whose own names stand below it? Merged cells leave such rows."""
    groups = {cell.strip() for cell in row} - {""}
    return 2 * len(groups) <= len(row) and _heads(row, below)


def _heads(row: Row, below: Row) -> bool:
    """May this row head groups of columns, some of one column: fewer names than the row below, which names them all?"""
    groups = {cell.strip() for cell in row} - {""}
    return (
        len(row) == len(below) >= 3
        and 0 < len(groups) < len(row)
        and all(kind(name) in ("text", "") for name in groups)
        and all(kind(name) == "text" for name in below)
        and not groups & {name.strip() for name in below}
    )


def _completes(header: Row, below: Row, body: list[Row]) -> bool:
    """Does the row below name just the columns of groups, all of which the header leaves blank but the first?

    What stands below both is no such row.
    """
    if len(header) != len(below) or len(header) < 3 or not body:
        return False
    blank = [not cell.strip() for cell in header]
    grouped = {at for at, gap in enumerate(blank) if gap} | {at - 1 for at, gap in enumerate(blank) if gap and at}
    named = {at for at, cell in enumerate(below) if kind(cell) == "text"}
    filled = {at for at, cell in enumerate(below) if cell.strip()}
    return bool(grouped) and not blank[0] and named == filled == grouped and any(row[0].strip() for row in body[:3])


def _spread(row: Row) -> Row:
    """Each name also over the blank cells behind it, as merged cells mean it."""
    spread: Row = []
    for cell in row:
        spread.append(cell.strip() or (spread[-1] if spread else ""))
    return spread


def _repeated(row: Row) -> bool:
    """Does a name stand there twice?"""
    return len({cell.strip() for cell in row}) < len(row)


def fitted(header: Row, body: list[Row], cells: int) -> tuple[Row, tuple[Note, ...]]:
    """The header with as many names as the rows have cells, and notes. Raises InputError where nobody can tell which.

    cells  how many most rows have
    """
    longer, shorter = (sum(len(row) > len(header) for row in body), sum(len(row) < len(header) for row in body))
    if len(body) > 1 and shorter >= NEARLY_ALL * len(body):
        return _without_blank_names(header, body, cells)
    if len(body) < 2 or longer < NEARLY_ALL * len(body):
        return _without_blank_end(header, body), ()
    if not any(cell.strip() for row in body for cell in row[len(header) :]):
        return header, (note("header.blank_end"),)
    full = [row for row in body if len(row) == cells]
    if len(header) + 1 == cells and _names_rows(header, full):
        return ["", *header], (note("header.names_of_rows"),)
    raise NotATable("header.unfit", names=len(header), cells=cells)


def _without_blank_end(header: Row, body: list[Row]) -> Row:
    """A header that ends in a delimiter, above rows that do not, names no column there."""
    longest = max(map(len, body), default=len(header))
    return header[:longest] if not any(cell.strip() for cell in header[longest:]) else header


def _without_blank_names(header: Row, body: list[Row], cells: int) -> tuple[Row, tuple[Note, ...]]:
    """A header with blank names, just as many as the rows have too few cells: those are none.

    Else the rows lack the last cells, which some programs leave away where they are blank.
    """
    names = [name for name in header if name.strip()]
    if len(names) == cells and any(name.strip() for name in header[cells:]):
        return names, (note("header.blank_name"),)
    header = _without_blank_end(header, body)
    lacking = header[cells:]
    if not lacking:
        return header, ()
    facts = {"cells": cells, "names": len(header), "name": lacking[0].strip()}
    more = len(lacking) - 1
    return header, (note("header.lacking_more", **facts, more=more) if more else note("header.lacking", **facts),)


def _names_rows(header: Row, body: list[Row]) -> bool:
    """Is the first column without a name, as R writes the names of rows: 1, 2, 3, or what makes names fit better?

    Where several columns have the same name, they hold the same kind of thing.
    """
    first = [row[0].strip() for row in body]
    counted = [[str(number) for number in range(start, start + len(first))] for start in (0, 1)]
    if len(first) > 2 and first in counted:
        return True
    kinds = [_usual_kind([row[at] for row in body]) for at in range(len(header) + 1)]
    return _alike(header, kinds[1:]) and not _alike(header, kinds[:-1])


def _alike(header: Row, kinds: list[str]) -> bool:
    """Do columns of the same name hold the same kind?"""
    return len(set(zip(header, kinds, strict=True))) == len(set(header))


def is_data(first: Row, body: list[Row]) -> bool:
    """No name stands above numbers, dates or addresses, but numbers, dates or addresses do: no header then."""
    body = [row for row in body if len(row) == len(first)]
    columns = [(kind(cell), _usual_kind([row[at] for row in body])) for at, cell in enumerate(first)]
    same = any(own not in ("", "text") and own == usual for own, usual in columns)
    named = any(own == "text" and usual for own, usual in columns)
    return same and not named


def _usual_kind(cells: list[str]) -> str:
    """number, date or address where nearly all filled cells are such, else nothing."""
    kinds = Counter(one for cell in cells if (one := kind(cell)))
    most = next((one for one, times in kinds.most_common(1) if times >= ONE_KIND * kinds.total()), "")
    return "" if most == "text" else most

"""One row of delimited text into its cells, some of them between quotation marks."""

from typing import NamedTuple


class Dialect(NamedTuple):
    """How a text is divided into cells."""

    delimiter: str = ","
    quote: str = '"'


class Unclosed(Exception):
    """The text ends inside a quoted cell."""


class Misplaced(Exception):
    """Text stands after a closing quotation mark."""


def split(text: str, dialect: Dialect) -> list[str]:
    """The cells of one row. A quotation mark that does not open a cell is a letter like any other.

    Raises Unclosed or Misplaced.
    """
    cells, at = [], 0
    quote, delimiter = dialect.quote, dialect.delimiter
    while True:
        mark = text.find(quote, at)
        if mark < 0:
            return cells + text[at:].split(delimiter)
        *plain, begun = text[at:mark].split(delimiter)
        cells += plain
        if begun.strip(" "):
            end = text.find(delimiter, mark)
            end = len(text) if end < 0 else end
            cell = text[mark - len(begun) : end]
        else:
            cell, end = _quoted_cell(text, mark + 1, quote, delimiter)
        cells.append(cell)
        if end >= len(text):
            return cells
        at = end + 1


def _quoted_cell(text: str, at: int, quote: str, delimiter: str) -> tuple[str, int]:
    """The cell whose text begins at `at`, and where its delimiter stands."""
    pieces = []
    while True:
        end = text.find(quote, at)
        if end < 0:
            raise Unclosed
        pieces.append(text[at:end])
        if not text.startswith(quote, end + 1):
            break
        pieces.append(quote)
        at = end + 2
    after = end + 1
    while delimiter != " " and text.startswith(" ", after):
        after += 1
    if after < len(text) and text[after] != delimiter:
        raise Misplaced
    return "".join(pieces), after

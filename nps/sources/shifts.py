"""Rows with a separator more or fewer than the others that fit all the same, as a cell is blank: are they shifted?

Each column of the other rows says how often it holds numbers, dates, addresses, words or nothing. A row is shifted
where its cells would fit distinctly better with one separator taken away, or put in. A row with as many cells as the
others may have a blank one put in, as spreadsheets do.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from math import log

from nps.sources.cells import kind

CLEARLY = log(2)  # how many times likelier the other place must be
_TIME = re.compile(r"\d{1,2}:\d\d(:\d\d)?( ?[ap]m)?", re.IGNORECASE)
_LINK = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)
_KINDS = ("", "number", "date", "time", "address", "link", "word", "text")
SELDOM = 0.02  # of the first rows, or once: a column that is so seldom blank is filled
_SEEN = 2  # so often, and a value is one of few that the column has


def _finely(cell: str) -> str:
    """The kind of a cell, one of _KINDS: of text also times, links and single words."""
    cell = cell.strip()
    broad = kind(cell)
    if broad != "text":
        return broad
    return "time" if _TIME.fullmatch(cell) else "link" if _LINK.match(cell) else "text" if " " in cell else "word"


class Columns:
    """What each column holds in rows that have as many cells as most."""

    def __init__(self, rows: Sequence[Sequence[str]], width: int):
        """rows: of at least `width` cells each."""
        self._rows = len(rows)
        self._kinds = [Counter(_finely(row[at]) for row in rows) for at in range(width)]
        self._filled = [at for at in range(width) if self._kinds[at][""] <= max(1, SELDOM * len(rows)) < len(rows) / 5]
        values = [Counter(row[at].strip() for row in rows) for at in range(width)]
        self._values = [{value for value, times in counts.items() if value and times >= _SEEN} for counts in values]

    def _cost(self, cell: str, at: int) -> float:
        """How unlikely this cell is in this column: minus the logarithm of the share of its kind there."""
        fine = _finely(cell)
        times = self._kinds[at][fine] + (1 if cell.strip() in self._values[at] else 0)
        return -log((times + 0.5) / (self._rows + 0.5 * len(_KINDS)))

    def stands_one_further(self, cells: Sequence[str]) -> bool:
        """Whether a cell is blank that hardly any row leaves so, and those behind it fit better one column back."""
        gap = next((at for at in self._filled if not cells[at].strip()), None)
        if gap is None:
            return False
        behind = range(gap + 1, len(self._kinds))
        here = sum(self._cost(cells[at], at) for at in behind)
        back = sum(self._cost(cells[at], at - 1) for at in behind) + self._cost("", len(self._kinds) - 1)
        return back < here - CLEARLY

    def fits_better_with_fewer(self, cells: Sequence[str], extra: int, delimiter: str) -> bool:
        """Whether a row of `extra` cells more than others fits its columns better once as many, side by side, are one.

        cells  all that stand behind the columns are blank
        """
        width = len(self._kinds)
        before = [0.0, *accumulate(self._cost(cell, at) for at, cell in enumerate(cells[:width]))]
        moved = [self._cost(cells[at + extra], at) for at in range(width)]
        after = [*accumulate(reversed(moved), initial=0.0)][::-1]
        joined = (delimiter.join(filter(None, cells[at : at + extra + 1])) for at in range(width))
        best = min(before[at] + self._cost(cell, at) + after[at + 1] for at, cell in enumerate(joined))
        return best < before[-1] - CLEARLY

    def fits_better_with_more(self, cells: Sequence[str]) -> bool:
        """Whether a row that has just enough cells, the last one blank, fits better where they stand one further on.

        Of the two cells that lost what stood between them, nobody can tell.
        """
        width = len(self._kinds)
        here = [self._cost(cell, at) for at, cell in enumerate(cells[:width])]
        moved = [self._cost(cells[at], at + 1) for at in range(width - 1)]
        left, right = [*accumulate(here[::-1], initial=0.0)][::-1], [*accumulate(moved[::-1], initial=0.0)][::-1]
        gains = (left[at + 2] - right[at + 1] for at in range(width - 1))
        return max(gains, default=0.0) > CLEARLY

"""Values that stand together so that no group of fewer than five people follows from what is shown.

What is shown are tables of one column by group, and sums over their cells. Every respondent is counted once in each;
each column is merged once for a version, and the cells of its table are empty or hold five. Then nothing smaller
follows, however tables are added, subtracted or compared:

- Within a group (detractors, say), the tables tell one margin of each column. Take any two or more events, each a set
  of values of one column; each holds nobody or at least five. People can be arranged so that the smaller events lie
  within the larger ones (Fréchet's upper bound), and all tables are the same. So as far as anybody can tell, at least
  five, or nobody, have all of these values.
- Two views of one column differ by whole cells, as that column is never merged otherwise.

Tables of more columns are not that safe: three tables of two columns, cells of five and more, can have a cell of one
to four follow where others are empty (`tests/test_small_groups.py` has one). Not closed: a comparison of before and
after a small refresh, and groups whose answers are all alike.
"""

import numpy as np

FEWEST = 5


def is_safe(counts: np.ndarray) -> bool:
    """Whether each cell is empty or holds five."""
    return not _small(counts).any()


def merged(counts: np.ndarray, *, ordered: bool = False) -> np.ndarray | None:
    """Which values stand together, as numbers from 0: (V,); None where fewer than two sets of values would be left.

    counts   people by value and group (V, G)
    ordered  only neighbours stand together, as months do; else those too small are one set, which takes in the
             smallest of the others until it is large enough
    """
    sets = np.arange(len(counts))
    pool = -1
    while (small := _small(cells := _summed(counts, sets)).any(axis=1)).any():
        size = cells.sum(axis=1)
        least = int(np.flatnonzero(small)[size[small].argmin()])
        other = _neighbour(size, least) if ordered else _other(size, small, least, pool)
        if other is None:
            return None
        first, second = sorted((least, other))
        sets[sets == second] = first
        sets -= sets > second
        pool = first if pool in (-1, least, other) else pool - (pool > second)
    return sets if (_summed(counts, sets).sum(axis=1) > 0).sum() > 1 else None


def _small(cells: np.ndarray) -> np.ndarray:
    return (cells > 0) & (cells < FEWEST)


def _summed(counts: np.ndarray, sets: np.ndarray) -> np.ndarray:
    cells = np.zeros((sets.max(initial=-1) + 1, counts.shape[1]), np.int64)
    np.add.at(cells, sets, counts)
    return cells


def _neighbour(size: np.ndarray, at: int) -> int | None:
    """The smaller of the two sets beside it."""
    beside = [place for place in (at - 1, at + 1) if 0 <= place < len(size)]
    return min(beside, key=lambda place: size[place], default=None)


def _other(size: np.ndarray, small: np.ndarray, at: int, pool: int) -> int | None:
    """What was too small before; for that itself, and for the first, the smallest that is too small, else of all."""
    if pool not in (-1, at):
        return pool
    others = [place for place in np.flatnonzero(size) if place != at]
    return min(others, key=lambda place: (not small[place], size[place]), default=None)

"""Values that stand together so that no group of fewer than five people follows from what is shown.

What is shown are tables of one column by group, and sums over their cells. Every respondent is counted once in each;
each column is merged once for a version, and the cells of its table are empty or hold five. Then nothing smaller
follows, however tables are added, subtracted or compared:

- Within a group (detractors, say), the tables tell one margin of each column. Take any two or more events, each a set
  of values of one column; each holds nobody or at least five. People can be arranged so that the smaller events lie
  within the larger ones (Fréchet's upper bound), and all tables are the same. So as far as anybody can tell, at least
  five, or nobody, have all of these values.
- Two views of one column differ by whole cells, as that column is never merged otherwise.
- Who knows that one value lies within another, as Berlin in Germany, can subtract across columns: so a column is shown
  beside others only where what is left of each set, less the sets of the other that lie within it, is nobody or five.

Tables of more columns are not that safe: three tables of two columns, cells of five and more, can have a cell of one
to four follow where others are empty (`tests/test_small_groups.py` has one). Not closed: a comparison of before and
after a small refresh, groups whose answers are all alike, and what somebody knows of three columns at once.
"""

from collections.abc import Sequence

import numpy as np

FEWEST = 5
AT_ONCE = 50_000  # people


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


def admitted(columns: Sequence[np.ndarray], group: np.ndarray) -> list[int]:
    """Which of some columns can be shown beside each other, those first that come first: their places.

    columns  the number of each person's set, from 0 (N,)
    group    0 to 2 (N,)
    """
    sizes = [int(column.max(initial=-1)) + 1 for column in columns]
    ends = np.cumsum(sizes, dtype=int)
    both = _in_both(columns, ends - sizes, group)
    sets = [slice(end - size, end) for end, size in zip(ends, sizes, strict=True)]
    found: list[int] = []
    for place, own in enumerate(sets):
        if all(stand_apart(both[:, own, sets[other]]) for other in found):
            found.append(place)
    return found


def stand_apart(both: np.ndarray) -> bool:
    """Whether two columns tell no small group together to who knows which sets of one lie within which of the other.

    both  people by group and set of each (G, A, B)
    """
    return _leaves_none(both) and _leaves_none(both.swapaxes(1, 2))


def _leaves_none(both: np.ndarray) -> bool:
    people = both.sum(axis=0)
    across = people < people.sum(axis=0)  # (A, B): some of this set of the other are outside
    return is_safe((both * across).sum(axis=2))


def _in_both(columns: Sequence[np.ndarray], starts: np.ndarray, group: np.ndarray) -> np.ndarray:
    """People of each group in any two sets of all columns: (3, S, S); by matrices that fit into memory."""
    many = sum(int(column.max(initial=-1)) + 1 for column in columns)
    found = np.zeros((3, many, many), np.int64)
    for of in range(3):
        people = np.flatnonzero(group == of)
        for some in np.array_split(people, len(people) // AT_ONCE + 1):
            is_in = np.zeros((len(some), many), np.float32)
            for column, start in zip(columns, starts, strict=True):
                is_in[np.arange(len(some)), start + column[some].astype(np.int64)] = 1
            found[of] += (is_in.T @ is_in).astype(np.int64)
    return found


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

"""The designs of many scores at once: of each value of a segment, and of its difference from everyone else.

What a single value would need all clusters for is summed over the clusters that hold it, and over all the others at
once by their moments.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from nps.measures import clusters
from nps.measures.clusters import Design, Sums, Totals


class Pairs(NamedTuple):
    """Each value in each cluster that holds it: codes (P,), and its detractors, passives, promoters there (P, 3).

    whole   the same counts of every cluster (G, 3)
    values  how many values there are
    """

    value: np.ndarray
    cluster: np.ndarray
    counts: np.ndarray
    whole: np.ndarray
    values: int


def pairs(cluster: np.ndarray, group: np.ndarray, value: np.ndarray, values: int) -> Pairs:
    """Of answers (n,), all as codes from 0."""
    size = int(cluster.max()) + 1 if len(cluster) else 0
    place, keys = pd.factorize(value.astype(np.int64) * size + cluster)
    counts, whole = (clusters.counted(code, group, n) for code, n in ((place, len(keys)), (cluster, size)))
    return Pairs(*np.divmod(keys, max(size, 1)), counts, whole, values)


def of_scores(pairs: Pairs) -> Design:
    """The design of the score of each value: (V,)."""
    return clusters.design(_summed(pairs, _side(pairs, 1.0)))


def of_rest(pairs: Pairs) -> Design:
    """The design of the difference of each value from everyone else: (V,)."""
    every = pairs.whole.sum(0)
    others = every - _by_value(pairs, pairs.counts)
    one, other = _side(pairs, 1.0), _part(pairs.whole[pairs.cluster] - pairs.counts, others[pairs.value], -1.0)
    here = _summed(pairs, Sums(*(mine + theirs for mine, theirs in zip(one, other, strict=True))))
    moments = _moments(pairs.whole)
    elsewhere = moments.sum(0) - _by_value(pairs, moments[pairs.cluster])
    return clusters.design(Totals(*(own + rest for own, rest in zip(here, _without(elsewhere, others), strict=True))))


def _side(pairs: Pairs, sign: float) -> Sums:
    return _part(pairs.counts, _by_value(pairs, pairs.counts)[pairs.value], sign)


def _part(counts: np.ndarray, every: np.ndarray, sign: float) -> Sums:
    """As `clusters.side`, of counts (P, 3) that belong to groups with these counts (P, 3)."""
    (n, y, yy), (all_n, all_y, _) = clusters.moments(counts), clusters.moments(every)
    return clusters.parts(n, y, yy, sign / np.maximum(all_n, 1), all_y / np.maximum(all_n, 1))


def _by_value(pairs: Pairs, columns: np.ndarray) -> np.ndarray:
    """Sums over the clusters of each value: (P, K) -> (V, K)."""
    summed = [np.bincount(pairs.value, column, minlength=pairs.values) for column in columns.T]
    return np.stack(summed, axis=1)


def _summed(pairs: Pairs, sums: Sums) -> Totals:
    return Totals(*_by_value(pairs, np.stack(clusters.products(sums), axis=1)).T)


def _moments(whole: np.ndarray) -> np.ndarray:
    """Per cluster (G, 9): whether it holds any; n to the fourth power; sums of y^2 and y; y n and y y of the sum."""
    n, y, yy = clusters.moments(whole)
    return np.stack([n > 0, n, n**2, n**3, n**4, yy, y, y * n, y * y], axis=1)


def _without(moments: np.ndarray, others: np.ndarray) -> Totals:
    """Totals (V,) over the clusters that do not hold a value: a = -1 / n, e = y - mean, both of everyone else."""
    any_n, n, n2, n3, n4, yy, y, yn, y2 = moments.T
    all_n, all_y, _ = clusters.moments(others)
    a, mean = 1 / np.maximum(all_n, 1), all_y / np.maximum(all_n, 1)
    ee, e2 = yy - 2 * mean * y + mean**2 * n, y2 - 2 * mean * yn + mean**2 * n2
    more = n2 - n
    squares = a**2 * ee, a**2 * e2, a**2 * n2, a**2 * n, a**2 * more
    return Totals(any_n, n, more, ee, e2, *squares, a**4 * n2, a**4 * (n3 - n2), a**4 * (n4 - 2 * n3 + n2))

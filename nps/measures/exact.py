"""Two shares compared exactly: Fisher's test with the mid-p, right for groups of any size and for what is rare."""

from statistics import NormalDist

import numpy as np

SMALLEST = 1e-300  # p under which no z can be told


def mid_p(first: np.ndarray, n1: int, second: np.ndarray, n2: int) -> np.ndarray:
    """Two-sided p: `first` of n1 people against `second` of n2 hold each of K things; (K,) each.

    With X hypergeometric and m = P(X = first): twice the smaller of P(X <= first) - m / 2 and P(X >= first) - m / 2, at
    most 1. NaN where nobody or everybody holds it, or a side is empty.
    """
    first, second = (np.asarray(side, np.int64) for side in (first, second))
    p, held = np.full(first.shape, np.nan), first + second
    if not min(n1, n2):
        return p
    logs = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, n1 + n2 + 1)))])  # log n! at n
    for holders in np.unique(held[(held > 0) & (held < n1 + n2)]):  # one distribution for all that are as frequent
        here, least = held == holders, max(0, holders - n2)
        logs_of = _log_chances(logs, np.arange(least, min(holders, n1) + 1), n1, holders, n2)
        chance = np.exp(logs_of - logs_of.max())
        below, above, at = np.cumsum(chance), np.cumsum(chance[::-1])[::-1], first[here] - least
        tail = np.minimum(below[at], above[at]) - chance[at] / 2
        p[here] = np.minimum(2 * tail / below[-1], 1)
    return p


def _log_chances(logs: np.ndarray, x: np.ndarray, n1: int, holders: int, n2: int) -> np.ndarray:
    """Of x of the n1 among the holders, but for what does not depend on x."""
    return -(logs[x] + logs[n1 - x] + logs[holders - x] + logs[n2 - holders + x])


def z_of(p: np.ndarray) -> np.ndarray:
    """The standard normal z, 0 or more, whose two-sided p this is; NaN stays NaN."""
    inverse = NormalDist().inv_cdf
    return np.array([np.nan if np.isnan(one) else abs(inverse(max(one, SMALLEST) / 2)) for one in p], float)

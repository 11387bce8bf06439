"""Two shares compared exactly: Fisher's test with the mid-p, right for groups of any size and for what is rare."""

from statistics import NormalDist

import numpy as np

SMALLEST = 1e-300  # p under which no z can be told
WIDTHS, NARROWEST = 10, 50  # standard deviations, and how much more to each side, beyond which nothing is left


def mid_p(first: np.ndarray, n1: int, second: np.ndarray, n2: int) -> np.ndarray:
    """Two-sided p: `first` of n1 people against `second` of n2 hold each of K things; (K,) each.

    With X hypergeometric and m = P(X = first): twice the smaller of P(X <= first) - m / 2 and P(X >= first) - m / 2, at
    most 1. NaN where nobody or everybody holds it, or a side is empty.
    """
    first, second = (np.asarray(side, np.int64) for side in (first, second))
    p, held = np.full(first.shape, np.nan), first + second
    if not min(n1, n2):
        return p
    for holders in np.unique(held[(held > 0) & (held < n1 + n2)]):  # one distribution for all that are as frequent
        here = held == holders
        least, chance = _chances(n1, n2, int(holders), first[here])
        below, above, at = np.cumsum(chance), np.cumsum(chance[::-1])[::-1], first[here] - least
        tail = np.minimum(below[at], above[at]) - chance[at] / 2
        p[here] = np.minimum(2 * tail / below[-1], 1)
    return p


def _chances(n1: int, n2: int, holders: int, seen: np.ndarray) -> tuple[int, np.ndarray]:
    """How likely each x is, as a share of the likeliest: of n1 people so many among the holders; and the first x.

    From the usual to what was seen, and beyond either as far as anything is left of the distribution.
    """
    usual, rest = holders * n1 / (n1 + n2), n1 + n2 - holders
    reach = WIDTHS * int(np.sqrt(usual * n2 / (n1 + n2) * rest / max(n1 + n2 - 1, 1))) + NARROWEST
    least = max(0, holders - n2, int(min(usual, seen.min())) - reach)
    most = min(n1, holders, int(max(usual, seen.max())) + reach)
    x = np.arange(least, most, dtype=float)
    steps = np.log((n1 - x) * (holders - x) / ((x + 1) * (rest - n1 + x + 1)))
    logs = np.concatenate([[0.0], np.cumsum(steps)])
    return least, np.exp(logs - logs.max())


def z_of(p: np.ndarray) -> np.ndarray:
    """The standard normal z, 0 or more, whose two-sided p this is; NaN stays NaN."""
    inverse = NormalDist().inv_cdf
    return np.array([np.nan if np.isnan(one) else abs(inverse(max(one, SMALLEST) / 2)) for one in p], float)

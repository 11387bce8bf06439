"""Revenue of accounts that are looked at, and how much of it may go. What one more promoter is worth is never told."""

from typing import NamedTuple

import numpy as np

from nps.measures.rules import MIN_GROUP
from nps.measures.shares import wilson

DRAWS = 10_000
TENTH = (0.1, 0.5, 0.9)


class Revenue(NamedTuple):
    """Of so many accounts whose revenue is known: the sum, and the share (0..1) of it that the largest has."""

    accounts: int
    total: float
    largest: float


class Stake(NamedTuple):
    """Revenue that may go: what is expected, its standard deviation, and what it is below in 1, 5 and 9 of 10 cases."""

    expected: float
    sd: float
    low: float
    middle: float
    high: float


def revenue(amounts: np.ndarray) -> Revenue:
    """Of these accounts; NaN where it is not known."""
    known = amounts[~np.isnan(amounts)]
    total = float(known.sum())
    return Revenue(len(known), total, float(known.max() / total) if total > 0 else np.nan)


def foretold(amounts: np.ndarray, probability: np.ndarray, seed: int = 0) -> Stake:
    """What a model expects to go: sum of r p, and of 10,000 seeded draws of who leaves."""
    known = ~np.isnan(amounts)
    r, p = amounts[known], probability[known]
    rng, gone = np.random.default_rng(seed), np.zeros(DRAWS)
    for amount, chance in zip(r, p, strict=True):
        gone += amount * (rng.random(DRAWS) < chance)
    low, middle, high = np.quantile(gone, TENTH, method="inverted_cdf")
    return Stake(float(r @ p), float(np.sqrt(r**2 @ (p * (1 - p)))), float(low), float(middle), float(high))


def by_past_share(amounts: np.ndarray, left: int, accounts: int) -> tuple[float, float, float]:
    """What goes if as large a part of revenue leaves as of accounts did, and its 95% interval, as if all were of one
    size. NaN under 30 accounts.

    left, accounts  of those in the group before
    """
    if accounts < MIN_GROUP:
        return np.nan, np.nan, np.nan
    total = revenue(amounts).total
    low, high = wilson(left, accounts)
    return total * left / accounts, total * float(low), total * float(high)

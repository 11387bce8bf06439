"""How many people to ask for a score that is sure enough, or to tell two groups apart (methods 10)."""

from math import ceil
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from nps.measures import clusters, score
from nps.measures.rules import PLANNED_FROM, POWER
from nps.selection import SCORES

TYPICAL_VARIANCE = 0.54  # of -1, 0, 1 where 18 in 100 are detractors and 58 promoters, about
POWER_Z = NormalDist().inv_cdf(POWER)


class Spread(NamedTuple):
    """What decides how many answers are needed.

    variance     of an answer as -1, 0 or 1
    alike        how alike the answers of an account are, 0..1
    per_account  how many others of its account an answer stands among, itself included
    measured     whether the variance is that of the data at hand
    """

    variance: float = TYPICAL_VARIANCE
    alike: float = 0.0
    per_account: float = 1.0
    measured: bool = False

    @property
    def design(self) -> float:
        """How many answers of alike accounts tell as much as one of a stranger: 1 + (m - 1) rho."""
        return 1 + (self.per_account - 1) * self.alike


TYPICAL = Spread()


def spread(counts: np.ndarray) -> Spread:
    """Of answers at hand, by account: (G, 3); the typical one with fewer than 30."""
    n, whole = counts.sum(-1), counts.sum(0)
    if n.sum() < PLANNED_FROM:
        return TYPICAL
    alike = float(np.nan_to_num(clusters.of_score(counts).rho))
    return Spread(float(score.variance(whole)), alike, float((n**2).sum() / n.sum()), True)


def spread_of(y: np.ndarray, cluster: np.ndarray) -> Spread:
    """Of scores (n,), and whose answers are alike: a number for each (n,)."""
    code = np.unique(cluster, return_inverse=True)[1]
    by_cluster = np.bincount(SCORES * code + y, minlength=SCORES * (code.max(initial=-1) + 1)).reshape(-1, SCORES)
    return spread(score.counts_of(by_cluster))


def answers(margin: float, of: Spread = TYPICAL, people: int | None = None) -> int:
    """How many answers give a score to plus or minus a margin in points, 95 times in 100.

    people  how many there are in all, where the score is of them alone; None: of all like them
    The three answers that the interval adds are taken off where nothing else widens or narrows it.
    """
    n = score.Z**2 * of.variance / (margin / score.POINTS) ** 2 * of.design
    if people is not None:
        return min(ceil(n / (1 + (n - 1) / people)), people)
    return max(ceil(n - (of.design == 1) * 3), 1)


def each_group(points: float, of: Spread = TYPICAL) -> int:
    """How many answers in each of two groups find such a difference 4 times in 5."""
    return ceil(2 * of.variance * ((score.Z + POWER_Z) / (points / score.POINTS)) ** 2 * of.design)


def invitations(wanted: int, rate: float) -> int:
    """How many people to ask for so many answers where this share of them answers (0..1, above 0)."""
    return ceil(wanted / rate)

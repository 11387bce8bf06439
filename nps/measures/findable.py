"""The smallest difference that would usually have been found: nothing found is not nothing there (methods 3.7)."""

from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from nps.cube import Cube, by_score
from nps.measures import clusters, score
from nps.measures.rules import FINDABLE_SHARE, GREY_BELOW, POWER

POWER_Z = NormalDist().inv_cdf(POWER)


class Findable(NamedTuple):
    """A group of this share of so many answers is found 4 times in 5 if it differs from the others by these points.

    points  infinite where such a group is too small to be compared, or nothing was; NaN with a single account or person
    """

    answers: int
    share: float
    points: float


def findable(cube: Cube, comparisons: int, level: float) -> Findable:
    """Among so many comparisons, corrected together at this level; accounts and persons as clusters."""
    n = len(cube.positions)
    deff = 1.0 if cube.strangers else float(clusters.of_score(cube.by_cluster()).deff)
    if not np.isnan(deff) and (not comparisons or FINDABLE_SHARE * n < GREY_BELOW):
        return Findable(n, FINDABLE_SHARE, np.inf)
    _, _, variance = score.adjusted(score.counts_of(by_score(cube.cells)))
    se = np.sqrt(deff * variance / (n * FINDABLE_SHARE * (1 - FINDABLE_SHARE)))
    return Findable(n, FINDABLE_SHARE, score.POINTS * float(factor(max(comparisons, 1), level) * se))


def factor(comparisons: int, level: float) -> float:
    """Standard errors from which a difference is found 4 times in 5: z of level / (2 m), plus .8416."""
    return NormalDist().inv_cdf(1 - level / (2 * comparisons)) + POWER_Z

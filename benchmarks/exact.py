"""Every possible outcome of a survey and how likely it is: coverage and test size without a simulation."""

import numpy as np

from nps.measures import score

TYPICAL, HAPPY, DELIGHTED = (0.15, 0.30, 0.55), (0.05, 0.25, 0.70), (0.02, 0.08, 0.90)
POLARISED, LUKEWARM, NEUTRAL = (0.45, 0.10, 0.45), (0.05, 0.85, 0.10), (0.05, 0.90, 0.05)
TRUTHS = ((0.20, 0.30, 0.50), TYPICAL, HAPPY, DELIGHTED, (0.01, 0.04, 0.95), POLARISED, LUKEWARM)


def outcomes(n: int) -> np.ndarray:
    """Every way in which n answers can fall: counts (m, 3) of detractors, passives, promoters."""
    detractors, both = np.triu_indices(n + 1)
    return np.stack([detractors, both - detractors, n - both], axis=1)


def likelihood(counts: np.ndarray, truths: np.ndarray) -> np.ndarray:
    """How likely each outcome (m, 3) is under each truth (k, 3), shares of the three groups: (m, k)."""
    log_factorial = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, counts.sum(-1).max() + 1)))])
    ways = log_factorial[counts.sum(-1)] - log_factorial[counts].sum(-1)
    return np.exp(ways[:, None] + counts @ np.log(truths).T)


def wald(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The plain interval in points, for comparison: raw score and variance, nothing added."""
    margin = score.POINTS * score.Z * np.sqrt(score.variance(counts) / counts.sum(-1))
    return score.net(counts) - margin, score.net(counts) + margin


def coverage(n: int, truths: np.ndarray, interval=score.interval) -> np.ndarray:
    """How often the interval of n answers holds the true score: (k,)."""
    counts = outcomes(n)
    low, high = (bound[:, None] for bound in interval(counts))
    true = score.POINTS * (truths @ score.NET)
    return (likelihood(counts, truths) * ((low <= true + 1e-9) & (high >= true - 1e-9))).sum(0)


def simplex(points: int, seed: int = 0) -> np.ndarray:
    """Truths spread evenly over all that are possible: (points, 3)."""
    return np.random.default_rng(seed).dirichlet(np.ones(3), points)


def adjusted_z(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """The test's z between every outcome of one group (a, 3) and every outcome of another (b, 3): (a, b)."""
    return _z(*score.adjusted(first), *score.adjusted(second))


def wald_z(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """The same without anything added: infinite where nobody disagrees."""
    sides = ((counts.sum(-1), score.net(counts) / score.POINTS, score.variance(counts)) for counts in (first, second))
    return _z(*next(sides), *next(sides))


def rejected(n1: int, n2: int, truths: list[tuple], z=adjusted_z) -> np.ndarray:
    """How often p < .05 between two groups, for each pair of truths: the size of the test, or its power."""
    first, second = outcomes(n1), outcomes(n2)
    ones, others = zip(*truths, strict=True)
    share = np.zeros(len(truths))
    of_first, of_second = (likelihood(c, np.array(side)) for c, side in ((first, ones), (second, others)))
    for rows in np.array_split(np.arange(len(first)), len(first) // 200 + 1):
        sure = (np.abs(z(first[rows], second)) > score.Z).astype(np.float32)
        share += (of_first[rows] * (sure @ of_second)).sum(0)
    return share


def _z(n1, theta1, v1, n2, theta2, v2) -> np.ndarray:
    gap = theta1[:, None] - theta2
    with np.errstate(divide="ignore", invalid="ignore"):
        z = gap / np.sqrt((v1 / n1)[:, None] + v2 / n2)
    return np.where(np.abs(gap) < 1e-12, 0.0, z)

"""The score itself: net share of promoters, its interval, and the difference of two.

Counts are always (detractors, passives, promoters); results are in points, -100..100.
The interval is the adjusted Wald "(3,T)": 3/4 detractor, 1 1/2 passives and 3/4 promoter are added first.
"""

from collections.abc import Iterable
from math import erfc, sqrt
from typing import NamedTuple

import numpy as np
import pandas as pd

from nps.notes import InputError
from nps.selection import GROUP_EDGES, SCORES

Z = 1.959964
ADDED = np.array([0.75, 1.5, 0.75])
NET = np.array([-1.0, 0.0, 1.0])
GROUPS = np.repeat(np.eye(3, dtype=int), np.diff(GROUP_EDGES), axis=0)  # the eleven scores: (11, 3)
Y = GROUPS @ NET  # of each of the eleven scores: -1, 0, 1
POINTS = 100.0
_ERFC = np.frompyfunc(erfc, 1, 1)


class Score(NamedTuple):
    """A score with its counts; nps, low and high in points, NaN without responses."""

    responses: int
    promoters: int
    passives: int
    detractors: int
    nps: float
    low: float
    high: float

    def __repr__(self) -> str:
        counts = ", ".join(f"{name}={value}" for name, value in zip(self._fields[:4], self, strict=False))
        return f"Score({counts}, nps={self.nps:.1f}, low={self.low:.1f}, high={self.high:.1f})"

    def _repr_html_(self) -> str:
        """A table of one row, for a notebook."""
        return pd.DataFrame([self._asdict()]).to_html(index=False, float_format="{:.1f}".format)


class Difference(NamedTuple):
    """First minus second, raw; interval and two-sided p from the adjusted counts."""

    points: float
    low: float
    high: float
    p: float


def score(scores: Iterable[float]) -> Score:
    """The score of answers 0-10; missing answers do not count. Raises InputError for anything else."""
    try:
        values = np.array([float(value) for value in scores if not pd.isna(value)])
        fit = bool(np.isin(values, np.arange(SCORES)).all())
    except (TypeError, ValueError, OverflowError):
        fit = False
    if not fit:
        raise InputError("measures.scores")
    return of_counts(counts_of(np.bincount(values.astype(int), minlength=SCORES)))


def counts_of(by_score: np.ndarray) -> np.ndarray:
    """Counts of the eleven scores on the last axis -> (detractors, passives, promoters) on the last axis."""
    return np.asarray(by_score) @ GROUPS


def of_counts(counts: np.ndarray) -> Score:
    """The score of one triple of counts."""
    detractors, passives, promoters = (int(count) for count in counts)
    nps, low, high = (float(value) for value in (net(counts), *interval(counts)))
    return Score(detractors + passives + promoters, promoters, passives, detractors, nps, low, high)


def net(counts: np.ndarray) -> np.ndarray:
    """Raw score in points for counts (..., 3); NaN without responses."""
    counts = np.asarray(counts, dtype=float)
    with np.errstate(invalid="ignore"):
        return POINTS * (counts @ NET) / counts.sum(-1)


def interval(counts: np.ndarray, z: np.ndarray | float = Z, raw: np.ndarray | None = None) -> tuple[np.ndarray, ...]:
    """95% interval (3,T) in points for counts (..., 3), clipped to -100..100; NaN without responses.

    z    standard errors to each side: of t, where few clusters stand behind the answers
    raw  the score in points that it has to hold; None: that of the counts
    """
    n, theta, variance = adjusted(counts)
    margin = z * np.sqrt(variance / n)
    raw = (net(counts) if raw is None else raw) / POINTS  # a single answer lies just outside what is added to it
    return POINTS * np.maximum(np.minimum(theta - margin, raw), -1), POINTS * np.minimum(
        np.maximum(theta + margin, raw), 1
    )


def adjusted(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """n', theta' and v' after adding the pseudo-answers, on the -1..1 scale."""
    counts = np.asarray(counts, dtype=float) + ADDED
    n = counts.sum(-1)
    theta = (counts @ NET) / n
    return n, theta, (counts @ NET**2) / n - theta**2


def variance(counts: np.ndarray) -> np.ndarray:
    """Variance of a single answer (-1, 0, 1), dividing by n."""
    counts = np.asarray(counts, dtype=float)
    with np.errstate(invalid="ignore"):
        theta = (counts @ NET) / counts.sum(-1)
        return (counts @ NET**2) / counts.sum(-1) - theta**2


def difference(first: np.ndarray, second: np.ndarray) -> Difference:
    """First minus second, for people who are in only one of them; NaN when either has no responses."""
    points = float(net(first) - net(second))
    if np.isnan(points):
        return Difference(np.nan, np.nan, np.nan, np.nan)
    delta, se = (float(value) for value in gap(first, second))
    return Difference(points, POINTS * (delta - Z * se), POINTS * (delta + Z * se), float(two_sided(delta / se)))


def gap(first: np.ndarray, second: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """First minus second and its standard error, for adjusted counts (..., 3), on the -1..1 scale."""
    (n1, theta1, v1), (n2, theta2, v2) = adjusted(first), adjusted(second)
    return theta1 - theta2, np.sqrt(v1 / n1 + v2 / n2)


def two_sided(z: np.ndarray | float) -> np.ndarray:
    """Two-sided p of a standard normal z."""
    return np.asarray(_ERFC(np.abs(z) / sqrt(2)), float)


def benjamini_hochberg(p: np.ndarray) -> np.ndarray:
    """q-values of p-values (Benjamini and Hochberg 1995); NaN stays NaN and is not counted."""
    p = np.asarray(p, dtype=float)
    q = np.full(p.shape, np.nan)
    valid = np.flatnonzero(~np.isnan(p))
    order = valid[np.argsort(p[valid])]
    ranked = p[order] * len(order) / np.arange(1, len(order) + 1)
    q[order] = np.minimum(np.minimum.accumulate(ranked[::-1])[::-1], 1)
    return q

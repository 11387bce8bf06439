"""Features compared fairly: users against non-users who are as active without the feature (methods 3).

A Mantel-Haenszel difference over tiers of leave-one-out activity. Everything is a sum over counts of cells, so the
whole panel, a filter and a region are answered alike.
"""

from typing import NamedTuple

import numpy as np

from nps.cube import CELLS, Cube, by_score
from nps.measures import score
from nps.measures.rules import MIN_SIDE, UNEXPLAINED

Y = score.GROUPS @ score.NET
ALL = np.ones(CELLS)
MOMENTS = np.stack([np.ones(3), score.NET, score.NET**2])


class Sums(NamedTuple):
    """Per feature and tier (F, H): people, sum of y, sum of y squared; y is -1, 0, 1 or, for use, 0 or 1."""

    n: np.ndarray
    y: np.ndarray
    yy: np.ndarray


class Comparison(NamedTuple):
    """Per feature (F,): stratified difference, its standard error, z, the crude difference, overlap 0..1."""

    difference: np.ndarray
    se: np.ndarray
    z: np.ndarray
    crude: np.ndarray
    overlap: np.ndarray


def stratified(one: Sums, zero: Sums) -> Comparison:
    """Mantel-Haenszel: strata weighted by n1 n0 / n; a side under 20 people is not compared (NaN).

    Variances within a cell divide by n - 1; a cell of one person takes the pooled variance of its stratum.
    """
    n1, n0 = np.maximum(one.n, 1), np.maximum(zero.n, 1)
    n = n1 + n0
    weight = one.n * zero.n / n
    gap = one.y / n1 - zero.y / n0
    ss1, ss0 = np.maximum(one.yy - one.y**2 / n1, 0), np.maximum(zero.yy - zero.y**2 / n0, 0)
    together = (one.yy + zero.yy - (one.y + zero.y) ** 2 / n) / np.maximum(n - 1, 1)
    pooled = (ss1 + ss0) / np.maximum(n - 2, 1)
    v1 = np.where(n1 > 1, ss1 / np.maximum(n1 - 1, 1), pooled)
    v0 = np.where(n0 > 1, ss0 / np.maximum(n0 - 1, 1), pooled)
    sides1, sides0 = one.n.sum(1), zero.n.sum(1)
    compared = (sides1 >= MIN_SIDE) & (sides0 >= MIN_SIDE)
    with np.errstate(divide="ignore", invalid="ignore"):
        total = weight.sum(1)
        comparison = Comparison(
            difference=(weight * gap).sum(1) / total,
            se=np.sqrt((weight**2 * (v1 / n1 + v0 / n0)).sum(1)) / total,
            z=(weight * gap).sum(1) / np.sqrt((weight * together).sum(1)),
            crude=one.y.sum(1) / sides1 - zero.y.sum(1) / sides0,
            overlap=(n * (weight > 0)).sum(1) / (sides1 + sides0),
        )
    return Comparison(*(np.where(compared & np.isfinite(comparison.z), values, np.nan) for values in comparison))


class Counts(NamedTuple):
    """Detractors, passives, promoters by tier, as the cube sums them: loo (F, H, 3), full (F, H, 3), total (H, 3)."""

    loo: np.ndarray
    full: np.ndarray
    total: np.ndarray

    @classmethod
    def of(cls, cube: Cube, cells: np.ndarray = ALL) -> "Counts":
        """What a cube holds in some of its cells (220,)."""
        return cls(*cube.users_in(cells, score.GROUPS), score.counts_of(by_score(cube.total * cells)))

    def __sub__(self, some: "Counts") -> "Counts":
        """Everyone but some of them."""
        return Counts(*(mine - theirs for mine, theirs in zip(self, some, strict=True)))

    @property
    def others(self) -> np.ndarray:
        """Non-users (F, H, 3): everybody less the users, both in the tier of their whole activity."""
        return self.total[None] - self.full


def of_scores(counts: Counts) -> Comparison:
    """Scores of users against non-users, on the -1..1 scale."""
    return stratified(_moments(counts.loo), _moments(counts.others))


def _moments(counts: np.ndarray) -> Sums:
    """(F, H, 3)."""
    return Sums(*(MOMENTS @ counts.reshape(-1, 3).T).reshape(3, *counts.shape[:-1]))


def of_churn(at_risk: Counts, lost: Counts) -> Comparison:
    """Shares who left of users and of non-users, 0..1, among those who could still leave.

    Of few people, nobody or everybody may leave by chance, and the spread inside the cells is then nothing. So the
    standard error is that under no difference where that is larger; z is the difference in such errors.
    """
    ways = zip((at_risk.loo, at_risk.others), (lost.loo, lost.others), strict=True)
    comparison = stratified(*(shares(people.sum(-1), left.sum(-1)) for people, left in ways))
    with np.errstate(divide="ignore", invalid="ignore"):
        se = np.fmax(comparison.se, np.abs(comparison.difference / comparison.z))
        return comparison._replace(se=se, z=comparison.difference / se)


def inside(selected: Counts, lost: Counts | None, *, tested: bool) -> Comparison:
    """The comparison of a region, by score or by who was lost; NaN where it makes no sense: the region cuts scores."""
    if tested:
        return of_scores(selected) if lost is None else of_churn(selected, lost)
    return Comparison(*np.full((len(Comparison._fields), len(selected.full)), np.nan))


def shares(people: np.ndarray, having: np.ndarray) -> Sums:
    """Sums of what people have (1) or not (0)."""
    return Sums(people, having, having)


def robust_share(comparison: Comparison) -> np.ndarray:
    """The part of each difference, 0..1, that is left if a tenth of what the adjustment removed is still in it."""
    size, removed = np.abs(comparison.difference), np.abs(comparison.crude - comparison.difference)
    return np.maximum(size - UNEXPLAINED * removed, 0) / np.where(size > 0, size, 1)

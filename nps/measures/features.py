"""Features compared fairly: users against non-users who are as active without the feature (methods 3).

A Mantel-Haenszel difference over tiers of leave-one-out activity. Everything is a sum over counts of cells, so the
whole panel, a filter and a region are answered alike.
"""

from typing import NamedTuple

import numpy as np

from nps.cube import Cube, groups_in
from nps.measures.rules import MIN_SIDE, UNEXPLAINED
from nps.selection import Region


class Sums(NamedTuple):
    """Per stratum and feature (S, F): people, sum of y, sum of y squared; y is -1, 0, 1 or, for use, 0 or 1."""

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
    n, mean1, mean0 = n1 + n0, one.y / n1, zero.y / n0
    weight, gap = one.n * zero.n / n, mean1 - mean0
    weighted = weight * gap
    ss1, ss0 = one.yy - one.y * mean1, zero.yy - zero.y * mean0
    within = ss1 + ss0
    together = weight * (within + weighted * gap) / (n - 1)
    pooled = within / np.maximum(n - 2, 1)
    v1 = ss1 / np.maximum(n1 - 1, 1) + (n1 <= 1) * pooled
    v0 = ss0 / np.maximum(n0 - 1, 1) + (n0 <= 1) * pooled
    squares = weight * weight * (v1 / n1 + v0 / n0)
    sides1, sides0, total, difference = (values.sum(0) for values in (one.n, zero.n, weight, weighted))
    compared = (sides1 >= MIN_SIDE) & (sides0 >= MIN_SIDE)
    with np.errstate(divide="ignore", invalid="ignore"):
        comparison = Comparison(
            difference=difference / total,
            se=np.sqrt(squares.sum(0)) / total,
            z=difference / np.sqrt(together.sum(0)),
            crude=one.y.sum(0) / sides1 - zero.y.sum(0) / sides0,
            overlap=(n * (weight > 0)).sum(0) / (sides1 + sides0),
        )
    return Comparison(*np.where(compared & np.isfinite(comparison.z), comparison, np.nan))


class Counts(NamedTuple):
    """People, sum of y, sum of y squared: of users by tier, as in `Tiers.loo` and `Tiers.full`, (3, H, F) each; of
    everybody (3, H)."""

    loo: np.ndarray
    full: np.ndarray
    total: np.ndarray

    @classmethod
    def of(cls, cube: Cube) -> "Counts":
        """All that a cube holds: made once."""
        return cube.once("counts", lambda: cls.within(cube, Region()))

    @classmethod
    def within(cls, cube: Cube, region: Region) -> "Counts":
        """What it holds in a region."""
        detractors, passives, promoters = groups_in(cube.below, region)
        gave, (ways, tiers, columns) = detractors + promoters, detractors.shape
        users, total = np.empty((ways, 3, tiers, columns - 1)), np.empty((3, tiers))
        for moment, counts in enumerate((gave + passives, promoters - detractors, gave)):
            users[:, moment], total[moment] = counts[..., :-1], counts[1, :, -1]
        return cls(*users, total)

    @property
    def others(self) -> np.ndarray:
        """Non-users (3, H, F): everybody less the users, both in the tier of their whole activity."""
        return self.total[..., None] - self.full


def of_scores(counts: Counts) -> Comparison:
    """Scores of users against non-users, on the -1..1 scale."""
    return stratified(Sums(*counts.loo), Sums(*counts.others))


def of_churn(at_risk: Counts, lost: Counts) -> Comparison:
    """Shares who left of users and of non-users, 0..1, among those who could still leave.

    Of few people, nobody or everybody may leave by chance, and the spread inside the cells is then nothing. So the
    standard error is that under no difference where that is larger; z is the difference in such errors.
    """
    ways = zip((at_risk.loo, at_risk.others), (lost.loo, lost.others), strict=True)
    comparison = stratified(*(shares(people[0], left[0]) for people, left in ways))
    with np.errstate(divide="ignore", invalid="ignore"):
        se = np.fmax(comparison.se, np.abs(comparison.difference / comparison.z))
        return comparison._replace(se=se, z=comparison.difference / se)


def inside(selected: Counts, lost: Counts | None, region: Region) -> Comparison:
    """The comparison of a region by who was lost, or by score: NaN where it cuts scores, as that makes no sense."""
    if lost is not None:
        return of_churn(selected, lost)
    if region.all_scores:
        return of_scores(selected)
    return Comparison(*np.full((len(Comparison._fields), selected.full.shape[-1]), np.nan))


def shares(people: np.ndarray, having: np.ndarray) -> Sums:
    """Sums of what people have (1) or not (0)."""
    return Sums(people, having, having)


def robust_share(comparison: Comparison) -> np.ndarray:
    """The part of each difference, 0..1, that is left if a tenth of what the adjustment removed is still in it."""
    size, removed = np.abs(comparison.difference), np.abs(comparison.crude - comparison.difference)
    return np.maximum(size - UNEXPLAINED * removed, 0) / np.where(size > 0, size, 1)

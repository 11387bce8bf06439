"""Features compared fairly: users against non-users who are as active without the feature (methods 3).

A Mantel-Haenszel difference over tiers of leave-one-out activity. Everything is a sum over counts of cells, so the
whole panel, a filter and a region are answered alike.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from nps.cube import CELLS, Cube, by_score
from nps.measures import score

MIN_SIDE = 20
UNEXPLAINED = 0.10
ROBUST_BELOW = 0.10
HARDLY_USED = 0.02
BETTER = {"score": 1, "churn": -1}  # the sign of a difference that is good
Y = score.GROUPS @ score.NET
VERDICTS = np.array(
    ["keep strong", "promote", "fix", "rethink or sunset", "no clear difference", "hardly used"], object
)
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
        found = Comparison(
            difference=(weight * gap).sum(1) / total,
            se=np.sqrt((weight**2 * (v1 / n1 + v0 / n0)).sum(1)) / total,
            z=(weight * gap).sum(1) / np.sqrt((weight * together).sum(1)),
            crude=one.y.sum(1) / sides1 - zero.y.sum(1) / sides0,
            overlap=(n * (weight > 0)).sum(1) / (sides1 + sides0),
        )
    return Comparison(*(np.where(compared & np.isfinite(found.z), values, np.nan) for values in found))


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
    found = stratified(*(shares(people.sum(-1), left.sum(-1)) for people, left in ways))
    with np.errstate(divide="ignore", invalid="ignore"):
        se = np.fmax(found.se, np.abs(found.difference / found.z))
        return found._replace(se=se, z=found.difference / se)


def of_use(inside: Counts, outside: Counts) -> Comparison:
    """How much more the selection uses each feature than everyone else who is as active: share against share, 0..1."""
    return stratified(using(inside), using(outside))


def using(counts: Counts) -> Sums:
    """People of each tier, and the users of each feature among them: (F, H)."""
    users, same = (side @ np.ones(3) for side in (counts.loo, counts.full))
    return shares(users + counts.total.sum(-1) - same, users)


def shares(people: np.ndarray, having: np.ndarray) -> Sums:
    """Sums of what people have (1) or not (0)."""
    return Sums(people, having, having)


def table(
    known: pd.DataFrame,
    inside: Counts,
    outside: Counts,
    active: int,
    *,
    tested: bool = True,
    lost: Counts | None = None,
) -> pd.DataFrame:
    """One row per feature, in points where scores or shares who left are compared and 0..1 where use is.

    known            kind and feature, a row each
    inside, outside  counts of the selection and of everyone else under the same filters
    active           people of the selection who used anything
    tested           whether a comparison of scores makes sense: not where the region cuts scores (NaN then)
    lost             who of the selection left: compares churn instead, and tells `left`, the share of users who did

    users, reach, reach_rest   how many use it, and the shares of the selection and of everyone else
    naive, adjusted, low, high crude and fair difference between users and non-users, with its interval
    q, robust, overlap         Benjamini-Hochberg over the comparable features; the badge; share of people compared
    reach_difference, reach_p, reach_overlap   the same fair comparison of use, selection against everyone else
    """
    groups = inside.full.sum(1)
    users = groups.sum(-1)
    everyone, rest = inside.total.sum(), outside.total.sum()
    found = of_scores(inside) if lost is None else of_churn(inside, lost)
    found = found if tested else Comparison(*(np.full(len(users), np.nan) for _ in found))
    use = of_use(inside, outside)
    left = {}
    if lost is not None:
        left["left"] = lost.full.sum((1, 2)) / np.where(users > 0, users, np.nan)
    columns = (
        {"kind": known["kind"], "feature": known["feature"], "users": users.astype(int)}
        | left
        | {
            "nps": score.net(groups),
            "naive": score.POINTS * found.crude,
            "adjusted": score.POINTS * found.difference,
            "low": score.POINTS * (found.difference - score.Z * found.se),
            "high": score.POINTS * (found.difference + score.Z * found.se),
            "q": score.benjamini_hochberg(score.two_sided(found.z)),
            "robust": robust(found),
            "overlap": found.overlap,
            "reach": users / (everyone or np.nan),
            "reach_rest": outside.full.sum((1, 2)) / (rest or np.nan),
            "reach_difference": use.difference,
            "reach_p": score.two_sided(use.z),
            "reach_overlap": use.overlap,
        }
    )
    columns["verdict"] = verdicts(columns, users / max(active, 1), "score" if lost is None else "churn")
    return pd.DataFrame(columns, known.index)


def kept(found: Comparison) -> np.ndarray:
    """The part of each difference, 0..1, that is left if a tenth of what the adjustment removed is still in it."""
    size, removed = np.abs(found.difference), np.abs(found.crude - found.difference)
    return np.maximum(size - UNEXPLAINED * removed, 0) / np.where(size > 0, size, 1)


def cautious_p(found: Comparison) -> np.ndarray:
    """The p of the badge, before correction: a tenth of what the adjustment removed may still be in the difference."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return score.two_sided(kept(found) * found.difference / found.se)


def robust(found: Comparison) -> np.ndarray:
    """The badge: different beyond the doubt of `cautious_p`, Benjamini-Hochberg q < .10."""
    return score.benjamini_hochberg(cautious_p(found)) < ROBUST_BELOW


def verdicts(columns: Mapping[str, np.ndarray], active_reach: np.ndarray, outcome: str = "score") -> np.ndarray:
    """What to do with each feature, by `reach` and by the `adjusted` difference where it is `robust`."""
    adjusted, reach, robust = (np.asarray(columns[name]) for name in ("adjusted", "reach", "robust"))
    comparable = ~np.isnan(adjusted)
    typical = np.median(reach[comparable]) if comparable.any() else np.nan
    wide, better = reach >= typical, BETTER[outcome] * adjusted > 0
    place = np.where(better, np.where(wide, 0, 1), np.where(wide, 2, 3))
    return VERDICTS[np.where(active_reach < HARDLY_USED, 5, np.where(robust, place, 4))]

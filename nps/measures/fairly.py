"""One yes or no compared fairly: who did against who did not, of those who are as active and alike otherwise.

The comparison of features (methods 3.3) of any cases, where each is given what it is compared within.
"""

from typing import NamedTuple

import numpy as np

from nps.joined import below
from nps.measures import adjusted, clusters, compared, confounding, features, student
from nps.measures.covariates import Levels
from nps.measures.features import Sums
from nps.measures.rules import LEAST_LEFT, MIN_SIDE

TIER_SIZE, TIERS = 25, (5, 20)
NOBODY = 0.0  # of confounding that many features would tell; one alone tells none


class Cases(NamedTuple):
    """Cases that are compared, all (n,).

    y        codes of outcomes into `values` (K,)
    tier     of activity, a code from 0, without what is compared
    levels   what else they are compared within
    cluster  whose outcomes are alike, codes from 0
    """

    y: np.ndarray
    values: np.ndarray
    tier: np.ndarray
    levels: Levels
    cluster: np.ndarray


class Fairly(NamedTuple):
    """Who did less who did not, on the scale of the values: NaN where they cannot be compared.

    did, others  cases on each side
    crude        as it is; difference: of those alike, with its 95% interval
    p            cautious: less a tenth of what the comparison took away
    se, df       error of the difference, and its degrees of freedom
    """

    did: int
    others: int
    crude: float
    difference: float
    low: float
    high: float
    p: float
    se: float
    df: float


def compare(cases: Cases, did: np.ndarray) -> Fairly:
    """The difference between cases that did something, bool (n,), and the others; 20 on each side at least."""
    sides = int(did.sum()), int((~did).sum())
    if min(sides) < MIN_SIDE:
        return _untold(*sides, np.nan)
    fit = adjusted.fit(_counts(cases, did), cases.levels.dummies, cases.values)
    stratified = features.stratified(_sums(cases, did), _sums(cases, ~did))
    crude = float(stratified.crude[0])
    if not (np.isfinite(stratified.z[0]) and fit.w >= LEAST_LEFT * fit.plain):
        return _untold(*sides, crude)
    design = clusters.design(clusters.totals(_grouped(cases, did, fit)))
    alone = max(float(fit.error), float(stratified.se[0]), _under_none(stratified) if len(cases.values) == 2 else 0.0)
    df = np.maximum(design.effective - 1, 1)
    difference, se = float(fit.difference), alone * float(np.sqrt(design.deff))
    margin = float(student.quantile(df)) * se
    p = confounding.cautious_p(*(np.array([x]) for x in (difference, crude, se, float(df))), NOBODY)
    return Fairly(*sides, crude, difference, difference - margin, difference + margin, float(p[0]), se, float(df))


def _untold(did: int, others: int, crude: float) -> Fairly:
    return Fairly(did, others, crude, *[np.nan] * (len(Fairly._fields) - 3))


def tiers(volume: np.ndarray) -> np.ndarray:
    """A code for each of activities (n,), from 0: 5 to 20 tiers of equal size, at least 25 in each where they can."""
    count = int(np.clip(len(volume) // TIER_SIZE, *TIERS))
    cuts = np.unique(np.quantile(volume, np.arange(1, count) / count)) if len(volume) else np.empty(0)
    return below(cuts, volume).astype(np.int64)


def _under_none(stratified: features.Comparison) -> float:
    """The error of a share under no difference: of few, nobody or everybody may do something by chance."""
    return abs(float(stratified.difference[0] / stratified.z[0])) if stratified.z[0] else 0.0


def _cell(cases: Cases) -> np.ndarray:
    return (cases.tier * len(cases.levels.dummies) + cases.levels.code) * len(cases.values) + cases.y


def _counts(cases: Cases, did: np.ndarray) -> np.ndarray:
    """Others and who did, by tier, combination of levels and outcome: (2, H, C, K)."""
    shape = (int(cases.tier.max(initial=0)) + 1, len(cases.levels.dummies), len(cases.values))
    cell = _cell(cases)
    counts = [np.bincount(cell[side], minlength=int(np.prod(shape))) for side in (~did, did)]
    return np.stack(counts).reshape(2, *shape).astype(float)


def _sums(cases: Cases, side: np.ndarray) -> Sums:
    """Of one side, by tier: (H, 1)."""
    y, tiers = cases.values[cases.y], int(cases.tier.max(initial=0)) + 1
    parts = (np.ones(len(y)), y, y * y)
    return Sums(*(np.bincount(cases.tier[side], part[side], tiers)[:, None] for part in parts))


def _grouped(cases: Cases, did: np.ndarray, fit: adjusted.Fit) -> clusters.Sums:
    """What the fit says of each case, summed by cluster."""
    columns = compared.by_cell(fit)[did.astype(int), _cell(cases)].T
    n = np.bincount(cases.cluster).astype(float)
    return clusters.Sums(n, *(np.bincount(cases.cluster, column) for column in columns))

"""What clusters do to an estimate: answers of one account are alike, so many of them tell less than as many strangers.

Every estimate is a contrast of answers with weights a and residuals e (methods 2.1). One function, `design`, stands
behind every interval and every test; the others only add up what it needs. A cluster is an account where it is known,
else a person: see `Joined.cluster`.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from nps.measures import score, student
from nps.measures.score import Difference

FEW = 10  # effective clusters under which two periods do not gain from the same accounts in both
NOTHING = 1e-12  # of the squares of a: all residuals are nothing but rounding


class Sums(NamedTuple):
    """Per cluster, the last axis (..., G): answers, and sums of a, a^2, e, e^2, a e and (a e)^2 over them."""

    n: np.ndarray
    a: np.ndarray
    aa: np.ndarray
    e: np.ndarray
    ee: np.ndarray
    ae: np.ndarray
    aeae: np.ndarray


class Totals(NamedTuple):
    """Over all clusters, of any shape: what `design` needs of `Sums`.

    clusters, n, pairs    clusters; answers; sum of n_g (n_g - 1)
    ee, e2                sum of e^2 over answers; of the squared sums of clusters
    aeae, ae2             the same of a e
    a2                    squared sums of a of clusters
    aa, more              sum of a^2; of what (sum of a)^2 has more than that, where it has more
    aa2, aa_more, more2   sums of their products over clusters
    """

    clusters: np.ndarray
    n: np.ndarray
    pairs: np.ndarray
    ee: np.ndarray
    e2: np.ndarray
    aeae: np.ndarray
    ae2: np.ndarray
    a2: np.ndarray
    aa: np.ndarray
    more: np.ndarray
    aa2: np.ndarray
    aa_more: np.ndarray
    more2: np.ndarray


class Design(NamedTuple):
    """What an estimate's variance is multiplied by, and the degrees of freedom of its t; of any shape.

    deff       1 where no cluster holds two answers
    rho        how alike the residuals of a cluster are, 0..1
    effective  clusters of equal weight that these are worth
    df         infinite where no cluster holds two answers: z

    All are NaN where a single cluster gave several answers: nothing can be said then.
    """

    deff: np.ndarray
    rho: np.ndarray
    effective: np.ndarray
    df: np.ndarray

    @property
    def t(self) -> np.ndarray:
        """Standard errors to each side of a 95% interval."""
        return student.quantile(self.df)

    def at(self, place: int | list[int]) -> "Design":
        """One or some of many; what holds for all of them holds for each."""
        return Design(*(part[place] if part.ndim else part for part in self))


STRANGERS = Design(*(np.asarray(value) for value in (1.0, 0.0, np.inf, np.inf)))


def of(cluster: np.ndarray, a: np.ndarray, e: np.ndarray) -> Design:
    """The design of one contrast; cluster, a, e: (n,), clusters as codes from 0."""
    return design(totals(summed(cluster, a, e)))


def summed(cluster: np.ndarray, a: np.ndarray, e: np.ndarray) -> Sums:
    """`Sums` (G,) of answers (n,); clusters as codes from 0."""
    ae = a * e
    columns = (a, a * a, e, e * e, ae, ae * ae)
    return Sums(np.bincount(cluster).astype(float), *(np.bincount(cluster, column) for column in columns))


def totals(sums: Sums, each: np.ndarray | float = 1.0) -> Totals:
    """`Totals` of `Sums`; each: how many clusters one stands for, where some were drawn for all (G,)."""
    return Totals(*((each * part).sum(-1) for part in products(sums)))


def products(sums: Sums) -> tuple[np.ndarray, ...]:
    """What `Totals` sums up, per cluster and in its order."""
    n, a, aa, e, ee, ae, aeae = sums
    more = np.maximum(a * a - aa, 0)
    return (n > 0, n, n * (n - 1), ee, e * e, aeae, ae * ae, a * a, aa, more, aa * aa, aa * more, more * more)


def design(totals: Totals, *, floor: np.ndarray | bool = True) -> Design:
    """Variance factor, likeness, effective clusters and degrees of freedom (methods 2.1).

    floor  whether clusters can only take away; False: the same clusters are on both sides of the comparison, which may
           make it surer. With under 10 effective clusters they can only take away.
    """
    shared, known = totals.pairs > 0, (totals.pairs == 0) | (totals.clusters > 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        alike = totals.aeae <= NOTHING * totals.aa
        rho = np.clip((totals.e2 - totals.ee) / totals.pairs / (totals.ee / totals.n), 0, 1)
        rho = np.where(shared, np.where(np.isnan(rho), 1.0, rho), 0.0)
        u, u2 = totals.aa + rho * totals.more, totals.aa2 + 2 * rho * totals.aa_more + rho**2 * totals.more2
        effective = u * u / u2
        factor = totals.clusters / (totals.clusters - 1) * totals.ae2 / totals.aeae
        factor = np.where(alike, np.maximum(totals.a2 / totals.aa, 1), factor)
        factor = np.where(np.asarray(floor) | (effective < FEW), np.maximum(factor, 1), factor)
    deff = np.where(shared, factor, 1.0)
    df = np.where(shared, np.maximum(effective - 1, 1), np.inf)
    return Design(*(np.where(known, part, np.nan) for part in (deff, rho, effective, df)))


def counted(cluster: np.ndarray, group: np.ndarray, size: int) -> np.ndarray:
    """Detractors, passives and promoters of each cluster: (size, 3). cluster, group: (n,) as codes from 0."""
    return np.bincount(3 * cluster + group, minlength=3 * size).reshape(size, 3)


def of_score(counts: np.ndarray) -> Design:
    """The design of a score; counts (..., G, 3): detractors, passives, promoters of each cluster."""
    return design(totals(side(counts, 1.0)))


def of_gap(first: np.ndarray, second: np.ndarray, *, paired: bool = False) -> Design:
    """The design of the difference of two scores; counts (..., G, 3) of the same clusters on both sides.

    paired  two periods: the same clusters in both make it surer, where there are any
    """
    one, other = side(first, 1.0), side(second, -1.0)
    both = ((one.n > 0) & (other.n > 0)).any(-1)
    sums = Sums(*(mine + theirs for mine, theirs in zip(one, other, strict=True)))
    return design(totals(sums), floor=~both if paired else True)


def side(counts: np.ndarray, sign: float) -> Sums:
    """The part of one group in a contrast of scores: a = sign / n, e = y - mean of the group."""
    n, y, yy = moments(counts)
    every = np.maximum(n.sum(-1, keepdims=True), 1)
    return parts(n, y, yy, sign / every, y.sum(-1, keepdims=True) / every)


def moments(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Answers, and sums of y and of y squared; y is -1, 0, 1. Counts (..., 3)."""
    detractors, passives, promoters = np.moveaxis(np.asarray(counts, float), -1, 0)
    return detractors + passives + promoters, promoters - detractors, promoters + detractors


def parts(n: np.ndarray, y: np.ndarray, yy: np.ndarray, a: np.ndarray, mean: np.ndarray) -> Sums:
    """`Sums` of clusters whose answers all have the weight a and the residual y - mean."""
    e, ee = y - mean * n, yy - 2 * mean * y + mean**2 * n
    return Sums(n, a * n, a * a * n, e, ee, a * e, a * a * ee)


def interval(counts: np.ndarray, design: Design) -> tuple[np.ndarray, np.ndarray]:
    """95% interval (3,T) in points of scores with counts (..., 3), on n / deff answers; it holds the raw score."""
    return score.interval(counts / design.deff[..., None], design.t, score.net(counts))


def difference(first: np.ndarray, second: np.ndarray, design: Design) -> Difference:
    """First minus second, for counts (3,); p and interval are NaN with a single cluster, all where a side is empty."""
    points = float(score.net(first) - score.net(second))
    if np.isnan(points):
        return Difference(np.nan, np.nan, np.nan, np.nan)
    delta, se, p = (float(value) for value in tested(first, second, design))
    margin = float(design.t) * se
    return Difference(points, score.POINTS * (delta - margin), score.POINTS * (delta + margin), p)


def compared(first: np.ndarray, second: np.ndarray, *, paired: bool = False) -> Difference:
    """The difference of two scores by the counts of the same clusters (G, 3); `paired` as of `of_gap`."""
    return difference(first.sum(0), second.sum(0), of_gap(first, second, paired=paired))


def aligned(*sides: tuple[np.ndarray, np.ndarray]) -> list[np.ndarray]:
    """Counts (G, 3) of the same clusters, from each side's numbers of clusters and groups (n,)."""
    codes, names = pd.factorize(np.concatenate([cluster for cluster, _ in sides]))
    places = np.split(codes, np.cumsum([len(cluster) for cluster, _ in sides])[:-1])
    return [counted(place, group, len(names)) for place, (_, group) in zip(places, sides, strict=True)]


def gap(first: np.ndarray, second: np.ndarray, design: Design) -> tuple[np.ndarray, np.ndarray]:
    """Difference of adjusted counts (..., 3) and its standard error with clusters, -1..1."""
    delta, se = score.gap(first, second)
    return delta, se * np.sqrt(design.deff)


def tested(first: np.ndarray, second: np.ndarray, design: Design) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """`gap`, and the two-sided p."""
    delta, se = gap(first, second, design)
    with np.errstate(divide="ignore", invalid="ignore"):
        return delta, se, student.two_sided(delta / se, design.df)

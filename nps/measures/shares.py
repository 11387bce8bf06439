"""Shares of people and their intervals; inside a region and of others, where people of one account are alike."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nps.cube import Cube
from nps.joined import BANDS
from nps.measures import clusters, compared, score, student
from nps.measures.clusters import Design
from nps.measures.drawn import Groups
from nps.measures.score import Z
from nps.selection import SCORES, Region


def wilson(having: np.ndarray | int, n: np.ndarray | int) -> tuple[np.ndarray, np.ndarray]:
    """The 95% interval of shares, 0..1: Wilson's, the inverted score test. Always holds having / n; NaN of nobody."""
    having, n = np.asarray(having, float), np.asarray(n, float)
    with np.errstate(divide="ignore", invalid="ignore"):
        share, spread = having / n, Z**2 / n
        middle, margin = share + spread / 2, np.sqrt(spread * (share * (1 - share) + spread / 4))
        low, high = (middle - margin) / (1 + spread), (middle + margin) / (1 + spread)
    nothing = np.where(n > 0, 0.0, np.nan)
    return np.where(having == 0, nothing, low), np.where(having == n, nothing + 1, high)


def p(z: np.ndarray, level: float, design: Callable[[int], Design]) -> np.ndarray:
    """Two-sided p of tests z (V,), with clusters where it is below a level without them.

    Clusters only take away: what is above the level stays there, and no q below the level is another for it.
    """
    p_values = score.two_sided(z)
    for code in np.flatnonzero(p_values < level):
        alike = design(int(code))
        p_values[code] = student.two_sided(z[code] / np.sqrt(alike.deff), alike.df)
    return p_values


@dataclass(frozen=True, eq=False)
class Sides:
    """A region's people and others: all others, or those of the same bands of activity with other scores."""

    cube: Cube
    region: Region
    same_bands: bool

    def of_feature(self, code: int) -> Design:
        """The design of more use than others, within bands and tiers of activity without the feature."""
        if self._groups is None:
            return clusters.STRANGERS
        answers = compared.of_scores(self.cube)
        users, loo = answers.drawn_users(code)
        has, tier = np.zeros(len(self._groups.answer)), answers.tier.take(self._groups.answer)
        has[users], tier[users] = 1, loo
        return self._design(has, tier * BANDS + self._cell // SCORES)

    def of_value(self, segment: str, code: int) -> Design:
        """The design of more people with a value of a segment; within bands where others are of the same bands."""
        if self._groups is None:
            return clusters.STRANGERS
        values = self.cube.panel.answers[segment].cat.codes.to_numpy()[self.cube.positions[self._groups.answer]]
        return self._design((values == code).astype(float), self._cell // SCORES * self.same_bands)

    def _design(self, has: np.ndarray, stratum: np.ndarray) -> Design:
        """a: being inside, less its mean by stratum; e: what is left of having it when that is taken out."""
        stratum = stratum[self._among]
        a, y = (_within(stratum, values[self._among]) for values in (self._inside, has))
        spread = (a * a).sum()
        e = y - ((a * y).sum() / spread if spread > 0 else 0.0) * a
        cluster, each = self._clusters
        return clusters.design(clusters.totals(clusters.summed(cluster, a, e), each))

    @cached_property
    def _groups(self) -> Groups | None:
        return compared.of_scores(self.cube).groups

    @cached_property
    def _cell(self) -> np.ndarray:
        return self.cube.cell[self._groups.answer]

    @cached_property
    def _inside(self) -> np.ndarray:
        return self.region.cells()[self._cell].astype(float)

    @cached_property
    def _clusters(self) -> tuple[np.ndarray, np.ndarray]:
        """The cluster of each answer compared, as codes from 0, and how many clusters each stands for."""
        cluster = np.repeat(np.arange(len(self._groups.size)), self._groups.size)[self._among]
        new = np.diff(cluster, prepend=-1) > 0
        return np.cumsum(new) - 1, self._groups.each[cluster[new]]

    @cached_property
    def _among(self) -> np.ndarray:
        """Which of the answers of the groups are compared."""
        cells = Region(self.region.activity).cells() if self.same_bands else Region().cells()
        return np.flatnonzero(cells[self._cell])


def _within(stratum: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Values less their means by stratum."""
    n = np.maximum(np.bincount(stratum), 1)
    return values - (np.bincount(stratum, values) / n)[stratum]

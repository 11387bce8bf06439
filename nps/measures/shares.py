"""Shares of people inside a region and of others, where people of one account are alike (methods 2.1, 3.8)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nps.cube import Cube
from nps.measures import clusters, compared, score, student
from nps.measures.clusters import Design
from nps.panel import BANDS
from nps.selection import SCORES, Region


def p(z: np.ndarray, level: float, design: Callable[[int], Design]) -> np.ndarray:
    """Two-sided p of tests z (V,), with clusters where it is below a level without them.

    Clusters only take away: what is above the level stays there, and no q below the level is another for it.
    """
    found = score.two_sided(z)
    for code in np.flatnonzero(found < level):
        alike = design(int(code))
        found[code] = student.two_sided(z[code] / np.sqrt(alike.deff), alike.df)
    return found


@dataclass(frozen=True, eq=False)
class Sides:
    """A region's people and others: all others, or those of the same bands of activity with other scores."""

    cube: Cube
    region: Region
    same_bands: bool

    def of_feature(self, code: int) -> Design:
        """The design of more use than others, within bands and tiers of activity without the feature."""
        answers = compared.of_scores(self.cube)
        users, loo, _ = answers.users(code)
        has, tier = np.zeros(len(self.cube.positions)), answers.tier.copy()
        has[users], tier[users] = 1, loo
        return self._design(has, tier * BANDS + self._band)

    def of_value(self, segment: str, code: int) -> Design:
        """The design of more people with a value of a segment; within bands where others are of the same bands."""
        values = self.cube.panel.answers[segment].cat.codes.to_numpy()[self.cube.positions]
        return self._design((values == code).astype(float), self._band if self.same_bands else np.zeros_like(values))

    def _design(self, has: np.ndarray, stratum: np.ndarray) -> Design:
        """a: being inside, less its mean by stratum; e: what is left of having it when that is taken out."""
        groups = compared.of_scores(self.cube).groups
        if groups is None:
            return clusters.STRANGERS
        who, stratum = groups.answer[self._among], stratum[groups.answer[self._among]].astype(np.int64)
        a, y = (_within(stratum, values[who]) for values in (self._inside, has))
        spread = a @ a
        e = y - (a @ y / spread if spread > 0 else 0.0) * a
        found, cluster = np.unique(groups.cluster[self._among], return_inverse=True)
        return clusters.design(clusters.totals(clusters.summed(cluster, a, e), groups.each[found]))

    @cached_property
    def _band(self) -> np.ndarray:
        return self.cube.cell // SCORES

    @cached_property
    def _inside(self) -> np.ndarray:
        return self.region.cells()[self.cube.cell].astype(float)

    @cached_property
    def _among(self) -> np.ndarray:
        """Which of the answers of the groups are compared."""
        cells = Region(self.region.activity if self.same_bands else Region().activity).cells()
        return np.flatnonzero(cells[self.cube.cell[compared.of_scores(self.cube).groups.answer]])


def _within(stratum: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Values less their means by stratum."""
    n = np.maximum(np.bincount(stratum), 1)
    return values - (np.bincount(stratum, values) / n)[stratum]

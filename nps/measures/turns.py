"""Answers before and after some day, and whether a part of them changed otherwise than the others."""

from typing import NamedTuple

import numpy as np

from nps.cube import Cube
from nps.measures import clusters, student
from nps.measures.rules import OWN_BELOW
from nps.measures.score import Difference

ALL = slice(None)


class Turn(NamedTuple):
    """The answers after some day, and those before it."""

    after: Cube
    before: Cube

    def change(self, *has: np.ndarray | slice) -> tuple[Difference, list[np.ndarray]]:
        """How the score of some (masks of the answers after and before) changed; and their counts (3,) in both."""
        now, was = self._of(*has)
        return clusters.compared(now, was, paired=True), [now.sum(0), was.sum(0)]

    def differs(self, *has: np.ndarray) -> bool:
        """Whether they changed otherwise than everyone else did: p < .05."""
        return self.otherwise(*has) < OWN_BELOW

    def otherwise(self, *has: np.ndarray) -> float:
        """How often chance would make it differ as much from everyone else's, p; errors of both in quadrature."""
        (own, own_se, df), (others, se, other_df) = (self._gap(*masks) for masks in (has, [~mask for mask in has]))
        return float(student.two_sided((own - others) / np.hypot(own_se, se), np.minimum(df, other_df)))

    def _gap(self, *has: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        now, was = self._of(*has)
        design = clusters.of_gap(now, was, paired=True)
        return *clusters.gap(now.sum(0), was.sum(0), design), design.df

    def _of(self, *has: np.ndarray | slice) -> list[np.ndarray]:
        """Counts by cluster (G, 3), of the clusters that are there."""
        sides = zip(self, has, strict=True)
        return clusters.aligned(*((c.panel.cluster[c.positions[mask]], c.group[mask]) for c, mask in sides))

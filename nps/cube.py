"""How many answers stand in each cell, by segment value and by feature: any region is a sum over it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from nps.panel import BANDS, Panel
from nps.selection import SCORES, cell_of

CELLS = BANDS * SCORES


@dataclass(frozen=True, eq=False)
class Cube:
    """Counts per cell of the answers at `positions` of a panel, each made when first asked for."""

    panel: Panel
    positions: np.ndarray

    @cached_property
    def cell(self) -> np.ndarray:
        """Each answer's cell: (N,)."""
        return cell_of(self.panel.answers.iloc[self.positions])

    @cached_property
    def cells(self) -> np.ndarray:
        """Answers: (220,)."""
        return np.bincount(self.cell, minlength=CELLS)

    @cached_property
    def segments(self) -> dict[str, np.ndarray]:
        """Answers with each value of each segment: {name: (V, 220)}, in the order of its categories."""
        return {name: self._by_code(self._codes(name), len(self.values(name))) for name in self.panel.segments}

    @cached_property
    def total(self) -> np.ndarray:
        """Answers in each tier of activity: (H, 220)."""
        tiers = self.panel.tiers
        return self._by_code(tiers.full[self.positions], tiers.count).astype(float)

    @cached_property
    def loo(self) -> np.ndarray:
        """Users of each feature, in the tier of their activity without it: (F, H, 220)."""
        return self._by_feature(self.panel.tiers.loo)

    @cached_property
    def full(self) -> np.ndarray:
        """The same users, in the tier of their whole activity: (F, H, 220)."""
        return self._by_feature(self.panel.tiers.full[self.panel.pairs.answer])

    @cached_property
    def used(self) -> np.ndarray:
        """Users of each feature: (F, 220)."""
        return self.full.sum(axis=1)

    @cached_property
    def active(self) -> np.ndarray:
        """Answers of people who used anything at all: (220,)."""
        some = self.panel.answers["features_used"].to_numpy(float)[self.positions] > 0
        return np.bincount(self.cell[some], minlength=CELLS)

    @cached_property
    def at_risk(self) -> "Cube":
        """The answers of people who had not left before."""
        risk = ~np.isnan(self.panel.left[self.positions])
        return self if risk.all() else Cube(self.panel, self.positions[risk])

    @cached_property
    def lost(self) -> "Cube":
        """The answers of people who left after them."""
        return Cube(self.panel, self.positions[self.panel.left[self.positions] == 1])

    def values(self, segment: str) -> pd.Index:
        """The values of a segment."""
        return self.panel.answers[segment].cat.categories

    def _codes(self, segment: str) -> np.ndarray:
        return self.panel.answers[segment].cat.codes.to_numpy()[self.positions]

    def _by_code(self, codes: np.ndarray, values: int) -> np.ndarray:
        counts = np.bincount(codes.astype(np.int64) * CELLS + self.cell, minlength=values * CELLS)
        return counts.reshape(values, CELLS)

    def _by_feature(self, tier: np.ndarray) -> np.ndarray:
        """Users per feature, tier and cell, `tier` given per pair; as floats, exact to 2^53, ready for sums."""
        pairs, tiers, features = self.panel.pairs, self.panel.tiers.count, len(self.panel.features)
        cell_at = np.full(len(self.panel.answers), -1, np.int64)
        cell_at[self.positions] = self.cell
        cell = cell_at[pairs.answer]
        kept = cell >= 0
        index = (pairs.feature[kept].astype(np.int64) * tiers + tier[kept]) * CELLS + cell[kept]
        return np.bincount(index, minlength=features * tiers * CELLS).reshape(features, tiers, CELLS).astype(float)


def by_score(counts: np.ndarray) -> np.ndarray:
    """(..., 220) -> (..., 11): cells summed over bands."""
    return counts.reshape(*counts.shape[:-1], BANDS, SCORES).sum(axis=-2)

"""How many answers stand in each cell, by segment value and by feature: any region is a sum over it."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import wraps
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar, cast

import numpy as np
import pandas as pd

from nps.joined import BANDS, Joined
from nps.selection import SCORES, Region, cell_of

CELLS = BANDS * SCORES
Made = TypeVar("Made")


class Strata(NamedTuple):
    """Bands of activity x tiers that hold anybody, by band: the band of each (S,), and how many users answered less
    than each score, as in `Cube.below`: (12, S, 2, F + 1)."""

    band: np.ndarray
    users: np.ndarray


@dataclass(frozen=True, eq=False)
class View:
    """Answers at some positions of a panel (N,), and what was made of them, which knows neither panel nor view."""

    panel: Joined
    positions: np.ndarray
    made: dict[Hashable, Any] = field(default_factory=dict)

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What a measure makes of all these answers, made when first asked for, whatever the region."""
        if key not in self.made:
            self.made[key] = make()
        return self.made[key]


def counted(count: Callable[[Any], Made]) -> Made:
    """A property of a view that is counted when first asked for."""
    return cast(Made, property(wraps(count)(lambda view: view.once(count.__name__, lambda: count(view)))))


@dataclass(frozen=True, eq=False)
class Cube(View):
    """Counts per cell of the answers at `positions` of a panel, each made when first asked for."""

    @counted
    def cell(self) -> np.ndarray:
        """Each answer's cell: (N,)."""
        return cell_of(self.panel.answers.iloc[self.positions])

    @counted
    def cells(self) -> np.ndarray:
        """Answers: (220,)."""
        return np.bincount(self.cell, minlength=CELLS)

    @counted
    def cluster(self) -> np.ndarray:
        """Whose answers are alike, see `Joined.cluster`, as codes from 0 on among these: (N,)."""
        return pd.factorize(self.panel.cluster[self.positions])[0]

    @counted
    def strangers(self) -> bool:
        """Whether no cluster holds two of these answers."""
        return self.cluster.max(initial=-1) + 1 == len(self.positions)

    @counted
    def group(self) -> np.ndarray:
        """Detractor 0, passive 1, promoter 2: (N,)."""
        return self.panel.group[self.positions]

    @counted
    def _cluster_group(self) -> np.ndarray:
        return 3 * self.cluster + self.group

    def by_cluster(self, cells: np.ndarray | None = None) -> np.ndarray:
        """Detractors, passives, promoters of each cluster in some cells (220,), in all of them without: (G, 3)."""
        place = self._cluster_group if cells is None or cells.all() else self._cluster_group[cells[self.cell]]
        return np.bincount(place, minlength=3 * (self.cluster.max(initial=-1) + 1)).reshape(-1, 3)

    @counted
    def segments(self) -> dict[str, np.ndarray]:
        """Answers with each value of each segment: {name: (V, 220)}, in the order of its categories."""
        return {name: self._by_code(self.codes(name), len(self.values(name))) for name in self.panel.segments}

    @counted
    def used(self) -> np.ndarray:
        """Users of each feature: (F, 220)."""
        users = np.diff(np.diff(self.below[:, :, 1, :, :-1].sum(axis=2), axis=0), axis=1)
        return users.transpose(2, 1, 0).reshape(-1, CELLS)

    @counted
    def coded(self) -> np.ndarray:
        """Each answer's row in `panel.coding`, -1 where it has no comment: (N,)."""
        return self.panel.coding.rows(self.positions)

    @counted
    def wrote(self) -> np.ndarray:
        """Answers with a comment: (220,)."""
        return np.bincount(self.cell[self.coded >= 0], minlength=CELLS)

    @counted
    def reasons(self) -> np.ndarray:
        """Answers whose comment names each theme, last those that name none: (T + 1, 220)."""
        sided = self.panel.coding.sided[self.coded[self.coded >= 0]] > 0
        cell = self.cell[self.coded >= 0]
        has = np.column_stack([sided, ~sided.any(axis=1)])
        return np.array([np.bincount(cell[column], minlength=CELLS) for column in has.T])

    @counted
    def named(self) -> np.ndarray:
        """Answers whose comment names each feature of `panel.coding`: (F, 220)."""
        coding, cell_of_comment = self.panel.coding, np.full(len(self.panel.coding.answer), -1)
        cell_of_comment[self.coded[self.coded >= 0]] = self.cell[self.coded >= 0]
        cell = cell_of_comment[coding.named_in]
        place = coding.named[cell >= 0] * CELLS + cell[cell >= 0]
        return np.bincount(place, minlength=len(coding.features) * CELLS).reshape(-1, CELLS)

    @counted
    def active(self) -> np.ndarray:
        """Answers of people who used anything at all: (220,)."""
        some = self.panel.answers["features_used"].to_numpy(float)[self.positions] > 0
        return np.bincount(self.cell[some], minlength=CELLS)

    @property
    def placed(self) -> "Cube":
        """The answers before which use is known: all that can be compared by it."""
        return self._part("placed", lambda: self.panel.placed[self.positions])

    @property
    def at_risk(self) -> "Cube":
        """The answers of people who had not left before."""
        return self._part("at risk", lambda: ~np.isnan(self.panel.churned[self.positions]))

    @property
    def lost(self) -> "Cube":
        """The answers of people who left after them."""
        return self._part("lost", lambda: self.panel.churned[self.positions] == 1)

    def _part(self, name: str, which: Callable[[], np.ndarray]) -> "Cube":
        """The cube of some of these answers; this one where that is all of them."""
        positions, made = self.once(("part", name), lambda: (self.positions[which()], {}))
        return self if len(positions) == len(self.positions) else Cube(self.panel, positions, made)

    def values(self, segment: str) -> pd.Index:
        """The values of a segment."""
        return self.panel.answers[segment].cat.categories

    def codes(self, segment: str) -> np.ndarray:
        """Each answer's value of a segment, by its place among `values`: (N,)."""
        return self.panel.answers[segment].cat.codes.to_numpy()[self.positions]

    def _by_code(self, codes: np.ndarray, values: int) -> np.ndarray:
        counts = np.bincount(codes.astype(np.int64) * CELLS + self.cell, minlength=values * CELLS)
        return counts.reshape(values, CELLS)

    @counted
    def strata(self) -> Strata:
        """Users and everybody by band and tier."""
        users = np.diff(self.below, axis=1).swapaxes(2, 3)
        some = users[SCORES].any(axis=(2, 3))
        return Strata(np.nonzero(some)[0], users[:, some])

    @counted
    def below(self) -> np.ndarray:
        """Users of each feature, last everybody, in the tiers of `Tiers.loo` and of `Tiers.full`, in all cells below a
        score and a band: (12, 21, 2, H, F + 1).

        Counted in one pass, feature by feature.
        """
        (answer, _, _), tiers, features = self.panel.pairs, self.panel.tiers, len(self.panel.features)
        cell = np.full(len(self.panel.answers), -1, np.int16)
        cell[self.positions] = self.cell
        place = tiers.full * np.int16(CELLS) + cell
        counts = np.empty((features + 1, 2, tiers.count * CELLS), np.int32)
        for feature, run in enumerate(self.panel.pairs.runs(features)):
            users, loo = answer[run], tiers.loo[run]
            if len(self.positions) < len(cell):
                kept = np.flatnonzero(cell.take(users) >= 0)
                users, loo = users.take(kept), loo.take(kept)
            for way, index in enumerate((loo * np.int16(CELLS) + cell.take(users), place.take(users))):
                counts[feature, way] = np.bincount(index, minlength=tiers.count * CELLS)
        counts[features] = np.bincount(place[self.positions], minlength=tiers.count * CELLS)
        return summed_area(counts.reshape(features + 1, 2, tiers.count, CELLS).transpose(1, 2, 0, 3))


def summed_area(counts: np.ndarray) -> np.ndarray:
    """(..., 220) -> (12, 21, ...): sums over all cells below a score and a band, as int32."""
    by_band = np.moveaxis(counts.reshape(*counts.shape[:-1], BANDS, SCORES), (-1, -2), (0, 1))
    below = np.zeros((SCORES + 1, BANDS + 1, *by_band.shape[2:]), np.int32)
    np.cumsum(by_band, axis=0, out=below[1:, 1:])
    np.cumsum(below[1:, 1:], axis=1, out=below[1:, 1:])
    return below


def groups_in(below: np.ndarray, region: Region) -> list[np.ndarray]:
    """Detractors, passives and promoters in a region, of what `summed_area` made (12, 21, ...).

    Whatever the region, differences at its edges, and at those of the groups inside it.
    """
    low, high = region.bands
    edges = [below[score, high] - below[score, low] for score in region.of_groups]
    return [upper - lower for lower, upper in pairwise(edges)]


def by_score(counts: np.ndarray) -> np.ndarray:
    """(..., 220) -> (..., 11): cells summed over bands."""
    return counts.reshape(*counts.shape[:-1], BANDS, SCORES).sum(axis=-2)

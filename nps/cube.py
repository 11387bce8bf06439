"""How many answers stand in each cell, by segment value and by feature: any region is a sum over it."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, NamedTuple, TypeVar, cast

import numpy as np
import pandas as pd

from nps.joined import BANDS, Joined
from nps.selection import SCORES, cell_of

CELLS = BANDS * SCORES
Made = TypeVar("Made")


class Strata(NamedTuple):
    """Bands of activity x tiers that hold anybody, by band: the band of each (S,), and how many answered less than each
    score: users as in `loo` and `full` (12, 2, F, S), and everybody (12, S)."""

    band: np.ndarray
    users: np.ndarray
    people: np.ndarray


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
    def total(self) -> np.ndarray:
        """Answers in each tier of activity: (H, 220)."""
        tiers = self.panel.tiers
        return self._by_code(tiers.full[self.positions], tiers.count).astype(float)

    @counted
    def loo(self) -> np.ndarray:
        """Users of each feature, in the tier of their activity without it: (F, H, 220)."""
        return self._per_cell(0)

    @counted
    def full(self) -> np.ndarray:
        """The same users, in the tier of their whole activity: (F, H, 220)."""
        return self._per_cell(1)

    @counted
    def used(self) -> np.ndarray:
        """Users of each feature: (F, 220)."""
        return np.diff(self.below[:, 1].sum(axis=2), axis=0).swapaxes(0, 1).reshape(-1, CELLS)

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

    def users_in(self, cells: np.ndarray, told: np.ndarray) -> np.ndarray:
        """Users in some cells (220,), as in `loo` and in `full`, by what is `told` of each score (11, K): (2, F, H, K).

        Whatever the cells, a sum over those bands where a score begins or ceases to be among them.
        """
        inside = np.zeros((BANDS + 2, SCORES))
        inside[1:-1] = cells.reshape(BANDS, SCORES)
        steps = inside[:-1] - inside[1:]
        users = np.zeros((*self.below.shape[1:-1], told.shape[1]))
        for edge in np.flatnonzero(steps.any(axis=1)):
            sums = self.below[edge].reshape(-1, SCORES) @ (told * steps[edge, :, None])
            users += sums.reshape(users.shape)
        return users

    @counted
    def strata(self) -> Strata:
        """Users and everybody by band and tier."""
        users = np.diff(self.below, axis=0).transpose(0, 3, 1, 2, 4)
        people = self.total.reshape(-1, BANDS, SCORES).swapaxes(0, 1)
        some = users.any(axis=(2, 3, 4)) | people.any(axis=2)
        return Strata(np.nonzero(some)[0], *(_less_than_each(counts[some]) for counts in (users, people)))

    @counted
    def below(self) -> np.ndarray:
        """Users in the tiers of `loo` and `full`, in all bands below an edge: (21, 2, F, H, 11).

        As floats, exact to 2^53, ready for sums. Counted in one pass, feature by feature.
        """
        (answer, _, _), tiers, features = self.panel.pairs, self.panel.tiers, len(self.panel.features)
        cell = np.full(len(self.panel.answers), -1, np.int16)
        cell[self.positions] = self.cell
        place = tiers.full * np.int16(CELLS) + cell
        below = np.zeros((BANDS + 1, 2, features, tiers.count, SCORES))
        for feature, run in enumerate(self.panel.pairs.runs(features)):
            users, loo = answer[run], tiers.loo[run]
            if len(self.positions) < len(cell):
                kept = np.flatnonzero(cell.take(users) >= 0)
                users, loo = users.take(kept), loo.take(kept)
            for way, index in enumerate((loo * np.int16(CELLS) + cell.take(users), place.take(users))):
                counts = np.bincount(index, minlength=tiers.count * CELLS)
                below[1:, way, feature] = counts.reshape(-1, BANDS, SCORES).swapaxes(0, 1)
        return below.cumsum(axis=0, out=below)

    def _per_cell(self, way: int) -> np.ndarray:
        """(F, H, 220)."""
        counts = np.moveaxis(np.diff(self.below[:, way], axis=0), 0, 2)
        return counts.reshape(*counts.shape[:2], CELLS)


def _less_than_each(counts: np.ndarray) -> np.ndarray:
    """(S, ..., 11) -> (12, ..., S): sums over the scores below each score."""
    below = np.zeros((SCORES + 1, *counts.shape[1:-1], len(counts)))
    np.cumsum(np.moveaxis(counts, (0, -1), (-1, 0)), axis=0, out=below[1:])
    return below


def by_score(counts: np.ndarray) -> np.ndarray:
    """(..., 220) -> (..., 11): cells summed over bands."""
    return counts.reshape(*counts.shape[:-1], BANDS, SCORES).sum(axis=-2)

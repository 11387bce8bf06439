"""Answers whose features are compared: who used what, in which tier, and whose answers belong together."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from nps.cube import Cube, View, counted
from nps.measures import adjusted, clusters, covariates, drawn, score
from nps.measures.adjusted import Fit

AT_ONCE = 2**18  # counts of so many cells are fitted together: 2 MB, and a few times that for what is made of them


@dataclass(frozen=True, eq=False)
class Answers(View):
    """Answers of a panel at `positions` (n,), and their outcome: y codes (n,) into `values` (K,).

    A cell is a tier, a combination of levels and a y, as one code.
    """

    y: np.ndarray = field(kw_only=True)
    values: np.ndarray = field(kw_only=True)

    @counted
    def levels(self) -> covariates.Levels:
        """Quarter, role and plan."""
        return covariates.levels(self.panel, self.positions)

    @counted
    def tier(self) -> np.ndarray:
        """The tier of everybody's whole activity: (n,)."""
        return self.panel.tiers.full[self.positions].astype(np.int32)

    @counted
    def person(self) -> np.ndarray:
        """Whose answer each is: codes (n,)."""
        return pd.factorize(self.panel.person[self.positions])[0].astype(np.int32)

    @counted
    def cluster(self) -> np.ndarray:
        """The account of each answer, else its person: codes (n,)."""
        return pd.factorize(self.panel.cluster[self.positions])[0].astype(np.int32)

    @counted
    def groups(self) -> drawn.Groups | None:
        """The clusters, where any holds two answers. Of more than 100,000 answers: all large ones and some others."""
        return drawn.groups(self.cluster)

    def users(self, code: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Of the answers whose person used a feature: which, the tier without the feature, and the pair."""
        run = self._runs[code]
        users, loo, pair = self._place.take(self.panel.pairs.answer[run]), self.panel.tiers.loo[run], run.start
        if len(self.positions) < len(self._place):
            kept = np.flatnonzero(users >= 0)
            return users.take(kept), loo.take(kept).astype(np.int64), pair + kept
        return users, loo.astype(np.int64), np.arange(pair, run.stop)

    def drawn_users(self, code: int) -> tuple[np.ndarray, np.ndarray]:
        """Of the answers of the groups whose person used a feature: which, and the tier without the feature."""
        run = self._runs[code]
        place = self._place_grouped.take(self.panel.pairs.answer[run])
        kept = np.flatnonzero(place >= 0)
        return place.take(kept), self.panel.tiers.loo[run].take(kept).astype(np.int64)

    def fits(self) -> Iterator[tuple[Fit, clusters.Totals, list[int]]]:
        """The fits of some features at a time, what their clusters add up to, and how many people the smaller side has.

        As many at a time as keep the counts within AT_ONCE.
        """
        features, step = len(self._runs), AT_ONCE // max(1, 2 * self.panel.tiers.count * self._width) or 1
        for first in range(0, features, step):
            codes = range(first, min(first + step, features))
            users = [self.users(code)[:2] for code in codes]
            fit = adjusted.fit(np.stack([self._counts(*each) for each in users]), self.levels.dummies, self.values)
            yield fit, self._totals(fit, codes), [self._smaller(used) for used, _ in users]

    def _totals(self, fit: Fit, codes: range) -> clusters.Totals:
        if not self.groups:
            return strangers(fit)
        each = [self._grouped(fit.at(place), code) for place, code in enumerate(codes)]
        return clusters.Totals(*np.array(each, float).T)

    def _counts(self, users: np.ndarray, loo: np.ndarray) -> np.ndarray:
        """Others and users, by tier, combination of levels and y: (2, H, C, K)."""
        shape = (self.panel.tiers.count, len(self.levels.dummies), len(self.values))
        cells = (self._cell, self._cell.take(users), loo * self._width + self._rest.take(users))
        everybody, full, without = (np.bincount(cell, minlength=int(np.prod(shape))) for cell in cells)
        return np.stack([everybody - full, without]).reshape(2, *shape).astype(float)

    def _smaller(self, users: np.ndarray) -> int:
        used, answers = np.bincount(self.person[users], minlength=len(self._answers)), self._answers
        return int(min(np.count_nonzero(used), np.count_nonzero(used < answers)))

    def _grouped(self, fit: Fit, code: int) -> clusters.Totals:
        """Others and users have their a and e by cell: everybody is looked up as one of the others, then the users."""
        others, using = by_cell(fit)
        sums, (place, loo) = others.take(self._cell_grouped, axis=0), self.drawn_users(code)
        sums[place] = using.take(loo * self._width + self._rest_grouped.take(place), axis=0)
        added = np.add.reduceat(sums, self.groups.begin, axis=0).T
        return clusters.totals(clusters.Sums(self.groups.size, *added), self.groups.each)

    @counted
    def _runs(self) -> list[slice]:
        return self.panel.pairs.runs(len(self.panel.features))

    @counted
    def _place(self) -> np.ndarray:
        return _inverse(self.positions, len(self.panel.answers))

    @counted
    def _place_grouped(self) -> np.ndarray:
        return _inverse(self.positions[self.groups.answer], len(self.panel.answers))

    @counted
    def _answers(self) -> np.ndarray:
        return np.bincount(self.person)

    @property
    def _width(self) -> int:
        return len(self.levels.dummies) * len(self.values)

    @counted
    def _rest(self) -> np.ndarray:
        return (self.levels.code * len(self.values) + self.y).astype(np.int32)

    @counted
    def _cell(self) -> np.ndarray:
        return self.tier * self._width + self._rest

    @counted
    def _cell_grouped(self) -> np.ndarray:
        return self._cell.take(self.groups.answer)

    @counted
    def _rest_grouped(self) -> np.ndarray:
        return self._rest.take(self.groups.answer)


def _inverse(positions: np.ndarray, length: int) -> np.ndarray:
    """Where each of `length` stands among the positions; -1 where it does not."""
    place = np.full(length, -1, np.int32)
    place[positions] = np.arange(len(positions), dtype=np.int32)
    return place


def of_scores(cube: Cube) -> Answers:
    """The answers of a cube with their scores."""
    return Answers(cube.panel, cube.positions, cube.once("answers", dict), y=cube.group, values=score.NET)


def of_churn(cube: Cube) -> Answers:
    """The answers of a cube of people who could still leave, with whether they did."""
    churned = cube.panel.churned[cube.positions].astype(np.int64)
    return Answers(cube.panel, cube.positions, y=churned, values=np.array([0.0, 1.0]))


def by_cell(fit: Fit) -> np.ndarray:
    """a, a^2, e, e^2, a e, (a e)^2 of others and of users in each cell: (2, H C K, 6)."""
    a, e = np.broadcast_arrays(fit.contrast[..., None], fit.residual)
    return np.stack([a, a * a, e, e * e, a * e, (a * e) ** 2], axis=-1).reshape(2, -1, 6)


def strangers(fit: Fit) -> clusters.Totals:
    """Totals of fits (F,) where no cluster holds two answers, by counts."""
    people = fit.counts.sum(-1)
    n, aa, fourth = (_over_cells(of) for of in (people, people * fit.contrast**2, people * fit.contrast**4))
    squares = fit.counts * fit.residual**2
    ee, aeae = _over_cells(squares), _over_cells(squares * fit.contrast[..., None] ** 2)
    none = np.zeros_like(n)
    return clusters.Totals(n, n, none, ee, ee, aeae, aeae, aa, aa, none, fourth, none, none)


def _over_cells(of: np.ndarray) -> np.ndarray:
    return of.reshape(len(of), -1).sum(1)

"""Who is chosen, and their score: what every measure of a selection begins with."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Generic, Self, TypeVar

import numpy as np
import pandas as pd

from nps import tables
from nps.chosen import passed
from nps.chosen.shown import ROWS, counted, html
from nps.cube import Cube, by_score
from nps.joined import Joined
from nps.measures import clusters, contacts, planner, score, weights
from nps.measures.clusters import Design
from nps.measures.score import Difference, Score
from nps.notes import InputError
from nps.selection import SCORES, Repeats, Selection, cell_of, population

MANY = 100_000
UNKNOWN = Difference(np.nan, np.nan, np.nan, np.nan)
Asked = TypeVar("Asked", bound=Joined)


@dataclass(frozen=True, eq=False, repr=False)
class Selected(Generic[Asked]):
    """A selection of a panel: its answers, counted.

    by_use  whether only answers count before which use is known; a region that cuts activity holds no others, either
    """

    panel: Asked
    selection: Selection
    by_use: bool = False

    def __repr__(self) -> str:
        return f"{type(self).__name__}: {counted(len(self.places), 'answer')}, {self.selection!r}"

    def _repr_html_(self) -> str:
        """The same, the score and the latest answers, for a notebook."""
        return html(repr(self), self.score, self.panel.answers.iloc[self.places[-ROWS:]])

    @cached_property
    def cube(self) -> Cube:
        """Counts under the filters."""
        cube = passed.cube(self.panel, self.selection)
        return cube.placed if self.by_use or not self.selection.region.all_activity else cube

    @property
    def placed(self) -> Self:
        """The same, of answers before which use is known: what the map shows and features are compared on."""
        return self if self.cube.placed is self.cube else replace(self, by_use=True)

    @property
    def per_person(self) -> Self:
        """The same with each person counted once, by the latest answer."""
        return replace(self, selection=self.selection.changed(repeats=Repeats.LATEST))

    @cached_property
    def inside(self) -> np.ndarray:
        """Which of the 220 cells the region covers."""
        return self.selection.region.cells()

    @cached_property
    def places(self) -> np.ndarray:
        """Positions in `panel.answers` of the selected answers, oldest first; one per person unless all count."""
        return self.cube.positions[self.inside[self.cube.cell]]

    @cached_property
    def people(self) -> pd.DataFrame:
        """The selected answers, as `panel.answers` has them."""
        return self.panel.answers.iloc[self.places].reset_index(drop=True)

    @property
    def undated(self) -> int:
        """How many of the selected answers have no date, where others of the data have one."""
        missing = self.panel.answers["responded_at"].isna()
        return 0 if missing.all() else int(missing.iloc[self.places].sum())

    @property
    def unplaced(self) -> int:
        """How many of the selected answers `placed` leaves out."""
        return len(self.places) - len(self.placed.places)

    @property
    def counts(self) -> np.ndarray:
        """(detractors, passives, promoters) of the selection."""
        return self._counts(self.inside)

    @property
    def score(self) -> Score:
        """Score of the selection; its interval knows which answers are of one account or person."""
        return self._score(self.inside)

    @property
    def rest(self) -> Score:
        """Everyone else under the same filters."""
        return self._score(~self.inside)

    def _score(self, cells: np.ndarray) -> Score:
        counts = self._counts(cells)
        low, high = clusters.interval(counts, self._design(cells))
        return score.of_counts(counts)._replace(low=float(low), high=float(high))

    def _counts(self, cells: np.ndarray) -> np.ndarray:
        """(detractors, passives, promoters) in these cells (220,)."""
        return score.counts_of(by_score(self.cube.cells * cells))

    def _difference(self, first: np.ndarray, second: np.ndarray) -> Difference:
        """The score in some cells against that in others: (220,) each, with no cell in common."""
        return clusters.difference(self._counts(first), self._counts(second), self._design(first, second))

    def _design(self, *cells: np.ndarray) -> Design:
        """What clusters do to the score in some cells, or to the difference of two.

        Of very many answers it is that of the score of all of them, whatever the region: known before anybody draws.
        """
        if self.cube.strangers:
            return clusters.STRANGERS
        if len(self.cube.positions) > MANY:
            return self.cube.once("score", lambda: clusters.of_score(self.cube.by_cluster()))
        by_cluster = [self.cube.by_cluster(some) for some in cells]
        return clusters.of_score(*by_cluster) if len(cells) == 1 else clusters.of_gap(*by_cluster)

    @property
    def distribution(self) -> pd.DataFrame:
        """One row per score 0-10: score, group, responses, share (0..1)."""
        counts = by_score(self.cube.cells * self.inside)
        values = pd.Series(range(SCORES))
        share = counts / counts.sum() if counts.sum() else np.full(SCORES, np.nan)
        return pd.DataFrame({"score": values, "group": tables.group_of(values), "responses": counts, "share": share})

    def weighted(self, by: str) -> weights.Weighted:
        """The score with one vote per answer, per account, or by revenue; answers of an account are no strangers."""
        return weights.of_answers(self.people, self.panel.cluster[self.places], by)

    @property
    def spread(self) -> planner.Spread:
        """What decides how many answers the score of this selection needs: see `measures.planner`."""
        return planner.spread_of(self.panel.answers["score"].to_numpy()[self.places], self.panel.cluster[self.places])

    def versus_rest(self) -> Difference:
        """Score of the selection against everyone else; NaN where the region cuts scores: it would say nothing."""
        if not self.selection.region.all_scores:
            return UNKNOWN
        return self._difference(self.inside, ~self.inside)

    def during(self, period: tuple[date, date] | None) -> Self:
        """The same question about another period."""
        return replace(self, selection=self.selection.changed(period=period))

    def versus_previous(self) -> Difference:
        """The score against as many days just before; NaN without a period, or where the region cuts scores."""
        previous = self.selection.previous
        if previous is None or not self.selection.region.all_scores:
            return UNKNOWN
        now, before = (chosen._grouped() for chosen in (self, self.during(previous)))
        return clusters.compared(*clusters.aligned(now, before), paired=True)

    def _grouped(self) -> tuple[np.ndarray, np.ndarray]:
        """The panel's number of the cluster, and the group, of each selected answer: (n,) each."""
        return self.panel.cluster[self.places], self.panel.group[self.places]

    def contacts(self, suppress: Iterable[str] = ()) -> pd.DataFrame:
        """The people to write to, formula-safe: who opted out or is in `suppress` (ids or e-mails) is left out."""
        return contacts.contacts(self.people, str(self.selection.describe(self.panel.measure, self.panel)), suppress)

    def reached(self, suppress: Iterable[str] = ()) -> tuple[int, int]:
        """How many of the selected people are in `contacts`, and how many it leaves out."""
        willing = contacts.contactable(self.panel.answers, suppress)[self.places]
        person = None if self.selection.repeats == Repeats.LATEST else self.panel.person[self.places]
        return contacts.reached(willing, person)

    def every_answer(self) -> pd.DataFrame:
        """All answers of the selection, also where only each person's latest counts."""
        return self.panel.answers.iloc[self._every_place()]

    def dated(self, *columns: str) -> pd.DataFrame:
        """Every dated answer: responded_at, score, these columns, as person_id a number, quicker than text; cluster."""
        places = self._every_place()
        answers = self.panel.answers[["responded_at", "score", *columns]].iloc[places]
        named = answers.assign(person_id=self.panel.person[places], cluster=self.panel.cluster[places])
        return named.dropna(subset=["responded_at"])

    def _every_place(self) -> np.ndarray:
        places = population(self.panel, self.selection.changed(repeats=Repeats.ALL))
        if not self.selection.region.all_activity:
            places = places[self.panel.placed[places]]
        return places[self.inside[cell_of(self.panel.answers[["band", "score"]].iloc[places])]]

    def _cells_of(self, segment: str) -> np.ndarray:
        if segment not in self.panel.segments:
            raise InputError("selection.no_segment", name=segment)
        return self.cube.segments[segment]

    def _by_value(self, segment: str) -> np.ndarray:
        return score.counts_of(by_score(self._cells_of(segment) * self.inside))

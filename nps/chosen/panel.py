"""A panel that can be asked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

import numpy as np
import pandas as pd

from nps import panel
from nps.chosen.measured import Chosen
from nps.cube import Cube
from nps.measures import kinds, likeness
from nps.selection import Selection, population
from nps.sources import InputError
from nps.spells import DAYS, EPOCH

CUBES_KEPT = 8
NEW_AFTER_DAYS = 28  # of use without it, from which on a feature is new


@dataclass(frozen=True, eq=False)
class Panel(panel.Panel):
    """A panel that can be asked."""

    def select(self, selection: Selection | None = None) -> Chosen:
        """The people of a selection; everybody without one."""
        return Chosen(self, selection or Selection())

    def cube(self, selection: Selection) -> Cube:
        """Counts under the filters of a selection, whatever its region."""
        return self._cube(selection.filters)

    def positions(self, selection: Selection) -> np.ndarray:
        """Positions in `answers` of the answers that pass the filters, whatever the region.

        Raises InputError for a segment that this data does not have, and for `alike` where nobody can be told to be.
        """
        passed = population(self, selection)
        if not selection.alike:
            return passed
        if self.like_promoters.hidden:
            raise InputError(self.like_promoters.hidden.value)
        return passed[self.answers["person_id"].iloc[passed].isin(self.like_promoters.alike).to_numpy()]

    def feature(self, feature: int | str) -> int:
        """The row in `features` of a feature given by that or by its name; raises InputError where there is none."""
        rows = self.features.index[self.features["feature"] == feature] if isinstance(feature, str) else [feature]
        if len(rows) != 1 or rows[0] not in self.features.index:
            raise InputError(f"This data has no feature called “{feature}”, or several of different kinds.")
        return int(rows[0])

    def first_used(self, feature: int) -> date | None:
        """The first day on which somebody who answered used it; None where that may be before what is known."""
        first, used = self.spells["first"].min(), self.spells["first"][self.spells["feature"] == feature].min()
        new = used >= first + NEW_AFTER_DAYS  # not where either is unknown
        return (EPOCH + pd.Timedelta(days=used)).date() if new else None

    @cached_property
    def new_since(self) -> pd.Series:
        """For each row of `features` the first day of use where that is after the first quarter of the data, else NaT.

        Whatever is newer than the oldest answers gets the credit of any rise since (docs/methods.md).
        """
        used = self.spells.groupby("feature")["first"].min().reindex(self.features.index)
        new = used >= self.spells["first"].min() + DAYS
        new[self.pairs.feature[self._early[self.pairs.answer]]] = False
        return pd.Series(EPOCH + pd.to_timedelta(used.where(new), unit="D"), self.features.index)

    @property
    def _early(self) -> np.ndarray:
        """Whether an answer, with the window before it, lies in the first quarter of the data."""
        when = self.answers["responded_at"]
        return (when < when.min() + pd.Timedelta(days=DAYS)).to_numpy()

    @cached_property
    def surveys(self) -> pd.DataFrame:
        """survey, kind, told_by, answers, people, first, last. See `measures.kinds.table`."""
        return kinds.table(self.answers, self.segments)

    @cached_property
    def main_surveys(self) -> tuple[str, ...] | None:
        """The surveys that may stand in one number unless somebody chooses otherwise; None: all of them."""
        return kinds.main(self.surveys)

    @cached_property
    def like_promoters(self) -> likeness.Likeness:
        """Who uses the product like promoters do, among everybody who answered the main surveys."""
        positions = population(self, Selection(survey=self.main_surveys))
        return likeness.likeness(self, positions[self.placed[positions]], tried=lambda: self.came_true)

    @cached_property
    def came_true(self) -> likeness.Proof | None:
        """Whether passives who used the product like promoters became promoters; None when too few answered again."""
        return likeness.came_true(self)

    @cached_property
    def _cube(self) -> Callable[[Selection], Cube]:
        return lru_cache(CUBES_KEPT)(lambda filters: Cube(self, self.positions(filters)))

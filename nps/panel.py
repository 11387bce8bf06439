"""The panel: what was joined, and can be asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

import numpy as np
import pandas as pd

from nps.chosen import Chosen, passed
from nps.chosen.followed import followed
from nps.chosen.newcomers import Newcomers
from nps.chosen.shown import ROWS, html
from nps.chosen.shown import counted as number_of
from nps.chosen.watched import Watched
from nps.cube import Cube
from nps.joined import Joined
from nps.measures.likeness import Likeness, Proof
from nps.notes import InputError
from nps.selection import Selection, population
from nps.selection.clauses.who import counted, unknown
from nps.steps import Onboarding
from nps.weekly import Weekly
from nps.who.built import Counted
from nps.who.metric import Metric
from nps.who.values import Term


@dataclass(frozen=True, eq=False, repr=False)
class Panel(Joined):  # noqa: D101 - its fields are told where they stand
    __doc__ = Joined.__doc__

    def __repr__(self) -> str:
        parts = (
            number_of(len(self.latest_positions), "person", "people"),
            number_of(len(self.answers), "answer"),
            number_of(len(self.features), "feature"),
            number_of(self.window_days, "day"),
        )
        return f"Panel: {', '.join(parts)}"

    def _repr_html_(self) -> str:
        """The same, the score and the latest answers, for a notebook."""
        return html(repr(self), self.select().score, self.answers.tail(ROWS))

    def select(self, selection: Selection | None = None) -> Chosen[Self]:
        """The people of a selection; everybody without one."""
        return Chosen(self, selection or Selection())

    def cube(self, selection: Selection) -> Cube:
        """Counts under the filters of a selection, whatever its region."""
        return passed.cube(self, selection)

    def positions(self, selection: Selection) -> np.ndarray:
        """Positions in `answers` of the answers that pass the filters, whatever the region.

        Raises InputError for what this data does not have, and where nobody can be told to be like promoters.
        """
        return population(self, selection)

    def counted(self, *conditions: str | Term) -> Counted:
        """How many people conditions hold for, whether they answered or not; see `nps.who`. Raises InputError."""
        return counted(self, conditions)

    def unknown_use(self) -> float:
        """The share of the rows of use that are of nobody known, whom “did not” may miss."""
        return unknown(self)

    def followed(self, metric: Metric, most: int | None = None) -> pd.DataFrame:
        """A metric by week or month: period, value, people, of, number, low, high. See `chosen.followed`."""
        return followed(self, metric, most)

    def weekly(self) -> Weekly | None:
        """Use by week of everybody, asked once where the usage lies; None where nobody knows where that is."""
        return self.who.weekly() if self.who else None

    def daily(self, ids: Sequence[str], start: date, end: date) -> pd.DataFrame:
        """What these people used day by day: see `nps.daily`. Raises InputError where the usage is not at hand."""
        if self.who is None:
            raise InputError("who.not_at_hand")
        return self.who.daily(ids, start, end)

    def newcomers(self, onboarding: Onboarding) -> Newcomers:
        """Who took which step of an onboarding, and when, and what goes with it."""
        return Newcomers(self, onboarding)

    def watched(
        self,
        weekly: Weekly | None = None,
        onboarding: Onboarding | None = None,
        suppress: Iterable[str] = (),
        **more: Any,
    ) -> Watched:
        """How accounts, or people, stand week by week, and who is to be looked at.

        weekly      see `weekly`, which is asked without it
        onboarding  whose steps count for health and for who is likely to buy
        suppress    ids or e-mails of people who are not written to
        more        of, keys: see `Watched`
        Raises InputError where the usage is not at hand.
        """
        weekly = weekly or self.weekly()
        if weekly is None:
            raise InputError("who.not_at_hand")
        newcomers = self.newcomers(onboarding) if onboarding else None
        return Watched(self, weekly, onboarding=newcomers, suppress=(*suppress,), **more)

    @property
    def surveys(self) -> pd.DataFrame:
        """survey, kind, told_by, answers, people, first, last. See `measures.kinds.table`."""
        return passed.surveys(self)

    @property
    def main_surveys(self) -> tuple[str, ...] | None:
        """The surveys that may stand in one number unless somebody chooses otherwise; None: all of them."""
        return passed.main_surveys(self)

    @property
    def like_promoters(self) -> Likeness:
        """Who uses the product like promoters do, among everybody who answered the main surveys."""
        return passed.like_promoters(self)

    @property
    def came_true(self) -> Proof | None:
        """Whether passives who used the product like promoters became promoters; None when too few answered again."""
        return passed.came_true(self)

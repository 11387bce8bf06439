"""What asking itself tells: who answers, who moves, other ways to count, and whom to write to or to ask."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from nps import panel
from nps.chosen.counted import Counted
from nps.measures import contacts, features, invitations, nonresponse, occasions, planner, repeats, score, weights
from nps.selection import Region, Selection, population


@dataclass(frozen=True, eq=False)
class Recent(Counted):
    """Who answered in the last window of the data: the only ones who can be set against everybody who was active."""

    def reweighted(self) -> nonresponse.Reweighted:
        """The score if everybody active had answered; without who used nothing."""
        return nonresponse.reweighted(*self._asked_and_everybody(), self.panel.cluster[self.places])

    def who_answered(self) -> pd.DataFrame:
        """By decile of everybody's activity: low, high, users, respondents, response and more."""
        return nonresponse.response_by_activity(*self._asked_and_everybody())

    def _asked_and_everybody(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        people = self.people
        active = people["activity"].where(people["activity"] > 0).to_numpy(float)
        return features.Y[people["score"]], active, self.panel.everybody[self.panel.measure].to_numpy(float)


@dataclass(frozen=True, eq=False)
class Surveyed(Counted):
    """A selection of a panel, and what its surveys tell of themselves."""

    def weighted(self, by: str) -> weights.Weighted:
        """The score with one vote per answer, per account, or by revenue; answers of an account are no strangers."""
        people = self.people
        y, account = features.Y[people["score"]], people["account_id"].fillna(people["account"])
        if by == "answer":
            return weights.weighted(y, np.ones(len(people)), self.panel.cluster[self.places])
        if by == "account":
            return weights.weighted(y, weights.per_account(account), account)
        account = account.fillna(people["person_id"])
        return weights.weighted(y, weights.by_revenue(account, people["revenue"]), account)

    @property
    def recent(self) -> Recent | None:
        """Who answered in the last window of the data, whose use is known as everybody's is.

        None where who could have answered is not known: under any filter or region, or without usage and dates.
        """
        last = self.panel.answers["responded_at"].max()
        if self.selection != Selection() or not len(self.panel.everybody) or pd.isna(last):
            return None
        period = last - pd.Timedelta(days=self.panel.window_days - 1), last
        return Recent(self.panel, replace(self.selection, period=period), self.by_use)

    def moves(self) -> pd.DataFrame:
        """Consecutive answers of a person: person_id, before, after, days. A region cuts activity only."""
        whole = self.selection.within(Region(self.selection.activity))
        return repeats.consecutive(replace(self, selection=whole).every_answer())

    def mean_change(self) -> repeats.Moved:
        """The mean of `moves`, with an interval that knows whose moves are alike."""
        moves = self.moves()
        account = pd.Series(self.panel.cluster, self.panel.answers["person_id"]).groupby(level=0).last()
        return repeats.mean_change(moves, account.reindex(moves["person_id"]).to_numpy())

    def after_what(self) -> pd.DataFrame:
        """After what people answer the chosen surveys; other filters and the region do not apply to it.

        kind, feature, answers, just, share, expected, ratio, low, high, p, q. See `measures.occasions.after_what`.
        """
        whole = population(self.panel, Selection(survey=self.selection.survey, repeats="all"))
        dated = self.panel.answers["responded_at"].iloc[whole].notna().sum()
        sums = self.panel.just_before
        wanted = sums["survey"].isin(list(self.selection.survey or sums["survey"].unique()))
        return occasions.after_what(sums[wanted], int(dated))

    def contacts(self, suppress: Iterable[str] = ()) -> pd.DataFrame:
        """The people to write to, formula-safe: who opted out or is in `suppress` (ids or e-mails) is left out."""
        return contacts.contacts(self.people, self.selection.describe(self.panel.measure), suppress)

    def to_ask(self, on: date, suppress: Iterable[str] = ()) -> pd.DataFrame:
        """Who of the selection may be asked on a day, in random order: person, name, email, account, role, why.

        Not who answered within 90 days before or opted out. Who never answered, too, where the selection is by role and
        plan only, as nothing else is known of them.
        """
        places, unasked = self._may_be_asked(on, suppress)
        people = pd.concat([self.panel.answers.iloc[places][panel.UNASKED].astype(object), unasked.astype(object)])
        return invitations.listed(people, self.selection.describe(self.panel.measure))

    def how_many_to_ask(self, on: date, suppress: Iterable[str] = ()) -> int:
        """How many people `to_ask` lists."""
        return sum(map(len, self._may_be_asked(on, suppress)))

    def _may_be_asked(self, on: date, suppress: Iterable[str]) -> tuple[np.ndarray, pd.DataFrame]:
        """Positions of answers, one a person, and rows of people who never answered."""
        never = invitations.never_asked(self.panel.unasked, self.selection)
        never = never[contacts.contactable(never, suppress)]
        return invitations.rested(self.panel, self.places, on, suppress), never

    @property
    def spread(self) -> planner.Spread:
        """What decides how many answers the score of this selection needs: see `measures.planner`."""
        y = self.panel.answers["score"].to_numpy()[self.places]
        code = np.unique(self.panel.cluster[self.places], return_inverse=True)[1]
        by_account = np.bincount(11 * code + y, minlength=11 * (code.max(initial=-1) + 1)).reshape(-1, 11)
        return planner.spread(score.counts_of(by_account))

    def reached(self, suppress: Iterable[str] = ()) -> tuple[int, int]:
        """How many of the selected people are in `contacts`, and how many it leaves out."""
        willing = contacts.contactable(self.panel.answers, suppress)[self.places]
        if self.selection.repeats == "latest":
            listed, everybody = int(willing.sum()), len(willing)
        else:
            person = self.panel.person[self.places]
            listed, everybody = len(np.unique(person[willing])), len(np.unique(person))
        return listed, everybody - listed

"""Single people, whether they are selected or not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np
import pandas as pd

from nps.chosen.of_accounts import OfAccounts
from nps.chosen.person import Person, everybody
from nps.chosen.selected import Asked
from nps.measures import directory, effect, followed_up, invitations, person
from nps.selection import Selection
from nps.weekly import Weekly

LONG_AGO = date(1900, 1, 1)


@dataclass(frozen=True, eq=False, repr=False)
class OfPeople(OfAccounts[Asked]):
    """A selection, and whoever is looked up beside it."""

    def person(self, person_id: str) -> Person:
        """Everything about one person."""
        return Person(self.panel, person_id)

    def find(self, words: str, most: int) -> tuple[pd.DataFrame, int]:
        """At most so many people, whether they answered or not, whose name, e-mail, id or account holds the words:
        person_id, name, email, account, answered; and how many do."""
        return directory.find(everybody(self.panel), words, most)

    @property
    def for_campaign(self) -> pd.DataFrame:
        """The selected people as a campaign takes them, by their latest answers: see `measures.followed_up`."""
        return followed_up.of_answers(self.people)

    def for_survey(self, weekly: Weekly | None = None) -> pd.DataFrame:
        """The same, and who never answered, where the selection is one that tells whether they are in it.

        weekly  use by week, for how active each was in the last four; None: `tier` is not known
        """
        never = invitations.never_asked(self.panel.unasked, self.selection)
        return followed_up.to_survey(self.for_campaign, never, followed_up.lately_active(weekly))

    def outcome(self, members: pd.DataFrame, began: datetime, eligible: Iterable[str] | None = None) -> effect.Outcome:
        """What came of a campaign that began then, whatever is selected: see `measures.effect`."""
        return effect.outcome(self.panel.answers, members, began, eligible)

    def eligible(self, asked: Iterable[tuple[Selection, date]]) -> set[str]:
        """Ids of who was in any of these selections on its day: by their answers up to then."""
        return {each for selection, day in asked for each in self._then(selection, day)}

    def _then(self, selection: Selection, day: date) -> Iterable[str]:
        first, last = selection.period or (LONG_AGO, day)
        if first > day:
            return ()
        then = replace(self, selection=selection.changed(period=(first, min(last, day)))).per_person
        return self.panel.answers["person_id"].iloc[then.places]

    def beside(self, person_id: str, among: Sequence[str] = ()) -> tuple[int, int, str | None, str | None]:
        """Where somebody stands in a list of people, 1 for the first, of how many, and who is before and after; 0 who
        is not in it.

        among  their ids; where somebody is not in it, those who are selected, the latest answers first
        """
        if person_id in among:
            place, before, after = person.around(among, person_id)
            return place, len(among), before, after
        places = self.per_person.places[::-1]
        own = np.flatnonzero(self.panel.answers["person_id"] == person_id)
        found = np.flatnonzero(self.panel.person[places] == self.panel.person[own[0]]) if len(own) else own
        if not len(found):
            return 0, len(places), None, None
        at = int(found[0])
        return at + 1, len(places), self._at(places, at - 1), self._at(places, at + 1)

    def _at(self, places: np.ndarray, at: int) -> str | None:
        return self.panel.answers["person_id"].iloc[places[at]] if 0 <= at < len(places) else None

"""Single people, whether they are selected or not."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from nps.chosen.of_accounts import OfAccounts
from nps.chosen.person import Person, everybody
from nps.chosen.selected import Asked
from nps.measures import directory, person


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

"""Single people, whether they are selected or not."""

from dataclasses import dataclass

import pandas as pd

from nps.chosen.of_accounts import OfAccounts
from nps.chosen.person import Person, everybody
from nps.chosen.selected import Asked
from nps.measures import directory


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

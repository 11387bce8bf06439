"""Single people, whether they are selected or not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from nps.chosen.of_accounts import OfAccounts
from nps.chosen.person import Person, everybody
from nps.chosen.selected import Asked
from nps.measures import directory, effect, followed_up, invitations
from nps.weekly import Weekly


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

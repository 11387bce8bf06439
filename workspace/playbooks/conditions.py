"""When something is done, and what: values that can be kept, and refuse what they cannot be."""

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from nps.notes import Refused
from nps.selection import Selection

OF_PEOPLE = ("answer", "entered")  # these are about somebody
KINDS = ("answer", "entered", "health", "score", "silent", "digest")
EVERY = ("day", "week", "month")
MOST_DAYS, MOST_OWNERS, LONGEST, LONGEST_OWNER = 400, 50, 200, 80
Query = Mapping[str, Sequence[str]]


class When(NamedTuple):
    """What has to happen.

    kind   answer: somebody answered; entered: somebody's newest answer is of a selection and the one before was not;
           health: that of an account fell; score: the weekly watch went off, downwards; silent: nobody answered for
           so many days; digest: a day, week or month began
    query  whose answers: of a selection, as `nps.Selection.to_query` tells it
    days   of silence
    every  day, week or month, of a digest
    commented  of answers, those alone that have a comment
    """

    kind: str
    query: Query = MappingProxyType({})
    days: int = 14
    every: str = "week"
    commented: bool = False

    def to_json(self) -> str:
        """As it is kept."""
        return json.dumps(self._asdict() | {"query": {**self.query}}, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "When":
        """What was kept. Raises InputError for what this is not."""
        return cls(**json.loads(text)).checked()

    def checked(self) -> "When":
        """The same. Raises InputError for what never happens."""
        if self.kind not in KINDS or self.every not in EVERY or not 1 <= self.days <= MOST_DAYS:
            raise Refused("playbook.when")
        Selection.from_query(self.query)
        return self


class Then(NamedTuple):
    """What is done.

    task     its title; "" for none
    owners   who gets it, in turn; nobody's without any
    days     until it is due
    channel  the id of a channel that is told; "" for none
    campaign the id of one that whoever it is about becomes a member of; "" for none
    """

    task: str = ""
    owners: tuple[str, ...] = ()
    days: int = 7
    channel: str = ""
    campaign: str = ""

    def to_json(self) -> str:
        """As it is kept."""
        return json.dumps(self._asdict(), sort_keys=True, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Then":
        """What was kept."""
        told: dict[str, Any] = json.loads(text)
        return cls(**{**told, "owners": tuple(told["owners"])})

    @property
    def does(self) -> bool:
        """Whether it does anything."""
        return bool(self.task.strip() or self.channel or self.campaign)

    def checked(self) -> "Then":
        """The same. Raises InputError for what does nothing."""
        words = (self.task, *self.owners)
        fits = all(word.isprintable() and len(word) <= LONGEST for word in words) and len(self.owners) <= MOST_OWNERS
        fits = fits and all(len(owner) <= LONGEST_OWNER for owner in self.owners)
        if not fits or not self.does or not 0 <= self.days <= MOST_DAYS:
            raise Refused("playbook.then")
        return self

"""What every kind of filter can say and do."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np
import pandas as pd

from nps.joined import Joined
from nps.notes import Note

Query = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Clause(ABC):
    """One condition: a value, and equal to every other that asks the same.

    keyword    what it is called in `Selection(...)`
    since      the version of links that its parameters came with; a new kind takes the next one
    of_people  asked of whoever the rule for repeated answers leaves; else of the answers, before that rule
    """

    keyword: ClassVar[str]
    since: ClassVar[int]
    of_people: ClassVar[bool] = True

    @classmethod
    @abstractmethod
    def of(cls, value: Any) -> tuple[Self, ...]:
        """What is meant by the value of its keyword; nothing where that is no filter. Raises InputError."""

    @classmethod
    @abstractmethod
    def value_of(cls, clauses: Sequence[Self]) -> Any:
        """The value that `of` would make these from; of none, what is no filter."""

    @abstractmethod
    def passes(self, panel: Joined) -> np.ndarray:
        """Which of `panel.answers` it holds for: bool (N,). Raises InputError for what this data does not have."""

    def passes_unasked(self, people: pd.DataFrame) -> np.ndarray:
        """Whom of `panel.unasked`, who never answered, it leaves in: bool. Nobody, where it cannot be told of them."""
        return np.zeros(len(people), bool)

    def under(self, panel: Joined) -> Self:  # noqa: ARG002 - what kinds about comments are described by
        """The same condition, told in the words of a panel: of its rules, and of what was saved."""
        return self

    @abstractmethod
    def describe(self) -> Note:
        """The condition, to be told in a list of them."""

    @abstractmethod
    def to_query(self) -> dict[str, list[str]]:
        """As parameters of a link, with names that no other kind has."""

    @classmethod
    @abstractmethod
    def from_query(cls, query: Query) -> tuple[Self, ...]:
        """What parameters of a link hold of this kind. Raises ValueError for what `to_query` does not write."""

    @property
    def about(self) -> tuple[str, ...]:
        """Its keyword, and what else it is about: of several about the same there is one, see `with_other`."""
        return (self.keyword,)

    def with_other(self, other: Self) -> Self:
        """The clause that this and a later one about the same thing come to."""
        return other

"""People of some values of a segment."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np
import pandas as pd

from nps.banding import NONE, named
from nps.joined import Joined, segment_named
from nps.notes import InputError, Note, note
from nps.selection.clauses.choice import Choice
from nps.selection.clauses.clause import Query

PREFIX = "is."
OF_EVERYBODY = ("role", "plan")  # the segments that are known of people who never answered
Pairs = tuple[tuple[str, tuple[str, ...]], ...]


class Segment(Choice):
    """Segment -> wanted values, e.g. {"role": ["Admin"]}; “(none)” for who has none."""

    keyword = "where"
    since = 1

    @classmethod
    def of(cls, value: Any) -> tuple[Self, ...]:
        pairs = value.items() if isinstance(value, Mapping) else value
        several = ((segment, (wanted,) if isinstance(wanted, str) else tuple(wanted)) for segment, wanted in pairs)
        return tuple(cls(segment, wanted) for segment, wanted in several if wanted)

    @classmethod
    def value_of(cls, clauses: Sequence[Self]) -> Pairs:
        return tuple((clause.field, clause.values) for clause in clauses)

    def passes(self, panel: Joined) -> np.ndarray:
        if self.field not in panel.segments:
            raise InputError("selection.no_segment", name=self.field)
        return panel.answers[self.field].isin(self.values).to_numpy()

    def passes_unasked(self, people: pd.DataFrame) -> np.ndarray:
        if self.field not in OF_EVERYBODY:
            return super().passes_unasked(people)
        return people[self.field].fillna(NONE).isin(self.values).to_numpy()

    def describe(self) -> Note:
        return note("whom.choice", field=segment_named(self.field), values=tuple(map(named, self.values)))

    @classmethod
    def options(cls, panel: Joined) -> list[Self]:
        return [cls(name, (value,)) for name in panel.segments for value in panel.answers[name].cat.categories]

    def to_query(self) -> dict[str, list[str]]:
        return {PREFIX + self.field: list(self.values)}

    @classmethod
    def from_query(cls, query: Query) -> tuple[Self, ...]:
        return cls.of({name.removeprefix(PREFIX): wanted for name, wanted in query.items() if name.startswith(PREFIX)})

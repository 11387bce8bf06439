"""Answers of a period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

import numpy as np
import pandas as pd

from nps.joined import Joined
from nps.notes import InputError, Note, note
from nps.selection.clauses.clause import Clause, Query


@dataclass(frozen=True)
class Period(Clause):
    """First and last day (UTC) of the answers, both included; None for all."""

    keyword = "period"
    since = 1
    of_people = False

    first: date
    last: date

    @classmethod
    def of(cls, value: Sequence[Any] | None) -> tuple[Self, ...]:
        if value is None:
            return ()
        first, last = (pd.Timestamp(day).date() for day in value)
        if first > last:
            raise InputError("selection.period")
        return (cls(first, last),)

    @classmethod
    def value_of(cls, clauses: Sequence[Self]) -> tuple[date, date] | None:
        return (clauses[0].first, clauses[0].last) if clauses else None

    def passes(self, panel: Joined) -> np.ndarray:
        when, end = panel.answers["responded_at"], pd.Timestamp(self.last) + pd.Timedelta(days=1)
        return ((when >= pd.Timestamp(self.first)) & (when < end)).to_numpy()

    def passes_unasked(self, people: pd.DataFrame) -> np.ndarray:
        """Everybody: it says which answers count, and not whose."""
        return np.ones(len(people), bool)

    def describe(self) -> Note:
        return note("whom.period", first=self.first, last=self.last)

    def to_query(self) -> dict[str, list[str]]:
        return {"period": [f"{self.first}..{self.last}"]}

    @classmethod
    def from_query(cls, query: Query) -> tuple[Self, ...]:
        if not query.get("period"):
            return ()
        first, last = map(date.fromisoformat, query["period"][0].split(".."))
        return cls.of((first, last))

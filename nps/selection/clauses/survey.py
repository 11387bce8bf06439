"""Answers to some surveys."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd

from nps.banding import NONE, named
from nps.joined import Joined
from nps.notes import Note, note
from nps.selection.clauses.clause import Clause, Query


@dataclass(frozen=True)
class Survey(Clause):
    """The survey's name, or several names that count together, “(none)” for answers without one; None for all."""

    keyword = "survey"
    since = 1
    of_people = False

    names: tuple[str, ...]

    @classmethod
    def of(cls, value: str | Iterable[str] | None) -> tuple[Self, ...]:
        names = (value,) if isinstance(value, str) else value or ()
        alphabetical = tuple(sorted({str(name) for name in names}))
        return (cls(alphabetical),) if alphabetical else ()

    @classmethod
    def value_of(cls, clauses: Sequence[Self]) -> tuple[str, ...] | None:
        return clauses[0].names if clauses else None

    def passes(self, panel: Joined) -> np.ndarray:
        return panel.answers["survey"].fillna(NONE).isin(self.names).to_numpy()

    def passes_unasked(self, people: pd.DataFrame) -> np.ndarray:
        """Everybody: it says which answers count, and not whose."""
        return np.ones(len(people), bool)

    def describe(self) -> Note:
        return note("whom.survey", names=tuple(map(named, self.names)))

    def to_query(self) -> dict[str, list[str]]:
        return {"survey": list(self.names)}

    @classmethod
    def from_query(cls, query: Query) -> tuple[Self, ...]:
        return cls.of(query.get("survey"))

"""People who use the product like promoters do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, Self, cast

import numpy as np

from nps.joined import Joined
from nps.notes import InputError, Note, note
from nps.selection.clauses.clause import Clause, Query

PARAMETER = {"like": ["promoters"]}


class Rated(Protocol):
    """A panel that knows who of all its people is like promoters, whatever the filters: see `Panel.like_promoters`."""

    like_promoters: Any


@dataclass(frozen=True)
class LikePromoters(Clause):
    """Whether only people count who use the product like promoters do, see `Panel.like_promoters`."""

    keyword = "like_promoters"
    since = 2

    @classmethod
    def of(cls, value: bool) -> tuple[Self, ...]:
        return (cls(),) if value else ()

    @classmethod
    def value_of(cls, clauses: Sequence[Self]) -> bool:
        return bool(clauses)

    def passes(self, panel: Joined) -> np.ndarray:
        """Raises InputError where nobody can be told to be."""
        like = cast(Rated, panel).like_promoters
        if like.hidden:
            raise InputError("selection.nobody_like_promoters", why=like.hidden.value)
        person, latest = np.zeros(len(panel.latest_positions), bool), panel.latest_positions
        person[panel.person[latest]] = panel.answers["person_id"].iloc[latest].isin(like.alike)
        return person[panel.person]

    def describe(self) -> Note:
        return note("whom.like_promoters")

    def to_query(self) -> dict[str, list[str]]:
        return dict(PARAMETER)

    @classmethod
    def from_query(cls, query: Query) -> tuple[Self, ...]:
        return cls.of(all(list(query.get(name, ()))[:1] == values for name, values in PARAMETER.items()))

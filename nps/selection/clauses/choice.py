"""People by what holds for them, of several values that one can choose among."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from nps.banding import named
from nps.joined import Joined
from nps.notes import Note, Value, chain, note
from nps.selection.clauses.clause import Clause, Query


@dataclass(frozen=True)
class Choice(Clause):
    """Any of some values of one thing: more values widen, other things narrow.

    Pages offer `options` under “Only these people”. What stands here fits a kind about one thing, its keyword.
    """

    field: str
    values: tuple[str, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", tuple(sorted({str(value) for value in self.values})))

    @classmethod
    def of(cls, value: Any) -> tuple[Self, ...]:
        values = (value,) if isinstance(value, str) else tuple(value or ())
        return (cls(cls.keyword, values),) if values else ()

    @classmethod
    def value_of(cls, clauses: Sequence[Self]) -> Any:
        return clauses[0].values if clauses else ()

    @classmethod
    def options(cls, panel: Joined) -> list[Self]:  # noqa: ARG003 - what kinds that offer something look into
        """A choice of each value that this data has; none where there are too many to be listed."""
        return []

    def fits(self, panel: Joined) -> bool:  # noqa: ARG002 - what kinds that list nothing look into
        """Whether this data can have its values although `options` do not list them."""
        return False

    @property
    def label(self) -> Value:
        """Its values alone, as a picker of this kind lists them."""
        return chain("or", map(named, self.values))

    def each(self) -> list[Self]:
        """A choice of each of its values."""
        return [replace(self, values=(value,)) for value in self.values]

    def describe(self) -> Note:
        return note("whom.choice", field=self.field, values=self.values)

    def to_query(self) -> dict[str, list[str]]:
        return {self.field: list(self.values)}

    @classmethod
    def from_query(cls, query: Query) -> tuple[Self, ...]:
        return cls.of(query.get(cls.keyword))

    @property
    def about(self) -> tuple[str, ...]:
        return self.keyword, self.field

    def with_other(self, other: Self) -> Self:
        return replace(self, values=self.values + other.values)

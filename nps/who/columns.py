"""The columns that conditions can be about, and what stands in them."""

from abc import ABC, abstractmethod
from collections.abc import Collection
from contextlib import AbstractContextManager
from typing import NamedTuple

from ibis.expr.types import Table

from nps import quality
from nps.fields import FIELDS
from nps.who.tables import outside, said

MOST_VALUES = 50  # of a column, those that most rows have
NAMES = ("person_id", "name", "email")  # of people: hardly two have the same


class Askable(NamedTuple):
    """Of people their columns of text and of yes or no; of usage such as it has besides the fields of all usage."""

    people: tuple[str, ...]
    usage: tuple[str, ...]


class Lying(NamedTuple):
    """Usage and people in one engine; None where there is no such thing beside the other."""

    usage: Table | None
    people: Table | None


class Columns(ABC):
    """Usage and people where they lie, as far as their columns go. Each is asked once."""

    def __init__(self) -> None:
        self._askable: Askable | None = None
        self._strange: tuple[int, int] | None = None
        self._values: dict[tuple[str, str], list[str]] = {}

    @abstractmethod
    def opened(self) -> AbstractContextManager[Lying]:
        """A context in which they can be asked. Raises InputError."""

    def askable(self) -> Askable:
        """The columns that conditions can be about."""
        if self._askable is None:
            with self.opened() as lying:
                self._askable = Askable(_texts(lying.people, NAMES), _texts(lying.usage, FIELDS["usage"]))
        return self._askable

    def values(self, table: str, column: str) -> list[str]:
        """The values of a column of people or usage that most rows have, as conditions name them, in order."""
        if (table, column) not in self._values:
            with self.opened() as lying:
                self._values[table, column] = _values(getattr(lying, table), column)
        return self._values[table, column]

    def strange(self) -> tuple[int, int]:
        """Rows of the usage that are of nobody on the list of people, none without a list; and all of them."""
        if self._strange is None:
            with self.opened() as lying:
                self._strange = _strange(*lying)
        return self._strange


def _values(table: Table, column: str) -> list[str]:
    counted = table.group_by(value=said(table[column])).aggregate(rows=table.count())
    most = counted.order_by(counted.rows.desc(), counted["value"]).limit(MOST_VALUES)
    return sorted(most["value"].to_pandas())


def _strange(usage: Table | None, people: Table | None) -> tuple[int, int]:
    if usage is None:
        return 0, 0
    by = quality.key(usage)
    some = 0 if people is None or by not in people.columns else int(outside(usage, people, by).count().to_pandas())
    return some, int(usage.count().to_pandas())


def _texts(table: Table | None, others: Collection[str]) -> tuple[str, ...]:
    schema = {} if table is None else table.schema()
    fits = {name for name, kind in schema.items() if kind.is_string() or kind.is_boolean()}
    return tuple(name for name in schema if name in fits - {*others, *quality.KEYS})

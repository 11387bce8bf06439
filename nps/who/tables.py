"""What conditions are asked of: the usage, people and answers of one engine, as Ibis tables."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import ibis
import numpy as np
import pandas as pd
from ibis.expr.types import Column, StringValue, Table

from nps import engines
from nps.banding import NONE
from nps.fields import ACCOUNTS
from nps.notes import InputError
from nps.who.values import Feature, Named

ZONES = {"duckdb": "current_setting('TimeZone')", "postgres": "current_setting('TimeZone')"}
ZONES |= {"pyspark": "current_timezone()"}
UTC = ("UTC", "Etc/UTC", "GMT")
ANSWERS = ["answer", "person", "person_id", "score", "responded_at", "survey", *ACCOUNTS]


@dataclass(frozen=True)
class Tables:
    """Where they lie. Times are UTC, without a zone.

    answers  answer and person (numbers, of the panel), person_id, score, responded_at, survey, account_id, account
    usage    the table of `tables.usage`; None where there is none
    people   one row for each person_id, with whatever is known of them; None where nobody lists them
    as_of    the last moment that counts; None where nothing has a date
    named    numbers of the answers whose comment names something; None where comments are not at hand
    known    the features that can be asked for; None: any
    """

    answers: Table
    usage: Table | None = None
    people: Table | None = None
    as_of: pd.Timestamp | None = None
    named: Callable[[Named], np.ndarray] | None = None
    known: frozenset[Feature] | None = None

    @cached_property
    def everybody(self) -> Table:
        """person_id of each of those that there are: of people, else of whoever answered or used anything."""
        if self.people is not None:
            return self.people.select("person_id")
        answered = self.answers.select("person_id")
        return (
            answered.distinct() if self.usage is None else answered.union(self.usage.select("person_id"), distinct=True)
        )

    @property
    def used(self) -> Table:
        """The usage. Raises InputError where there is none."""
        if self.usage is None:
            raise InputError("who.no_usage")
        return self.usage

    @property
    def listed(self) -> Table:
        """The people. Raises InputError where nobody lists them."""
        if self.people is None:
            raise InputError("who.no_people")
        return self.people

    @property
    def joiners(self) -> Table:
        """When people joined: person_id, joined_at. Raises InputError where that is not known."""
        if self.people is None or "joined_at" not in self.people.columns:
            raise InputError("who.no_joined")
        return self.people.select("person_id", joined_at=self.people.joined_at.cast("timestamp"))

    @property
    def members(self) -> Table:
        """Whose account is known: person_id, account; of people, else as answers name it."""
        table = self.answers if self.people is None else self.people
        names = [table[name] for name in ACCOUNTS if name in table.columns]
        if not names:
            raise InputError("who.no_accounts")
        named = table.select("person_id", account=ibis.coalesce(*names))
        return named.filter(named.account.notnull()).distinct()

    def answering(self, numbers: np.ndarray) -> Table:
        """The answers of these numbers."""
        if not len(numbers):
            return self.answers.limit(0)
        wanted = beside(pd.DataFrame({"answer": np.asarray(numbers, np.int64)}), self.answers)
        return inside(self.answers, wanted, "answer")


def inside(rows: Table, found: Table, key: str) -> Table:
    """The rows whose key is found.

    No semi-join: Ibis shares nodes of a statement, and sqlglot, which rewrites those joins in place, loses one then.
    """
    return rows.inner_join(found.select(key).distinct(), key)


def outside(rows: Table, found: Table, key: str) -> Table:
    """The rows whose key is not found."""
    flagged = rows.left_join(found.select(key).distinct().mutate(found=ibis.literal(1)), key)
    return flagged.filter(flagged.found.isnull()).select(*rows.columns)


def said(column: Column) -> StringValue:
    """What cells of text, or of yes and no, say; “(none)” where nothing is."""
    if column.type().is_boolean():
        return column.isnull().ifelse(NONE, column.ifelse("true", "false"))
    return column.fill_null(NONE)


def beside(frame: pd.DataFrame, table: Table) -> Table:
    """A frame of one row at least as one table of the engine that holds another."""
    parts = [*engines.beside(frame, table)]
    return parts[0] if len(parts) == 1 else ibis.union(*parts)


def assert_utc(table: Table) -> None:
    """Days are of UTC in the session that holds a table, where its engine can tell."""
    backend = table.get_backend()
    if zone := ZONES.get(backend.name):
        told = backend.sql(f"SELECT {zone} AS zone", schema={"zone": "string"}).to_pandas()["zone"][0]
        assert told in UTC, told

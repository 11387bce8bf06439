"""What is known of accounts: their own list, and what the rows of their people repeat."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from nps import accounts
from nps.fields import REPEATED

DATES = ("renewal_at", "expanded_at", "joined_at", "churned_at")
COLUMNS = (*REPEATED, "joined_at", "churned_at", "tickets", "known_people")
OF_PERSONS = ("person_id", "account_id", *REPEATED, "role", "joined_at", "churned_at")


class Accounts(NamedTuple):
    """What is known of accounts.

    table     by id, else name: COLUMNS. Revenue is the account's, however many people repeat it
    whose     person_id -> account; missing where it is not known
    """

    table: pd.DataFrame
    whose: pd.Series

    @classmethod
    def nothing(cls) -> "Accounts":
        """Nothing is known."""
        return cls(_together(_listed(None), pd.DataFrame(columns=[*COLUMNS])), pd.Series(dtype=object))

    @property
    def keyed(self) -> pd.Series:
        """Whatever an account is called, id or name -> its place in `table`: that."""
        keys = self.table.index
        both = pd.concat([pd.Series(keys, keys, dtype=object), pd.Series(keys, self.table["account"], dtype=object)])
        return both[both.index.notna() & ~both.index.duplicated()]


@dataclass(frozen=True, eq=False)
class Told:
    """What accounts and people are known by, as `known` takes it: looked at when somebody asks.

    answers  a row each, oldest first, as they were before anything was divided in bands
    people   a row each
    listed   of accounts, a row each
    """

    answers: pd.DataFrame
    people: pd.DataFrame | None = None
    listed: pd.DataFrame | None = None

    @classmethod
    def of(
        cls, answers: pd.DataFrame, people: pd.DataFrame | None = None, listed: pd.DataFrame | None = None
    ) -> "Told":
        """Of all that is known, the columns that tell of accounts."""
        needed = None if listed is None else _needed(listed, {*OF_PERSONS, *COLUMNS})
        return cls(_needed(answers), None if people is None else _needed(people), needed)

    @classmethod
    def nothing(cls) -> "Told":
        """Nobody is known."""
        return cls(pd.DataFrame(columns=[*OF_PERSONS], dtype=object))

    @cached_property
    def accounts(self) -> Accounts:
        """What is known of accounts."""
        return known(self.answers, self.people, self.listed)

    @property
    def owners(self) -> set[str]:
        """Who looks after accounts, by name."""
        lists = (self.answers, self.people, self.listed)
        return {
            str(each)
            for rows in lists
            if rows is not None and "owner" in rows
            for each in rows["owner"].dropna().unique()
        }

    @property
    def persons(self) -> pd.DataFrame:
        """A row for everybody, whether they answered or not: OF_PERSONS."""
        return _persons(self.answers, self.people if self.people is not None and "person_id" in self.people else None)


def _needed(rows: pd.DataFrame, names: Collection[str] = OF_PERSONS) -> pd.DataFrame:
    return rows[[name for name in rows if name in names]]


def known(answers: pd.DataFrame, people: pd.DataFrame | None = None, listed: pd.DataFrame | None = None) -> Accounts:
    """Accounts of answers, of people, and of their own list.

    answers  of a panel, oldest first
    people   a row per person, or, without person_id, per account: then that is the list
    listed   a row per account: account_id or account, COLUMNS; what it says goes before what people repeat. An account
             has joined with its first person, and left with its last, unless the list says otherwise
    """
    if people is not None and "person_id" not in people:
        people, listed = None, people if listed is None else listed
    rows = _persons(answers, people)
    names = accounts.named(rows)
    if names.isna().any():
        said = pd.Series(accounts.named(answers).to_numpy(), answers["person_id"], dtype=object).dropna()
        names = names.where(names.notna(), rows["person_id"].map(said[~said.index.duplicated(keep="last")]))
    whose = pd.Series(names.to_numpy(), rows["person_id"], dtype=object)
    rows = rows[names.notna().to_numpy()]
    code, keys = pd.factorize(names[names.notna()])
    table = pd.DataFrame(_dates(rows, code, len(keys)), index=keys)
    table["known_people"] = np.bincount(code, minlength=len(keys))
    for column in REPEATED:
        table[column] = _most(rows[column], code, len(keys))
    return Accounts(_together(_listed(listed), table), whose)


def _dates(rows: pd.DataFrame, code: np.ndarray, size: int) -> dict[str, pd.Series]:
    """When the first person of each account joined, and the last left where all of them did."""
    joined, left = (
        pd.to_datetime(rows[name]).reset_index(drop=True).groupby(code) for name in ("joined_at", "churned_at")
    )
    stayed = np.bincount(code, minlength=size) > left.count().reindex(range(size)).to_numpy()
    last = left.max().reindex(range(size)).mask(stayed)
    return {"joined_at": joined.min().reindex(range(size)).array, "churned_at": last.array}


def _together(listed: pd.DataFrame, lifted: pd.DataFrame) -> pd.DataFrame:
    """What the list says, else what people repeat."""
    keys = listed.index.astype(object).union(lifted.index.astype(object)).sort_values()
    first, then = (rows.reindex(index=keys, columns=[*COLUMNS]).astype(object) for rows in (listed, lifted))
    table = first.where(first.notna(), then)
    dates = {name: pd.to_datetime(table[name]) for name in DATES}
    amounts = {name: pd.to_numeric(table[name]) for name in ("revenue", "seats", "tickets")}
    people = pd.to_numeric(table["known_people"]).fillna(0).astype(int)
    return table.assign(**dates, **amounts, known_people=people)


def _persons(answers: pd.DataFrame, people: pd.DataFrame | None) -> pd.DataFrame:
    """A row per person: of the list, else of the latest answer."""
    columns = [*OF_PERSONS]
    latest = answers.drop_duplicates("person_id", keep="last")
    if people is None:
        return latest.reindex(columns=columns)
    others = latest[pd.Index(people["person_id"]).get_indexer(latest["person_id"]) < 0]
    if others.empty:
        return people.reindex(columns=columns)
    return pd.concat([rows.reindex(columns=columns).astype(object) for rows in (people, others)], ignore_index=True)


def _most(values: pd.Series, code: np.ndarray, size: int) -> np.ndarray:
    """The most frequent value of each account, of equals the first: (size,)."""
    value, each = pd.factorize(values)
    told = np.flatnonzero(value >= 0)
    pair, first, rows = np.unique(code[told] * max(len(each), 1) + value[told], return_index=True, return_counts=True)
    account = pair // max(len(each), 1)
    order = np.lexsort((first, -rows, account))
    place, chosen = np.unique(account[order], return_index=True)
    most = np.full(size, -1)
    most[place] = (pair % max(len(each), 1))[order][chosen]
    return np.append(np.asarray(each, object), None)[most]


def _listed(listed: pd.DataFrame | None) -> pd.DataFrame:
    if listed is None:
        return pd.DataFrame(columns=[*COLUMNS])
    own = listed.assign(key=accounts.named(listed)).dropna(subset="key").drop_duplicates("key").set_index("key")
    return own.reindex(columns=[*COLUMNS[:-1]])

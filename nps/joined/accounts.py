"""What is known of accounts: their own list, and what the rows of their people repeat."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from nps import accounts
from nps.notes import Note, field_named, note

REPEATED = ("account", "plan", "revenue", "seats", "owner", "renewal_at", "expanded_at")
DATES = ("renewal_at", "expanded_at", "joined_at", "churned_at")
COLUMNS = (*REPEATED, "joined_at", "churned_at", "known_people")


class Accounts(NamedTuple):
    """What is known of accounts.

    table     by id, else name: COLUMNS. Revenue is the account's, however many people repeat it
    whose     person_id -> account; missing where it is not known
    disagree  column -> in how many accounts people say different things
    """

    table: pd.DataFrame
    whose: pd.Series
    disagree: dict[str, int]

    @classmethod
    def nothing(cls) -> "Accounts":
        """Nothing is known."""
        return cls(_together(_listed(None), pd.DataFrame(columns=[*COLUMNS])), pd.Series(dtype=object), {})

    @property
    def notes(self) -> tuple[Note, ...]:
        """In how many accounts people say different things."""
        return tuple(note("joined.disagree", n=n, field=field_named(name)) for name, n in self.disagree.items())


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
    disagree = {}
    for column in REPEATED:
        table[column], disagree[column] = _most(rows[column], code, len(keys))
    return Accounts(_together(_listed(listed), table), whose, {name: n for name, n in disagree.items() if n})


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
    amounts = {name: pd.to_numeric(table[name]) for name in ("revenue", "seats")}
    people = pd.to_numeric(table["known_people"]).fillna(0).astype(int)
    return table.assign(**dates, **amounts, known_people=people)


def _persons(answers: pd.DataFrame, people: pd.DataFrame | None) -> pd.DataFrame:
    """A row per person: of the list, else of the latest answer."""
    columns = ["person_id", "account_id", *REPEATED, "joined_at", "churned_at"]
    latest = answers.drop_duplicates("person_id", keep="last")
    if people is None:
        return latest.reindex(columns=columns)
    others = latest[pd.Index(people["person_id"]).get_indexer(latest["person_id"]) < 0]
    if others.empty:
        return people.reindex(columns=columns)
    return pd.concat([rows.reindex(columns=columns).astype(object) for rows in (people, others)], ignore_index=True)


def _most(values: pd.Series, code: np.ndarray, size: int) -> tuple[np.ndarray, int]:
    """The most frequent value of each account (size,), of equals the first; and how many accounts have several."""
    value, each = pd.factorize(values)
    told = np.flatnonzero(value >= 0)
    pair, first, rows = np.unique(code[told] * max(len(each), 1) + value[told], return_index=True, return_counts=True)
    account = pair // max(len(each), 1)
    order = np.lexsort((first, -rows, account))
    place, chosen = np.unique(account[order], return_index=True)
    most = np.full(size, -1)
    most[place] = (pair % max(len(each), 1))[order][chosen]
    names = np.append(np.asarray(each, object), None)
    return names[most], int((np.bincount(account, minlength=1) > 1).sum())


def _listed(listed: pd.DataFrame | None) -> pd.DataFrame:
    if listed is None:
        return pd.DataFrame(columns=[*COLUMNS])
    own = listed.assign(key=accounts.named(listed)).dropna(subset="key").drop_duplicates("key").set_index("key")
    return own.reindex(columns=[*COLUMNS[:-1]])

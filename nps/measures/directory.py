"""Everybody who can be searched for: by a part of a name, an e-mail address, an id or an account."""

from typing import NamedTuple

import pandas as pd

SEARCHED = ("person_id", "name", "email", "account", "account_id")


class Directory(NamedTuple):
    """Everybody, in the order of their names, then ids; those without a name last.

    people  person_id, name, email, account, answered
    text    what is searched in, of each: a str (N,)
    """

    people: pd.DataFrame
    text: pd.Series


def directory(answered: pd.DataFrame, others: pd.DataFrame) -> Directory:
    """Of who answered, and of who is known and did not: SEARCHED each."""
    lists = [
        rows[[*SEARCHED]].astype("str").assign(answered=said) for rows, said in ((answered, True), (others, False))
    ]
    people = pd.concat([rows for rows in lists if len(rows)] or lists[:1], ignore_index=True)
    folded = pd.DataFrame({name: people[name].fillna("").str.casefold() for name in SEARCHED})
    order = (
        folded.assign(nameless=people["name"].isna())
        .sort_values(["nameless", "name", "person_id"], kind="stable")
        .index
    )
    text = folded["person_id"]
    for name in SEARCHED[1:]:
        text = text + "\n" + folded[name]
    return Directory(people.loc[order].reset_index(drop=True), text.loc[order].reset_index(drop=True))


def find(directory: Directory, words: str, most: int) -> tuple[pd.DataFrame, int]:
    """At most so many whose name, e-mail, id or account holds the words, whatever their case; and how many do."""
    wanted = words.strip().casefold()
    if not wanted:
        return directory.people.head(most), len(directory.people)
    hits = directory.text.str.contains(wanted, regex=False).to_numpy(bool)
    return directory.people[hits].head(most), int(hits.sum())

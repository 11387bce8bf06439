"""The people to write to, in a form that a spreadsheet cannot turn into anything else."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from nps.banding import NONE
from nps.measures.spreadsheets import formula_safe

COLUMNS = {
    "person_id": "person",
    "name": "name",
    "email": "email",
    "account": "account",
    "role": "role",
    "score": "score",
    "comment": "comment",
    "activity": "activity",
}
MENTIONED = ("person_id", "name", "email", "account", "role", "comment")


def contactable(people: pd.DataFrame, suppress: Iterable[str]) -> np.ndarray:
    """Who may be written to: not opted out, and not suppressed by person id or e-mail. bool (n,)."""
    willing = ~people["opted_out"].to_numpy(bool)
    suppressed = {str(entry).strip().casefold() for entry in suppress}
    if suppressed:
        named = people["person_id"].str.casefold().isin(suppressed)
        mailed = people["email"].astype("string").str.strip().str.casefold().isin(suppressed).fillna(False)
        willing &= ~(named | mailed).to_numpy(bool)
    return willing


def mentions(people: pd.DataFrame, words: str) -> np.ndarray:
    """Whose id, name, e-mail, account, role or comment holds the words, whatever their case. bool (n,)."""
    hits, wanted = np.full(len(people), not words.strip()), words.strip().casefold()
    for name in MENTIONED if wanted else ():
        cells = people[name].astype("string").fillna("").str.casefold()
        hits |= cells.str.contains(wanted, regex=False).to_numpy(bool)
    return hits


def latest(answers: pd.DataFrame, words: str, most: int, places: np.ndarray | None = None) -> tuple[pd.DataFrame, int]:
    """At most so many answers whose person or comment holds the words, the latest first; and how many do.

    answers  oldest first
    places   which rows of them to look at; None: all
    """
    positions = np.arange(len(answers)) if places is None else places
    if words.strip():
        positions = positions[mentions(answers.iloc[positions], words)]
    return answers.iloc[positions[::-1][:most]], len(positions)


def named(respondents: pd.DataFrame, words: str, most: int, always: str | None = None) -> tuple[pd.Series, int]:
    """Names (blank where unknown) by person, in their order, of at most so many that hold the words; and how many do.

    always  a person who is among them whatever the words
    """
    hits = mentions(respondents, words)
    matches = respondents.loc[hits, ["person_id", "name"]].fillna({"name": ""}).sort_values("name", kind="stable")
    always_there = respondents.loc[respondents["person_id"] == always, ["person_id", "name"]].fillna({"name": ""})
    listed = pd.concat([always_there, matches.head(most)]).drop_duplicates("person_id")
    return listed.set_index("person_id")["name"].sort_values(kind="stable"), int(hits.sum())


def contacts(people: pd.DataFrame, why: str | pd.Series, suppress: Iterable[str] = ()) -> pd.DataFrame:
    """One row per person who may be written to: person, name, email, account, role, score, comment, activity, why.

    why  of all of them, or of each row
    """
    account = people["account"].astype(object).where(lambda name: name != NONE).fillna(people["account_id"])
    listed = people.assign(account=account)[contactable(people, suppress)]
    listed = listed[list(COLUMNS)].rename(columns=COLUMNS).drop_duplicates("person", keep="last")
    return formula_safe(listed.assign(why=why).reset_index(drop=True))


def reached(willing: np.ndarray, person: np.ndarray | None) -> tuple[int, int]:
    """How many people may be written to, and how many may not: of answers (n,), by whose they are; None: all differ."""
    if person is None:
        return int(willing.sum()), int((~willing).sum())
    listed = len(np.unique(person[willing]))
    return listed, len(np.unique(person)) - listed

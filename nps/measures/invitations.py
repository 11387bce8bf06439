"""Whom to ask next: who was not asked lately, and who never answered."""

from collections.abc import Iterable
from datetime import date

import numpy as np
import pandas as pd

from nps.banding import NONE
from nps.joined import Joined
from nps.measures.contacts import contactable
from nps.measures.rules import TOO_SOON_DAYS
from nps.measures.spreadsheets import formula_safe
from nps.selection import Selection

NAMES = {"person_id": "person", "name": "name", "email": "email", "account": "account", "role": "role", "why": "why"}


def rested(panel: Joined, places: np.ndarray, on: date, suppress: Iterable[str]) -> np.ndarray:
    """Of answers at these positions, the last of each person who may be asked on a day, oldest first.

    Not who answered anything within 90 days before, opted out, or is in `suppress` (ids or e-mails).
    """
    since = (pd.Timestamp(on) - pd.Timedelta(days=TOO_SOON_DAYS)).to_datetime64()
    lately = np.zeros(panel.person.max(initial=-1) + 1, bool)
    lately[panel.person[(panel.answers["responded_at"] > since).to_numpy()]] = True
    last = np.full(len(lately), -1)
    last[panel.person[places]] = places  # of several, the last one stays
    last = np.sort(last[(last >= 0) & ~lately])
    return last[contactable(panel.answers.iloc[last], suppress)]


def listed(people: pd.DataFrame, why: str) -> pd.DataFrame:
    """The people to ask, formula-safe, in an order that tells nothing: the first n are n drawn at random."""
    people = people.sort_values("person_id", ignore_index=True)
    account = people["account"].astype(object).where(lambda name: name != NONE).fillna(people["account_id"])
    order = np.random.default_rng(len(people)).permutation(len(people))
    named = people.assign(account=account, why=why).rename(columns=NAMES)
    return formula_safe(named[list(NAMES.values())].iloc[order].reset_index(drop=True))


def never_asked(unasked: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """Who of the people that never answered is in a selection: nobody where it is by what people answered or used."""
    chosen = np.full(len(unasked), selection.region.everything)
    for clause in selection.clauses:
        chosen &= clause.passes_unasked(unasked)
    return unasked[chosen]

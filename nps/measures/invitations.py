"""Whom to ask next: who was not asked lately, and who never answered."""

from collections.abc import Iterable
from datetime import date

import numpy as np
import pandas as pd

from nps.banding import NONE
from nps.measures.contacts import contactable
from nps.measures.repeats import TOO_SOON_DAYS
from nps.measures.spreadsheets import formula_safe
from nps.selection import Selection

COLUMNS = ("person", "name", "email", "account", "role", "last answered", "why")
KNOWN = ("role", "plan")  # the segments that are known of people who never answered


def to_ask(people: pd.DataFrame, asked: pd.Series, on: date, why: str, suppress: Iterable[str]) -> pd.DataFrame:
    """Who may be asked on a day, formula-safe, in an order that tells nothing: the first n are n drawn at random.

    people  of a selection, whether they answered or never did
    asked   when each person last answered anything, by person_id; who did within 90 days before is left out
    """
    people = people.drop_duplicates("person_id", keep="last").sort_values("person_id", ignore_index=True)
    last = people["person_id"].map(asked).astype("datetime64[us]")
    lately = (last > pd.Timestamp(on) - pd.Timedelta(days=TOO_SOON_DAYS)).to_numpy(bool)
    account = people["account"].astype(object).where(lambda name: name != NONE).fillna(people["account_id"])
    named = people.assign(person=people["person_id"], account=account, why=why, **{"last answered": last.dt.date})
    listed = named.loc[~lately & contactable(people, suppress), list(COLUMNS)]
    order = np.random.default_rng(len(listed)).permutation(len(listed))
    return formula_safe(listed.iloc[order].reset_index(drop=True))


def never_asked(unasked: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """Who of the people that never answered is in a selection: nobody where it is by what people answered or used."""
    by_person = all(segment in KNOWN for segment, _ in selection.where)
    chosen = np.full(len(unasked), by_person and selection.region.everything and not selection.alike)
    for segment, values in selection.where if by_person else ():
        chosen &= unasked[segment].fillna(NONE).isin(values).to_numpy()
    return unasked[chosen]

"""What accounts and people are called, where that is known: lists of what is kept hold their ids."""

import pandas as pd

import nps


def accounts(panel: nps.Panel, ids: pd.Series) -> pd.Series:
    """The name of each account, else its id."""
    named = ids.map(panel.accounts.table["account"])
    return named.where(named.notna(), ids)


def people(panel: nps.Panel, ids: pd.Series) -> pd.Series:
    """The name of each person, as they last answered, else their id."""
    answers = panel.answers.loc[panel.answers["person_id"].isin(ids.dropna()), ["person_id", "name"]]
    named = ids.map(answers.dropna().drop_duplicates("person_id", keep="last").set_index("person_id")["name"])
    return named.where(named.notna(), ids)

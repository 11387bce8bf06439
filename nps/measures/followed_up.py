"""People as a campaign or a survey takes them: a row each, by the latest answer."""

import pandas as pd

from nps.weekly import MONTH, Weekly, lately

FIFTH, LAST, IDLE = 20, 4, -1
COLUMNS = (
    "person_id",
    "name",
    "email",
    "account_id",
    "role",
    "score",
    "response_id",
    "answered_at",
    "tier",
    "opted_out",
)


def of_answers(answers: pd.DataFrame) -> pd.DataFrame:
    """COLUMNS of the latest of each person's answers; tier: fifth of activity 0-4, NaN where that is not known.

    answers  as `Joined.answers` has them, oldest first
    """
    latest = answers.drop_duplicates("person_id", keep="last")
    tier = (latest["percentile"] // FIFTH).clip(upper=LAST)
    account = latest["account_id"].fillna(latest["account"].astype(object))
    named = latest.assign(account_id=account, answered_at=latest["responded_at"], tier=tier)
    return named[[*COLUMNS]].reset_index(drop=True)


def of_known(people: pd.DataFrame) -> pd.DataFrame:
    """The same of whoever is known of accounts, as `OfAccounts.everyone` has them; the fifth is not known."""
    named = people.assign(account_id=people["whose"], answered_at=people["responded_at"])
    return named.reindex(columns=[*COLUMNS]).reset_index(drop=True)


def to_survey(people: pd.DataFrame, unasked: pd.DataFrame, active: pd.Series) -> pd.DataFrame:
    """The same of who answered and who never did; tier: fifth among who was active lately, IDLE for who was not.

    people   as `of_answers` gives them
    unasked  UNASKED of the panel
    active   how active whoever was active lately was, by id; whoever is not in it was not; empty: it is not known
    """
    account = unasked["account_id"].fillna(unasked["account"].astype(object))
    every = [people.astype(object), unasked.assign(account_id=account).astype(object)]
    listed = pd.concat([each for each in every if len(each)] or every, ignore_index=True).reindex(columns=[*COLUMNS])
    rank = listed["person_id"].map(active).astype(float).rank(pct=True)
    tier = (rank * 100 // FIFTH).clip(upper=LAST)
    tier = tier.fillna(IDLE) if len(active) else tier
    dated = pd.to_datetime(listed["answered_at"])
    return listed.assign(tier=tier, answered_at=dated, opted_out=listed["opted_out"].astype(bool))


def lately_active(weekly: Weekly | None) -> pd.Series:
    """Different days with use in the last four weeks, by id of whoever had any; empty where nobody knows by person."""
    if weekly is None or weekly.by != "person_id":
        return pd.Series(dtype=float)
    days = lately(weekly.active, MONTH).groupby("person")["days"].sum()
    return pd.Series(days.to_numpy(float), weekly.people[days.index])

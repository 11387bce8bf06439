"""The accounts of Slateboard of which nobody answers: customers that were there before, and signups that try it."""

import numpy as np
import pandas as pd

from sample_data import planted, words
from sample_data.company import DAYS, REGIONS, draw, events_of, individuals, used
from sample_data.planted import History, Told

OWNERS = [f"{first} {last}" for first, last in zip(words.FIRST_NAMES, words.LAST_NAMES[::-1], strict=False)][:72]


def history(rng, crowd: pd.DataFrame, events: pd.DataFrame, left: pd.Series, asked: pd.DataFrame) -> History:
    """Everybody, and the accounts of whom nobody answered, with what is planted in them.

    asked  who (place in `crowd`) answered on which day
    """
    known = crowd.drop_duplicates("account_id")
    names = sorted(
        {f"{account} {trade}" for account in words.ACCOUNTS for trade in words.TRADES} - {*known["account_name"]}
    )
    names, size = rng.permutation(names), len(known)
    more, kinds = [crowd.assign(keen=False)], [np.full(size, "")]
    for kind, share in (("customer", planted.CUSTOMERS), ("signup", planted.SIGNUPS)):
        begin = sum(map(len, kinds))
        accounts = _named(rng, names[begin - size :][: round(share * size)], begin)
        invent = planted.customers(rng, accounts) if kind == "customer" else planted.signups(rng, accounts, DAYS)
        more.append(_staff(rng, *invent, sum(map(len, more))))
        kinds.append(np.full(len(accounts), kind))
    everybody = pd.concat(more, ignore_index=True)
    new = everybody.iloc[len(crowd) :].reset_index(drop=True)
    theirs = used(rng, events_of(rng, new))
    events = pd.concat([events, theirs.assign(who=theirs["who"] + len(crowd))], ignore_index=True)
    left = pd.concat([left, new["last"].where(new["last"] < DAYS)], ignore_index=True)
    accounts = everybody.drop_duplicates("account_id").set_index("account_id")
    accounts = accounts.reindex(columns=["account_name", "plan", "revenue", "bought", "keen"]).assign(
        kind=np.concatenate(kinds)
    )
    everybody = everybody.assign(account=pd.factorize(everybody["account_id"])[0])
    answered = asked.groupby("who")["day"].max().reindex(everybody.index, fill_value=-1).to_numpy()
    told = Told(DAYS, answered, words.FEATURES.index, OWNERS)
    return planted.plant(rng, History(everybody, events, left, accounts.assign(churned=np.nan)), told)


def _named(rng, names: np.ndarray, begin: int) -> pd.DataFrame:
    """More accounts, numbered on."""
    return pd.DataFrame(
        {
            "account_id": [f"a{begin + i:04d}" for i in range(1, len(names) + 1)],
            "account_name": names,
            "plan": draw(rng, {"Team": 0.5, "Business": 0.35, "Enterprise": 0.15}, len(names)),
            "region": draw(rng, REGIONS, len(names)),
        }
    )


def _staff(rng, accounts: pd.DataFrame, sizes: np.ndarray, begin: int) -> pd.DataFrame:
    """The people of more accounts, numbered on: as `_people`, and `keen`; those of signups come within days."""
    signups = "keen" in accounts
    accounts = accounts if signups else accounts.assign(keen=False, bought=np.nan)
    crowd = individuals(rng, accounts.loc[np.repeat(np.arange(len(accounts)), sizes)].reset_index(drop=True), begin)
    if signups:
        lead = crowd.groupby("account_id").cumcount() == 0
        crowd["first"] = np.minimum(
            crowd["since"] + np.where(lead, 0, rng.integers(0, planted.STARTS_IN, len(crowd))), DAYS - 1
        )
        crowd["last"] = DAYS
        crowd["activity"] += np.where(crowd["keen"], 1.4, -1.2)
    else:
        crowd["first"] = np.where(rng.random(len(crowd)) < 0.85, np.minimum(crowd["first"], -30), crowd["first"] // 4)
        crowd["last"] = np.maximum(crowd["last"], DAYS)
        crowd["activity"] += 0.4
    return crowd

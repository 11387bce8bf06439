"""Who is at the customers of Slateboard, and what they do in it day by day."""

import unicodedata

import numpy as np
import pandas as pd

from sample_data import words

USAGE_FROM = np.datetime64("2025-08-01")
LAST_DAY = np.datetime64("2026-10-31")
RELEASE = np.datetime64("2026-06-09")  # Facilitation mode, in the eighth month of answers
DAYS = int((LAST_DAY - USAGE_FROM).astype(int)) + 1
CALENDAR = USAGE_FROM + np.arange(DAYS)
HOLIDAYS = np.arange("2025-12-23", "2026-01-03", dtype="datetime64[D]")

ROLES = {  # share of people, how much more they use the product
    "Admin": (0.08, 0.2),
    "Designer": (0.18, 0.3),
    "Engineer": (0.16, -0.1),
    "Facilitator": (0.17, 0.1),
    "Product manager": (0.20, 0.2),
    "Researcher": (0.08, 0.0),
    "Viewer": (0.13, -0.7),
}
PLANS = {  # share of accounts, price per seat and year
    "Free": (0.22, 0),
    "Team": (0.38, 96),
    "Business": (0.28, 180),
    "Enterprise": (0.12, 264),
}
PRICES = {"Trial": 0} | {plan: price for plan, (_, price) in PLANS.items()}
REGIONS = {"North America": 0.38, "Europe": 0.36, "Asia-Pacific": 0.18, "Latin America": 0.08}


def people_of(rng, n: int) -> pd.DataFrame:
    """One row per person: the public columns, plus `activity`, `patience` and first and last day in CALENDAR."""
    accounts = accounts_of(rng, max(1, min(n * 2 // 15, len(words.ACCOUNTS) * len(words.TRADES))))
    home = np.concatenate([np.arange(len(accounts)), rng.choice(len(accounts), n, p=accounts["weight"])])[:n]
    return individuals(rng, accounts.iloc[np.sort(home)].reset_index(drop=True))


def individuals(rng, crowd: pd.DataFrame, begin: int = 0) -> pd.DataFrame:
    """The same for people of whom the account is known, numbered on."""
    n = len(crowd)
    crowd["person_id"] = [f"u{begin + i:05d}" for i in range(1, n + 1)]
    crowd["name"] = [f"{words.pick(rng, words.FIRST_NAMES)} {words.pick(rng, words.LAST_NAMES)}" for _ in range(n)]
    crowd["email"] = _emails(crowd)
    crowd["role"] = draw(rng, {role: share for role, (share, _) in ROLES.items()}, n)
    crowd["opted_out"] = np.where(rng.random(n) < 0.06, "true", "false")
    crowd["revenue"] = _revenue(rng, crowd)
    crowd["activity"] = crowd["role"].map({role: more for role, (_, more) in ROLES.items()}) + rng.normal(0, 1, n)
    crowd["patience"] = rng.normal(0, 1, n)
    first = crowd["since"] + (rng.random(n) ** 1.3 * (DAYS - crowd["since"])).astype(int)
    stay = 60 + rng.exponential(2600, n).astype(int)
    crowd["first"], crowd["last"] = first, np.maximum(first + stay, 20)
    return crowd


def accounts_of(rng, n: int) -> pd.DataFrame:
    """One row per account; `since` counts days from USAGE_FROM, `weight` is its share of the people."""
    both = rng.permutation(len(words.ACCOUNTS) * len(words.TRADES))[:n]
    names = [f"{words.ACCOUNTS[i // len(words.TRADES)]} {words.TRADES[i % len(words.TRADES)]}" for i in both]
    weight = rng.lognormal(0, 0.9, n)
    return pd.DataFrame(
        {
            "account_id": [f"a{i:04d}" for i in range(1, n + 1)],
            "account_name": names,
            "plan": draw(rng, {plan: share for plan, (share, _) in PLANS.items()}, n),
            "region": draw(rng, REGIONS, n),
            "since": -(rng.random(n) * 1000).astype(int) + 120,
            "weight": weight / weight.sum(),
        }
    )


def _emails(crowd: pd.DataFrame) -> list[str]:
    """first.last@account.example, numbered where two people of an account share a name; .example is reserved."""
    domain = crowd["account_name"].str.lower().str.replace(r"[^a-z]+", "-", regex=True)
    plain = crowd["name"].map(lambda name: unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode())
    local = plain.str.lower().str.replace(r"[^a-z]+", ".", regex=True)
    again = crowd.groupby([domain, local]).cumcount()
    number = again.map(lambda k: str(k + 1) if k else "")
    return list(local + number + "@" + domain + ".example")


def _revenue(rng, crowd: pd.DataFrame) -> pd.Series:
    """What the person's account pays per year: price per seat times seats, less a discount."""
    code, first = pd.factorize(crowd["account_id"])
    seats = np.bincount(code) * rng.integers(2, 7, len(first))
    discount = rng.integers(0, 5, len(first)) * 0.05
    price = crowd["plan"].map(PRICES)
    return (price * (seats * (1 - discount))[code]).round(-1).astype(int)


def events_of(rng, crowd: pd.DataFrame) -> pd.DataFrame:
    """One row per person, day and feature used, as positions in `crowd`, CALENDAR and FEATURES, in that order.

    Features are drawn independently of one another, given how active the person is.
    """
    features = words.FEATURES
    level = crowd["activity"].to_numpy()
    who, day = np.nonzero(_active(rng, crowd))
    base = np.log(features["adoption"] / (1 - features["adoption"])).to_numpy()
    adopted = rng.random((len(crowd), len(features))) < expit(base + np.outer(level, features["slope"]))
    adopted[:, features["role"] != ""] &= _either(crowd["role"], features["role"], rng)
    used = (rng.random((len(who), len(features))) < features["daily"].to_numpy()) & adopted[who]
    released = CALENDAR[day] >= RELEASE
    used[~released, features.index.get_loc("Facilitation mode")] = False
    used[~used.any(axis=1), features.index.get_loc("Board home")] = True
    row, feature = np.nonzero(used)
    return pd.DataFrame({"who": who[row], "day": day[row], "feature": feature})


def _either(role: pd.Series, wanted: pd.Series, rng) -> np.ndarray:
    """True where a feature made for one role is adopted: by that role, and by a fifth of the others."""
    mine = role.to_numpy()[:, None] == wanted[wanted != ""].to_numpy()[None, :]
    return mine | (rng.random(mine.shape) < 0.2)


def _active(rng, crowd: pd.DataFrame) -> np.ndarray:
    """People x days: was the person active that day? Never before joining or after leaving."""
    month = CALENDAR.astype("datetime64[M]").astype(int)
    mood = rng.normal(0, 0.35, (len(crowd), month[-1] - month[0] + 1))[:, month - month[0]]
    weekend = (CALENDAR.astype(int) + 3) % 7 > 4
    holiday = np.isin(CALENDAR, HOLIDAYS)
    left = crowd["last"].to_numpy()[:, None] - np.arange(DAYS)
    here = (np.arange(DAYS) >= crowd["first"].to_numpy()[:, None]) & (left >= 0)
    drift = mood - 2.4 * weekend - 1.6 * holiday - 1.2 * (left < 45)
    return here & (rng.random(here.shape) < expit(-2.45 + 1.1 * crowd["activity"].to_numpy()[:, None] + drift))


def used(rng, events: pd.DataFrame) -> pd.DataFrame:
    """Events with `uses` and `minutes`."""
    minutes = words.FEATURES["minutes"].to_numpy()[events["feature"]]
    uses = 1 + rng.poisson(1.2, len(events))
    return events.assign(uses=uses, minutes=np.ceil(uses * minutes * rng.lognormal(-0.2, 0.6, len(events))).astype(int))


def expit(x: np.ndarray) -> np.ndarray:
    """The chance that log odds stand for."""
    return 1 / (1 + np.exp(-x))


def draw(rng, shares: dict[str, float], n: int) -> np.ndarray:
    """Each of n by these shares."""
    return np.array(list(shares))[rng.choice(len(shares), n, p=list(shares.values()))]

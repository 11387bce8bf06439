"""What is planted in the accounts of Slateboard: who leaves, who grows, who buys, and what newcomers stay by.

Answers, and the use before them, stay as they are: of who answered only what came after the last answer is changed.
The planted truths are the constants below; README.md says what a measurement finds of them. Days count from the first
day of the usage.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

MONTH = 28  # days
CUSTOMERS, SIGNUPS = 0.25, 0.18  # more accounts, of which nobody answered, for each that is there
SIZES = (4, 15)  # people of those customers
LEAVE_IN = {(184, 275): 30, (275, 366): 16, (366, 457): 46}  # days -> accounts that leave in them, of 400
LOYAL = 0.35  # of the accounts that may
FALL_DAYS, FALLS_TO = (42, 140), 0.2  # before they leave; the share of use that is left at last
NARROW = 0.25  # of the features, what the people of a customer that leaves ever use
FALLING, PAUSED = 25, 8  # heavy accounts whose use falls now; whose use had paused, and is back
PAUSE, PAUSES_TO = (-98, -66), 0.15  # days before the end; the share of use in them
NEW_PEOPLE, GROWS, GROWS_ANYHOW = 3, 0.75, 0.02  # in four weeks; shares of accounts that grow after it, and without
GROWS_IN = (30, 100)  # days after those people came
KEEN, BUYS, BUYS_ANYHOW = 0.5, 0.9, 0.05  # of signups, those that work together and invite; shares that buy
BUYS_IN, STARTS_IN = (16, 30), 10  # days after the first signs up; in which their others do
SHARING = ["Share link", "Guest access", "Comments", "Emoji reactions"]  # whoever does this early on leaves less often
DRAWING = ["Sticky notes", "Shapes", "Drawing pen", "Image upload"]  # this looks as good, and does nothing
EARLY = 14  # days
LEAVES, LESS_A_DAY, SHARED = 0.40, 0.06, 0.5  # share of newcomers; less for each day of use; times that who shares


class History(NamedTuple):
    """Everybody with what they did, and their accounts.

    crowd     a row per person
    events    who (place in `crowd`), day, feature (place in FEATURES), uses, minutes
    left      the day on which each person left, NaN for who stayed
    accounts  by account_id: account_name, plan, revenue, owner, renewal, joined, churned, expanded (days, NaN)
    """

    crowd: pd.DataFrame
    events: pd.DataFrame
    left: pd.Series
    accounts: pd.DataFrame


class Told(NamedTuple):
    """What the plan needs of the company: days of usage, the day of each person's last answer (-1: none), features."""

    days: int
    answered: np.ndarray
    features: pd.Index
    owners: list[str]


def customers(rng: np.random.Generator, accounts: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """More accounts that were there before the usage begins, and how many people each has."""
    return accounts.assign(since=-rng.integers(60, 900, len(accounts))), rng.integers(*SIZES, len(accounts))


def signups(rng: np.random.Generator, accounts: pd.DataFrame, days: int) -> tuple[pd.DataFrame, np.ndarray]:
    """Accounts that tried the product, each third of them lately; `keen`, and `bought`: the day or NaN."""
    size = len(accounts)
    since = np.where(np.arange(size) % 3 == 0, rng.integers(days - 20, days - 8, size), rng.integers(20, days, size))
    keen = rng.random(size) < KEEN
    buys = rng.random(size) < np.where(keen, BUYS, BUYS_ANYHOW)
    bought = np.where(buys, since + rng.integers(*BUYS_IN, size), np.nan)
    bought = np.where(bought < days, bought, np.nan)
    plan = np.where(np.isnan(bought), "Trial", "Team")
    return accounts.assign(since=since, keen=keen, bought=bought, plan=plan), rng.integers(2, 7, size)


def plant(rng: np.random.Generator, history: History, told: Told) -> History:
    """The history of these people, with all of it."""
    history = _newcomers(rng, history, told)
    history = _leaving(rng, history, told)
    history = _falling(rng, history, told)
    return _growing(rng, history, told)


def _newcomers(rng: np.random.Generator, history: History, told: Told) -> History:
    """Newcomers who never answered leave the less often the more they do in their first days, and less who shares."""
    crowd, events, *_ = history
    first, size, who = crowd["first"].to_numpy(), len(crowd), events["who"].to_numpy()
    new = (told.answered < 0) & (first >= 0) & ~crowd["keen"].to_numpy(bool)
    soon = events[events["day"].to_numpy() - first[who] < EARLY]
    sharing, drawing = (soon["feature"].isin(told.features.get_indexer(names)) for names in (SHARING, DRAWING))
    early = np.bincount(soon[~sharing & ~drawing].drop_duplicates(["who", "day"])["who"], minlength=size)
    shares = np.bincount(soon["who"][sharing], minlength=size) > 0
    chance = (LEAVES - LESS_A_DAY * np.minimum(early, 4)) * np.where(shares, SHARED, 1)
    day = first + EARLY + rng.integers(0, 90, size)
    goes = new & (rng.random(size) < chance) & (day < told.days)
    return _gone(history, np.where(goes, day, np.nan))


def _leaving(rng: np.random.Generator, history: History, told: Told) -> History:
    """Customers of whom nobody answered leave after their use has fallen, and others of whom all who answered leave."""
    crowd, _, left, accounts = history
    account, size = crowd["account"].to_numpy(), len(accounts)
    stays = np.bincount(account[(told.answered >= 0) & left.isna().to_numpy()], minlength=size) > 0
    latest, joined = np.full(size, -1), np.full(size, -1)
    np.maximum.at(latest, account, told.answered)
    np.maximum.at(joined, account, crowd["first"].to_numpy())
    earliest = np.maximum(latest, joined) + 45
    loyal = (accounts["kind"] == "signup").to_numpy() | (rng.random(size) < LOYAL)
    can = ~stays & ~loyal & (np.bincount(account, minlength=size) > 1)
    churned = np.full(size, np.nan)
    for (start, stop), wanted in LEAVE_IN.items():
        free = np.flatnonzero(can & np.isnan(churned) & (earliest < start))
        share = np.where(accounts["kind"].to_numpy()[free] == "customer", 2.0, 1.0)
        chosen = rng.choice(free, min(len(free), _of(wanted, size)), replace=False, p=share / share.sum())
        churned[chosen] = rng.integers(start, stop, len(chosen))
    begins = churned - rng.integers(*FALL_DAYS, size)
    events = _narrowed(rng, history, told, ~np.isnan(churned))
    history = history._replace(events=events, accounts=accounts.assign(churned=churned))
    history = _thinned(rng, history, told, _fall(begins, churned))
    return _gone(history, churned[account])


def _falling(rng: np.random.Generator, history: History, told: Told) -> History:
    """Heavy accounts that are there: the use of some falls now, that of others had paused."""
    crowd, events, _, accounts = history
    account, size = crowd["account"].to_numpy(), len(accounts)
    whose, day = account[events["who"]], events["day"].to_numpy()
    lately = day >= told.days - FALL_DAYS[1]
    uses = np.bincount(whose[lately], minlength=size)
    free = lately & (day > told.answered[events["who"]])
    free = np.bincount(whose[free], minlength=size) / np.maximum(uses, 1)
    heavy = (uses > np.quantile(uses, 0.85)) & accounts["churned"].isna().to_numpy() & (free > 0.6)
    chosen = np.flatnonzero(heavy)[np.argsort(-uses[heavy], kind="stable")][: _of(FALLING + PAUSED, size)]
    chosen = rng.permutation(chosen)
    falls, pauses = np.split(chosen, [_of(FALLING, size)])
    begins, ends = np.full(size, np.nan), np.full(size, np.nan)
    begins[falls], ends[falls] = told.days - rng.integers(*FALL_DAYS, len(falls)), told.days
    history = _thinned(rng, history, told, _fall(begins, ends))
    pausing = np.isin(np.arange(size), pauses)

    def paused(account: np.ndarray, day: np.ndarray) -> np.ndarray:
        within = (day >= told.days + PAUSE[0]) & (day < told.days + PAUSE[1])
        return np.where(pausing[account] & within, PAUSES_TO, 1.0)

    kind = accounts["kind"].to_numpy(object)
    kind[falls], kind[pauses] = "falling", "paused"
    return _thinned(rng, history, told, paused)._replace(accounts=accounts.assign(kind=kind))


def _growing(rng: np.random.Generator, history: History, told: Told) -> History:
    """Accounts grow after several people came at once; what they pay for, who looks after them, when they renew."""
    crowd, _, left, accounts = history
    size, account = len(accounts), crowd["account"].to_numpy()
    came = crowd.loc[crowd["first"].between(120 - MONTH, told.days), ["account", "first"]].sort_values("first")
    expanded = accounts["bought"].to_numpy(float).copy()
    for code, days in came.groupby("account")["first"]:
        each = days.to_numpy()
        burst = each[NEW_PEOPLE - 1 :][each[NEW_PEOPLE - 1 :] - each[: len(each) - NEW_PEOPLE + 1] < MONTH]
        if len(burst) and rng.random() < GROWS and accounts["kind"].iloc[code] != "signup":
            expanded[code] = rng.choice(burst) + rng.integers(*GROWS_IN)
    anyhow = np.isnan(expanded) & (rng.random(size) < GROWS_ANYHOW) & (accounts["kind"] != "signup").to_numpy()
    expanded = np.where(anyhow, rng.integers(120, told.days, size), expanded)
    gone = accounts["churned"].to_numpy()
    expanded = np.where((expanded < told.days) & ~(expanded > gone), expanded, np.nan)
    joined = crowd.groupby("account")["first"].min().to_numpy()
    everybody = np.bincount(account[left.notna().to_numpy()], minlength=size) == np.bincount(account, minlength=size)
    last = left.groupby(account).max().to_numpy()
    churned = np.where(np.isnan(gone) & everybody, last, gone)
    renewal = joined + 365 * (1 + (told.days - joined) // 365)
    renewal = np.where((accounts["revenue"] > 0) & np.isnan(churned), renewal, np.nan)
    owner = np.array(told.owners, object)[rng.integers(0, len(told.owners), size)]
    owner = np.where(accounts["revenue"] > 0, owner, None)
    told_of = {"owner": owner, "renewal": renewal, "joined": joined}
    return history._replace(accounts=accounts.assign(**told_of, churned=churned, expanded=expanded))


def _fall(begins: np.ndarray, ends: np.ndarray) -> Callable[[np.ndarray, np.ndarray], np.ndarray]:
    """The share of use that is left of an account on a day: it falls from one day to another, and is none after."""

    def share(account: np.ndarray, day: np.ndarray) -> np.ndarray:
        along = (day - begins[account]) / (ends - begins)[account]
        left = FALLS_TO ** np.clip(np.nan_to_num(along), 0, 1)
        return np.where(day >= np.nan_to_num(ends[account], nan=np.inf), 0.0, left)

    return share


def _thinned(rng: np.random.Generator, history: History, told: Told, share: Callable) -> History:
    """Days of use that are left: after each person's last answer, of that share; whole days go."""
    crowd, events, *_ = history
    who, day = events["who"].to_numpy(), events["day"].to_numpy()
    each, place = np.unique(who * told.days + day, return_inverse=True)
    keeps = rng.random(len(each))[place] < share(crowd["account"].to_numpy()[who], day)
    return history._replace(events=events[keeps | (day <= told.answered[who])].reset_index(drop=True))


def _narrowed(rng: np.random.Generator, history: History, told: Told, of: np.ndarray) -> pd.DataFrame:
    """Events without those of features that an account never takes up; the first feature is everybody's."""
    crowd, events, _, accounts = history
    takes = rng.random((len(accounts), len(told.features))) < NARROW
    takes[:, 0], takes[~of] = True, True
    account = crowd["account"].to_numpy()[events["who"]]
    keeps = takes[account, events["feature"]] | (told.answered[events["who"]] >= 0)
    return events[keeps].reset_index(drop=True)


def _gone(history: History, day: np.ndarray) -> History:
    """Who left on these days, if not before: nothing of theirs is later."""
    left = history.left.fillna(np.inf).clip(upper=np.where(np.isnan(day), np.inf, day)).replace(np.inf, np.nan)
    events = history.events
    keeps = events["day"].to_numpy() <= left.fillna(np.inf).to_numpy()[events["who"]]
    return history._replace(events=events[keeps].reset_index(drop=True), left=left)


def _of(wanted: int, accounts: int) -> int:
    """As many of these accounts as of those of the sample, 572."""
    return round(wanted * accounts / 572)


def _expit(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))

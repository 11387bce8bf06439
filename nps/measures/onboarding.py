"""Onboarding: which steps newcomers take, how long it takes, where they stop, and how those differ who took one.

Who joined lately had less time, so shares are those of Kaplan and Meier; who left never takes a step, and stays at
risk, so that a share is of all who join.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from nps.measures import clusters, kaplan_meier
from nps.measures.rules import MIN_SHOWN
from nps.measures.shares import wilson
from nps.steps import Onboarding

SEEN_DAYS = 28  # of the usage: who is seen in them may have begun before
DAY = pd.Timedelta(days=1)
WHOM = ("stopped", "took", "open")


class Started(NamedTuple):
    """Who is told of: person_id -> when each began; and how many are left out: when is not known, or came too early."""

    start: pd.Series
    unknown: int
    early: int


def started(joined: pd.Series, first: pd.Series, start: str) -> Started:
    """Whose whole beginning is in the usage.

    joined  person_id -> when each joined, NaT where it is not known
    first   person_id -> when each used anything first
    start   "joined", or "first use": who was not seen in the first 28 days of the usage
    """
    begins = first.min()
    if start == "joined":
        known, least = joined.dropna(), begins
        unknown = len(joined) - len(known)
    else:
        known, unknown, least = first, 0, begins + SEEN_DAYS * DAY
    late = known[known >= least]
    return Started(late, unknown, len(known) - len(late))


def reached(taken: pd.DataFrame, start: pd.Series, onboarding: Onboarding, as_of: pd.Timestamp) -> pd.DataFrame:
    """A row per person and step, by step: person_id, step, day, censored_at.

    taken        person_id, step, at: see `steps.taken`
    as_of        the last moment of the usage; who began after it is left out
    day          whole 24 hours from the start to the step, 0 for an earlier one; NaN: not yet
    censored_at  whole 24 hours that are known of each
    """
    start = start[start <= as_of]
    at = taken[taken["at"] <= as_of].set_index(["step", "person_id"])["at"]
    rows = []
    for step in range(len(onboarding.steps)):
        own = at[at.index.get_level_values("step") == step].droplevel("step")
        day = np.floor((own.reindex(start.index) - start) / DAY).clip(lower=0)
        rows.append(pd.DataFrame({"person_id": start.index, "step": step, "day": day.to_numpy()}))
    known = np.floor((as_of - start) / DAY).to_numpy()
    return pd.concat(rows, ignore_index=True).assign(censored_at=np.tile(known, len(rows)))


def curve(rows: pd.DataFrame, deff: float = 1.0) -> pd.DataFrame:
    """The curve of one step, see `kaplan_meier.curve`; rows of `reached`."""
    return kaplan_meier.curve(rows["day"].fillna(rows["censored_at"]), rows["day"].notna(), deff)


def table(reached: pd.DataFrame, onboarding: Onboarding, account: pd.Series | None = None) -> pd.DataFrame:
    """A row per step: step, people, reached (so far), share, low, high, median_days, at_risk.

    account  person_id -> the account, so that people of one are alike; without it all are strangers
    share    of all who join, those who take it within its days, with its interval, 0..1
    at_risk  people watched for so long who had not taken it before the last of these days
    """
    rows = []
    for number, step in enumerate(onboarding.steps):
        own = reached[reached["step"] == number]
        in_time = (own["day"] < step.within_days).to_numpy()
        whole = curve(own, _deff(own["person_id"], in_time, account))
        share = kaplan_meier.until(whole, step.within_days - 1)
        at_risk = int((own["day"].fillna(own["censored_at"]) >= step.within_days - 1).sum())
        figures = len(own), int(own["day"].notna().sum()), *share, kaplan_meier.median(whole), at_risk
        rows.append((step.name, *figures))
    columns = ["step", "people", "reached", "share", "low", "high", "median_days", "at_risk"]
    return pd.DataFrame(rows, columns=columns)


def curves(reached: pd.DataFrame, onboarding: Onboarding, account: pd.Series | None = None) -> pd.DataFrame:
    """How many have taken each step by which day: step (its number), day, share, low, high, at_risk; told while 10 are
    watched who have not taken it."""
    parts = []
    for number, step in enumerate(onboarding.steps):
        own = reached[reached["step"] == number]
        whole = curve(own, _deff(own["person_id"], (own["day"] < step.within_days).to_numpy(), account))
        told = whole[whole["at_risk"] >= MIN_SHOWN]
        shares = {"share": 1 - told["left"], "low": 1 - told["high"], "high": 1 - told["low"]}
        parts.append(pd.DataFrame({"step": number, "day": told["time"], **shares, "at_risk": told["at_risk"]}))
    return pd.concat(parts, ignore_index=True)


def whom(reached: pd.DataFrame, onboarding: Onboarding, number: int, which: str) -> pd.DataFrame:
    """Who took a step, stopped before it, or has time left for it: rows of `reached`, the latest to begin first.

    which  one of WHOM; who stopped is counted as in `stops`
    """
    own = reached[reached["step"] == number]
    took, step = (own["day"] < onboarding.steps[number].within_days).to_numpy(), onboarding.steps[number]
    if which == "stopped":
        before = reached[reached["step"] == number - 1]
        came = (before["day"] < onboarding.steps[number - 1].within_days).to_numpy() if number else True
        chosen = own[(own["censored_at"] >= onboarding.longest).to_numpy() & came & ~took]
    elif which == "took":
        chosen = own[own["day"].notna()]
    else:
        chosen = own[own["day"].isna() & (own["censored_at"] < step.within_days)]
    return chosen.sort_values("censored_at", kind="stable", ignore_index=True)


def stops(reached: pd.DataFrame, onboarding: Onboarding) -> pd.DataFrame:
    """Where newcomers stop, of those who had time for all steps: step, people, reached, share, low, high, stopped.

    share    took the step within its days; stopped: of them who took the step before in time, those who did not
    """
    known = reached[reached["censored_at"] >= onboarding.longest]
    rows, before = [], None
    for number, step in enumerate(onboarding.steps):
        own = known[known["step"] == number]
        took = (own["day"] < step.within_days).to_numpy()
        stopped = int((~took if before is None else before & ~took).sum())
        n, count = len(own), int(took.sum())
        rows.append((step.name, n, count, count / n if n else np.nan, *wilson(count, n), stopped))
        before = took
    return pd.DataFrame(rows, columns=["step", "people", "reached", "share", "low", "high", "stopped"])


class Progress(NamedTuple):
    """How far somebody is: steps taken of so many, on a day since the start of so many."""

    taken: int
    steps: int
    day: int
    days: int

    @property
    def over(self) -> bool:
        """Whether all steps had their time."""
        return self.day >= self.days

    @property
    def share(self) -> float:
        """Of the steps, 0..1."""
        return self.taken / self.steps


def progress(reached: pd.DataFrame, onboarding: Onboarding, whose: pd.Series | None = None) -> pd.DataFrame:
    """How far each person, or account, is: by id, taken, steps, day, days, share; as `Progress` tells.

    whose  person_id -> account; one has taken a step when anybody of it has, and began with its first person
    """
    unit = reached["person_id"] if whose is None else reached["person_id"].map(whose)
    rows = reached.assign(unit=unit, done=reached["day"].notna()).dropna(subset="unit")
    taken = rows.groupby(["unit", "step"])["done"].any().groupby("unit").sum()
    day = rows.groupby("unit")["censored_at"].max().astype(int)
    steps = len(onboarding.steps)
    table = pd.DataFrame({"taken": taken, "steps": steps, "day": day, "days": onboarding.longest})
    return table.assign(share=taken / steps).rename_axis("id")


def _deff(person: pd.Series, took: np.ndarray, account: pd.Series | None) -> float:
    """What accounts do to the variance of a share; as strangers would where there is a single one."""
    if account is None or not len(person):
        return 1.0
    code = pd.factorize(person.map(account).astype(object).fillna("person " + person.astype(str)))[0]
    deff = float(clusters.of(code, np.full(len(took), 1 / len(took)), took - took.mean()).deff)
    return 1.0 if np.isnan(deff) else deff

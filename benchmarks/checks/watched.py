"""A check of the model of who leaves: it is shown where it knows more than the rule, and hardly ever where not."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from benchmarks.checks.result import Result, Rngs, at_least, at_most
from nps.measures import lists, pace, signals, watch_model
from nps.measures.signals import QUARTER, Snapshot

ACCOUNTS, SNAPSHOTS = 800, 8
WEEKS = 2 * pace.WEEKS + QUARTER * SNAPSHOTS
LEAVE, SCORE = 0.2, 7.6  # share that leaves in a year; mean score
FALLS, FALL_WEEKS, FALLS_TO = 0.6, (6, 22), 0.25  # of who leaves; how long before; to what is left, as in the last four
PAUSES, PAUSE_WEEKS, PAUSES_TO = 0.35, (3, 10), 0.45  # of all accounts, twice
SEASON_WEEKS, SEASON = 6, 0.65
KINDS = ("truly better", "rule as good", "outcomes shuffled")


def check_24(rngs: Rngs) -> Iterator[Result]:
    """Accounts that leave because of what they think and how much they use, or of neither; or shuffled."""
    for kind in KINDS:
        shown = [watch_model.watch_model(snapshots(rng, kind)).shown for rng in rngs]
        case = f"A, {ACCOUNTS} accounts, {kind}"
        if kind == KINDS[0]:
            yield at_least(24, case, "a model is shown", 0.53, shown)
        else:
            yield at_most(24, case, "a model is shown", 0.12 if kind == KINDS[1] else 0.08, shown)


def snapshots(rng: np.random.Generator, kind: str, accounts: int = ACCOUNTS) -> list[Snapshot]:
    """What is known of accounts every thirteen weeks. Where the rule is as good, only use goes with it."""
    satisfied = rng.standard_normal(accounts)
    breadth = rng.poisson(np.exp(1.6 + 0.25 * satisfied + 0.3 * rng.standard_normal(accounts)))
    key = 1 / (1 + np.exp(-(0.2 + 0.6 * satisfied + rng.standard_normal(accounts))))
    odds = np.exp(-1.1 * satisfied - 0.7 * (np.log(np.maximum(breadth, 0.5)) - 1.6))
    odds = np.ones(accounts) if kind == KINDS[1] else odds
    left = np.floor(rng.exponential(1 / (odds / odds.mean() * -np.log(1 - LEAVE) / 52)))
    uses = rng.poisson(_means(rng, left)).astype(float)
    score = np.clip(np.round(SCORE + 1.1 * satisfied + 1.9 * rng.standard_normal(accounts)), 0, 10)
    score = np.where(rng.random(accounts) < 0.35, score, np.nan)
    told = []
    for week in range(pace.WEEKS, pace.WEEKS + QUARTER * SNAPSHOTS, QUARTER):
        facts = _facts(rng, uses[:, week - pace.WEEKS : week], score, breadth, key).assign(there=left >= week)
        own = np.flatnonzero(left >= week + signals.GAP)
        known = signals.signals(facts, 1, SCORE).iloc[own].reset_index(drop=True)
        gone = left[own] < week + signals.HORIZON
        gone = rng.permutation(gone) if kind == KINDS[2] else gone
        told.append(Snapshot(WEEKS - week, own, known, lists.order(facts)[own], gone))
    return told


def _means(rng: np.random.Generator, left: np.ndarray) -> np.ndarray:
    """What is used in each week on average: (accounts, WEEKS); left: the week in which each leaves."""
    size, week = len(left), np.arange(WEEKS)
    mean = (
        3
        * np.maximum(2, np.exp(rng.normal(2.3, 0.9, size)))[:, None]
        * np.exp(0.25 * rng.standard_normal((size, WEEKS)))
    )
    ends, falls = left[:, None], (rng.random(size) < FALLS)[:, None]
    long = rng.integers(*FALL_WEEKS, size)[:, None]
    mean *= np.where(falls, np.clip(1 - (1 - FALLS_TO) * (week - ends + long) / long, FALLS_TO, 1), 1)
    mean *= np.where(week >= ends, 0, np.where(week >= ends - signals.GAP, FALLS_TO, 1))
    for _ in range(2):
        begin, long = rng.integers(0, WEEKS, size)[:, None], rng.integers(*PAUSE_WEEKS, size)[:, None]
        pauses = (rng.random(size) < PAUSES)[:, None] & (week >= begin) & (week < begin + long)
        mean *= np.where(pauses, PAUSES_TO, 1)
    season = int(rng.integers(0, WEEKS - SEASON_WEEKS))
    mean[:, season : season + SEASON_WEEKS] *= SEASON
    return mean


def _facts(
    rng: np.random.Generator, weeks: np.ndarray, score: np.ndarray, breadth: np.ndarray, key: np.ndarray
) -> pd.DataFrame:
    """How accounts stand after these weeks, as `standing` and `said` tell it."""
    unknown = dict.fromkeys(("pace_people", "weeks"), np.nan) | dict.fromkeys(("active", "seen"), 0)
    uses = {"pace": pace.against_past(weeks, 5), "breadth": rng.poisson(0.8 * breadth)}
    return pd.DataFrame(uses | {"key": (rng.random(len(key)) < key).astype(float), "score": score}).assign(
        trouble=False, **unknown
    )

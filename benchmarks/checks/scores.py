"""Checks of scores: the watch over the trend, releases, intervals where accounts think alike."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from benchmarks import small_worlds
from benchmarks.checks.result import Result, Rngs, at_least, at_most

SHARES = np.array([0.20, 0.30, 0.50])
GROUPS = np.array([[0.10, 0.20, 0.70], [0.35, 0.30, 0.35]])
FELL, LATE = 30, 82


def check_1(rngs: Rngs) -> Iterator[Result]:
    """One lasting fall is told once, with about the week in which it began."""
    alarms = [_alarms(_weeks(40, LATE, 15.0), rng) for rng in rngs]
    falls = [frame[frame["direction"] == "fell"] for frame in alarms]
    yield at_least(1, "W 40 a week, 15 points", "told exactly once", 0.93, [len(frame) == 1 for frame in falls])
    yield at_most(1, "W 40 a week, 15 points", "times told", 1.10, [len(frame) for frame in falls])
    began = pd.to_datetime(pd.concat(falls)["began"])
    week = float((began - small_worlds.MONDAY).dt.days.median() // 7)
    yield Result(1, "W 40 a week, 15 points", "median beginning (week)", 29, 31, week, len(alarms))


def check_2(rngs: Rngs) -> Iterator[Result]:
    """In a quiet year and a half little is told."""
    for weekly in (4, 15, 40):
        alarms = [_alarms(_weeks(weekly, 78, 0.0), rng) for rng in rngs]
        for direction in ("fell", "rose"):
            told = [(frame["direction"] == direction).any() for frame in alarms]
            yield at_most(2, f"W {weekly} a week, quiet", direction, 0.12, told)


def check_3(rngs: Rngs) -> Iterator[Result]:
    """A fall that is only other people answering is told as that, one that is not is not."""
    week = np.arange(78)
    season = 0.5 + 0.2 * np.sin(2 * np.pi * week / 52)
    seasonal, falling = 40 * _two_groups(season, 0.0), 40 * _two_groups(np.full(78, 0.5), 15.0)
    told = [_falls(seasonal, rng)["mix_by"].ne("") for rng in rngs]
    yield at_least(
        3, "W of two groups, season", "a fall is told as who answered", 0.80, [t.any() for t in told if len(t)]
    )
    told = pd.concat([_falls(falling, rng)["mix_by"].ne("") for rng in rngs])
    yield at_most(3, "W of two groups, both fall", "alarms told as who answered", 0.05, told)


def check_21(rngs: Rngs) -> Iterator[Result]:
    """A release that does nothing changes nothing, although who takes it up is happier and the score rises."""
    surveys = (small_worlds.released(0.0, rng).select() for rng in rngs)
    effects = [chosen.release("Feature 1", small_worlds.RELEASED).effect for chosen in surveys]
    yield at_most(21, "release without effect", "p < .05", 0.10, [effect.p < 0.05 for effect in effects])


def check_22(rngs: Rngs) -> Iterator[Result]:
    """The interval of a score holds the truth although accounts think alike."""
    for accounts in (10, 80):
        scores = [small_worlds.accounts(accounts, 0.3, rng).select().score for rng in rngs]
        held = [score.low <= small_worlds.ACCOUNTS_SCORE <= score.high for score in scores]
        yield at_least(22, f"{accounts} accounts", "intervals that hold the truth", 0.93, held)


def _two_groups(share: np.ndarray, points: float) -> np.ndarray:
    """Shares of answers (T, 2, 3) where the first group gives so many of them; both fall in week 30."""
    fall = np.where(np.arange(len(share)) >= FELL, points / 200, 0.0)[:, None, None]
    return np.stack([share, 1 - share], axis=1)[..., None] * (GROUPS + fall * [1, 0, -1])


def _falls(expected: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    """The falls that are told of answers of two roles, of these expected numbers (T, 2, 3)."""
    told = small_worlds.by_week(rng.poisson(expected), np.array(["Admin", "Viewer"])).select().alarms()
    return told[told["direction"] == "fell"]


def _weeks(weekly: int, weeks: int, points: float) -> np.ndarray:
    """Expected answers of each week (T, 3): from week 30 on so many points lower."""
    fall = np.where(np.arange(weeks) >= FELL, points / 200, 0.0)[:, None]
    return weekly * (SHARES + fall * [1, 0, -1])


def _alarms(expected: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    return small_worlds.by_week(rng.poisson(expected)).select().alarms()

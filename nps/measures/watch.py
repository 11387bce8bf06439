"""The weekly watch over the score: one alarm a lasting change, then it learns anew what is usual (methods 4.2)."""

from collections.abc import Iterator
from math import sqrt
from typing import NamedTuple

import numpy as np

from nps.measures.rules import BASELINE_WEEKS, LIMIT, MIN_WEEKS, SLACK

ADDED, THEIR_SQUARES = 3, 1.5  # three answers that say nothing: 3/4 detractor, 1 1/2 passives, 3/4 promoter
DIRECTIONS = {"fell": 1, "rose": -1}


class Batches(NamedTuple):
    """Answers by week (T,): sums of y and of y squared (y is -1, 0, 1), and counts."""

    y: np.ndarray
    yy: np.ndarray
    n: np.ndarray


class Baseline(NamedTuple):
    """What is usual: over n answers the mean of y, its variance, and how much more weeks vary than strangers would."""

    n: float
    mean: float
    variance: float
    spread: float


class Level(NamedTuple):
    """Where the watch of one direction stands after a week with answers; over its limit it goes off.

    began      the week after the last one at level 0
    baseline   first week, and the week after the last, of what is usual
    """

    week: int
    direction: str
    z: float
    level: float
    limit: float
    began: int
    baseline: tuple[int, int]

    @property
    def off(self) -> bool:
        """Whether it goes off."""
        return self.level > self.limit


def usual(weeks: Batches) -> Baseline:
    """What the weeks of a baseline tell."""
    n = weeks.n.sum()
    mean = weeks.y.sum() / (n + ADDED)
    variance = (weeks.yy.sum() + THEIR_SQUARES) / (n + ADDED) - mean**2
    some = weeks.n > 0
    deviation = (weeks.y[some] - weeks.n[some] * mean) ** 2 / (weeks.n[some] * variance)
    spread = max(1.0, deviation.sum() / (some.sum() - 1)) if some.sum() >= MIN_WEEKS else 1.0
    return Baseline(float(n), float(mean), float(variance), float(spread))


def levels(batches: Batches) -> Iterator[Level]:
    """A CUSUM each way, C = max(0, C - z - 0.5), against z of each week after the baseline.

    The baseline is the first 26 weeks. After an alarm it begins where the change began, and grows to 26 weeks again.
    Its mean is an estimate, too, so the limit grows with the answers since the level was 0: 4.5 sqrt(1 + answers / n).
    """
    start, end = 0, BASELINE_WEEKS
    base = usual(_of(batches, start, end))
    level, began, since = _afresh(end)
    for week in range(BASELINE_WEEKS, len(batches.n)):
        if end < min(week, start + BASELINE_WEEKS):
            end = min(week, start + BASELINE_WEEKS)
            base = usual(_of(batches, start, end))
        y, n, off = float(batches.y[week]), float(batches.n[week]), None
        for direction, sign in DIRECTIONS.items() if n > 0 else ():
            z = sign * standard(y, n, base)
            level[direction] = raised(level[direction], z)
            if level[direction] == 0:
                began[direction], since[direction] = week + 1, 0.0
            else:
                since[direction] += n
            limit = LIMIT * sqrt(1 + since[direction] / base.n)
            here = Level(week, direction, z, level[direction], limit, began[direction], (start, end))
            off = off or (here if here.off else None)
            yield here
        if off:
            start, end = off.began, week + 1
            level, began, since = _afresh(end)
            base = usual(_of(batches, start, end))


def standard(y: float, n: float, base: Baseline) -> float:
    """A week's sum of y over n answers against what is usual, in standard errors."""
    return (y - n * base.mean) / sqrt(n * base.variance * base.spread)


def raised(level: float, z: float) -> float:
    """The level after a week: what falls short of usual by more than half a standard error is added."""
    return max(0.0, level - z - SLACK)


def changes(batches: Batches) -> list[Level]:
    """The weeks in which it goes off, at most one way in each."""
    off = {}
    for level in levels(batches):
        if level.off:
            off.setdefault(level.week, level)
    return list(off.values())


def _of(batches: Batches, start: int, end: int) -> Batches:
    return Batches(*(values[start:end] for values in batches))


def _afresh(week: int) -> tuple[dict, dict, dict]:
    """Levels, beginnings and answers since, each way."""
    return dict.fromkeys(DIRECTIONS, 0.0), dict.fromkeys(DIRECTIONS, week), dict.fromkeys(DIRECTIONS, 0.0)

"""The score over time, and a warning when it really moves (methods 4)."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from nps.measures import score

PERIODS = {"day": "D", "week": "W-SUN", "month": "M", "quarter": "Q"}
BASELINE_WEEKS = 26
SLACK, LIMIT = 0.5, 4.5


class Batches(NamedTuple):
    """Answers by week (T,): sums of y and of y squared (y is -1, 0, 1), and counts."""

    y: np.ndarray
    yy: np.ndarray
    n: np.ndarray


def by_period(answers: pd.DataFrame, period: str, repeats: str) -> pd.DataFrame:
    """One row per period from the first answer to the last: period, responses, nps, low, high, alarm.

    answers  person_id, score, responded_at, oldest first; the repeat rule applies inside each period
    period   day, week, month or quarter; shown as its first day
    alarm    whether the weekly watch for a fall went off in this period
    """
    dated = answers.dropna(subset=["responded_at"])
    index, counts = _batches(dated, PERIODS[period], repeats)
    low, high = score.interval(counts)
    alarms = fall_alarms(dated, repeats)
    return pd.DataFrame(
        {
            "period": [p.start_time for p in index],
            "responses": counts.sum(-1),
            "nps": score.net(counts),
            "low": low,
            "high": high,
            "alarm": [any(p.start_time <= alarm <= p.end_time for alarm in alarms) for p in index],
        }
    )


def fall_alarms(answers: pd.DataFrame, repeats: str) -> list[pd.Timestamp]:
    """When the weekly watch for a fall went off: at the end of a week, of the last one with the last answer.

    The baseline is the first 26 weeks. Without a later week there is nothing to watch.
    """
    index, counts = _batches(answers, PERIODS["week"], repeats)
    batches = Batches(counts @ score.NET, counts @ score.NET**2, counts.sum(-1))
    base = Batches(*(values[:BASELINE_WEEKS].sum() for values in batches))
    if len(index) <= BASELINE_WEEKS or base.n == 0:
        return []
    mean = base.y / base.n
    variance = base.yy / base.n - mean**2
    later = Batches(*(values[BASELINE_WEEKS:] for values in batches))
    alarms = np.flatnonzero(cusum(later, mean, variance, reset=True) > LIMIT)
    return [min(index[BASELINE_WEEKS + week].end_time, answers["responded_at"].max()) for week in alarms]


def _batches(answers: pd.DataFrame, frequency: str, repeats: str) -> tuple[pd.PeriodIndex, np.ndarray]:
    """Every period from the first answer to the last, and the counts (T, 3) of its answers."""
    inside = answers["responded_at"].dt.to_period(frequency)
    if repeats == "latest":
        last = ~pd.DataFrame({"person": answers["person_id"], "inside": inside}).duplicated(keep="last")
        answers, inside = answers[last], inside[last]
    if not len(inside):
        return pd.PeriodIndex([], freq=frequency), np.zeros((0, 3), int)
    index = pd.period_range(inside.min(), inside.max(), freq=frequency)
    table = pd.crosstab(inside, answers["score"]).reindex(index=index, columns=range(11), fill_value=0)
    return index, score.counts_of(table.to_numpy())


def cusum(batches: Batches, mean: float, variance: float, *, reset: bool = False) -> np.ndarray:
    """One-sided standardised CUSUM of a fall: C = max(0, C - z - 0.5), z = (S - n mean) / sqrt(n variance).

    Weeks without answers leave it as it was; `reset` starts again after each alarm.
    """
    level, levels = 0.0, []
    for y, n in zip(batches.y, batches.n, strict=True):
        if n > 0 and variance > 0:
            before = 0.0 if reset and level > LIMIT else level
            level = max(0.0, before - (y - n * mean) / np.sqrt(n * variance) - SLACK)
        levels.append(level if n > 0 else min(level, LIMIT))
    return np.array(levels)

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
    falls = [alarm.at for alarm in alarms(dated, repeats) if alarm.direction == "fell"]
    return pd.DataFrame(
        {
            "period": [p.start_time for p in index],
            "responses": counts.sum(-1),
            "nps": score.net(counts),
            "low": low,
            "high": high,
            "alarm": [any(p.start_time <= fall <= p.end_time for fall in falls) for p in index],
        }
    )


class Alarm(NamedTuple):
    """The weekly watch went off: when, "fell" or "rose", and the first day of the week in which that began."""

    at: pd.Timestamp
    direction: str
    began: pd.Timestamp


def alarms(answers: pd.DataFrame, repeats: str) -> list[Alarm]:
    """When the weekly watch went off: at the end of a week, of the last one with the last answer; oldest first.

    The baseline is the first 26 weeks. Without a later week there is nothing to watch.
    """
    index, counts = _batches(answers, PERIODS["week"], repeats)
    batches = Batches(counts @ score.NET, counts @ score.NET**2, counts.sum(-1))
    base = Batches(*(values[:BASELINE_WEEKS].sum() for values in batches))
    if len(index) <= BASELINE_WEEKS or base.n == 0:
        return []
    mean = base.y / base.n
    later = Batches(*(values[BASELINE_WEEKS:] for values in batches))
    found = []
    for direction, sign in (("fell", 1), ("rose", -1)):
        levels = cusum(later._replace(y=sign * later.y), sign * mean, base.yy / base.n - mean**2, reset=True)
        for week in np.flatnonzero(levels > LIMIT):
            calm = np.flatnonzero((levels[:week] == 0) | (levels[:week] > LIMIT))
            began = calm[-1] + 1 if len(calm) else 0
            at = min(index[BASELINE_WEEKS + week].end_time, answers["responded_at"].max())
            found.append(Alarm(at, direction, index[BASELINE_WEEKS + began].start_time))
    return sorted(found)


def rolling(answers: pd.DataFrame, repeats: str, days: int = 90) -> pd.DataFrame:
    """The score of the last `days` at the end of each week: period (that day), responses, nps, low, high.

    answers  person_id, score, responded_at. With "latest" each person's last answer inside each window counts, so a
             point does not change when somebody answers again later. Neighbours share most of their answers.
    """
    dated = answers.dropna(subset=["responded_at"]).sort_values("responded_at", kind="stable")
    at = dated["responded_at"]
    until = at + pd.Timedelta(days=days)
    if repeats == "latest":
        until = pd.concat([until, at.groupby(pd.factorize(dated["person_id"])[0]).shift(-1)], axis=1).min(axis=1)
    weeks = pd.date_range(at.min(), at.max() + pd.Timedelta(days=7), freq="W-SUN", normalize=True) if len(at) else at
    ends = (pd.DatetimeIndex(weeks) + pd.Timedelta(days=1)).as_unit("us").to_numpy()
    steps = np.zeros((len(ends) + 1, 11))
    for sign, moment in ((1, at), (-1, until)):
        np.add.at(steps, (np.searchsorted(ends, moment.to_numpy()), dated["score"].to_numpy(int)), sign)
    counts = score.counts_of(steps.cumsum(axis=0)[:-1])
    low, high = score.interval(counts)
    return pd.DataFrame(
        {"period": weeks, "responses": counts.sum(-1), "nps": score.net(counts), "low": low, "high": high}
    )


def _batches(answers: pd.DataFrame, frequency: str, repeats: str) -> tuple[pd.PeriodIndex, np.ndarray]:
    """Every period from the first answer to the last, and the counts (T, 3) of its answers."""
    if not len(answers):
        return pd.PeriodIndex([], freq=frequency), np.zeros((0, 3), int)
    inside = pd.PeriodIndex(answers["responded_at"].dt.to_period(frequency))
    index = pd.period_range(inside.min(), inside.max(), freq=frequency)
    place, scores = inside.asi8 - index.asi8[0], answers["score"].to_numpy(np.int64)
    if repeats == "latest":
        person = pd.factorize(answers["person_id"])[0]
        last = ~pd.Series(person * len(index) + place).duplicated(keep="last").to_numpy()
        place, scores = place[last], scores[last]
    counts = np.bincount(place * 11 + scores, minlength=11 * len(index))
    return index, score.counts_of(counts.reshape(-1, 11))


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

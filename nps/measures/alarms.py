"""What the weekly watch tells: when the score fell or rose, since when, by how much, how much of it is who answered."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from nps.measures import change, clusters, score, watch
from nps.measures.rules import ENOUGH_WEEKS, MOSTLY
from nps.measures.watch import Batches, Level
from nps.selection import Repeats

WEEK, MOMENT = "W-SUN", "datetime64[us]"


class Alarm(NamedTuple):
    """The weekly watch went off; scores and points are -100..100.

    at            the end of that week, of the last one the last answer
    direction     fell or rose
    began         the first day of the week in which that began
    points        after less before, with its 95% interval; NaN with a single account or person
    before        the score of the weeks that were usual then; responses_before: of so many answers
    after         the score since: of the weeks after the alarm where four of them have answers, as the earlier ones
                  tell too much; else since it began. Until the next change began
    mix, mix_by   how much of the points is who answered, and by which segment; NaN and "" where it is not most of it
    """

    at: pd.Timestamp
    direction: str
    began: pd.Timestamp
    points: float
    low: float
    high: float
    before: float
    after: float
    responses_before: int
    responses_after: int
    mix: float
    mix_by: str


def alarms(answers: pd.DataFrame, repeats: str, segments: tuple[str, ...] = ()) -> list[Alarm]:
    """Every change, oldest first. The watch begins after 26 weeks: without a later one there is none.

    answers   as of `trend.by_period`, and the columns of these segments (categorical)
    """
    index, place, counted = batches(answers, WEEK, repeats)
    off = watch.changes(_weekly(counted, place, len(index)))
    if not off:
        return []
    week = pd.PeriodIndex(answers["responded_at"].dt.to_period(WEEK)).asi8 - index.asi8[0]
    ends = [level.began for level in off[1:]] + [len(index)]
    rows = []
    for level, end in zip(off, ends, strict=True):
        at = min(index[level.week].end_time, answers["responded_at"].max())
        sides = [_latest(answers[inside], repeats) for inside in _periods(level, week, end)]
        rows.append(Alarm(at, level.direction, index[level.began].start_time, *_size(*sides, segments)))
    return rows


def table(rows: list[Alarm]) -> pd.DataFrame:
    """A row for each alarm: the fields of `Alarm`, each of its type also where there is none."""
    types = {"at": MOMENT, "began": MOMENT, "direction": "str", "mix_by": "str"}
    types |= {"responses_before": int, "responses_after": int}
    return pd.DataFrame(rows, columns=Alarm._fields).astype({name: types.get(name, float) for name in Alarm._fields})


def _periods(level: Level, week: np.ndarray, end: int) -> tuple[np.ndarray, np.ndarray]:
    """Which answers (n,) were usual, and which are of the time since, up to the week `end`."""
    start, stop = level.baseline
    later = (week > level.week) & (week < end)
    enough = len(np.unique(week[later])) >= ENOUGH_WEEKS
    return (week >= start) & (week < stop), later if enough else (week >= level.began) & (week < end)


def _size(before: pd.DataFrame, after: pd.DataFrame, segments: tuple[str, ...]) -> tuple:
    """The fields of `Alarm` from `points` on."""
    now, was = clusters.aligned(clustered(after), clustered(before))
    difference = clusters.compared(now, was, paired=True)
    scores = (float(score.net(was.sum(0))), float(score.net(now.sum(0))))
    return (
        *difference[:3],
        *scores,
        len(before),
        len(after),
        *_mix(before, after, clusters.of_gap(now, was), segments),
    )


def _mix(
    before: pd.DataFrame, after: pd.DataFrame, design: clusters.Design, segments: tuple[str, ...]
) -> tuple[float, str]:
    """The largest part of a change that is who answered, where it is most of it and no chance."""
    mixes = []
    for name in segments:
        values = before[name].cat.categories
        sides = (_by_value(side, name, len(values)) for side in (before, after))
        total = change.split(values, *sides, design).total
        if total.mix * total.change > MOSTLY * total.change**2 and total.mix_low * total.mix_high > 0:
            mixes.append((total.mix, name))
    return max(mixes, key=lambda part: abs(part[0]), default=(np.nan, ""))


def _by_value(answers: pd.DataFrame, segment: str, values: int) -> np.ndarray:
    """Detractors, passives, promoters of each value: (V, 3)."""
    return clusters.counted(answers[segment].cat.codes.to_numpy(np.int64), clustered(answers)[1], values)


def clustered(answers: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Whose each answer is, its account's or its person's, and its group: detractor 0, passive 1, promoter 2."""
    whose = answers["cluster" if "cluster" in answers else "person_id"].to_numpy()
    return whose, score.GROUPS.argmax(1)[answers["score"].to_numpy(np.int64)]


def batches(answers: pd.DataFrame, frequency: str, repeats: str) -> tuple[pd.PeriodIndex, np.ndarray, pd.DataFrame]:
    """Every period from the first answer to the last; of the answers that count in theirs, its place, and they."""
    if not len(answers):
        return pd.PeriodIndex([], freq=frequency), np.zeros(0, np.int64), answers
    inside = pd.PeriodIndex(answers["responded_at"].dt.to_period(frequency))
    index = pd.period_range(inside.min(), inside.max(), freq=frequency)
    place = inside.asi8 - index.asi8[0]
    if repeats == Repeats.LATEST:
        person = pd.factorize(answers["person_id"])[0]
        last = ~pd.Series(person * len(index) + place).duplicated(keep="last").to_numpy()
        place, answers = place[last], answers[last]
    return index, place, answers


def _weekly(answers: pd.DataFrame, place: np.ndarray, weeks: int) -> Batches:
    counts = clusters.counted(place, clustered(answers)[1], weeks)
    return Batches(counts @ score.NET, counts @ score.NET**2, counts.sum(-1))


def _latest(answers: pd.DataFrame, repeats: str) -> pd.DataFrame:
    return answers[~answers["person_id"].duplicated(keep="last")] if repeats == Repeats.LATEST else answers

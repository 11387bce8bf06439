"""The score over time: by period, or of the last 90 days, 28 where answers are many (methods 4.1)."""

import numpy as np
import pandas as pd

from nps.measures import alarms, cluster_values, clusters, score
from nps.measures.clusters import Design
from nps.measures.rules import FEWER_DAYS, MANY_ANSWERS, ROLLING_DAYS
from nps.selection import Repeats

PERIODS = {"day": "D", "week": "W-SUN", "month": "M", "quarter": "Q"}


def by_period(answers: pd.DataFrame, period: str, repeats: str) -> pd.DataFrame:
    """One row per period from the first answer to the last: period, responses, nps, low, high, alarm.

    answers  person_id, score, responded_at, oldest first; the repeat rule applies inside each period. And cluster:
             whose answers are alike; without it those of one person
    period   day, week, month or quarter; shown as its first day
    alarm    whether the weekly watch for a fall went off in this period
    """
    dated = answers.dropna(subset=["responded_at"])
    index, place, counted = alarms.batches(dated, PERIODS[period], repeats)
    counts, design = _designed(counted, place, len(index))
    low, high = clusters.interval(counts, design)
    falls = [alarm.at for alarm in alarms.alarms(dated, repeats) if alarm.direction == "fell"]
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


def _designed(answers: pd.DataFrame, place: np.ndarray, places: int) -> tuple[np.ndarray, Design]:
    """Counts (places, 3) of answers by place (n,), and what clusters do to the score of each."""
    cluster, group = alarms.clustered(answers)
    pairs = cluster_values.pairs(pd.factorize(cluster)[0], group, place, places)
    return clusters.counted(place, group, places), cluster_values.of_scores(pairs)


def window(answers: pd.DataFrame) -> int:
    """How many days a rolling point holds: as few as usually have enough answers.

    answers  responded_at
    """
    at = answers["responded_at"].dropna()
    span = max((at.max() - at.min()) / pd.Timedelta(days=FEWER_DAYS), 1) if len(at) else 1
    return FEWER_DAYS if len(at) / span >= MANY_ANSWERS else ROLLING_DAYS


def rolling(answers: pd.DataFrame, repeats: str, days: int = ROLLING_DAYS) -> pd.DataFrame:
    """The score of the last `days` at the end of each week: period (that day), responses, nps, low, high.

    answers  as of `by_period`. With "latest" each person's last answer inside each window counts, so a point does not
             change when somebody answers again later. Neighbours share most of their answers.
    """
    dated = answers.dropna(subset=["responded_at"]).sort_values("responded_at", kind="stable")
    at = dated["responded_at"]
    until = at + pd.Timedelta(days=days)
    if repeats == Repeats.LATEST:
        until = pd.concat([until, at.groupby(pd.factorize(dated["person_id"])[0]).shift(-1)], axis=1).min(axis=1)
    weeks = pd.date_range(at.min(), at.max() + pd.Timedelta(days=7), freq="W-SUN", normalize=True) if len(at) else at
    ends = (pd.DatetimeIndex(weeks) + pd.Timedelta(days=1)).as_unit("us").to_numpy()
    first, last = (np.searchsorted(ends, moment.to_numpy()) for moment in (at, until))
    inside = [np.flatnonzero((first <= week) & (week < last)) for week in range(len(ends))]
    counts, design = _each(*alarms.clustered(dated), inside)
    low, high = clusters.interval(counts, design)
    return pd.DataFrame(
        {"period": weeks, "responses": counts.sum(-1), "nps": score.net(counts), "low": low, "high": high}
    )


def _each(cluster: np.ndarray, group: np.ndarray, inside: list[np.ndarray]) -> tuple[np.ndarray, Design]:
    """Counts (T, 3) of some answers each time, by where they stand, and what clusters do to each score."""
    counted = [clusters.aligned((cluster[some], group[some]))[0] for some in inside]
    designs = [clusters.of_score(counts) for counts in counted]
    counts = np.array([counts.sum(0) for counts in counted]).reshape(-1, 3)
    return counts, Design(*np.array(designs, float).reshape(-1, len(Design._fields)).T)


def sides(answers: pd.DataFrame, segment: str, value: str, step: str, repeats: str) -> pd.DataFrame:
    """The trend of one value of a segment and of everyone else: as `by_period`, and who: the value, or ""."""
    has = (answers[segment] == value).to_numpy()
    parts = {value: answers[has], "": answers[~has]}
    trends = [by_period(part, step, repeats).assign(who=who) for who, part in parts.items()]
    return pd.concat(trends, ignore_index=True)

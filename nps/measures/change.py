"""What changed between two periods: who answered (mix) and how they scored (rate); the Kitagawa split (methods 4)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
import pandas as pd

from nps.measures import clusters, score
from nps.measures.clusters import Design
from nps.measures.rules import MIN_SHOWN

OTHER = "Other"
EVER = date(1971, 1, 1), date(2199, 12, 31)
NOBODY = np.zeros((1, 3), int)


def either_side(day: date, limits: tuple[date, date], most: int) -> tuple[tuple[date, date], tuple[date, date]]:
    """As many days before a day as from it on: at most so many, and within the limits on either side."""
    days = min(most, (limits[1] - day).days + 1, max((day - limits[0]).days, 1))
    before = day - timedelta(days=days), day - timedelta(days=1)
    return before, (day, day + timedelta(days=days - 1))


class Total(NamedTuple):
    """Scores before and after, the change, and its two parts with 95% intervals; mix + rate = change. In points."""

    before: float
    after: float
    change: float
    mix: float
    mix_low: float
    mix_high: float
    rate: float
    rate_low: float
    rate_high: float


class Split(NamedTuple):
    """The parts by segment value, and the total they sum to."""

    parts: pd.DataFrame
    total: Total


class _Side(NamedTuple):
    """One period by value (S,): responses, share of all, score in points and the variance of that score."""

    n: np.ndarray
    share: np.ndarray
    nps: np.ndarray
    error: np.ndarray


def split(values: pd.Index, before: np.ndarray, after: np.ndarray, design: Design = clusters.STRANGERS) -> Split:
    """The change from `before` to `after`, counts (S, 3) of (detractors, passives, promoters) by segment value.

    design   what clusters do to the difference of the two whole scores; the errors of both parts grow as that one does

    Columns: value, responses_before, responses_after, nps_before, nps_after, mix, rate, rate_low, rate_high.
    Who is in one period only is all mix, and has no interval of a rate. NaN when a period has no responses.
    """
    counts = pooled(values, before, after)
    before, after = counts.to_numpy()[:, :3], counts.to_numpy()[:, 3:]
    old, new = _side(before), _side(after)
    whole = float(score.net(before.sum(0))), float(score.net(after.sum(0)))
    mix, mix_variance = _mix(old, new, sum(whole) / 2)
    rate, rate_variance = _rate(old, new)
    wide = float(design.t * np.sqrt(design.deff))
    margin = wide * np.sqrt(rate_variance)
    parts = pd.DataFrame(
        {
            "value": counts.index,
            "responses_before": old.n,
            "responses_after": new.n,
            "nps_before": old.nps,
            "nps_after": new.nps,
            "mix": mix,
            "rate": rate,
            "rate_low": rate - margin,
            "rate_high": rate + margin,
        }
    )
    mixed, rated = _interval(mix, mix_variance, wide), _interval(rate, np.nansum(rate_variance), wide)
    return Split(parts, Total(*whole, whole[1] - whole[0], *mixed, *rated))


def pooled(values: pd.Index, before: np.ndarray, after: np.ndarray) -> pd.DataFrame:
    """Counts (S', 6) before and after by value; values with 1 to 9 responses in a period go together as "Other", last.

    A new or a vanished value keeps its name from 10 responses on. A value that is itself called "Other" joins them.
    """
    responses = np.stack([before.sum(-1), after.sum(-1)])
    kept = ((responses == 0) | (responses >= MIN_SHOWN)).all(0)
    names = np.where(kept, values.astype(str), OTHER)
    seen = responses.any(0)
    counts = pd.DataFrame(np.hstack([before, after])[seen]).groupby(names[seen], sort=False).sum()
    return counts.loc[sorted(counts.index, key=OTHER.__eq__)]


def _side(counts: np.ndarray) -> _Side:
    n, (_, _, variance) = counts.sum(-1), score.adjusted(counts)
    with np.errstate(invalid="ignore", divide="ignore"):
        return _Side(n, n / n.sum(), score.net(counts), score.POINTS**2 * np.where(n > 0, variance / n, np.nan))


def _mix(old: _Side, new: _Side, reference: float) -> tuple[np.ndarray, float]:
    """(w1 - w0) x (mean of both scores - reference), which cancels in the sum; and the variance of the sum.

    Who is in one period only takes its score there for both. Shares are multinomial around the scores as they are.
    """
    moved = new.share - old.share
    typical = np.nanmean([old.nps, new.nps], axis=0)
    own = np.nansum([old.error, new.error], axis=0) / np.where((old.n > 0) & (new.n > 0), 4, 1)
    drawn = [(s.share @ typical**2 - (s.share @ typical) ** 2) / max(s.n.sum(), 1) for s in (old, new)]
    return moved * (typical - reference), float(sum(drawn) + moved**2 @ own)


def _rate(old: _Side, new: _Side) -> tuple[np.ndarray, np.ndarray]:
    """(w0 + w1) / 2 x (nps1 - nps0), 0 for who is in one period only; and its variance, NaN there."""
    share = (old.share + new.share) / 2
    return share * np.nan_to_num(new.nps - old.nps), share**2 * (old.error + new.error)


def _interval(parts: np.ndarray, variance: float, wide: float) -> tuple[float, float, float]:
    """The sum of the parts and its 95% interval, so many standard errors wide to each side; of nothing, NaN."""
    points, margin = parts.sum() if len(parts) else np.nan, wide * np.sqrt(max(variance, 0.0))
    return float(points), float(points - margin), float(points + margin)


def around(
    divided: Callable[[date, date], tuple[np.ndarray, np.ndarray]], day: date, period: tuple[date, date] | None
) -> pd.DataFrame:
    """Before a day and from it on, some against the rest: when, responses, nps, nps_rest, points, low, high, p.

    divided  counts by cluster of both, (G, 3) each, between two days
    """
    start, end = period or EVER
    halves = {"before": (start, min(day - timedelta(days=1), end)), "after": (max(day, start), end)}
    rows = []
    for when, (first, last) in halves.items():
        own, rest = divided(first, last) if first <= last else (NOBODY, NOBODY)
        counts = own.sum(0), rest.sum(0)
        facts = {"when": when, "responses": counts[0].sum(), "nps": score.net(counts[0])}
        rows.append(facts | {"nps_rest": score.net(counts[1])} | clusters.compared(own, rest)._asdict())
    return pd.DataFrame(rows)

"""Scores in which answers count differently, and answers that are not independent (methods 5).

y is -1, 0 or 1: detractor, passive, promoter. Results are in points; the raw score belongs next to every one of them.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from nps.measures import clusters, score

CAP = 0.99


class Weighted(NamedTuple):
    """A weighted score; how many answers it rests on, how many equal ones they are worth, how many were left out."""

    nps: float
    low: float
    high: float
    responses: int
    n_eff: float
    clusters: int
    left_out: int


class Estimate(NamedTuple):
    """Weighted mean and mean square, how many independent answers they are worth, and the t of an interval.

    With one cluster the last two are NaN.
    """

    mean: float
    square: float
    worth: float
    t: float


def weighted(y: np.ndarray, weights: np.ndarray, cluster: pd.Series | np.ndarray | None = None) -> Weighted:
    """The weighted score of answers (n,); `cluster` names the person or account behind each, None: all different.

    Answers without a positive weight or without a cluster are left out. n_eff = (sum w)^2 / sum w^2.
    The interval is (3,T) on as many answers as these are worth, and never leaves the score out.
    """
    y, weights = np.asarray(y, float), np.asarray(weights, float)
    group = np.arange(len(y)) if cluster is None else pd.factorize(pd.Series(cluster))[0]
    counted = (weights > 0) & (group >= 0)
    left_out = int((~counted).sum())
    if not counted.any():
        return Weighted(np.nan, np.nan, np.nan, 0, 0.0, 0, left_out)
    y, weights, group = y[counted], weights[counted], group[counted]
    estimated = estimate(y, weights, group)
    nps = score.POINTS * estimated.mean
    low, high = (float(bound) for bound in score.interval(_counts(estimated), estimated.t, np.array(nps)))
    return Weighted(nps, low, high, len(y), effective(weights), len(pd.unique(group)), left_out)


def of_answers(people: pd.DataFrame, cluster: np.ndarray, by: str) -> Weighted:
    """The score of these answers with one vote per answer, per account, or by revenue, of accounts that are clusters.

    people   score, account_id, account, person_id, revenue
    cluster  whose answers are alike, where each answer has a vote
    """
    y, account = score.GROUPS[people["score"]] @ score.NET, people["account_id"].fillna(people["account"])
    if by == "answer":
        return weighted(y, np.ones(len(people)), cluster)
    if by == "account":
        return weighted(y, per_account(account), account)
    account = account.fillna(people["person_id"])
    return weighted(y, by_revenue(account, people["revenue"]), account)


def _counts(estimate: Estimate) -> np.ndarray:
    shares = np.array([estimate.square - estimate.mean, 2 - 2 * estimate.square, estimate.square + estimate.mean]) / 2
    return estimate.worth * shares


def effective(weights: np.ndarray) -> float:
    """How many answers of equal weight these are worth (Kish): (sum w)^2 / sum w^2."""
    return float(weights.sum() ** 2 / (weights @ weights))


def estimate(values: np.ndarray, weights: np.ndarray, group: np.ndarray) -> Estimate:
    """A weighted mean, and its worth: the variance of one answer / SE^2, the cluster-robust variance of the mean.

    SE^2 = G / (G - 1) sum_g (sum_{i in g} w_i (y_i - mean))^2 / (sum w)^2.
    Never worth more than without clusters; where all are alike, SE says nothing and each cluster is one answer.
    """
    total = weights.sum()
    mean, square = float(weights @ values / total), float(weights @ values**2 / total)
    group = pd.factorize(group)[0]
    count = int(group.max()) + 1
    if count == 1:
        return Estimate(mean, square, np.nan, np.nan)
    t = float(clusters.of(group, weights / total, values - mean).t)
    if np.ptp(values) == 0:
        return Estimate(mean, square, effective(np.bincount(group, weights)), t)
    variance = weights @ (values - mean) ** 2 / total
    deviation = np.bincount(group, weights * (values - mean))
    robust = count / (count - 1) * (deviation @ deviation) / total**2
    most = effective(weights)
    return Estimate(mean, square, min(most, float(variance / robust)) if robust > 0 else most, t)


def per_account(account: pd.Series) -> np.ndarray:
    """1 / answers in the account; NaN without an account."""
    code = pd.factorize(account)[0]
    answers = np.maximum(np.bincount(code[code >= 0], minlength=1), 1)
    return np.where(code >= 0, 1 / answers[code], np.nan)


def by_revenue(account: pd.Series, revenue: pd.Series, *, capped: bool = False) -> np.ndarray:
    """Account revenue / answers in the account; NaN without either, or where revenue is negative.

    An account's revenue is the mean of what its answers know. `capped`: at the 99th percentile of the weights.
    """
    amounts = revenue.astype(float).where(lambda amount: amount >= 0)
    weights = amounts.groupby(account).transform("mean").to_numpy(float) * per_account(account)
    return np.minimum(weights, np.nanquantile(weights, CAP)) if capped and not np.isnan(weights).all() else weights

"""Two orders of the same cases against each other: AUC, and DeLong's test of their difference (1988)."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd


class Ranked(NamedTuple):
    """AUC (0..1) of two orders, what else both say of the difference: the variances of each and of it; and cases.

    NaN with nobody on a side; the variances are NaN with a single one on a side.
    """

    first: float
    second: float
    first_variance: float
    variance: float
    cases: int


class Contest(NamedTuple):
    """Over some occasions, each by its cases: AUC of both orders, standard error of the first, z of the difference."""

    first: float
    second: float
    first_se: float
    z: float


def compared(gave: np.ndarray, first: np.ndarray, second: np.ndarray) -> Ranked:
    """Of cases and others (n,), how often each of two orders (n,) puts a case above another, ties as half."""
    cases, others = int(gave.sum()), int((~gave).sum())
    if not cases or not others:
        return Ranked(np.nan, np.nan, np.nan, np.nan, cases)
    of_cases, of_others = zip(*(_placements(gave, order) for order in (first, second)), strict=True)
    auc = [float(own.mean()) for own in of_cases]
    if min(cases, others) == 1:
        return Ranked(*auc, np.nan, np.nan, cases)
    spread = np.cov(np.stack(of_cases)) / cases + np.cov(np.stack(of_others)) / others
    difference = np.array([1.0, -1.0])
    return Ranked(*auc, float(spread[0, 0]), float(difference @ spread @ difference), cases)


def tested(occasions: Iterable[Ranked]) -> Contest:
    """Of all: z = sum n (A - B) / sqrt(sum n^2 variance), n cases; occasions without a variance are left out.

    NaN without any; z is 0 where both orders are the same.
    """
    told = np.array([each for each in occasions if not np.isnan(each.variance)]).reshape(-1, len(Ranked._fields))
    first, second, first_variance, variance, cases = told.T
    if not len(told):
        return Contest(np.nan, np.nan, np.nan, np.nan)
    gap, error = cases @ (first - second), np.sqrt(cases**2 @ variance)
    z = gap / error if error > 0 else np.copysign(np.inf, gap) if abs(gap) > 0 else 0.0
    every = cases.sum()
    figures = cases @ first / every, cases @ second / every, np.sqrt(cases**2 @ first_variance) / every, z
    return Contest(*map(float, figures))


def _placements(gave: np.ndarray, order: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of each case the share of others it is above, of each other the share of cases that are above it."""
    ranks, cases, others = (pd.Series(part).rank().to_numpy() for part in (order, order[gave], order[~gave]))
    return (ranks[gave] - cases) / len(others), 1 - (ranks[~gave] - others) / len(cases)

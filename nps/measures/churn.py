"""Who left after answering."""

from math import sqrt
from typing import NamedTuple

import numpy as np
import pandas as pd

from nps.joined import churned_after
from nps.measures.score import Z


class Leavers(NamedTuple):
    """Of `people` who could still leave when they answered, `left` did; share, low and high 0..1, NaN of nobody.

    gone  left out: had left before they answered, or nobody knows when they answered
    """

    people: int
    left: int
    share: float
    low: float
    high: float
    gone: int


def leavers(answers: pd.DataFrame) -> Leavers:
    """Each person once, by the latest of these answers (oldest first)."""
    churned = churned_after(answers.drop_duplicates("person_id", keep="last"))
    at_risk = churned[~np.isnan(churned)]
    people, gone = len(at_risk), int(at_risk.sum())
    share = gone / people if people else np.nan
    return Leavers(people, gone, share, *wilson(gone, people), len(churned) - people)


def who_left(answers: pd.DataFrame) -> pd.DataFrame:
    """Those of these answers after which the person left."""
    return answers[churned_after(answers) == 1].reset_index(drop=True)


def wilson(having: int, n: int) -> tuple[float, float]:
    """The 95% interval of a share, 0..1: Wilson's, the inverted score test. Always holds having / n; NaN of nobody."""
    if not n:
        return np.nan, np.nan
    share, spread = having / n, Z**2 / n
    middle = share + spread / 2
    margin = sqrt(spread * (share * (1 - share) + spread / 4))
    low, high = (middle - margin) / (1 + spread), (middle + margin) / (1 + spread)
    return low if having else 0.0, high if having < n else 1.0

"""Who left after answering."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from nps.joined import churned_after
from nps.measures import shares


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
    low, high = (float(bound) for bound in shares.wilson(gone, people))
    return Leavers(people, gone, share, low, high, len(churned) - people)


def who_left(answers: pd.DataFrame) -> pd.DataFrame:
    """Those of these answers after which the person left."""
    return answers[churned_after(answers) == 1]

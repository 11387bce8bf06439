"""Numbers as sentences: what is rounded, what is left unsaid."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from nps.measures import words


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0, "0%"),
        (1 / 3, "33%"),
        (0.004, "under 1%"),
        (0.006, "1%"),
        (1150 / 1155, "over 99%"),
        (1, "100%"),
        (np.nan, "—"),
    ],
)
def test_only_nobody_is_0_percent_and_only_everybody_100(share, said):
    assert words.percent(share) == said


def test_a_day_has_no_leading_zero():
    assert words.day(date(2026, 8, 3)) == "3 August 2026"


def features(**columns) -> pd.DataFrame:
    """Two features of which users score 20 higher and 10 lower; robust unless said otherwise."""
    known = {"feature": ["Board", "Timer"], "adjusted": [20.0, -10.0], "low": [10.0, -15.0], "high": [30.0, -5.0]}
    return pd.DataFrame(known | {"users": [50, 40], "left": [0.1, 0.2], "robust": [True, True]} | columns)


def test_the_best_and_the_worst_feature_that_hold_are_told():
    best, worst = words.of_features(features())
    assert best.startswith("Users of Board score 20 points higher")
    assert worst.startswith("Users of Timer score 10 points lower")
    (leave,) = words.of_features(features(robust=[False, True]), "churn")
    assert leave.startswith("Users of Timer leave 10 points less often")


@pytest.mark.parametrize("outcome", ["score", "churn"])
def test_where_no_feature_holds_none_is_named(outcome):
    (said,) = words.of_features(features(robust=[False, False]), outcome)
    assert said == "No feature makes a difference that holds among people who are as active."

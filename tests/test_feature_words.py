"""What is said of features: what holds, what explains a difference, and how little is known of it."""

import builders
import numpy as np
import pandas as pd
import pytest

from nps.measures import rules
from nps.wording import verdicts

PANEL = builders.panel_of([9, 3] * 60, [{"Boards": 1}, {"Search": 2}, {}] * 40)
FAIR = PANEL.select().fair()


def features(**columns) -> pd.DataFrame:
    """Two features of which users score 20 higher and 10 lower; robust unless said otherwise."""
    known = {"label": ["Board", "Timer"], "feature": ["Board", "Timer"], "kind": "feature"}
    known |= {"adjusted": [20.0, -10.0], "low": [10.0, -15.0], "high": [30.0, -5.0], "verdict": "fix"}
    known |= {"explained_by": None, "inseparable": False, "near_zero": False}
    return pd.DataFrame(known | {"users": [50, 40], "left": [0.1, 0.2], "robust": [True, True]} | columns)


def told(**columns) -> list[str]:
    return verdicts.told(features(**columns).drop(columns="label"))["verdict"].tolist()


def test_the_best_and_the_worst_feature_that_hold_are_told():
    best, worst = verdicts.of_features(features(), FAIR)
    assert best.startswith("Users of Board: NPS 20 points higher")
    assert worst.startswith("Users of Timer: NPS 10 points lower")
    (leave,) = verdicts.of_features(features(robust=[False, True]), FAIR, "churn")
    assert leave.startswith("Users of Timer leave 10 points less often")


@pytest.mark.parametrize(("outcome", "unit"), [("score", "points"), ("churn", "percentage points")])
def test_where_no_feature_holds_it_is_told_what_would_have_been_found(outcome, unit):
    """Two features, errors of 10 and 20 points: z of .10 / 4 and .8416, 2.80 errors of 15."""
    fair = FAIR._replace(se=np.array([0.10, 0.20]), comparable=np.array([True, True]))
    (said,) = verdicts.of_features(features(robust=[False, False]), fair, outcome)
    assert said == (
        "No feature makes a difference that holds among people who are as active. "
        f"A difference would usually be found from about 42 {unit}."
    )


def test_of_one_account_there_is_a_difference_and_nobody_can_tell_how_sure_it_is():
    panel = builders.panel_of([9, 3] * 60, [{"Boards": 1}, {"Search": 2}, {}] * 40, account_id=["a"] * 120)
    found, fair = verdicts.told(panel.select().by_feature()), panel.select().fair()
    assert found["adjusted"].notna().all()
    assert found[["low", "high", "p", "q"]].isna().all(axis=None)
    assert not found[["robust", "near_zero"]].any(axis=None)
    (said,) = verdicts.of_features(found, fair)
    assert said == "All answers are of one account or person, so nobody can tell how sure these differences are."


def test_a_difference_that_another_feature_explains_is_told_as_that():
    rows = {"robust": [True, False], "explained_by": [None, "Board"], "inseparable": [False, False]}
    _, said = verdicts.of_features(features(**rows), FAIR)
    assert said == "The difference of Timer is explained by Board, which mostly the same people use."
    _, said = verdicts.of_features(features(**rows | {"inseparable": [False, True]}), FAIR)
    assert said == "Timer cannot be told apart from Board: mostly the same people use both."


def test_the_verdict_says_what_explains_a_difference_and_what_is_practically_none():
    nothing = "no_clear_difference"
    assert told(verdict=["promote", nothing]) == ["promote", "no clear difference"]
    assert told(verdict=nothing, near_zero=[True, False]) == ["practically no difference", "no clear difference"]
    assert told(verdict=["fix", "hardly_used"], near_zero=True) == ["fix", "hardly used"]
    rows = {"verdict": nothing, "explained_by": ["Timer", "Board"], "inseparable": [False, True]}
    assert told(**rows) == ["explained by Timer", "cannot be told apart from Board"]


def test_a_part_of_the_map_is_not_judged():
    (said,) = verdicts.of_features(features(verdict=None, robust=False), FAIR)
    assert said == "A part of the map shows differences and judges none: what holds is told of everybody in this view."


@pytest.mark.parametrize(
    ("kappa", "compared", "said"),
    [
        (0.071, 38, "About 7% of what activity explains"),
        (0.0, 38, "As far as these features can tell, nothing of what activity explains"),
        (0.0, 4, "With so few features nobody can tell how much of what activity explains"),
    ],
)
def test_what_is_left_of_confounding_in_words(kappa, compared, said):
    assert rules.FEWEST_FEATURES == 5
    told = verdicts.of_confounding(FAIR._replace(kappa=kappa, comparable=np.arange(40) < compared))
    assert told == f"{said} is still in these differences."


@pytest.mark.parametrize(
    ("covariates", "said"),
    [
        ((), "Adjusted for activity alone."),
        (("quarter",), "Adjusted for activity and quarter."),
        (("quarter", "role", "plan"), "Adjusted for activity, quarter, role and plan."),
    ],
)
def test_what_it_is_adjusted_for_in_words(covariates, said):
    assert verdicts.adjusted_for(FAIR._replace(covariates=covariates)) == said

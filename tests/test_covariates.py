"""Quarter, role and plan as levels that enough people have."""

import builders
import numpy as np
import pandas as pd

from nps.measures import covariates


def by_value(values: list) -> list[int]:
    return covariates.by_value(pd.Series(values), np.arange(len(values))).tolist()


def by_quarter(**people: int) -> list[int]:
    """The level of each quarter, by its first day and how many people answered on it."""
    when = pd.Series(np.repeat(pd.to_datetime(list(people)), list(people.values())))
    levels = covariates.by_quarter(when, np.arange(len(when)))
    return levels[np.cumsum([0, *people.values()])[:-1]].tolist()


def test_values_of_fewer_than_twenty_people_are_one_level_and_no_value_is_another():
    found = by_value(["Admin"] * 20 + ["Editor"] * 19 + ["Viewer"] * 3 + [None] * 20)
    admin, editor, viewer, nobody = found[0], found[20], found[39], found[42]
    assert editor == viewer
    assert len({admin, editor, nobody}) == 3
    assert sorted({*found}) == [0, 1, 2]


def test_values_of_fewer_than_six_in_a_hundred_people_are_one_level():
    found = by_value(["a"] * 470 + ["b"] * 29 + ["c"] * 1)
    assert found[470] == found[499] != found[0]
    found = by_value(["a"] * 470 + ["b"] * 30)
    assert found[470] != found[0]


def test_a_person_who_answers_often_is_one_person():
    values, person = pd.Series(["a"] * 40 + ["b"] * 40), np.array([*range(40), *[40] * 40])
    assert set(covariates.by_value(values, person)) == {0, 1}
    values = pd.Series(["a"] * 40 + ["b"] * 40 + ["c"] * 40)
    person = np.array([*range(40), *[40] * 40, *[41] * 40])
    assert covariates.by_value(values, person)[40] == covariates.by_value(values, person)[80]


def test_a_quarter_with_few_people_joins_the_one_before_it_and_the_first_the_one_after():
    q = {"2024-01-01": 30, "2024-04-01": 5, "2024-07-01": 30, "2024-10-01": 30}
    assert by_quarter(**q) == [0, 0, 1, 2]
    assert by_quarter(**{"2024-01-01": 5, "2024-04-01": 30, "2024-07-01": 30}) == [0, 0, 1]
    assert by_quarter(**{"2024-01-01": 30, "2024-04-01": 12, "2024-07-01": 12}) == [0, 1, 1]
    assert by_quarter(**{"2024-01-01": 3, "2024-04-01": 3}) == [0, 0]


def test_quarters_are_of_utc_years_and_undated_answers_are_a_level():
    when = pd.Series(pd.to_datetime(["2024-12-31 23:59:59"] * 20 + ["2025-01-01 00:00:00"] * 20 + [None] * 20))
    assert covariates.by_quarter(when, np.arange(60)).tolist() == [0] * 20 + [1] * 20 + [2] * 20
    assert covariates.by_quarter(when[40:], np.arange(20)).tolist() == [0] * 20


def test_every_combination_of_levels_has_its_dummies_and_what_never_differs_is_left_out():
    panel = builders.panel_of(
        [9, 7] * 60, [{}] * 120, role=["Admin", "Editor", None] * 40, plan=["Free"] * 60 + ["Pro"] * 60
    )
    found = covariates.levels(panel, np.arange(40, 120))
    assert found.names == ("role", "plan")
    assert found.dummies[found.code].sum(0).tolist() == [27, 27, 60]
    assert covariates.levels(panel, np.arange(60)).names == ("role",)
    assert covariates.levels(panel, np.arange(0)).dummies.shape == (0, 0)

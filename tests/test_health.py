"""Health: a place among those alike, in parts, by weights that somebody chose."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nps
from nps.measures import health
from nps.measures.health import Weights

ALL = np.zeros(5, int)
FIGURES = st.lists(st.tuples(st.integers(0, 1), st.one_of(st.none(), st.integers(0, 4))), min_size=1, max_size=20)


def test_a_place_is_the_share_with_less_and_half_of_those_with_the_same():
    assert health.place([0.2, 0.5, 0.5, 0.9, 1.1], ALL).tolist() == [10, 40, 40, 70, 90]
    assert health.place([5.0, 1.0, np.nan, 2.0, 3.0], np.array([0, 0, 0, 1, 1]))[[0, 1, 3, 4]].tolist() == [
        *(75, 25),
        *(25, 75),
    ]


@given(FIGURES)
def test_places_are_those_of_a_loop(drawn):
    group = np.array([own for own, _ in drawn])
    values = np.array([np.nan if value is None else value for _, value in drawn])
    for own, value, found in zip(group, values, health.place(values, group), strict=True):
        others = [other for which, other in zip(group, values, strict=True) if which == own and not np.isnan(other)]
        if np.isnan(value):
            assert np.isnan(found)
        else:
            less, same = sum(other < value for other in others), sum(other == value for other in others)
            assert found == pytest.approx(100 * (less + same / 2) / len(others))


def told(weights: Weights = health.DEFAULT, **parts: float) -> pd.Series:
    """The health of the first of two, the second of which has all parts but support and reasons, at 50."""
    places = pd.DataFrame({part: [parts.get(part, np.nan), 50.0] for part in health.PARTS})
    return health.health(places.assign(support=np.nan, reasons=np.nan), weights).iloc[0]


def test_health_is_the_mean_of_the_known_parts_by_their_weights():
    found = told(use=20.0, breadth=50.0, keys=65.0, onboarding=90.0)
    assert found["health"] == pytest.approx(47.142857)
    assert (found["known_weight"], found["in_play"]) == (7, 10)


def test_a_weight_of_nothing_takes_a_part_out():
    found = told(Weights(use=0), use=20.0, breadth=50.0, keys=65.0, onboarding=90.0)
    assert found["health"] == pytest.approx((50 + 2 * 65 + 90) / 4)
    assert (found["known_weight"], found["in_play"]) == (4, 7)


def test_there_is_no_health_where_less_than_half_is_known():
    assert told(use=20.0, keys=65.0)["health"] == 38
    assert np.isnan(told(use=20.0, breadth=65.0)["health"])
    assert np.isnan(told(Weights(*[0] * 8), use=20.0)["health"])


@pytest.mark.parametrize("text", ["3.1.1.2.2.1.1.1", "0.0.0.0.0.0.0.5"])
def test_weights_come_back_from_a_link(text):
    assert str(Weights.parse(text)) == text


@pytest.mark.parametrize(
    "text", ["", "3", "6.1.1.2.2.1.1.1", "3.1.1.2.2.1.1.1.1", "+3.1.1.2.2.1.1.1", "٣.1.1.2.2.1.1.1"]
)
def test_weights_that_nobody_could_choose_are_refused(text):
    with pytest.raises(nps.InputError):
        Weights.parse(text)


def test_answers_are_drawn_to_the_mean_as_if_three_more_said_that():
    found = health.answers(np.array([2.0, 0.0, -3.0]), np.array([2, 0, 3]), 0.2)
    assert found[[0, 2]].tolist() == pytest.approx([(2 + 0.6) / 5, (-3 + 0.6) / 6])
    assert np.isnan(found[1])


def test_sizes_fall_into_fifths_and_equal_ones_into_the_same():
    assert health.fifths(np.array([5.0, 1, 2, 3, 4])).tolist() == [4, 0, 1, 2, 3]
    assert health.fifths(np.array([1.0, 1, 1, 1, 9])).tolist() == [2, 2, 2, 2, 4]
    assert health.fifths(np.array([np.nan] * 3)).tolist() == [2, 2, 2]


def test_accounts_are_compared_with_their_plan_and_size_where_there_are_enough():
    plan = pd.Series(["Pro"] * 60 + ["Basic"] * 35 + ["Rare"] * 5)
    size = pd.Series([1.0] * 32 + [100.0] * 28 + [10.0] * 35 + [10.0] * 5)
    found = health.groups(plan, size)
    assert [str(found.named(place)) for place in (0, 40, 60, 99)] == [
        "among those with Pro, in fifth 1 of 5 by size",
        "among those with Pro",
        "among those with Basic, in fifth 3 of 5 by size",
        "among all",
    ]
    places = health.placed(pd.DataFrame({"use": np.arange(100.0)}), found)["use"]
    assert places.iloc[[0, 31]].tolist() == pytest.approx([50 / 32, 100 - 50 / 32])
    assert places.iloc[59] == pytest.approx(100 * 59.5 / 60)
    assert places.iloc[99] == 99.5


def test_a_part_that_under_ten_of_a_group_have_is_missing():
    found = health.groups(pd.Series(["Pro"] * 30))
    for known, missing in ((10, False), (9, True)):
        figures = pd.DataFrame({"keys": [1.0] * known + [np.nan] * (30 - known)})
        assert health.placed(figures, found)["keys"].iloc[:known].isna().all() == missing
        assert health.placed(figures, found)["keys"].iloc[known:].isna().all()


def test_persons_are_compared_with_their_role():
    found = health.groups(pd.Series(["Admin"] * 30 + [None] * 4))
    assert (str(found.named(0)), str(found.named(33))) == ("among those with Admin", "among all")


def test_the_history_has_the_figures_of_each_week_among_those_of_today():
    rising = pd.DataFrame({"use": np.arange(10.0)}, index=[f"a{i}" for i in range(10)])
    found = health.history(lambda week: -rising if week else rising, health.groups(pd.Series(["Pro"] * 10)), weeks=2)
    first = found[found["id"] == "a0"]
    assert first.columns.tolist() == ["id", "week", "health", "use"]
    assert first[["week", "health", "use"]].to_numpy().tolist() == [[1, 95, 95], [0, 5, 5]]


def test_it_falls_where_two_weeks_running_are_fifteen_under_the_eight_before():
    usual = [60.0, 61, 59, 60, 80, 20, 60, 60]
    weeks = np.array([[*usual, 45, 45], [*usual, 46, 45], [*usual, 45, 46], [*usual[:7], np.nan, 45, 45]])
    assert health.falls(weeks).tolist() == [True, False, False, False]

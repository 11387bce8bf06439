"""People who answered more than once: moves, the change within a person, and how often they were asked."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nps.measures import repeats, score

several = st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 10)), min_size=1, max_size=30)


def answers(*rows: tuple[str, str | None, int]) -> pd.DataFrame:
    """Rows of person_id, day, score."""
    frame = pd.DataFrame(rows, columns=["person_id", "responded_at", "score"])
    return frame.assign(responded_at=pd.to_datetime(frame["responded_at"]))


def daily(rows: list[tuple[str, int]]) -> pd.DataFrame:
    """Rows of person_id, score, one a day."""
    days = pd.date_range("2025-01-01", periods=len(rows)).strftime("%Y-%m-%d")
    return answers(*((person, day, scored) for (person, scored), day in zip(rows, days, strict=True)))


def moves(*pairs: tuple[int, int]) -> pd.DataFrame:
    """One move per person: score before, score after."""
    frame = pd.DataFrame(pairs, columns=["before", "after"])
    return frame.assign(person_id=[f"p{i}" for i in frame.index], days=100.0)


YEAR = answers(
    ("ann", "2025-01-01", 3),
    ("bob", "2025-01-05", 9),
    ("ann", "2025-03-02", 7),
    ("ann", "2025-12-31", 10),
    ("cid", "2025-06-01", 5),
)


def test_each_answer_follows_the_one_before_of_the_same_person():
    """2 March is 60 days after 1 January, 31 December another 304."""
    found = repeats.consecutive(YEAR)
    assert found.columns.tolist() == ["person_id", "before", "after", "days"]
    assert found.values.tolist() == [["ann", 3, 7, 60], ["ann", 7, 10, 304]]


def test_of_the_same_moment_the_later_row_is_later_and_undated_answers_follow_nothing():
    found = repeats.consecutive(answers(("a", "2025-01-01", 1), ("a", "2025-01-01", 2), ("a", None, 3)))
    assert found[["before", "after", "days"]].values.tolist() == [[1, 2, 0]]


def test_movers_are_a_table_of_nine():
    found = repeats.movers(moves((6, 7), (0, 10), (3, 3), (0, 0), (8, 9), (10, 10)))
    assert found["before"].tolist() == ["Detractor"] * 3 + ["Passive"] * 3 + ["Promoter"] * 3
    assert found["after"].tolist() == ["Detractor", "Passive", "Promoter"] * 3
    assert found["moves"].tolist() == [2, 1, 1, 0, 0, 1, 0, 0, 1]
    assert found["share"].tolist() == pytest.approx(np.array([2, 1, 1, 0, 0, 1, 0, 0, 1]) / 6)
    assert found["share_of_before"].tolist() == [0.5, 0.25, 0.25, 0, 0, 1, 0, 0, 1]


def test_the_mean_change_of_four_people():
    """By hand: changes +1, +2, 0, 0: mean 3/4. Variance .6875, SE^2 = 4/3 x 2.75/16 = .2291667: worth 3 people.

    With three more of mean 0 and variance 1: mean 2.25/6, mean square (3 x 1.25 + 3)/6.
    """
    found = repeats.mean_change(moves((6, 7), (0, 10), (3, 3), (10, 9)))
    assert (found.moves, found.people, found.points) == (4, 4, 75)
    margin = score.Z * np.sqrt((6.75 / 6 - 0.375**2) / 6)
    assert (found.low, found.high) == pytest.approx((100 * (0.375 - margin), 100 * (0.375 + margin)))


def test_nobody_moved_is_no_certainty():
    """By hand: ten unchanged people and three of variance 1: 3/13 over 13."""
    found = repeats.mean_change(moves(*[(9, 9)] * 10))
    assert found.points == 0
    assert (found.low, found.high) == pytest.approx((-100 * score.Z * np.sqrt(3) / 13, 100 * score.Z * np.sqrt(3) / 13))


@pytest.mark.parametrize("people", [2, 4])
def test_an_interval_holds_its_mean_and_ends_at_two_groups(people):
    """Two people are pulled below their own mean, four beyond the scale."""
    rise, fall = (repeats.mean_change(moves(*[pair] * people)) for pair in ((0, 10), (10, 0)))
    assert (rise.points, rise.high) == (200, 200)
    assert (fall.points, fall.low) == (-200, -200)
    assert (rise.low, rise.high) == pytest.approx((-fall.high, -fall.low))


def test_the_same_people_twice_say_more_than_two_samples():
    """Of sixty people ten rise by a group and none falls: plain within people, unclear between two samples."""
    pairs = [(7, 9)] * 10 + [(9, 9)] * 15 + [(3, 3)] * 20 + [(7, 7)] * 15
    found = repeats.mean_change(moves(*pairs))
    samples = score.difference(np.array([20, 15, 25]), np.array([20, 25, 15]))
    assert found.points == pytest.approx(samples.points)
    assert found.low > 0 > samples.low


def test_several_moves_of_one_person_are_one_opinion():
    steps = moves(*[(3, 7)] * 6, *[(7, 3)] * 4)
    alone = repeats.mean_change(steps)
    together = repeats.mean_change(steps.assign(person_id=["a"] * 6 + ["b"] * 4))
    assert together.points == alone.points == pytest.approx(20)
    assert together.people == 2
    assert together.high - together.low > alone.high - alone.low


@pytest.mark.parametrize("pairs", [[], [(3, 9)]])
def test_the_change_of_fewer_than_two_people_has_no_interval(pairs):
    found = repeats.mean_change(moves(*pairs))
    assert np.isnan([found.low, found.high]).all()
    assert found.people == len(pairs)


def test_how_often_people_answered():
    """Ann at 60 days, then 304; bob and cid once."""
    assert repeats.asked(YEAR) == (3, 5, 1, 182, 1, pytest.approx(1 / 3))


@pytest.mark.parametrize(("day", "soon"), [("2025-03-31", 1), ("2025-04-01", 0)])
def test_ninety_days_after_is_not_too_soon(day, soon):
    """1 April is 90 days after 1 January."""
    assert repeats.asked(answers(("a", "2025-01-01", 9), ("a", day, 9))).soon == soon


def test_a_person_asked_too_often_counts_once():
    assert repeats.asked(answers(*(("a", f"2025-01-0{day}", 9) for day in range(1, 6)))).soon == 1


def test_without_repeats_nothing_is_known_of_moves():
    once = answers(("a", "2025-01-01", 9), ("b", None, 3))
    found = repeats.consecutive(once)
    assert found.empty
    assert repeats.movers(found)["moves"].tolist() == [0] * 9
    assert repeats.movers(found)["share"].isna().all()
    assert np.isnan(repeats.mean_change(found).points)
    assert repeats.asked(once)[:3] == (2, 2, 0)
    assert np.isnan(repeats.asked(once).median_gap)
    nobody = answers()
    assert np.isnan(repeats.asked(nobody).soon_share)


@settings(max_examples=40)
@given(several)
def test_moves_equal_the_slow_loop(rows):
    last, expected = {}, []
    for person, scored in rows:
        if person in last:
            expected.append([person, last[person], scored])
        last[person] = scored
    found = repeats.consecutive(daily(rows))
    assert found[["person_id", "before", "after"]].values.tolist() == expected
    assert repeats.movers(found)["moves"].sum() == len(expected)


@settings(max_examples=40)
@given(several)
def test_the_interval_holds_the_mean_change(rows):
    found = repeats.mean_change(repeats.consecutive(daily(rows)))
    if found.people > 1:
        assert -200 <= found.low <= found.points <= found.high <= 200
        assert found.low < found.high


@settings(max_examples=30)
@given(several, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(rows, random):
    frame = daily(rows)
    order = list(range(len(rows)))
    random.shuffle(order)
    shuffled = frame.iloc[order]
    moved, again = repeats.consecutive(frame), repeats.consecutive(shuffled)
    assert repeats.mean_change(moved) == pytest.approx(repeats.mean_change(again), nan_ok=True)
    pd.testing.assert_frame_equal(repeats.movers(moved), repeats.movers(again))
    assert repeats.asked(frame) == pytest.approx(repeats.asked(shuffled), nan_ok=True)

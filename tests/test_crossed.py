"""Two segments crossed."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nps.measures import crossed, score

ROLES, PLANS = ("Admin", "Editor", "(none)"), ("Free", "Pro")
people = st.lists(st.tuples(st.sampled_from(ROLES), st.sampled_from(PLANS), st.integers(0, 10)), max_size=40)


def table(rows: list[tuple[str, str, int]]) -> pd.DataFrame:
    """Rows of role, plan, score."""
    frame = pd.DataFrame(rows, columns=["role", "plan", "score"]).astype({"score": "int8"})
    frame = frame.assign(role=pd.Categorical(frame["role"], ROLES), plan=pd.Categorical(frame["plan"], PLANS))
    return crossed.table(frame, "role", "plan")


TWO_PAIRS = [("Admin", "Pro", 9)] * 30 + [("Editor", "Free", 0)] * 10


def test_one_row_per_pair_in_the_order_of_the_values():
    found = table([("Editor", "Pro", 9), ("Admin", "Pro", 3), ("Admin", "Free", 8), ("Editor", "Pro", 10)])
    assert found[["value_a", "value_b", "responses"]].values.tolist() == [
        ["Admin", "Free", 1],
        ["Admin", "Pro", 1],
        ["Editor", "Free", 0],
        ["Editor", "Pro", 2],
    ]
    assert found["nps"].tolist() == pytest.approx([0, -100, np.nan, 100], nan_ok=True)


def test_a_pair_has_the_score_and_interval_of_its_answers():
    row = table([*TWO_PAIRS, *[("Admin", "Pro", s) for s in (0, 7, 8)]]).set_index(["value_a", "value_b"])
    row = row.loc["Admin", "Pro"]
    assert row["nps"] == score.net(np.array([1, 2, 30]))
    assert (row["low"], row["high"]) == score.interval(np.array([1, 2, 30]))


def test_scores_shrink_toward_the_whole_table():
    """By hand, as for segments: weights 30/60 and 10/40; average (.5 x 100 - .25 x 100) / .75."""
    found = table(TWO_PAIRS).set_index(["value_a", "value_b"])["shrunk"]
    average = (0.5 * 100 + 0.25 * -100) / 0.75
    assert found["Admin", "Pro"] == pytest.approx(average + 0.5 * (100 - average))
    assert found["Editor", "Free"] == pytest.approx(average + 0.25 * (-100 - average))


def test_a_pair_that_nobody_has_keeps_its_place_without_a_score():
    found = table(TWO_PAIRS).set_index(["value_a", "value_b"])
    assert found.loc[("Admin", "Free"), "responses"] == 0
    assert found.loc[("Admin", "Free"), ["nps", "low", "high", "shrunk"]].isna().all()


def test_a_value_that_nobody_has_has_no_place():
    assert set(table(TWO_PAIRS)["value_a"]) == {"Admin", "Editor"}


def test_nobody_makes_an_empty_table():
    assert table([]).empty


@settings(max_examples=40)
@given(people, st.randoms(use_true_random=False))
def test_every_pair_equals_the_slow_loop_in_any_order(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    found = table(rows)
    pd.testing.assert_frame_equal(found, table(shuffled))
    assert found["responses"].sum() == len(rows)
    for row in found.itertuples():
        own = [scored for role, plan, scored in rows if (role, plan) == (row.value_a, row.value_b)]
        expected = score.score(own)
        assert row.responses == expected.responses
        assert (row.nps, row.low, row.high) == pytest.approx((expected.nps, expected.low, expected.high), nan_ok=True)

"""Two orders of the same cases against each other: by hand, and against a loop over pairs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nps.measures import paired

GAVE = np.array([1, 1, 1, 0, 0, 0, 0], bool)
MODEL = np.array([0.9, 0.8, 0.4, 0.7, 0.3, 0.2, 0.1])
RULE = np.array([3.0, 1, 2, 2, 1, 3, 0])
DRAWN = st.lists(st.tuples(st.booleans(), st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=12)


def test_two_orders_by_hand():
    found = paired.compared(GAVE, MODEL, RULE)
    assert (found.first, found.second) == pytest.approx((0.916666667, 0.625))
    assert np.sqrt(found.variance) == pytest.approx(0.248839901)
    assert paired.tested([found]).z == pytest.approx(1.172106, abs=5e-7)


def test_several_occasions_count_by_their_cases():
    one, other = paired.compared(GAVE, MODEL, RULE), paired.compared(GAVE[1:], MODEL[1:], RULE[1:])
    found = paired.tested([one, other])
    assert found.first == pytest.approx((3 * one.first + 2 * other.first) / 5)
    gap = 3 * (one.first - one.second) + 2 * (other.first - other.second)
    assert found.z == pytest.approx(gap / np.sqrt(9 * one.variance + 4 * other.variance))


def test_with_nobody_on_a_side_nothing_is_told():
    nobody = paired.compared(GAVE[3:], MODEL[3:], RULE[3:])
    assert np.isnan(nobody.first)
    assert np.isnan(paired.tested([nobody]).z)
    assert paired.tested([nobody, paired.compared(GAVE, MODEL, RULE)]).z == pytest.approx(1.172106, abs=5e-7)


def test_an_order_is_no_better_than_itself():
    assert paired.tested([paired.compared(GAVE, RULE, RULE)]).z == 0


@given(DRAWN)
def test_it_is_what_every_pair_of_a_case_and_another_says(drawn):
    gave, first, second = (np.array(part) for part in zip(*drawn, strict=True))
    found = paired.compared(gave, first, second)
    above = [
        [[(one > other) + (one == other) / 2 for other in order[~gave]] for one in order[gave]]
        for order in (first, second)
    ]
    pairs = np.array(above, float).reshape(2, gave.sum(), (~gave).sum())
    if min(pairs.shape) == 0:
        assert np.isnan(found.first)
        return
    assert (found.first, found.second) == pytest.approx(tuple(pairs.mean((1, 2))))
    if min(pairs.shape[1:]) > 1:
        gap = pairs[0] - pairs[1]
        variance = gap.mean(1).var(ddof=1) / gave.sum() + gap.mean(0).var(ddof=1) / (~gave).sum()
        assert found.variance == pytest.approx(variance, abs=1e-12)

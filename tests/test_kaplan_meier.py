"""Kaplan-Meier: by hand, and against a loop over days."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nps.measures import kaplan_meier

TIME, HAPPENED = [1, 3, 3, 5, 6, 8, 8, 10, 12, 14], [1, 1, 0, 1, 0, 1, 1, 0, 1, 0]
BY_HAND = [
    (1, 10, 1, 0.9, 0.0948683298, 0.473009266, 0.985281394),
    (3, 9, 1, 0.8, 0.126491106, 0.408690778, 0.945872646),
    (5, 7, 1, 0.685714286, 0.151494017, 0.304585071, 0.887148496),
    (8, 5, 2, 0.411428571, 0.175590300, 0.102511069, 0.707312654),
    (12, 2, 1, 0.205714286, 0.169903420, 0.012258963, 0.566611973),
]
WATCHED = st.lists(st.tuples(st.integers(0, 6), st.booleans()), min_size=1, max_size=12)


@pytest.mark.parametrize(("row", "expected"), [*enumerate(BY_HAND)])
def test_the_curve_by_hand(row, expected):
    assert kaplan_meier.curve(TIME, HAPPENED).iloc[row].tolist() == pytest.approx(expected, abs=5e-9)


def test_who_is_lost_when_it_happens_to_others_is_at_risk_there():
    curve = kaplan_meier.curve([0, 0, 1, 2, 2, 5, 7, 9, 14, 20], [1, 1, 1, 1, 0, 1, 0, 1, 0, 0])
    assert curve["time"].tolist() == [0, 1, 2, 5, 9]
    assert curve["left"].tolist() == pytest.approx([0.8, 0.7, 0.6, 0.48, 0.32])
    assert kaplan_meier.median(curve) == 5


def test_there_is_no_median_until_half_are_there():
    assert np.isnan(kaplan_meier.median(kaplan_meier.curve([1, 2, 3], [1, 0, 0])))
    assert np.isnan(kaplan_meier.median(kaplan_meier.curve([1, 2, 3], [0, 0, 0])))


def test_the_share_by_a_day_is_what_the_curve_has_lost_by_then():
    curve = kaplan_meier.curve(TIME, HAPPENED)
    assert kaplan_meier.until(curve, 0.5)[0] == 0
    assert kaplan_meier.until(curve, 7) == pytest.approx((0.314285714, 0.112851504, 0.695414929))
    assert kaplan_meier.until(curve, 8) == pytest.approx((0.588571429, 0.292687346, 0.897488931))


def test_accounts_widen_the_interval_and_nothing_else():
    plain, wide = (kaplan_meier.curve(TIME, HAPPENED, deff) for deff in (1.0, 4.0))
    assert wide["left"].tolist() == plain["left"].tolist()
    assert wide["se"].tolist() == pytest.approx((2 * plain["se"]).tolist())
    assert (wide["low"] < plain["low"]).all()
    assert (wide["high"] > plain["high"]).all()


@given(WATCHED)
def test_it_is_the_product_of_the_shares_that_each_day_leaves(watched):
    time, happened = (np.array(part) for part in zip(*watched, strict=True))
    curve, left = kaplan_meier.curve(time, happened), 1.0
    for day in range(7):
        at_risk = sum(1 for own, _ in watched if own >= day)
        if events := sum(1 for own, did in watched if own == day and did):
            left *= (at_risk - events) / at_risk
        assert kaplan_meier.until(curve, day)[0] == pytest.approx(1 - left)


@given(WATCHED)
def test_the_interval_holds_the_share(watched):
    curve = kaplan_meier.curve(*(np.array(part) for part in zip(*watched, strict=True)))
    known = curve[curve["low"].notna()]
    assert ((known["low"] <= known["left"]) & (known["left"] <= known["high"])).all()

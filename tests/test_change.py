"""What changed between two periods: mix and rate, by segment. Triples are (detractors, passives, promoters)."""

from datetime import date
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nps.measures import change, score
from nps.measures.change import Split

NOBODY = (0, 0, 0)
triples = st.tuples(*[st.integers(0, 40)] * 3)
periods = st.dictionaries(st.sampled_from(["a", "b", "c", "d", "Other", "(none)"]), st.tuples(triples, triples))


def split(parts: dict[str, tuple]) -> Split:
    """`parts`: value -> (counts before, counts after)."""
    before, after = (np.array([side[i] for side in parts.values()], int).reshape(-1, 3) for i in (0, 1))
    return change.split(pd.Index(list(parts), dtype=object), before, after)


def slowly(parts: dict[str, tuple]) -> dict[str, tuple[Fraction, Fraction]]:
    """Kitagawa's mix and rate of each value in exact fractions, one after the other; nothing is pooled."""
    all_before, all_after = (sum(sum(side[i]) for side in parts.values()) for i in (0, 1))
    whole = [sum(Fraction(side[i][2] - side[i][0]) for side in parts.values()) for i in (0, 1)]
    reference = (whole[0] / all_before + whole[1] / all_after) / 2
    found = {}
    for value, (before, after) in parts.items():
        w0, w1 = Fraction(sum(before), all_before), Fraction(sum(after), all_after)
        t0 = Fraction(before[2] - before[0], sum(before)) if sum(before) else None
        t1 = Fraction(after[2] - after[0], sum(after)) if sum(after) else t0
        t0 = t1 if t0 is None else t0
        found[value] = 100 * (w1 - w0) * ((t0 + t1) / 2 - reference), 100 * (w0 + w1) / 2 * (t1 - t0)
    return found


SIMPSON = {"small": ((10, 20, 70), (5, 25, 70)), "large": ((60, 80, 60), (110, 160, 130))}


def test_both_segments_rise_and_the_total_falls():
    """Simpson's paradox; frozen from the formula: 20 to 17 = mix -8 and rate +5."""
    parts, total = split(SIMPSON)
    assert parts["mix"].tolist() == pytest.approx([-5.8667, -2.1333], abs=5e-5)
    assert parts["rate"].tolist() == pytest.approx([1.3333, 3.6667], abs=5e-5)
    assert total[:4] == pytest.approx((20, 17, -3, -8))
    assert total.rate == pytest.approx(5)


def test_the_standard_errors_of_mix_and_rate():
    """Frozen from the formula for the same example: .020909 and .054571."""
    total = split(SIMPSON).total
    assert (total.mix_high - total.mix_low) / 2 / score.Z == pytest.approx(2.0909, abs=5e-5)
    assert (total.rate_high - total.rate_low) / 2 / score.Z == pytest.approx(5.4571, abs=5e-5)
    assert (total.mix_low + total.mix_high) / 2 == pytest.approx(total.mix)


def test_a_row_tells_both_periods():
    row = split(SIMPSON).parts.set_index("value").loc["large"]
    assert row[["responses_before", "responses_after"]].tolist() == [200, 400]
    assert row[["nps_before", "nps_after"]].tolist() == [0, 5]


def test_the_interval_of_a_values_rate():
    """By hand: w = (1 + 1) / 2; ten promoters of ten have v' = 11.5/13 - (10/13)^2 in both periods."""
    parts, total = split({"only": ((0, 0, 10), (0, 0, 10))})
    margin = 100 * score.Z * np.sqrt(2 * (10.75 / 13 + 0.75 / 13 - (10 / 13) ** 2) / 10)
    assert parts.loc[0, ["rate_low", "rate_high"]].tolist() == pytest.approx([-margin, margin])
    assert total[3:] == pytest.approx((0, 0, 0, 0, -margin, margin))


def test_the_same_answers_in_other_shares_are_all_mix():
    """Half good and half bad become a quarter and three quarters: 0 to -50."""
    parts, total = split({"good": ((0, 0, 20), (0, 0, 10)), "bad": ((20, 0, 0), (30, 0, 0))})
    assert parts["rate"].tolist() == [0, 0]
    assert parts["mix"].tolist() == pytest.approx([-0.25 * 125, 0.25 * -75])
    assert total[2:4] == pytest.approx((-50, -50))


@pytest.mark.parametrize("turned", [False, True], ids=["new", "vanished"])
def test_who_is_in_one_period_only_is_all_mix(turned):
    """By hand: everybody at 0, then as many promoters besides: 0 to 50, or back; the reference is 25."""
    parts = {"old": ((10, 0, 10), (10, 0, 10)), "new": (NOBODY, (0, 0, 20))}
    parts = {value: side[::-1] for value, side in parts.items()} if turned else parts
    found, total = split(parts)
    sign = -1 if turned else 1
    assert found["value"].tolist() == ["old", "new"]
    assert found["rate"].tolist() == [0, 0]
    assert found["mix"].tolist() == pytest.approx([sign * -0.5 * -25, sign * 0.5 * 75])
    assert total.mix == pytest.approx(sign * 50)
    assert found.loc[1, ["rate_low", "rate_high"]].isna().all()
    assert np.isnan(found.loc[1, "nps_after" if turned else "nps_before"])


def test_the_mix_of_a_new_value_is_as_uncertain_as_its_score():
    """By hand: nothing of the old value's share is at stake but (1/2)^2 (v0 + v1) / 4; all of the new one's is."""
    total = split({"old": ((0, 10, 0), (0, 10, 0)), "new": (NOBODY, (0, 10, 0))}).total
    variance = 1.5 / 13 / 10
    expected = 0.25 * (2 * variance / 4 + variance)
    assert (total.mix_high - total.mix_low) / 2 == pytest.approx(100 * score.Z * np.sqrt(expected))


def test_fewer_than_ten_in_either_period_go_together_as_other_at_the_end():
    sides = {"nine": ((0, 9, 0), (0, 0, 50)), "ten": ((0, 10, 0), (0, 0, 10)), "few": ((1, 0, 0), NOBODY)}
    parts = split(sides).parts
    assert parts["value"].tolist() == ["ten", "Other"]
    assert parts["responses_before"].tolist() == [10, 10]
    assert parts["responses_after"].tolist() == [10, 50]
    assert parts["nps_before"].tolist() == [0, -10]


def test_a_value_that_is_called_other_takes_the_small_ones_in():
    parts = split({"Other": ((0, 20, 0), (0, 20, 0)), "a": ((0, 20, 0), (0, 20, 0)), "b": ((1, 0, 0), NOBODY)}).parts
    assert parts["value"].tolist() == ["a", "Other"]
    assert parts["responses_before"].tolist() == [20, 21]


def test_a_value_that_nobody_has_is_left_out():
    assert split({**SIMPSON, "nobody": (NOBODY, NOBODY)}).parts["value"].tolist() == ["small", "large"]


@pytest.mark.parametrize("parts", [{"a": (NOBODY, (0, 0, 20))}, {"a": ((0, 0, 20), NOBODY)}, {}])
def test_a_period_without_answers_explains_nothing(parts):
    found, total = split(parts)
    assert np.isnan(total[2:]).all()
    assert found[["mix", "rate"]].isna().all(axis=None)


@settings(max_examples=60)
@given(periods)
def test_mix_and_rate_sum_to_the_change(parts):
    before, after = (sum((np.array(side[i]) for side in parts.values()), np.zeros(3)) for i in (0, 1))
    found, total = split(parts)
    if before.any() and after.any():
        moved = score.net(after) - score.net(before)
        assert total.change == pytest.approx(moved)
        assert found["mix"].sum() + found["rate"].sum() == pytest.approx(moved, abs=1e-9)
        assert (total.mix, total.rate) == pytest.approx((found["mix"].sum(), found["rate"].sum()))
        assert total.mix_low <= total.mix <= total.mix_high
        assert total.rate_low <= total.rate <= total.rate_high
    assert found["responses_before"].sum() == before.sum()


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from("abcd"), st.tuples(triples, triples)))
def test_every_part_equals_the_slow_loop(parts):
    parts = {v: sides for v, sides in parts.items() if all(sum(s) == 0 or sum(s) >= 10 for s in sides)}
    if not all(sum(sum(side[i]) for side in parts.values()) for i in (0, 1)):
        return
    exact = slowly(parts)
    whole = [sum(np.array(side[i]) for side in parts.values()) for i in (0, 1)]
    net = [Fraction(100 * int(counts[2] - counts[0]), int(counts.sum())) for counts in whole]
    assert sum(mix + rate for mix, rate in exact.values()) == net[1] - net[0]
    for row in split(parts).parts.itertuples():
        assert (row.mix, row.rate) == pytest.approx([float(part) for part in exact[row.value]], abs=1e-9)


@settings(max_examples=30)
@given(periods, st.randoms(use_true_random=False))
def test_the_order_of_the_values_does_not_matter(parts, random):
    shuffled = list(parts.items())
    random.shuffle(shuffled)
    (first, total), (second, again) = split(parts), split(dict(shuffled))
    assert total == pytest.approx(again, nan_ok=True)
    pd.testing.assert_frame_equal(*(f.sort_values("value", ignore_index=True) for f in (first, second)))


@pytest.mark.parametrize(
    ("day", "before", "since"),
    [
        (date(2026, 3, 1), (date(2026, 2, 24), date(2026, 2, 28)), (date(2026, 3, 1), date(2026, 3, 5))),
        (date(2026, 2, 3), (date(2026, 2, 1), date(2026, 2, 2)), (date(2026, 2, 3), date(2026, 2, 4))),
        (date(2026, 3, 31), (date(2026, 3, 30), date(2026, 3, 30)), (date(2026, 3, 31), date(2026, 3, 31))),
    ],
)
def test_on_either_side_of_a_day_there_are_as_many_days_of_what_there_is(day, before, since):
    assert change.either_side(day, (date(2026, 2, 1), date(2026, 3, 31)), 5) == (before, since)

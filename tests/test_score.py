"""The score, its interval and its difference: golden numbers, each with its source.

Triples are (detractors, passives, promoters); sources name the printed figure that is reproduced.
"""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

import nps
from nps.measures import score

R_PACKAGE = "brendan-r/NPS, its tests"
NPM = "nps-stats on npm, its tests"
FROZEN = "no outside source; frozen from the formula (3,T)"


def standard_error(counts):
    return np.sqrt(score.variance(np.array(counts)) / sum(counts))


@pytest.mark.parametrize(
    ("counts", "points", "source"),
    [
        ((1, 2, 3), 100 / 3, R_PACKAGE),
        ((1, 0, 1), 0, R_PACKAGE),
        ((0, 1, 1), 50, R_PACKAGE),
        ((1, 0, 0), -100, R_PACKAGE),
        ((0, 1, 0), 0, R_PACKAGE),
        ((0, 0, 1), 100, R_PACKAGE),
        ((10, 6, 4), -30, NPM),
        ((2, 8, 10), 40, NPM),
        ((2, 0, 8), 60, NPM),
        ((650, 0, 650), 0, NPM),
        ((5, 5, 10), 25, "Delighted help"),
        ((20, 10, 70), 50, "django-nps README"),
        ((100, 200, 200), 20, "Market Strategies post"),
        ((16, 139, 6), -6.2112, "contingencytables, its tests (Cavo 2012)"),
    ],
)
def test_the_score_is_the_share_of_promoters_less_that_of_detractors(counts, points, source):
    assert score.net(np.array(counts)) == pytest.approx(points, abs=5e-5), source


@pytest.mark.parametrize(
    ("counts", "variance", "se", "source"),
    [
        ((1, 2, 3), 5 / 9, 0.304290, R_PACKAGE),
        ((1, 0, 1), 1, 0.707107, R_PACKAGE),
        ((0, 1, 1), 0.25, 0.353553, R_PACKAGE),
        ((1, 1, 1), 2 / 3, 0.471405, R_PACKAGE),
        ((1, 0, 0), 0, 0, R_PACKAGE),
        ((0, 1, 0), 0, 0, R_PACKAGE),
        ((0, 0, 1), 0, 0, R_PACKAGE),
        ((2, 3, 5), 0.61, 0.246982, FROZEN),
        ((5, 5, 0), 0.25, 0.158114, FROZEN),
        ((0, 0, 10), 0, 0, FROZEN),
        ((10, 30, 60), 0.45, 0.067082, FROZEN),
        ((20, 30, 50), 0.61, 0.078102, FROZEN),
        ((60, 70, 170), 0.632222, 0.045907, FROZEN),
    ],
)
def test_the_variance_of_an_answer_divides_by_n(counts, variance, se, source):
    assert score.variance(np.array(counts)) == pytest.approx(variance, abs=5e-7), source
    assert standard_error(counts) == pytest.approx(se, abs=5e-7), source


def test_the_variance_is_the_expected_squared_distance_from_the_score():
    """stats.SE 18603: half promoters, a third passives, a sixth detractors."""
    shares = {1: Fraction(1, 2), 0: Fraction(1, 3), -1: Fraction(1, 6)}
    mean = sum(y * share for y, share in shares.items())
    assert mean == Fraction(1, 3)
    expected = sum((y - mean) ** 2 * share for y, share in shares.items())
    assert score.variance(np.array([1, 2, 3])) == pytest.approx(float(expected))


def test_a_width_of_10_points_takes_1024_answers_when_the_groups_are_equal():
    """A post on cybaea, 2016: the 95% width is about 320 / sqrt(n) points."""
    thirds = np.array([1, 1, 1])
    assert 100 * 2 * score.Z * np.sqrt(score.variance(thirds)) == pytest.approx(320, abs=0.2)
    low, high = score.interval(np.array([341, 342, 341]))
    assert high - low == pytest.approx(10, abs=0.05)


def test_a_margin_of_6_6_points_for_500_answers():
    """Market Strategies post: 200 promoters, 200 passives, 100 detractors (Wald)."""
    assert 100 * score.Z * standard_error((100, 200, 200)) == pytest.approx(6.6, abs=0.05)


@pytest.mark.parametrize(
    ("scores", "points"),
    [([0, 7, 7, 9, 9, 9], 100 / 3), ([0], -100), ([10], 100), ([7], 0), ([9, 10, 3], 100 / 3)],
)
def test_scores_fall_into_groups(scores, points):
    """The first four: brendan-r/NPS, its tests."""
    assert nps.score(scores).nps == pytest.approx(points)


def test_six_detractors_two_passives_seven_promoters():
    """brendan-r/NPS, its tests: the scores 1 to 15, promoters from 9 up."""
    assert score.net(np.array([6, 2, 7])) == pytest.approx(100 / 15)
    assert score.variance(np.array([6, 2, 7])) == pytest.approx(0.8622, abs=5e-5)


@pytest.mark.parametrize(
    ("scores", "spread"),
    [
        ([10] * 5 + [9] * 9 + [2] * 5 + [1] * 4 + [0] * 5, 4.23),
        ([9] * 8 + [8] * 10 + [7] * 2 + [6] * 8, 1.17),
    ],
    ids=["call centre", "retail"],
)
def test_two_companies_with_the_score_0(scores, spread):
    """A post on codebeats: the same score from very different answers."""
    assert nps.score(scores).nps == 0
    assert np.std(scores) == pytest.approx(spread, abs=0.005)


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        ((1, 2, 3), -0.267433, 0.711877),
        ((2, 3, 5), -0.190506, 0.652045),
        ((5, 5, 0), -0.707161, -0.062069),
        ((0, 0, 10), 0.475036, 1),
        ((10, 30, 60), 0.354666, 0.616208),
        ((20, 30, 50), 0.140511, 0.442013),
        ((60, 70, 170), 0.273507, 0.452565),
        ((16, 139, 6), -0.1182, -0.0038),
    ],
)
def test_the_interval_adds_three_answers(counts, low, high):
    """Adjusted Wald (3,T); no outside source prints it: frozen from the formula, the last one to four decimals."""
    decimals = 1e-6 if counts != (16, 139, 6) else 5e-5
    assert score.interval(np.array(counts)) == pytest.approx((100 * low, 100 * high), abs=100 * decimals)


def test_the_covariance_of_the_two_shares_counts():
    """250 promoters and 75 detractors of 1,000: independent shares would give (0.143, 0.205), which is too narrow."""
    assert score.interval(np.array([75, 675, 250])) == pytest.approx((14.09, 20.81), abs=0.005)


@pytest.mark.parametrize("n", [10, 30])
def test_the_raw_score_always_lies_in_its_interval(n):
    counts = np.array([(d, n - d - r, r) for d in range(n + 1) for r in range(n + 1 - d)])
    low, high = score.interval(counts)
    points = score.net(counts)
    assert ((low <= points) & (points <= high) & (low >= -100) & (high <= 100) & (low < high)).all()


@pytest.mark.parametrize(
    ("first", "second", "raw", "adjusted", "se", "interval", "p"),
    [
        ((30, 50, 120), (55, 60, 105), 0.222727, 0.219135, 0.075699, (0.070768, 0.367501), 0.003794),
        ((2, 3, 15), (6, 6, 8), 0.55, 0.478261, 0.223726, (0.039766, 0.916756), 0.032541),
    ],
)
def test_the_difference_of_two_scores_is_tested_on_adjusted_counts(first, second, raw, adjusted, se, interval, p):
    """Frozen from the formula; the raw difference is shown, test and interval come from the adjusted counts."""
    found = score.difference(np.array(first), np.array(second))
    assert found.points == pytest.approx(100 * raw, abs=5e-5)
    assert (found.low, found.high) == pytest.approx((100 * interval[0], 100 * interval[1]), abs=5e-5)
    assert (found.low + found.high) / 2 == pytest.approx(100 * adjusted, abs=5e-5)
    assert (found.high - found.low) / 2 / score.Z == pytest.approx(100 * se, abs=5e-5)
    assert found.p == pytest.approx(p, abs=5e-7)


def test_a_difference_with_nobody_on_one_side_is_unknown():
    assert np.isnan(score.difference(np.array([1, 2, 3]), np.zeros(3))).all()


def test_benjamini_and_hochberg():
    """HDLSSkST docs (which are rejected at .05); q by scipy.stats.false_discovery_control."""
    q = score.benjamini_hochberg(np.array([0.50, 0.01, 0.001, 0.69, 0.02, 0.05, 0.0025]))
    assert q == pytest.approx([0.583333, 0.023333, 0.007, 0.69, 0.035, 0.07, 0.00875], abs=5e-7)
    assert (q < 0.05).tolist() == [False, True, True, False, True, False, True]


def test_what_was_not_tested_does_not_count_in_the_correction():
    q = score.benjamini_hochberg(np.array([0.01, np.nan, 0.04]))
    assert q == pytest.approx([0.02, np.nan, 0.04], nan_ok=True)


def test_a_score_carries_its_counts():
    assert nps.score([10, 9, 8, 7, 6, 0])[:5] == (6, 2, 2, 2, 0.0)


@pytest.mark.parametrize(
    "scores",
    [
        [9, None, 3, np.nan],
        pd.Series([9, None, 3], dtype="Int64"),
        pd.Series([9.0, 3.0, np.nan]),
        (score for score in (9, 3)),
    ],
    ids=["list", "nullable column", "float column", "generator"],
)
def test_missing_answers_do_not_count(scores):
    assert nps.score(scores)[:5] == (2, 1, 0, 1, 0.0)


def test_without_answers_nothing_is_known():
    nothing = nps.score([])
    assert nothing[:4] == (0, 0, 0, 0)
    assert np.isnan(nothing[4:]).all()


@pytest.mark.parametrize("wrong", [11, -1, 7.5, float("inf")])
def test_anything_but_a_whole_score_from_0_to_10_is_refused(wrong):
    with pytest.raises(ValueError, match="whole numbers from 0 to 10"):
        nps.score([9, wrong])


@pytest.mark.parametrize("n", [1, 2, 3, 10, 30])
def test_an_interval_always_holds_its_raw_score(n):
    every = np.array([(d, p, n - d - p) for d in range(n + 1) for p in range(n + 1 - d)])
    low, high = score.interval(every)
    assert (low <= score.net(every)).all()
    assert (score.net(every) <= high).all()


@pytest.mark.parametrize("value", [11, -1, 9.5, "nine", "", float("inf"), 10**400, [9]])
def test_what_is_no_score_is_refused_as_any_input_is(value):
    with pytest.raises(nps.InputError, match="whole numbers from 0 to 10"):
        nps.score([9, value])

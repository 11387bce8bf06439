"""Weighted scores, answers that are not independent, and who answered against who could have."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_clusters import slowly as slow_design

from nps.measures import nonresponse, score, student, weights

answers = st.lists(
    st.tuples(st.sampled_from([-1, 0, 1]), st.floats(0.01, 1000), st.integers(0, 6)), min_size=1, max_size=40
).map(lambda rows: tuple(np.array(column) for column in zip(*rows, strict=True)))


def counts(y) -> np.ndarray:
    return np.array([np.sum(np.array(y) == group) for group in (-1, 0, 1)])


def slowly(y, w, clusters) -> tuple[float, float, float]:
    """Weighted score in points, its cluster-robust standard error, n_eff: methods 5, one cluster after the other."""
    total = sum(w)
    mean = sum(wi * yi for wi, yi in zip(w, y, strict=True)) / total
    names = sorted(set(clusters))
    spread = 0.0
    for name in names:
        own = [wi * (yi - mean) for wi, yi, c in zip(w, y, clusters, strict=True) if c == name]
        spread += math.fsum(own) ** 2
    se = math.sqrt(len(names) / (len(names) - 1) * spread) / total if len(names) > 1 else math.nan
    return 100 * mean, 100 * se, total**2 / sum(wi * wi for wi in w)


def test_two_accounts_count_once_each():
    """By hand: two promoters of one account, a detractor of another: weights .5 .5 1, score 0, SE^2 = 2 x 2 / 4 = 1.

    The variance of an answer is 1, so they are worth one answer: half a detractor and half a promoter. Both accounts
    weigh the same, so one degree of freedom is left: t = 12.7.
    """
    account = pd.Series(["a", "a", "b"])
    found = weights.weighted(np.array([1, 1, -1]), weights.per_account(account), account)
    assert found.nps == 0
    assert (found.low, found.high) == pytest.approx(score.interval(np.array([0.5, 0, 0.5]), 12.706204736))
    assert found[3:] == (3, pytest.approx(4 / 1.5), 2, 0)


def test_the_raw_score_of_the_same_answers_is_another():
    assert weights.weighted(np.array([1, 1, -1]), np.ones(3)).nps == pytest.approx(100 / 3)


@settings(max_examples=60)
@given(st.lists(st.sampled_from([-1, 0, 1]), min_size=2, max_size=60))
def test_weights_of_one_give_the_unweighted_score(y):
    """And the interval of one answer less, as the formula divides by n - 1; n of them where all are alike."""
    found = weights.weighted(np.array(y), np.ones(len(y)))
    assert found.nps == pytest.approx(score.net(counts(y)))
    assert (found.responses, found.n_eff, found.clusters) == (len(y), pytest.approx(len(y)), len(y))
    worth = len(y) - 1 if len(set(y)) > 1 else len(y)
    low, high = score.interval(counts(y) * worth / len(y))
    assert (found.low, found.high) == pytest.approx((min(low, found.nps), max(high, found.nps)))


@settings(max_examples=60)
@given(answers)
def test_score_and_interval_equal_the_slow_loop(data):
    y, w, clusters = data
    found = weights.weighted(y, w, clusters)
    nps, se, n_eff = slowly(y, w, clusters)
    assert (found.nps, found.n_eff) == pytest.approx((nps, n_eff), abs=1e-9)
    shares = np.array([sum(w[y == group]) / sum(w) for group in (-1, 0, 1)])
    variance = 1e4 * (shares[2] + shares[0]) - nps**2
    if len(set(clusters)) > 1 and len(set(y)) > 1 and se > 1e-4:
        design = slow_design(clusters.tolist(), (w / sum(w)).tolist(), (y - nps / 100).tolist())
        low, high = score.interval(shares * min(variance / se**2, n_eff), student.quantile(np.array(design.df)))
        assert (found.low, found.high) == pytest.approx((min(low, nps), max(high, nps)), abs=1e-4)


@settings(max_examples=60)
@given(answers, st.booleans())
def test_the_interval_holds_the_score_and_stays_on_the_scale(data, alone):
    y, w, clusters = data
    found = weights.weighted(y, w, None if alone else clusters)
    if found.clusters > 1:
        assert -100 - 1e-9 <= found.low <= found.nps <= found.high <= 100 + 1e-9
        assert found.low < found.high
    else:
        assert np.isnan([found.low, found.high]).all()


@settings(max_examples=30)
@given(answers, st.randoms(use_true_random=False))
def test_the_order_of_the_answers_does_not_matter(data, random):
    y, w, clusters = data
    order = list(range(len(y)))
    random.shuffle(order)
    found = weights.weighted(y, w, clusters)
    assert weights.weighted(y[order], w[order], clusters[order]) == pytest.approx(found, nan_ok=True, abs=1e-6)


def test_twice_the_same_answer_of_a_person_is_hardly_more_than_one():
    """The same ten people, each counted four times: as sure as before, not twice as sure."""
    y = np.array([-1, -1, 0, 0, 0, 1, 1, 1, 1, 1])
    once = weights.weighted(y, np.ones(10))
    people = np.repeat(np.arange(10), 4)
    again = weights.weighted(np.repeat(y, 4), np.ones(40), people)
    assert again.nps == once.nps
    assert (again.low, again.high) == pytest.approx(score.interval(9 * np.array([0.2, 0.3, 0.5]), 2.262157163))
    assert (again.responses, again.clusters) == (40, 10)
    careless = weights.weighted(np.repeat(y, 4), np.ones(40))
    assert careless.high - careless.low < 0.6 * (once.high - once.low)


def test_all_alike_is_no_certainty():
    """Two accounts, fifty promoters each: worth two answers, not a hundred and not infinitely many."""
    found = weights.weighted(np.ones(100), np.ones(100), np.repeat(["a", "b"], 50))
    assert found.nps == 100
    assert (found.low, found.high) == pytest.approx(score.interval(np.array([0, 0, 2]), 12.706204736))


def test_one_account_has_a_score_and_no_interval():
    found = weights.weighted(np.array([1, 0, 1]), np.ones(3), np.array(["a", "a", "a"]))
    assert found.nps == pytest.approx(200 / 3)
    assert np.isnan([found.low, found.high]).all()
    assert found.clusters == 1


@pytest.mark.parametrize("weight", [0.0, np.nan, -1.0])
def test_without_a_weight_there_is_no_score(weight):
    found = weights.weighted(np.array([1, 0]), np.full(2, weight))
    assert np.isnan(found[:3]).all()
    assert found[3:] == (0, 0, 0, 2)


def test_no_answers_have_no_score():
    assert np.isnan(weights.weighted(np.array([]), np.array([])).nps)


def test_who_has_no_account_is_left_out_and_counted():
    account = pd.Series(["a", None, "b", np.nan])
    assert weights.per_account(account).tolist() == pytest.approx([1, np.nan, 1, np.nan], nan_ok=True)
    found = weights.weighted(np.array([1, -1, 1, -1]), weights.per_account(account), account)
    assert (found.nps, found.responses, found.left_out) == (100, 2, 2)
    assert weights.weighted(np.array([1, -1, 1, -1]), np.ones(4), account)[3:] == (2, 2, 2, 2)


def test_where_nobody_has_an_account_nothing_weighs_anything():
    assert np.isnan(weights.per_account(pd.Series([None, None], dtype="str"))).all()


def test_accounts_count_by_their_revenue():
    """By hand: 300 shared by three promoters, 100 of one detractor: (300 - 100) / 400."""
    account, revenue = pd.Series(["a", "a", "a", "b"]), pd.Series([300.0, 300, np.nan, 100])
    found = weights.by_revenue(account, revenue)
    assert found.tolist() == [100, 100, 100, 100]
    assert weights.weighted(np.array([1, 1, 1, -1]), found, account).nps == 50


def test_unknown_or_negative_revenue_is_left_out_and_none_weighs_nothing():
    found = weights.by_revenue(pd.Series(["a", "b", "c", None]), pd.Series([np.nan, -5, 0, 7]))
    assert found.tolist() == pytest.approx([np.nan, np.nan, 0, np.nan], nan_ok=True)
    assert weights.weighted(np.array([1, 1, 1, 1]), found).left_out == 4


def test_the_largest_revenue_can_be_capped_at_the_99th_percentile():
    """Of the weights 1 to 100 and 10,000 the 99th percentile is 100."""
    account, revenue = pd.Series(range(101)), pd.Series([*range(1, 101), 10_000])
    capped = weights.by_revenue(account, revenue, capped=True)
    assert capped.tolist() == [*range(1, 101), 100]
    unknown = weights.by_revenue(account, pd.Series(np.nan, index=account.index), capped=True)
    assert np.isnan(unknown).all()


BASE = np.array([0.0] * 60 + [5.0] * 40)
Y = np.array([-1] * 5 + [1] * 5 + [1] * 30)
ACTIVITY = np.array([0.0] * 10 + [5.0] * 30)


def test_a_silent_majority_counts_by_its_number():
    """By hand: 60 quiet users at 0, 40 active ones at 100: 40, though the raw score of who answered is 75."""
    found = nonresponse.reweighted(Y, ACTIVITY, BASE)
    assert score.net(counts(Y)) == 75
    assert found.nps == pytest.approx(40)
    assert found.n_eff == pytest.approx(1 / (0.6**2 / 10 + 0.4**2 / 30))
    assert (found.responses, found.strata, found.left_out) == (40, 2, 0)
    quiet, active = 11.5 / 13, 31.5 / 33 - (30 / 33) ** 2
    margin = 100 * score.Z * math.sqrt(0.36 * quiet / 10 + 0.16 * active / 30)
    assert (found.low, found.high) == pytest.approx((40 - margin, 40 + margin))


def test_who_answered_against_who_could_have():
    found = nonresponse.response_by_activity(Y, ACTIVITY, BASE)
    assert found[["low", "high", "users", "respondents"]].values.tolist() == [[0, 0, 60, 10], [5, 5, 40, 30]]
    assert found[["share_users", "share_respondents"]].values.tolist() == [[0.6, 0.25], [0.4, 0.75]]
    assert found["response"].tolist() == pytest.approx([1 / 6, 0.75])
    assert found[["detractors", "passives", "promoters"]].values.tolist() == [[5, 0, 5], [0, 0, 30]]


def test_without_ties_there_are_ten_deciles():
    found = nonresponse.response_by_activity(np.array([1, 1]), np.array([1, 100]), np.arange(1.0, 101))
    assert found["users"].tolist() == [10] * 10
    assert found["high"].tolist() == list(range(10, 101, 10))
    assert found["respondents"].tolist() == [1, *[0] * 8, 1]


@pytest.mark.parametrize(
    ("respondents", "strata"),
    [
        ([10, 10, 10], [0, 1, 2]),
        ([4, 6, 3, 20, 9], [0, 0, 1, 1, 1]),
        ([3, 3], [0, 0]),
        ([0, 0, 10, 0], [0, 0, 0, 0]),
        ([], []),
    ],
)
def test_neighbouring_deciles_go_together_until_each_has_ten(respondents, strata):
    assert nonresponse.merged(np.array(respondents)).tolist() == strata


def test_when_all_are_as_active_the_score_is_the_raw_one():
    y = np.array([1, 1, 0, -1, 1, 1, 0, 1, 1, 1, 1])
    found = nonresponse.reweighted(y, np.full(11, 3.0), np.full(500, 3.0))
    assert found.nps == pytest.approx(score.net(counts(y)))
    assert found.strata == 1


def test_the_interval_ends_where_the_scale_does():
    promoters = nonresponse.reweighted(np.ones(20), np.arange(20.0), np.arange(40.0))
    detractors = nonresponse.reweighted(-np.ones(20), np.arange(20.0), np.arange(40.0))
    assert (promoters.nps, promoters.high) == (100, 100)
    assert (detractors.nps, detractors.low) == (-100, -100)
    assert promoters.low == pytest.approx(-detractors.high)
    assert promoters.low < 100


def test_a_respondent_more_active_than_anybody_known_is_in_the_top_decile():
    found = nonresponse.response_by_activity(np.array([1]), np.array([9.0]), np.full(20, 3.0))
    assert found["respondents"].tolist() == [1]


def test_a_respondent_of_unknown_activity_is_left_out_and_counted():
    found = nonresponse.reweighted(np.append(Y, -1), np.append(ACTIVITY, np.nan), BASE)
    assert found.nps == pytest.approx(40)
    assert (found.responses, found.left_out) == (40, 1)


@pytest.mark.parametrize(
    ("y", "activity", "base"), [([], [], [1.0, 2.0]), ([1, 0], [1.0, 2.0], []), ([1], [np.nan], [1.0])]
)
def test_without_users_or_respondents_there_is_nothing_to_re_weight(y, activity, base):
    found = nonresponse.reweighted(np.array(y), np.array(activity), np.array(base))
    assert np.isnan(found[:3]).all()
    assert (found.responses, found.left_out) == (0, len(y))


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.sampled_from([-1, 0, 1]), st.integers(0, 8)), min_size=1, max_size=80),
    st.lists(st.integers(0, 8), min_size=1, max_size=80),
)
def test_re_weighting_equals_the_slow_loop(respondents, others):
    """Everybody who could have answered is the respondents and the others; strata are made one user at a time."""
    y, activity = (np.array(column, float) for column in zip(*respondents, strict=True))
    base = np.concatenate([activity, others])
    found = nonresponse.reweighted(y, activity, base)
    strata = nonresponse.response_by_activity(y, activity, base)
    assert strata["respondents"].sum() == len(y)
    assert strata["users"].sum() == len(base)
    group = nonresponse.merged(strata["respondents"].to_numpy())
    total = 0.0
    for stratum in set(group):
        high = strata["high"][group == stratum].max()
        low = strata["low"][group == stratum].min()
        inside = [yi for yi, a in zip(y, activity, strict=True) if low <= a <= high]
        users = sum(low <= a <= high for a in base)
        total += users / len(base) * sum(inside) / len(inside)
    assert found.nps == pytest.approx(100 * total)
    assert found.low <= found.nps + 1e-9
    assert found.nps <= found.high + 1e-9

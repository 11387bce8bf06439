"""Answers of one account are alike: how much less they tell, and Student's t where few accounts stand behind them."""

import math

import builders
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nps import accounts
from nps.measures import cluster_values, clusters, score, student
from nps.measures.clusters import Design

FIRST, FIRST_OF = np.array([1, 1, 1, -1, 0]), np.array([0, 0, 0, 1, 1])
SECOND, SECOND_OF = np.array([1, 1, -1, -1, 0, 0, -1]), np.array([2, 2, 3, 3, 4, 4, 5])
answers = st.lists(
    st.tuples(st.sampled_from([-1, 0, 1]), st.integers(0, 5), st.booleans()), min_size=2, max_size=40
).map(lambda rows: tuple(np.array(column) for column in zip(*rows, strict=True)))


def counts(y, cluster, of: int = 6) -> np.ndarray:
    """(detractors, passives, promoters) of each cluster: (of, 3)."""
    return np.bincount(3 * np.asarray(cluster, int) + np.asarray(y, int) + 1, minlength=3 * of).reshape(of, 3)


def slowly(cluster, a, e) -> Design:
    """Methods 2.1, one cluster after the other."""
    names, n = sorted(set(cluster)), len(a)
    own = {name: [i for i in range(n) if cluster[i] == name] for name in names}
    if all(len(places) == 1 for places in own.values()):
        return Design(1.0, 0.0, math.nan, math.inf)
    if len(names) == 1:
        return Design(math.nan, math.nan, math.nan, math.nan)
    squares, pairs = sum((a[i] * e[i]) ** 2 for i in range(n)), sum(len(p) * (len(p) - 1) for p in own.values())
    apart = sum(sum(a[i] * e[i] for i in places) ** 2 for places in own.values())
    if squares < 1e-12 * sum(a[i] ** 2 for i in range(n)):
        deff = sum(sum(a[i] for i in places) ** 2 for places in own.values()) / sum(a[i] ** 2 for i in range(n))
        rho = 1.0
    else:
        deff = len(names) / (len(names) - 1) * apart / squares
        ee = sum(e[i] ** 2 for i in range(n))
        rho = (sum(sum(e[i] for i in places) ** 2 for places in own.values()) - ee) / pairs / (ee / n)
        rho = min(max(rho, 0.0), 1.0)
    u = []
    for places in own.values():
        aa = sum(a[i] ** 2 for i in places)
        u.append(aa + rho * max(sum(a[i] for i in places) ** 2 - aa, 0))
    effective = sum(u) ** 2 / sum(x * x for x in u)
    return Design(max(1.0, deff), rho, effective, max(1.0, effective - 1))


@pytest.mark.parametrize(
    ("t", "df", "p"),
    [
        (2, 1, 0.2951672353),
        (2, 5, 0.1019394788),
        (2.5, 10.5, 0.0304262726),
        (3, 29, 0.0054991921),
        (8, 3, 0.0040765776),
    ],
)
def test_two_sided_p_of_t(t, df, p):
    """By scipy 1.17: 2 * stats.t.sf(t, df)."""
    assert float(student.two_sided(t, df)) == pytest.approx(p, abs=5e-11)
    assert float(student.two_sided(-t, df)) == pytest.approx(p, abs=5e-11)


def test_the_t_of_a_95_percent_interval():
    """By scipy 1.17: stats.t.ppf(.975, df)."""
    expected = [12.706204736, 2.776445105, 2.213840293, 2.045229642, 1.962339081]
    assert student.quantile(np.array([1, 4, 10.5, 29, 1000])) == pytest.approx(expected, abs=5e-10)
    assert student.quantile(np.array([np.inf, np.nan])).tolist() == pytest.approx([score.Z, np.nan], nan_ok=True)


@given(st.floats(1, 1e6), st.floats(0, 60))
def test_t_is_a_distribution_that_grows_into_the_normal_one(df, t):
    p = float(student.two_sided(t, df))
    assert 0 <= p <= 1
    assert p >= float(student.two_sided(t, np.inf)) * (1 - 1e-7)
    assert float(student.two_sided(float(student.quantile(df)), df)) == pytest.approx(0.05, rel=1e-7)


def test_with_one_and_two_degrees_of_freedom_t_has_a_formula():
    """Cauchy: 1 - 2 atan(t) / pi; two: 1 - t / sqrt(2 + t^2)."""
    t = np.array([0.0, 0.1, 1.0, 1.7, 1.8, 30.0, np.inf])
    assert student.two_sided(t, 1) == pytest.approx(1 - 2 * np.arctan(t) / np.pi, abs=1e-13)
    assert student.two_sided(t[:-1], 2) == pytest.approx(1 - t[:-1] / np.sqrt(2 + t[:-1] ** 2), abs=1e-13)


def test_two_groups_of_accounts():
    """Methods 2.1: y = 1,1,1,-1,0 | 1,1,-1,-1,0,0,-1; accounts 0,0,0,1,1 | 2,2,3,3,4,4,5."""
    first, second = counts(FIRST, FIRST_OF), counts(SECOND, SECOND_OF)
    found = clusters.of_gap(first, second)
    assert found == pytest.approx((2.337688584, 0.787494572, 3.611639523, 2.611639523), abs=5e-10)
    difference = clusters.difference(first.sum(0), second.sum(0), found)
    assert difference[1:] == pytest.approx((-164.8783015, 234.8783015, 0.592382942), abs=5e-8)
    delta, se, _ = clusters.tested(first.sum(0), second.sum(0), found)
    assert (delta, se, delta / se) == pytest.approx((0.35, 0.376994695 * math.sqrt(2.337688584), 0.607210786), abs=5e-9)
    unclustered = score.difference(first.sum(0), second.sum(0))
    assert unclustered.p == pytest.approx(0.353202697, abs=5e-10)


def test_the_same_answers_as_one_score():
    """Methods 2.1: centre .051705808, se .287299055, t 2.872760154 on 4.904507257 answers."""
    both = counts(FIRST, FIRST_OF) + counts(SECOND, SECOND_OF)
    found = clusters.of_score(both)
    assert found[:3] == pytest.approx((2.446728972, 0.890520694, 4.684522036), abs=5e-10)
    assert float(found.t) == pytest.approx(2.872760154, abs=5e-9)
    assert 12 / found.deff == pytest.approx(4.904507257, abs=5e-9)
    assert clusters.interval(both.sum(0), found) == pytest.approx((-77.3635470, 87.7047087), abs=5e-7)


@settings(max_examples=150)
@given(answers)
def test_counts_by_cluster_give_what_answers_one_by_one_do(data):
    y, cluster, first = data
    n = len(y)
    one, gap = np.full(n, 1 / n), np.where(first, 1 / max(first.sum(), 1), -1 / max((~first).sum(), 1))
    mean = np.where(first, y[first].mean() if first.any() else 0, y[~first].mean() if not first.all() else 0)
    for a, e, found in (
        (one, y - y.mean(), clusters.of_score(counts(y, cluster))),
        (gap, y - mean, clusters.of_gap(counts(y[first], cluster[first]), counts(y[~first], cluster[~first]))),
    ):
        expected = slowly(cluster, a, e)
        assert found[:2] == pytest.approx(expected[:2], nan_ok=True, abs=1e-9)
        assert found.df == pytest.approx(expected.df, nan_ok=True, rel=1e-9)
        assert clusters.of(cluster, a, e)[:2] == pytest.approx(expected[:2], nan_ok=True, abs=1e-9)


@given(answers)
def test_strangers_are_compared_as_ever(data):
    """Where no cluster holds two answers every figure is that without clusters."""
    y, _, first = data
    own = np.arange(len(y))
    some, others = counts(y[first], own[first], len(y)), counts(y[~first], own[~first], len(y))
    found = clusters.difference(some.sum(0), others.sum(0), clusters.of_gap(some, others))
    assert found == pytest.approx(score.difference(some.sum(0), others.sum(0)), abs=1e-12, nan_ok=True)
    every = some + others
    interval = clusters.interval(every.sum(0), clusters.of_score(every))
    assert interval == pytest.approx(score.interval(every.sum(0)), abs=1e-12)


def test_a_single_account_has_neither_interval_nor_test():
    alone = counts([1, 0, 1], [0, 0, 0], of=2)
    assert np.isnan(clusters.interval(alone.sum(0), clusters.of_score(alone))).all()
    found = clusters.difference(alone.sum(0), alone.sum(0), clusters.of_gap(alone, alone))
    assert found.points == 0
    assert np.isnan(found[1:]).all()


def test_all_alike_is_no_certainty():
    """By hand: two accounts of 50 promoters each are worth two answers, with one degree of freedom."""
    found = clusters.of_score(np.array([[0, 0, 50], [0, 0, 50]]))
    assert (found.deff, found.df) == pytest.approx((50, 1))


def test_the_same_accounts_in_both_periods_make_a_change_surer_and_few_of_them_do_not():
    """Twenty accounts of two keep their opinion; each answers in both periods, and one in twenty changes it."""
    before = np.tile([[2, 0, 0], [0, 0, 2]], (20, 1))
    after = before.copy()
    after[0] = [0, 2, 0]
    assert clusters.of_gap(after, before, paired=True).deff < 0.2
    assert clusters.of_gap(after, before).deff == 1
    assert clusters.of_gap(after[:8], before[:8], paired=True).deff == 1
    others = np.vstack([np.zeros_like(before), before])
    assert clusters.of_gap(np.vstack([after, np.zeros_like(after)]), others, paired=True).deff >= 1


def test_an_answer_belongs_to_its_account_else_to_its_person():
    """p1 names no account in one answer and acme in another; nobody's accounts are no account."""
    panel = builders.panel_of(
        [9] * 8,
        [{}] * 8,
        persons=["p1", "p1", "p2", "p3", "p3", "p4", "p5", "acme"],
        account_id=[None, "acme", "acme", None, None, "Unknown", "unknown", None],
    )
    assert panel.cluster.tolist() == [0, 0, 0, 1, 1, 2, 3, 4]


def test_the_name_of_an_account_counts_where_it_has_no_id():
    panel = builders.panel_of([9] * 3, [{}] * 3, account_id=["a", None, None], account=["Acme", "Beta", "Beta"])
    assert panel.cluster.tolist() == [0, 1, 1]


def test_without_any_account_each_person_is_a_cluster():
    assert accounts.clusters(pd.Series([None, None], dtype=object), np.array([0, 1])).tolist() == [0, 1]


@pytest.mark.parametrize(
    ("size", "se", "p"),
    [(1.2, 2, 0.028716560), (0, 2.5, 0.022750132), (1.2, 3.5, 0.138802709), (-4, 1.5, 0.252492538)],
)
def test_how_surely_a_difference_is_under_five_points(size, se, p):
    """Methods 10: two one-sided tests, margin 5, the normal distribution. So much to each side ends at the margin."""
    assert abs(size) + float(student.quantile(np.inf, 2 * p)) * se == pytest.approx(5, abs=5e-8)


def test_two_equal_scores_of_400_are_practically_the_same():
    """Methods 10: (60,120,220) and (62,118,220), margin 10 points: p .033860809."""
    delta, se = score.gap(np.array([60, 120, 220]), np.array([62, 118, 220]))
    assert (100 * delta, 100 * se) == pytest.approx((0.496277916, 5.202232022), abs=5e-9)
    assert abs(delta) + float(student.quantile(np.inf, 2 * 0.033860809)) * se == pytest.approx(0.1, abs=5e-10)


@settings(max_examples=150)
@given(answers, st.randoms(use_true_random=False))
def test_all_values_at_once_are_as_one_after_the_other(data, random):
    y, cluster, _ = data
    value = np.array([random.randrange(4) for _ in y])
    found = cluster_values.pairs(cluster, y + 1, value, 5)
    scores, gaps = cluster_values.of_scores(found), cluster_values.of_rest(found)
    for code in range(4):
        own = value == code
        if own.any() and not own.all():
            mine, others = counts(y[own], cluster[own]), counts(y[~own], cluster[~own])
            for fast, slow in ((scores, clusters.of_score(mine)), (gaps, clusters.of_gap(mine, others))):
                assert [part[code] for part in fast] == pytest.approx([float(p) for p in slow], nan_ok=True, rel=1e-7)

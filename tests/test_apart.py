"""Two shares compared exactly, many things at once, and what accounts that think alike take away."""

from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.checks import said
from nps.measures import apart, cluster_shares, clusters
from nps.measures.apart import Held
from nps.measures.cluster_shares import People
from nps.measures.exact import mid_p, z_of
from nps.measures.score import benjamini_hochberg, two_sided


def enumerated(a: int, n1: int, b: int, n2: int) -> float:
    """Every way to deal the a + b holders out to n1 + n2 people."""
    holders, every = a + b, range(max(0, a + b - n2), min(a + b, n1) + 1)
    chance = {x: Fraction(comb(n1, x) * comb(n2, holders - x), comb(n1 + n2, holders)) for x in every}
    half = chance[a] / 2
    tails = sum(chance[x] for x in every if x <= a) - half, sum(chance[x] for x in every if x >= a) - half
    return float(min(1, 2 * min(tails)))


@pytest.mark.parametrize("n1", range(1, 13))
def test_mid_p_is_that_of_every_way_to_deal(n1):
    for n2 in range(1, 13):
        a, b = (part.ravel() for part in np.meshgrid(np.arange(n1 + 1), np.arange(n2 + 1)))
        some = (a + b > 0) & (a + b < n1 + n2)
        expected = [
            enumerated(one, n1, other, n2) for one, other in zip(a[some].tolist(), b[some].tolist(), strict=True)
        ]
        assert mid_p(a, n1, b, n2)[some] == pytest.approx(expected, rel=1e-9)
        assert np.isnan(mid_p(a, n1, b, n2)[~some]).all()


def test_mid_p_on_paper():
    """Five of five against none of five: one way of 252, and twice half of its chance."""
    assert mid_p([5], 5, [0], 5) == pytest.approx(1 / 252)
    assert mid_p([3], 10, [0], 10) == pytest.approx(0.10526316)


def test_mid_p_of_people_by_the_hundred():
    """Computed from factorials of whole numbers."""
    assert mid_p([12, 0, 31], 127, [0, 27, 14], 243) == pytest.approx(
        [enumerated(12, 127, 0, 243), enumerated(0, 127, 27, 243), enumerated(31, 127, 14, 243)], rel=1e-9
    )
    assert mid_p([12, 0, 31], 127, [0, 27, 14], 243) == pytest.approx([1.8736e-6, 6.9290e-6, 5.4555e-7], rel=1e-4)


def test_mid_p_knows_both_ends_of_what_can_hardly_be():
    one, other = mid_p([300, 0], 1000, [0, 300], 1000)
    assert one == pytest.approx(other, rel=1e-9)
    assert one == pytest.approx(enumerated(300, 1000, 0, 1000), rel=1e-6)
    assert 0 < one < 1e-100


def test_nothing_is_compared_with_nobody():
    assert np.isnan(mid_p([0, 3], 10, [0, 0], 0)).all()
    assert np.isnan(mid_p([0, 10], 10, [0, 5], 5)).all()


def test_the_z_of_a_p_gives_it_back():
    p = np.array([1.0, 0.5, 0.05, 1e-9, 1e-200])
    assert two_sided(z_of(p)) == pytest.approx(p, rel=1e-9)
    assert np.isnan(z_of(np.array([np.nan]))).all()
    assert z_of(np.array([0.0])) > 35


@st.composite
def people_and_things(draw):
    """Some people of some accounts on both sides, and which of a few things they hold: bool (n, K)."""
    n = draw(st.integers(2, 40))
    side = np.array([0, 1, *draw(st.lists(st.integers(0, 1), min_size=n - 2, max_size=n - 2))])
    account = draw(st.lists(st.integers(0, 9), min_size=n, max_size=n))
    rows = st.lists(st.lists(st.booleans(), min_size=3, max_size=3), min_size=n, max_size=n)
    return People(side, np.unique(account, return_inverse=True)[1]), np.array(draw(rows))


@given(people_and_things())
def test_what_accounts_do_to_many_shares_is_what_they_do_to_each(drawn):
    people, table = drawn
    person, thing = np.nonzero(table)
    found = cluster_shares.of_gaps(people, person, thing, table.shape[1])
    first = people.side == 0
    a = np.where(first, 1 / first.sum(), -1 / (~first).sum())
    for number, has in enumerate(table.T):
        e = has - np.where(first, has[first].mean(), has[~first].mean())
        expected = clusters.of(people.cluster, a, e)
        assert np.array([np.broadcast_to(part, 3)[number] for part in found]) == pytest.approx(
            np.array(expected, float), rel=1e-6, abs=1e-9, nan_ok=True
        )


FIRST, SECOND = np.repeat([True, False], 40), np.repeat([False, True], 40)


def held(*holders: list[int]) -> Held:
    """Things by the people who hold them."""
    return Held(np.concatenate(holders).astype(int), np.repeat(range(len(holders)), [*map(len, holders)]), len(holders))


def test_a_family_is_corrected_together_and_what_few_hold_is_not_in_it():
    things = held([*range(12)], [*range(5), *range(40, 45)], [0, 1, 2, 3], [*range(80)], [])
    found = apart.compared(things, FIRST, SECOND, np.arange(80))
    assert found.first.tolist() == [12, 5, 4, 40, 0]
    assert found.second.tolist() == [0, 5, 0, 40, 0]
    assert found.p == pytest.approx([*mid_p([12, 5], 40, [0, 5], 40), np.nan, np.nan, np.nan], nan_ok=True)
    assert found.q == pytest.approx(benjamini_hochberg(found.p), nan_ok=True)
    assert found.q[0] == pytest.approx(2 * found.p[0])
    assert found.flagged.tolist() == [True, False, False, False, False]


def test_only_the_people_of_the_two_groups_count():
    things = held([*range(12), 80, 81, 82])
    groups = (np.append(each, [False] * 3) for each in (FIRST, SECOND))
    assert apart.compared(things, *groups, np.arange(83)).first.tolist() == [12]


def test_strangers_keep_their_p_and_one_account_is_one_voice():
    things = held([*range(12)])
    strangers = apart.compared(things, FIRST, SECOND, np.arange(80))
    assert strangers.alike == pytest.approx(strangers.p, rel=1e-9)
    account = np.where(np.arange(80) < 12, 0, np.arange(80))
    alike = apart.compared(things, FIRST, SECOND, account)
    assert alike.p == pytest.approx(strangers.p)
    assert alike.alike[0] > 0.2
    assert (strangers.flagged.tolist(), alike.flagged.tolist()) == ([True], [False])
    assert not apart.compared(things, FIRST, SECOND, np.zeros(80, int)).flagged.any()


def flagged_in(rounds: int, taken: bool) -> float:
    """How often anything is flagged, with accounts or as if people were strangers."""
    rng, often = np.random.default_rng(11), 0
    for _ in range(rounds):
        things, low, high, account = said.alike(rng, 40, 12)
        often += apart.compared(things, low, high, account if taken else np.arange(len(account))).flagged.any()
    return often / rounds


def test_accounts_that_think_alike_make_no_flags():
    """Where every person counts as a stranger, seven of ten such data sets have one."""
    assert flagged_in(100, taken=True) <= 0.10
    assert flagged_in(100, taken=False) >= 0.60

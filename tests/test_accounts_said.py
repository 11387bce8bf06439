"""What accounts think: counted, divided or not, and those who decide against those who use."""

import numpy as np
import pandas as pd
import pytest

import nps
from nps.measures import accounts, clusters, score


def test_accounts_are_counted_and_few_answers_have_no_score():
    account = np.array([0] * 12 + [1] * 3 + [2] * 2 + [-1])
    group = np.array([2] * 6 + [1] * 3 + [0] * 3 + [2, 1, 0] + [2, 0] + [0])
    person = np.arange(18)
    person[16] = 15
    found = accounts.by_account(account, person, group, 4)
    assert found[["answers", "promoters", "passives", "detractors"]].to_numpy().tolist() == [
        *([12, 6, 3, 3], [3, 1, 1, 1], [2, 1, 0, 1], [0, 0, 0, 0])
    ]
    assert found["nps"].iloc[0] == 25
    assert found.loc[0, ["low", "high"]].tolist() == pytest.approx([*map(float, score.interval(np.array([3, 3, 6])))])
    assert found.loc[1:, ["nps", "low", "high"]].isna().all(axis=None)
    assert found["divided"].tolist() == [True, True, False, False]
    assert found["shrunk"].notna().tolist() == [True, True, True, False]


def test_a_person_who_answers_twice_is_no_two_people():
    group = np.array([2, 0] * 6)
    twice, once = (
        accounts.by_account(np.zeros(12, int), person, group, 1).iloc[0]
        for person in (np.repeat(range(6), 2), np.arange(12))
    )
    assert twice["nps"] == once["nps"] == 0
    alike = accounts.by_account(np.zeros(12, int), np.repeat(range(6), 2), np.repeat([2, 0], 6), 1).iloc[0]
    assert alike["high"] - alike["low"] > once["high"] - once["low"]
    assert not accounts.by_account(np.zeros(3, int), np.array([0, 0, 1]), np.array([2, 0, 1]), 1)["divided"].item()


def decided(accounts_with_both: int, each: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of each account so many who decide and are pleased, as many who use and are not; and one with users alone."""
    account = np.repeat(np.arange(accounts_with_both + 1), 2 * each)
    makes = np.tile(np.repeat([True, False], each), accounts_with_both + 1) & (account < accounts_with_both)
    rng = np.random.default_rng(2)
    return account, np.where(makes, rng.choice([1, 2], len(account)), rng.choice([0, 1], len(account))), makes


def test_who_decides_is_set_against_who_uses_in_the_same_accounts():
    account, group, makes = decided(10, 3)
    found, own = accounts.makers_against_users(account, group, makes), account < 10
    sides = [(account[own & side], group[own & side]) for side in (makes, ~makes)]
    wanted = clusters.compared(*clusters.aligned(*sides), paired=True)
    assert found.accounts == 10
    assert (found.difference, found.low, found.high) == pytest.approx((wanted.points, wanted.low, wanted.high))
    assert found.makers_nps - found.users_nps == pytest.approx(found.difference)


@pytest.mark.parametrize(("both", "each"), [(9, 5), (10, 2), (0, 5)])
def test_too_few_of_either_are_not_compared(both, each):
    found = accounts.makers_against_users(*decided(both, each))
    assert np.isnan(found[:5]).all()
    assert found.accounts == both


@pytest.mark.parametrize(("revenue", "decides"), [([31, 69 / 2, 69 / 2], "b"), ([30, 30, 30, 10], None), ([], None)])
def test_one_account_with_much_of_the_revenue_is_told(revenue, decides):
    named = pd.Series(revenue, [*"abcd"[: len(revenue)]], dtype=float)
    assert accounts.decides(named) == decides


def test_a_selection_by_account_knows_also_those_nobody_answered_from():
    answers = pd.DataFrame(
        {
            "person_id": ["ann", "bob", "cy", "dan"],
            "account_id": ["a1", "a1", "a1", None],
            "score": [9, 3, 8, 10],
            "role": ["Admin", "Editor", "Editor", "Editor"],
        }
    )
    people = pd.DataFrame({"person_id": ["dan", "eve"], "name": ["Dan", "Eve"], "account_id": ["a2", "a3"]})
    chosen = nps.load(answers, people=people).select()
    found = chosen.accounts()
    assert found[["known_people", "answers", "promoters", "detractors", "divided"]].T.to_dict("list") == {
        **{"a1": [3, 3, 1, 1, True], "a2": [1, 1, 1, 0, False], "a3": [1, 0, 0, 0, False]}
    }
    assert chosen.makers_against_users(["Admin"]).accounts == 1

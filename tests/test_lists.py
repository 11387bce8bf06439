"""Lists of accounts to look at: what gives points, what is told of it, and what came of a list."""

import numpy as np
import pandas as pd
import pytest

from nps.measures import lists, said
from nps.measures.lists import MayBuy, MayLeave, Record, Rules

UNTIL = pd.Timestamp("2025-07-01")
CALM = {
    **{"pace": 1.0, "pace_people": 1.0, "uses": 10.0, "before": 130.0, "active": 4, "new": 0, "key": 2.0, "days": 2},
    **{"there": True, "score": np.nan, "answered": 0, "detractors": 0, "trouble": False, "love": False},
    **{"plan": "Pro", "seats": 10.0, "revenue": 100.0, "onboarding": np.nan, "contactable": True},
}


def facts(**units: dict) -> pd.DataFrame:
    return pd.DataFrame({name: CALM | own for name, own in units.items()}).T.infer_objects()


def told(listed: pd.DataFrame) -> dict[str, tuple[int, list[str]]]:
    return {name: (row.points, [str(reason) for reason in row.reasons]) for name, row in listed.iterrows()}


def test_who_may_leave_is_told_with_points_and_reasons():
    listed = lists.may_leave(
        facts(
            calm={},
            half={"pace": 0.4},
            less={"pace": 0.7, "score": 6.0, "trouble": True},
            gone={"pace": 0.2, "there": False},
            unknown={"pace": np.nan, "pace_people": np.nan, "key": np.nan, "score": 0.0},
            all={"pace": 0.3, "pace_people": 0.5, "score": 3.0, "key": 0.0, "trouble": True},
            two={"pace": 0.74, "score": 0.0},
        )
    )
    assert told(listed) == {
        "all": (
            7,
            [
                *("use is 70% under what is usual", "50% fewer people are active than usual"),
                *("the latest answer is a 3", "no key feature is used", "a comment names trouble"),
            ],
        ),
        "half": (3, ["use is 60% under what is usual"]),
        "less": (3, ["use is 30% under what is usual", "the latest answer is a 6", "a comment names trouble"]),
    }


@pytest.mark.parametrize(("pace", "points"), [(0.75, 0), (0.749, 1), (0.5, 1), (0.499, 3), (np.nan, 0)])
def test_use_gives_points_below_its_limits(pace, points):
    assert lists.points(facts(it={"pace": pace})).tolist() == [points]


def test_every_number_of_a_rule_can_be_changed():
    rules = Rules(leave=MayLeave(lower=0.9, lower_points=2, half_points=0, least=2))
    assert [*lists.may_leave(facts(a={"pace": 0.89}, b={"pace": 0.9}), rules).index] == ["a"]
    assert lists.may_leave(facts(a={"pace": 0.89}), Rules(leave=MayLeave(lower_points=0, least=0))).reasons.item() == ()


def test_who_may_grow_has_three_of_four_and_the_largest_revenue_is_first():
    four = {"pace": 1.3, "active": 9, "answered": 1}
    listed = lists.may_grow(
        facts(
            four=four,
            rich={"new": 3, "answered": 1, "revenue": 900.0},
            silent={"pace": 1.3},
            unhappy=four | {"detractors": 1, "active": 8},
            unknown={"pace": np.nan, "active": 9, "answered": 1},
        )
    )
    assert told(listed) == {
        "rich": (
            3,
            ["3 people are new", "answers of the last 180 days hold no detractor", "little speaks for leaving"],
        ),
        "four": (
            4,
            [
                *("use is 30% over what is usual", "9 of 10 seats are active"),
                *("answers of the last 180 days hold no detractor", "little speaks for leaving"),
            ],
        ),
    }


def test_only_those_on_a_plan_that_was_ticked_may_buy():
    ready = {"days": 3, "key": 1.0, "active": 2}
    table = facts(free=ready | {"plan": "Free"}, paying=ready, early={"plan": "Free", "days": 3, "active": 1})
    listed = lists.may_buy(table, Rules(buy=MayBuy(("Free",))))
    assert told(listed) == {
        "free": (3, ["2 people are active", "somebody was active on 3 days of the last 14", "a key feature is used"])
    }
    assert lists.may_buy(table).empty


def test_advocates_love_it_use_it_and_may_be_asked():
    keen = {"score": 9.0, "love": True, "uses": 30.0}
    table = facts(
        keen=keen, shut=keen | {"contactable": False}, few=keen | {"uses": 1.0}, mute=keen | {"love": False}, off={}
    )
    assert told(lists.advocates(table)) == {
        "keen": (
            4,
            [
                *("the latest answer is a 9", "more active than 70% of others"),
                *("a comment names what is loved", "little speaks for leaving"),
            ],
        )
    }


def test_heavy_users_are_those_of_before():
    table = facts(**{f"a{i}": {"before": float(i), "uses": 9.0 - i} for i in range(10)})
    assert lists.heavy(table).nonzero()[0].tolist() == [8, 9]


def test_equal_points_are_in_the_order_of_how_much_use_fell():
    table = facts(a={"pace": 0.7}, b={"pace": 0.6}, c={"pace": 0.2}, d={}, e={"pace": np.nan})
    assert np.argsort(-lists.order(table)).tolist() == [2, 1, 0, 4, 3]


def test_growth_is_put_in_order_without_seats():
    table = facts(a={"pace": 1.3, "answered": 1, "active": 9}, b={"pace": 1.4, "answered": 1}, c={}, d={"pace": np.nan})
    assert np.argsort(-lists.growth_order(table)).tolist() == [1, 0, 2, 3]


def test_the_record_counts_who_left_of_those_listed_and_of_others():
    left = np.array([1.0, 0, 1, 0, 0, np.nan])
    assert lists.record(np.array([True, True, False, False, False, True]), left) == Record(2, 1, 3, 1)


ANSWERS = pd.DataFrame(
    [
        (0, "a", "2025-06-30", 3, True, True, False),
        (0, "a", "2025-05-01", 10, True, False, True),
        (0, "b", "2025-06-30", 9, False, False, False),
        (1, "c", "2024-08-01", 10, True, True, False),
        (1, "d", "2024-06-01", 0, True, True, False),
        (1, "c", "2025-07-01", 0, True, True, False),
        (2, "e", None, 0, True, True, False),
        (-1, "f", "2025-06-30", 0, True, True, False),
    ],
    columns=["unit", "person", "responded_at", "score", "wrote", "disliked", "loved"],
).assign(responded_at=lambda rows: pd.to_datetime(rows["responded_at"]))


def test_what_accounts_said_is_their_latest_and_nothing_that_came_later():
    found = said.said(ANSWERS, 3, UNTIL)
    assert found.iloc[0].tolist() == [3, 3, 2, 1, True, True, 0, 2, 1, 1]
    assert found.iloc[1, 1:].tolist() == [0, 0, 0, False, False, 1, 1, 0, 0]
    assert np.isnan(found["score"].iloc[1:]).all()
    assert found.iloc[2, 1:].tolist() == [0, 0, 0, False, False, 0, 0, 0, 0]


def test_without_comments_nobody_named_anything():
    found = said.said(ANSWERS[["unit", "person", "responded_at", "score"]], 3, UNTIL)
    assert not found[["trouble", "love", "wrote", "disliked"]].to_numpy().any()

"""How many people to ask; golden numbers of docs/methods.md, by hand and by the interval itself."""

from datetime import date

import builders
import numpy as np
import pandas as pd
import pytest

import nps
from nps.measures import invitations, planner, score
from nps.measures.planner import Spread


@pytest.mark.parametrize(
    ("variance", "wanted"), [(0.54, (2302, 827, 205)), (0.90, (3839, 1380, 343)), (2 / 3, (2843, 1022, 254))]
)
def test_answers_for_three_five_and_ten_points(variance, wanted):
    assert tuple(planner.answers(margin, Spread(variance)) for margin in (3, 5, 10)) == wanted


@pytest.mark.parametrize(
    ("variance", "wanted"), [(0.54, (1072, 587, 189)), (0.90, (1316, 818, 295)), (2 / 3, (1175, 678, 228))]
)
def test_answers_when_the_score_is_of_two_thousand_people_only(variance, wanted):
    assert tuple(planner.answers(margin, Spread(variance), people=2000) for margin in (3, 5, 10)) == wanted


def test_accounts_that_think_alike_need_more():
    assert planner.answers(5, Spread(0.54, alike=0.3, per_account=6)) == 2075


def test_two_groups():
    assert [planner.each_group(points) for points in (5, 10, 15, 20, 30)] == [3391, 848, 377, 212, 95]


@pytest.mark.parametrize(("margin", "first"), [(5, 828), (10, 206)])
def test_the_interval_of_so_many_answers_is_as_wide(margin, first):
    """With 15, 30 and 55 in 100; the figures of the source, one above the formula's for whole people."""

    def half(n: int) -> float:
        low, high = score.interval(np.array([0.15, 0.30, 0.55]) * n)
        return float(high - low) / 2

    assert half(first) <= margin < half(first - 1)
    assert abs(planner.answers(margin) - first) <= 1


def test_invitations_are_answers_by_the_share_who_answer():
    assert planner.invitations(205, 0.2) == 1025
    assert planner.invitations(1, 0.3) == 4


def test_never_more_people_than_there_are():
    assert planner.answers(1, people=50) == 50


def test_what_is_at_hand_decides_from_thirty_answers_on():
    few, many = np.tile([1, 0, 0], (29, 1)), np.tile([[3, 0, 0], [0, 0, 3]], (10, 1))
    assert planner.spread(few) == Spread()
    assert planner.spread(many) == Spread(1.0, 1.0, 3.0, True)
    assert planner.spread(many).design == 3


def asked() -> nps.Panel:
    """Four who answered, one of them lately; one opted out; two more who never answered."""
    answers = pd.DataFrame(
        {
            "person_id": list("abcd"),
            "score": [9, 9, 3, 9],
            "responded_at": ["2025-01-01", "2025-06-01", "2025-01-01", "2025-01-01"],
        }
    )
    people = pd.DataFrame(
        {
            "person_id": list("abcdef"),
            "role": ["Admin", "Admin", "Editor", "Admin", "Admin", "Editor"],
            "opted_out": ["no", "no", "no", "yes", "no", "no"],
            "email": [f"{person}@example.org" for person in "abcdef"],
        }
    )
    return nps.load(answers, people=people)


def listed(panel: nps.Panel, on: date = date(2025, 7, 1), **selection) -> set[str]:
    chosen = panel.select(nps.Selection(**selection))
    people = chosen.to_ask(on)["person"]
    assert chosen.how_many_to_ask(on) == len(people) == people.nunique()
    return {*people}


def test_who_can_be_asked_was_not_asked_lately_and_did_not_opt_out():
    assert listed(asked()) == {"a", "c", "e", "f"}
    assert listed(asked(), on=date(2025, 9, 1)) == {"a", "b", "c", "e", "f"}
    assert listed(asked(), on=date(2025, 3, 1)) == {"e", "f"}


def test_who_never_answered_can_be_asked_where_the_selection_is_by_what_is_known_of_them():
    assert listed(asked(), where={"role": ["Admin"]}) == {"a", "e"}
    assert listed(asked(), score=(9, 10)) == {"a"}
    assert listed(asked(), period=("2025-01-01", "2025-02-01"), survey="(none)") == {"a", "c", "e", "f"}
    for other in ({"used": "Boards"}, {"like_promoters": True}, {"where": {"team": "red"}}):
        assert invitations.never_asked(asked().unasked, nps.Selection(**other)).empty


def test_suppressed_people_are_not_asked():
    assert {*asked().select().to_ask(date(2025, 7, 1), suppress=["E@example.org"])["person"]} == {"a", "c", "f"}


def test_an_answer_of_any_survey_counts_as_asked():
    answers = builders.responses(
        person_id=["a", "a"], score=[9, 9], responded_at=["2025-01-01", "2025-06-20"], survey=["autumn", "spring"]
    )
    assert listed(nps.load(answers), survey="autumn") == set()


def test_who_answered_twice_is_asked_once():
    answers = builders.responses(person_id=["a", "a", "b"], score=[9, 3, 9])
    assert listed(nps.load(answers), on=date(2026, 1, 1), repeats="all") == {"a", "b"}


def test_the_list_is_formula_safe_and_in_an_order_of_its_own():
    answers = builders.responses(person_id=["=1+1", *(f"p{i:02d}" for i in range(30))], score=[9] * 31)
    frame = nps.load(answers).select().to_ask(date(2026, 1, 1))
    assert "'=1+1" in {*frame["person"]}
    assert frame["person"].tolist() != sorted(frame["person"])
    assert frame.equals(nps.load(answers.iloc[::-1]).select().to_ask(date(2026, 1, 1)))

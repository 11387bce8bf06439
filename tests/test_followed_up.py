"""People as a campaign or a survey takes them."""

import pandas as pd
import pytest

from nps.measures import followed_up, next_survey
from nps.measures.followed_up import IDLE
from nps.selection import Selection

NONE = {"name": None, "account": None, "account_id": None, "role": "user", "response_id": None, "opted_out": False}


def answers(*rows):
    columns = ["person_id", "email", "score", "percentile", "responded_at"]
    return pd.DataFrame(rows, columns=columns).assign(**NONE)


def test_each_person_stands_there_by_the_latest_answer():
    told = followed_up.of_answers(
        answers(
            ("a", "a@a.example", 3, 99.9, pd.Timestamp("2026-01-01")),
            ("b", None, 7, None, pd.NaT),
            ("a", "a@a.example", 9, 100.0, pd.Timestamp("2026-02-01")),
            ("c", None, 7, 39.9, pd.NaT),
        )
    )
    assert told["person_id"].tolist() == ["b", "a", "c"]
    assert told["score"].tolist() == [7, 9, 7]
    assert told["tier"].fillna(-1).tolist() == [-1, 4, 1]


def test_who_never_answered_stands_beside_them_by_how_active_they_were_lately():
    people = followed_up.of_answers(answers(("a", None, 3, 10.0, pd.Timestamp("2026-01-01"))))
    unasked = pd.DataFrame([{"person_id": each, "email": None, **NONE} for each in "bcde"])
    told = followed_up.to_survey(people, unasked, pd.Series({"a": 5.0, "b": 9.0, "c": 1.0}))
    assert told.set_index("person_id")["tier"].to_dict() == {"a": 3, "b": 4, "c": 1, "d": IDLE, "e": IDLE}
    assert told["answered_at"].notna().tolist() == [True, False, False, False, False]
    assert followed_up.to_survey(people, unasked, pd.Series(dtype=float))["tier"].isna().all()
    assert followed_up.to_survey(people.iloc[:0], unasked.iloc[:0], pd.Series(dtype=float)).empty


def test_whoever_is_known_of_accounts_stands_there_under_the_account_that_was_asked_for():
    known = answers(("a", "a@a.example", 3, 9.0, pd.Timestamp("2026-01-01"))).assign(whose="a1")
    told = followed_up.of_known(known)
    assert [*told] == [*followed_up.COLUMNS]
    (row,) = told[["person_id", "account_id", "score", "answered_at"]].astype(str).to_numpy().tolist()
    assert row == ["a", "a1", "3", "2026-01-01"]


@pytest.fixture(scope="module")
def chosen(sample):
    return sample.select()


def test_a_selection_hands_out_its_people_and_draws_of_all_of_them(chosen):
    people, every = chosen.for_campaign, chosen.for_survey(chosen.panel.weekly())
    assert [*people] == [*every] == [*followed_up.COLUMNS]
    assert people["person_id"].is_unique
    assert len(people) == len(chosen.panel.latest_positions)
    assert len(every) == len(people) + len(chosen.panel.unasked)
    drawn = next_survey.draw(every, (~every["opted_out"]).to_numpy(bool), 200, seed=1)
    assert (len(drawn.people), drawn.short) == (200, 0)
    assert {IDLE, 0, 4} <= set(every["tier"]) <= {IDLE, *range(5)}
    few = chosen.panel.select(Selection(score=(0, 6)))
    assert set(few.for_campaign["score"]) <= {*range(7)}
    assert len(few.for_survey()) == len(few.for_campaign)


def test_an_outcome_is_that_of_whom_it_is_asked_of(chosen):
    first = chosen.panel.answers.drop_duplicates("person_id")["person_id"]
    members = pd.DataFrame({"person_id": first[:400], "arm": "contact", "contacted_at": "2026-01-02"})
    began = chosen.panel.answers["responded_at"].quantile(0.3)
    told = chosen.outcome(members, began.to_pydatetime())
    assert 0 < told.people["written_to"].sum() <= 400
    assert told.way == "alike"

"""Kinds of surveys: told by type, name or dates; surveys of different kinds never stand in one number unchosen."""

import builders
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nps
from nps import Selection
from nps.measures import kinds
from nps.measures.kinds import RELATIONAL, TRANSACTIONAL, UNKNOWN


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Q1 relational", RELATIONAL),
        ("Relationship_NPS", RELATIONAL),
        ("Annual NPS 2026", RELATIONAL),
        ("NPS wave 3", RELATIONAL),
        ("NPS autumn 2026", RELATIONAL),
        ("quarterly-nps", RELATIONAL),
        ("Post-onboarding", TRANSACTIONAL),
        ("afterTicket", TRANSACTIONAL),
        ("NPS - Support Chat", TRANSACTIONAL),
        ("tNPS", TRANSACTIONAL),
        ("purchase_2026", TRANSACTIONAL),
        ("In-app event", TRANSACTIONAL),
        ("Annual support survey", UNKNOWN),
        ("NPS", UNKNOWN),
        ("Supportive people", UNKNOWN),
        ("", UNKNOWN),
    ],
)
def test_words_tell_the_kind_and_both_at_once_tell_nothing(name, kind):
    assert kinds.by_words(name) == kind


@given(st.text())
def test_any_name_has_one_kind(name):
    assert kinds.by_words(name) in kinds.KINDS


def answered(*days: int, people: int | None = None, survey: str | None = "NPS") -> pd.DataFrame:
    """One answer on each of these days of 2025; as many people as answers, or so many in turn."""
    at = pd.Timestamp("2025-01-01 12:00") + pd.to_timedelta(list(days), "D")
    person = [f"{survey}{i % (people or len(days))}" for i in range(len(days))]
    return pd.DataFrame({"person_id": person, "responded_at": at, "survey": survey})


END = pd.Timestamp("2025-12-31 12:00")
EVERY_DAY = tuple(range(180))


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        (answered(*[0] * 20, *[1] * 15), RELATIONAL),
        (answered(*range(5), *range(90, 95), *range(180, 185), *range(270, 275), *range(350, 365)), RELATIONAL),
        (answered(*range(365), people=20), TRANSACTIONAL),
        (answered(*range(365)), UNKNOWN),
        (answered(*[0] * 20, *[1] * 15, people=10), UNKNOWN),
        (answered(*[0] * 29), UNKNOWN),
        (answered(*[330] * 40), UNKNOWN),
    ],
    ids=[
        *("a wave", "waves", "the same people again and again", "a little every day, nobody soon again"),
        *("a wave that asked people twice", "29 answers", "a month ago: it may go on"),
    ],
)
def test_dates_tell_the_kind_only_where_they_are_clear(answers, kind):
    assert kinds.by_dates(answers, END) == kind


def test_answers_without_dates_tell_nothing():
    assert kinds.by_dates(answered(*[0] * 40).assign(responded_at=pd.NaT), pd.NaT) == UNKNOWN


def test_the_type_goes_before_the_name_and_the_name_before_the_dates():
    wave, steady = answered(*[0] * 40, survey="Support"), answered(*range(365), people=20, survey="Other")
    both = pd.concat([wave, steady], ignore_index=True).sort_values("responded_at", ignore_index=True)
    found = kinds.table(both).set_index("survey")
    assert found[["kind", "told_by"]].to_dict("index") == {
        "Support": {"kind": TRANSACTIONAL, "told_by": "name"},
        "Other": {"kind": TRANSACTIONAL, "told_by": "dates"},
    }
    typed = both.assign(Survey_Type=["Relational" if name == "Support" else "(none)" for name in both["survey"]])
    found = kinds.table(typed, ["plan", "Survey_Type"]).set_index("survey")
    assert found.loc["Support", ["kind", "told_by"]].tolist() == [RELATIONAL, "type"]
    assert found.loc["Other", "told_by"] == "dates"
    assert found["answers"].to_dict() == {"Support": 40, "Other": 365}
    assert found["people"].to_dict() == {"Support": 40, "Other": 20}


def surveys(**kind_and_answers: tuple[str, int]) -> pd.DataFrame:
    rows = [(name, *facts) for name, facts in kind_and_answers.items()]
    return pd.DataFrame(rows, columns=["survey", "kind", "answers"])


def test_surveys_of_one_kind_are_counted_together():
    assert kinds.main(surveys(b=(RELATIONAL, 5), a=(RELATIONAL, 9))) is None
    assert kinds.main(surveys(b=(UNKNOWN, 5), a=(UNKNOWN, 9))) is None
    assert kinds.main(surveys(b=(RELATIONAL, 5), a=(RELATIONAL, 9), c=(TRANSACTIONAL, 99))) == ("a", "b")


def test_without_a_relational_survey_the_kind_with_most_answers_counts():
    assert kinds.main(surveys(a=(TRANSACTIONAL, 5), b=(TRANSACTIONAL, 6), c=(UNKNOWN, 10))) == ("a", "b")
    assert kinds.main(surveys(a=(TRANSACTIONAL, 5), c=(UNKNOWN, 10))) == ("c",)


@pytest.fixture
def mixed() -> nps.Panel:
    """Two quarters of happy people, unhappy ones after support, and an answer of no survey."""
    return builders.panel_of(
        [10] * 6 + [9] * 6 + [0] * 6 + [7],
        [{}] * 19,
        survey=["Q1"] * 6 + ["Q2"] * 6 + ["After support"] * 6 + [None],
    )


def test_python_counts_all_surveys_unless_asked_otherwise(mixed):
    assert mixed.select().score.responses == 19
    assert mixed.main_surveys == ("Q1", "Q2")
    assert mixed.select(Selection(survey=mixed.main_surveys)).score.nps == 100
    assert mixed.select(Selection(survey="After support")).score.nps == -100
    assert mixed.select(Selection(survey=["Q1", "(none)"])).score.responses == 7


def test_surveys_are_a_set_of_names():
    assert Selection(survey="Q1") == Selection(survey=["Q1", "Q1"])
    assert hash(Selection(survey=["b", "a"])) == hash(Selection(survey=("a", "b")))
    assert Selection(survey=[]) == Selection()
    assert Selection(survey=["b", "a"]).to_query() == {"survey": ["a", "b"]}

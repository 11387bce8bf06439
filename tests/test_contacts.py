"""Whom to write to, in a file that a spreadsheet cannot turn into anything else."""

import builders
import pandas as pd
import pytest

import nps

PEOPLE = pd.DataFrame(
    {
        "id": ["p0", "p1", "p2", "p3"],
        "name": ["Ann", "Ben", "Cy", "Dee"],
        "email": ["ann@x.example", "Ben@X.example ", "cy@x.example", None],
        "company id": ["a1", "a1", "a2", "a3"],
        "company": ["Acme", "Acme", "Bolt", None],
        "role": ["Admin", "Editor", "Editor", "Editor"],
        "opted_out": ["no", "no", "yes", None],
    }
)
ANSWERS = builders.responses(score=[9, 8, 7, 3], comment=["Fine", None, "Good", "=HYPERLINK(1)"])


@pytest.fixture(scope="module")
def panel():
    return nps.load(ANSWERS, people=PEOPLE)


def test_one_row_per_person_with_what_it_takes_to_write_to_them(panel):
    listed = panel.select(nps.Selection(score=(8, 9))).contacts()
    assert listed.columns.tolist() == [
        *("person", "name", "email", "account", "role", "score", "comment", "activity", "why")
    ]
    assert listed[["person", "name", "email", "account", "role", "score", "why"]].values.tolist() == [
        ["p0", "Ann", "ann@x.example", "Acme", "Admin", 9, "score 8 to 9"],
        ["p1", "Ben", "ben@x.example", "Acme", "Editor", 8, "score 8 to 9"],
    ]


def test_who_opted_out_is_left_out_and_counted(panel):
    chosen = panel.select()
    assert chosen.contacts()["person"].tolist() == ["p0", "p1", "p3"]
    assert chosen.reached() == (3, 1)
    assert chosen.reached()[0] == len(chosen.contacts())


@pytest.mark.parametrize("entry", ["p1", "P1", " p1 ", "ben@x.example", "BEN@x.example "])
def test_who_is_suppressed_by_id_or_e_mail_is_left_out_and_counted(panel, entry):
    chosen = panel.select()
    assert chosen.contacts([entry])["person"].tolist() == ["p0", "p3"]
    assert chosen.reached([entry, "p2", "nobody"]) == (2, 2)


def test_where_the_account_has_no_name_its_id_stands(panel):
    assert panel.select().contacts()["account"].tolist() == ["Acme", "Acme", "a3"]


def test_somebody_who_answered_twice_is_written_to_once_about_the_latest_answer():
    answers = builders.responses(
        person_id=["a", "a"], score=[3, 9], responded_at=builders.answered("2025-03-01", "2025-03-02")
    )
    chosen = nps.load(answers).select(nps.Selection(repeats="all"))
    assert len(chosen.people) == 2
    assert chosen.contacts()[["person", "score"]].values.tolist() == [["a", 9]]
    assert chosen.reached(["a"]) == (0, 1)


def test_nobody_to_write_to_is_an_empty_list(panel):
    listed = panel.select(nps.Selection(score=(0, 0))).contacts()
    assert listed.empty
    assert "email" in listed


def test_a_comment_cannot_become_a_formula(panel):
    assert panel.select().contacts()["comment"].iloc[-1] == "'=HYPERLINK(1)"

"""The quality report: every row accounted for, and what looks odd said in sentences."""

import csv
import io
from datetime import date, timedelta

import builders
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import nps
from nps import quality
from nps.notes import Note
from nps.wording import reports

NOW = pd.Timestamp(2026, 7, 1)
SOON = date.today() + timedelta(days=100)


def load(tmp_path, responses: str, **others: str) -> nps.Panel:
    """A panel of these texts as files."""
    paths = {name: builders.write(tmp_path, text, f"{name}.csv") for name, text in others.items()}
    return nps.load(builders.write(tmp_path, responses, "responses.csv"), **paths)


def balance(panel: nps.Panel, table: str) -> list[int]:
    """Rows in the file, used, held back, ignored."""
    told = quality.balance(panel.report).set_index("table")
    return told.loc[table, list(quality.BALANCE)].tolist()


def told(panel: nps.Panel, about: str) -> list[tuple]:
    """(table, subject, rows, sentence) of what the report says about something."""
    report = reports.spoken(panel.report)
    lines = report[(report["about"] == about) & (report["subject"] != "")]
    return list(lines[["table", "subject", "rows", "sentence"]].itertuples(index=False, name=None))


def answers(scores, day: str = "2026-03-{:02}", person: str = "p{}") -> str:
    rows = [f"{person.format(n)},{score},{day.format(1 + n % 28)}" for n, score in enumerate(scores)]
    return "\n".join(["person_id,score,responded_at", *rows]) + "\n"


def test_rows_in_the_file_are_used_held_back_or_ignored(tmp_path):
    panel = load(
        tmp_path,
        "person,score,date\na,9,2026-03-01\nb,x,2026-03-01\nc,11,2026-03-01\nd,3\ne,7,2026-03-02\n",
        people="person,name\na,Ann\na,Ann again\n",
        usage="person,feature,uses,date\na,Board,2,2026-02-01\na,Board,0,2026-02-02\na,,1,2026-02-03\n",
    )
    assert balance(panel, "responses") == [5, 2, 3, 0]
    assert balance(panel, "people") == [2, 1, 1, 0]
    assert balance(panel, "usage") == [3, 1, 1, 1]
    assert told(panel, "not needed") == [("usage", "nothing was used", 1, "")]


def test_what_was_held_back_is_told_by_reason_with_value_and_lines(tmp_path):
    panel = load(tmp_path, "person,score\na,9\nb,x\nc,11\nd,3,4\ne,8\n")
    assert told(panel, "could not be read") == [
        ("responses", "score: not a whole score from 0 to 10", 2, "as “x”; line 3, 4"),
        ("responses", "more cells than the header", 1, "as “d,3,4”; line 5"),
    ]
    assert told(panel, "out of range") == [("responses", "score", 1, "numbers below 0 or above 10")]


def test_a_wide_file_counts_rows_though_cells_are_held_back(tmp_path):
    usage = "person,Board,Timer\np0,1,x\np1,2,3\n,4,5\n"
    panel = load(tmp_path, answers([9, 8]), usage=usage)
    assert len(panel.rejected) == 2
    assert balance(panel, "usage") == [3, 2, 1, 0]


def test_missing_cells_dates_and_joins_are_counted(tmp_path):
    panel = load(
        tmp_path,
        "person,score,date,comment\na,9,2026-03-01,Good\nb,8,2026-03-05,\n",
        usage="person,feature,date\na,Board,2026-02-01\n",
    )
    assert told(panel, "missing") == [("responses", "comment", 1, "50% of the rows used")]
    assert ("responses", "responded_at", 2, "2026-03-01 to 2026-03-05") in told(panel, "dates")
    assert told(panel, "joined") == [
        ("usage", "people who answered", 1, "1 of the 2 people who answered (50.0%) are in the usage file.")
    ]


def test_the_same_answer_twice_and_people_with_several_answers_are_told_apart(tmp_path):
    panel = load(tmp_path, "person,score,date\na,9,2026-03-01\na,9,2026-03-01\nb,8,2026-03-01\nb,3,2026-04-01\n")
    assert [line[2] for line in told(panel, "duplicates")] == [1]
    assert told(panel, "repeats") == [("responses", "people with several answers", 2, "up to 2 answers")]


def odd(panel: nps.Panel) -> list[Note]:
    return quality.suspicious(panel.report)


def test_ordinary_answers_are_not_suspected(tmp_path):
    assert odd(load(tmp_path, answers([10, 9, 8, 7, 3, 0] * 10))) == []


@pytest.mark.parametrize(
    ("responses", "sentence"),
    [
        (answers([10, 3] * 6, day="2026-03-01"), "All 12 answers are of one day, 2026-03-01"),
        (answers([0] * 19 + [9]), "95% of the answers are a 0: is that the column with the score?"),
        (answers([10, 3] * 20, person="boss"), "“boss” has 40 answers: is that one person?"),
        (answers([10, 3] * 6, day=str(SOON)), "12 rows of the responses file lie in the future."),
    ],
    ids=["one day", "one score", "one person", "future"],
)
def test_what_looks_odd_is_said_in_a_sentence(tmp_path, responses, sentence):
    assert [found for found in odd(load(tmp_path, responses)) if str(found).startswith(sentence)]


@pytest.mark.parametrize(
    ("day", "person", "sentence"),
    [
        ("2025-02-01", "p0", "Usage ends on 2025-02-01, before the first answer on 2026-03-01."),
        ("2026-05-01", "p0", "Usage begins on 2026-05-01, after the last answer on 2026-03-02."),
        ("2026-02-01", "nobody", "Only 0 of the 2 people who answered (0.0%) are in the usage file."),
    ],
)
def test_usage_that_cannot_belong_to_the_answers_is_said(tmp_path, day, person, sentence):
    panel = load(tmp_path, answers([9, 3]), usage=f"person_id,feature,at\n{person},Board,{day}\n")
    assert [found for found in odd(panel) if str(found).startswith(sentence)]


CELLS = st.sampled_from(["9", "0", "11", "", "x", "NA", "2026-03-01", "a", "é", '"', "a,b", "\n", " "])
ROWS = st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=12)
MAPPED = {"responses": {"person_id": "person", "score": "score", "responded_at": "date"}}
DAMAGE = st.lists(
    st.tuples(
        st.integers(0, 400), st.integers(0, 30), st.sampled_from([b"", b'"', b",", b"\n", b"\0", b"\xff", b"\r"])
    ),
    max_size=4,
)
FEW = settings(builders.few(8), suppress_health_check=[HealthCheck.function_scoped_fixture])
MANY = settings(max_examples=2_000, suppress_health_check=[HealthCheck.function_scoped_fixture])


def accounts_balance(folder, rows: list[list[str]]) -> None:
    """Counted independently: by the CSV reader of Python, and by the report."""
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([["person", "score", "date"], ["good", "9", "2026-03-01"], *rows])
    mapping = MAPPED["responses"] | {"scale": "0-10"}
    panel = nps.load(builders.write(folder, stream.getvalue()), mapping={"responses": mapping})
    in_file, used, held_back, ignored = balance(panel, "responses")
    assert in_file == used + held_back + ignored == 1 + len(rows)
    assert used == len(panel.answers)
    assert held_back == len(panel.rejected)


def damage_is_refused_or_accounted_for(folder, damage: list[tuple[int, int, bytes]]) -> None:
    """Each damage: where, how many bytes go, what comes in their place."""
    content = answers([10, 9, 3, 7] * 5).encode()
    for place, gone, instead in damage:
        content = content[:place] + instead + content[place + gone :]
    try:
        panel = nps.load(builders.write(folder, content))
    except nps.InputError:
        return
    in_file, used, held_back, ignored = balance(panel, "responses")
    assert in_file == used + held_back + ignored
    assert used == len(panel.answers)


@FEW
@given(rows=ROWS)
def test_accounts_balance_whatever_the_cells_hold(tmp_path, rows):
    accounts_balance(tmp_path, rows)


@FEW
@given(damage=DAMAGE)
def test_a_damaged_file_is_refused_or_accounted_for(tmp_path, damage):
    damage_is_refused_or_accounted_for(tmp_path, damage)


@pytest.mark.slow
@MANY
@given(rows=ROWS, damage=DAMAGE)
def test_thousands_of_files_are_refused_or_accounted_for(tmp_path, rows, damage):
    accounts_balance(tmp_path, rows)
    damage_is_refused_or_accounted_for(tmp_path, damage)


def test_numbers_beyond_a_scale_that_was_said_are_counted_as_out_of_range(tmp_path):
    cells = [*range(1, 11), 12, 13, 0]
    answers = builders.responses(rating=[str(cell) for cell in cells])
    panel = nps.load(answers, mapping={"responses": {"scale": "1-10"}})
    assert told(panel, "out of range") == [("responses", "rating", 3, "numbers below 1 or above 10")]

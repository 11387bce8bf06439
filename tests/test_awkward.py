"""Awkward files as people really bring them: what counts, what is left out, and whether what is said is true."""

import datetime as dt
import io
import json
import sqlite3
import tarfile
from dataclasses import dataclass, field

import builders
import mutants
import openpyxl
import pandas as pd
import pytest
from accounts import accounts

import nps

HEADER = "user_id,score,date,comment\n"
ROWS = "u1,9,2025-03-01,great\nu2,3,2025-03-13,bad\n"
COUNTED = {"u1": 9, "u2": 3}


@dataclass
class Brought:
    """A file; the score of each person that counts; (line, value) of what does not; pieces of what is said."""

    content: str | bytes
    scores: dict[str, int] = field(default_factory=lambda: COUNTED)
    rejected: list[tuple[int, str]] = field(default_factory=list)
    said: tuple[str, ...] = ()


def workbook(**sheets: list[list]) -> bytes:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(stream)
    return stream.getvalue()


def archived(content: str) -> bytes:
    stream, member = io.BytesIO(), tarfile.TarInfo("answers.csv")
    member.size = len(content)
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        archive.addfile(member, io.BytesIO(content.encode()))
    return stream.getvalue()


GERMAN = "Kundennummer;Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?;Datum\nu1;9,0;01.03.25\nu2;3;13.04.25\n"
OBJECTS = [{"user_id": "u1", "score": 9}, {"user_id": "u2", "score": 3}]
BROUGHT = {
    "saved by a German Excel": Brought(GERMAN.encode("cp1252")),
    "an odd delimiter": Brought((HEADER + ROWS).replace(",", "^")),
    "every row quoted as a whole": Brought(
        '"user_id,""score"",date"\n"u1,""9"",2025-03-01"\n\n"u2,3,"\n',
        said=("Every row stood in quotation marks as a whole; they were taken off.", "1 answer has no date: it counts"),
    ),
    "headers of groups above the headers": Brought(
        ",Answer,Answer,Meta\n" + HEADER + ROWS, said=("A line above the header (“Answer, Answer, Meta”)",)
    ),
    "headers of groups, each over several columns, above the headers": Brought(
        "Who,Answer,Answer,Who\n" + HEADER + ROWS, said=("A line above the header (“Who, Answer, Answer, Who”)",)
    ),
    "months put together, with a mark inside": Brought(
        (HEADER + ROWS).encode() + ("\ufeff" + HEADER + "u3,10,2025-04-01,\n").encode(),
        COUNTED | {"u3": 10},
        [(4, "score")],
    ),
    "two byte order marks": Brought("\ufeff\ufeff" + HEADER + ROWS),
    "no answer in several languages": Brought(
        "user_id,score\nu1,9\nu2,3\na,k.A.\nb,Weiß nicht\nc,don't know\nd,#NV\ne,sans réponse\nf,n.v.t.\n",
        rejected=[(4, "k.A."), (5, "Weiß nicht"), (6, "don't know"), (7, "#NV"), (8, "sans réponse"), (9, "n.v.t.")],
    ),
    "a plus, a point, parts of ten": Brought(
        "user_id,score\nu1,+9\nu2,3.\nu3,7/10\n",
        COUNTED | {"u3": 7},
        said=("1 cell says more than a number, as “7/10”",),
    ),
    "9/10 as Excel makes a date of it": Brought(
        "user_id,score\nu1,9\nu2,3\nu3,10-Sep\nu4,9-Okt.\n", rejected=[(4, "10-Sep"), (5, "9-Okt.")]
    ),
    "the same answer twice": Brought(
        "response_id,user_id,score\nr1,u1,9\nr2,u2,3\nr1,u1,9\nr3,u3,8\nr3,u3,2\n,u4,5\n,u5,5\n",
        COUNTED | {"u4": 5, "u5": 5},
        [(4, "r1"), (5, "r3"), (6, "r3")],
    ),
    "some are nobody": Brought(
        "user_id,score\nu1,9\nanonymous,10\nAnonym,0\nu2,3\n",
        COUNTED | {"answer 2": 10, "answer 3": 0},
        said=("2 answers have a word for nobody, as anonymous, in “user_id”; each counts as a person of its own.",),
    ),
    "an id of the person called id": Brought("ID,score\nu1,9\nu2,3\n"),
    "dates that are weeks": Brought(
        "user_id,score,date\nu1,9,2025-W10\nu2,3,2025-W11\n",
        said=("“date” holds no dates that can be read, as “2025-W10”",),
    ),
    "the answer of a program interface": Brought(
        json.dumps({"meta": {"page": 1}, "data": OBJECTS}, indent=1),
        said=("The rows are the list “data” of the file, and what stands beside it was left out (1).",),
    ),
    "one broken object among others": Brought(
        '[\n{"user_id": "u1", "score": 9},\n{"user_id": "x", score: 8},\n{"user_id": "u2", "score": 3}\n]',
        rejected=[(3, '{"user_id": "x", score: 8},')],
    ),
    "a cover sheet": Brought(
        workbook(
            Cover=[["Exported", "2025-03-01"], ["By", "Ann"]],
            Answers=[["user_id", "score", "date"], ["u1", 9, dt.date(2025, 3, 1)], ["u2", 3, dt.date(2025, 3, 2)]],
        ),
        said=("Of the sheets, “Answers” was read; there is also “Cover”.",),
    ),
    "a table that is not on the largest sheet": Brought(
        workbook(
            Data=[["user_id", "score"], ["u1", 9], ["u2", 3]], Notes=[["x", "y"], ["a", "b"], ["c", "d"], ["e", "f"]]
        ),
        said=("Of the sheets, “Data” was read; there is also “Notes”.",),
    ),
    "merged cells above the header": Brought(
        workbook(
            S=[["Who", None, "Answer", None], ["user_id", "name", "score", "comment"], ["u1", "A", 9], ["u2", "B", 3]]
        ),
        said=("A line above the header (“Who, Answer”)",),
    ),
    "what Windows and macOS add to a zip": Brought(
        mutants.zipped(
            {
                "a.csv": (HEADER + ROWS).encode(),
                "Thumbs.db": b"\xd0\xcf",
                "desktop.ini": b"[x]",
                "__MACOSX/._a.csv": b"\0",
            }
        )
    ),
}


@pytest.mark.parametrize("brought", BROUGHT.values(), ids=BROUGHT)
def test_what_counts_what_does_not_and_what_is_said(tmp_path, brought):
    told = accounts(builders.write(tmp_path, brought.content))
    assert told.reading.table == "responses"
    assert dict(zip(told.typed["person_id"], told.typed["score"], strict=True)) == brought.scores
    assert list(told.rejected[["row", "value"]].itertuples(index=False, name=None)) == brought.rejected
    notes = [note for note in told.notes if "UTF-8" not in note and "time zone" not in note]
    assert len(notes) == len(brought.said)
    assert all(piece in note for piece, note in zip(brought.said, notes, strict=True))


REFUSED = {
    "a tar archive": (archived(HEADER + ROWS), "This is a tar archive, not a table. Unpack it"),
    "columns of JSON": ('{"user_id": ["u1", "u2"], "score": [9, 3]}', "holds whole columns, not rows"),
    "columns of JSON by number": (
        '{"user_id": {"0": "a", "1": "b"}, "score": {"0": 9, "1": 3}}',
        "whole columns, not rows",
    ),
    "lists of JSON": ('[["user_id", "score"], ["u1", 9]]', "holds no objects with names and values"),
    "a delimiter that nobody knows": ("user_id score\nu1 9\nu2 3\n", "It has one column, “user_id score”"),
    "blank rows only": ("user_id,score\n,\n,\n", "The file has a header but no rows below it."),
    "no table on any sheet": (
        workbook(Data=[["x", "y"], ["a", "b"]], Notes=[["x", "y"], ["a", "b"], ["c", "d"], ["e", "f"]]),
        "Of the sheets, “Notes” was read; there is also “Data”.",
    ),
    "two tables in a zip": (
        mutants.zipped({"answers.csv": (HEADER + ROWS).encode(), "people.csv": b"user_id,name,role\nu1,Ann,Admin\n"}),
        "answers.csv and people.csv share only “user_id”. Give each table by itself.",
    ),
    "net scores of people": ("user_id,nps\na,100\nb,-50\nc,33.3\n", "goes from −50 to 100, as net scores"),
}


@pytest.mark.parametrize(("content", "words"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_says_why(tmp_path, content, words):
    with pytest.raises(nps.InputError) as refused:
        accounts(builders.write(tmp_path, content))
    assert words in str(refused.value)


def test_ids_that_some_program_kept_as_floats_are_whole(tmp_path):
    frame = pd.DataFrame({"user_id": [1.0, 20.0, None], "score": [9.0, 3.0, 7.0]})
    frame.to_parquet(tmp_path / "file.parquet")
    told = accounts(tmp_path / "file.parquet")
    assert told.typed["person_id"].tolist() == ["1", "20"]
    assert told.rejected["reason"].tolist() == ["no person"]


@pytest.mark.parametrize("header", ["Total", "Total events", "Sum of uses", "Gesamt"])
def test_a_sum_is_neither_a_feature_nor_a_person(tmp_path, header):
    told = accounts(builders.write(tmp_path, f"user_id,Boards,Timer,{header}\nu1,3,1,4\nu2,0,2,2\nTotal,3,3,6\n"))
    assert told.reading.features == ("Boards", "Timer")
    assert told.rejected["row"].tolist() == [4]


@pytest.mark.parametrize(
    "header", ["2025-03-01", "01.03.2025", "2025-03", "03/2025", "2025-W10", "Q1 2025", "Mar 2025"]
)
def test_columns_of_days_weeks_and_months_are_no_features(tmp_path, header):
    content = f"user_id,Boards,{header}\nu1,3,1\n"
    assert accounts(builders.write(tmp_path, content)).reading.features == ("Boards",)


def test_who_unsubscribed_is_not_written_to(tmp_path):
    rows = "c1,a@x.example,TRUE,USD 7\nc2,b@x.example,,\n"
    content = f"Contact ID,Email,Unsubscribed from all email,Annual Revenue\n{rows}"
    told = accounts(builders.write(tmp_path, content))
    assert told.typed.sort_values("person_id")["opted_out"].tolist() == [True, False]
    assert told.reading.columns["revenue"] == "Annual Revenue"


def test_anonymous_is_no_address(tmp_path):
    rows = "1,2025-03-01,2025-03-02,anonymous,9\n2,2025-03-01,2025-03-03,anonymous,3\n"
    content = f"ID,Start time,Completion time,Email,NPS\n{rows}"
    told = accounts(builders.write(tmp_path, content))
    assert (told.reading.columns["person_id"], told.reading.columns["responded_at"]) == ("ID", "Completion time")


def test_text_of_sqlite_that_is_not_utf8_is_told(tmp_path):
    with sqlite3.connect(tmp_path / "file.db") as database:
        database.execute("CREATE TABLE answers (user_id, score, comment)")
        database.execute("INSERT INTO answers VALUES ('u1', 9, CAST(X'5472E873' AS TEXT))")
    database.close()
    told = accounts(tmp_path / "file.db")
    assert told.typed["comment"].tolist() == ["Très"]
    assert "1 cell is not in UTF-8" in told.notes[0]


def test_people_whose_names_are_no_features(tmp_path):
    told = accounts(builders.write(tmp_path, "Customer ID,Name,Revenue\nc1,Acme,1.2k\nc2,Beta,(1)\n"))
    assert told.reading.table == "people"


def test_an_address_tells_people_apart_whatever_its_column_is_called(tmp_path):
    told = accounts(builders.write(tmp_path, "Requester,Priority\na@x.example,high\nb@x.example,low\n"))
    assert told.reading.columns["person_id"] == "Requester"


def test_a_score_in_words_is_missed(tmp_path):
    told = accounts(
        builders.write(tmp_path, "user_id,How likely are you to recommend us?\nu1,Very likely\nu2,Unlikely\n")
    )
    assert told.notes == ("“How likely are you to recommend us?” holds no scores that can be read, as “Very likely”.",)


def test_clocks_that_skip_or_repeat_an_hour():
    """In Berlin 02:30 of 30 March 2025 never was, and 02:30 of 26 October 2025 was twice."""
    frame = builders.responses(score=["9", "3"], responded_at=["2025-03-30 02:30:00", "2025-10-26 02:30:00"])
    panel = nps.load(frame, mapping={"responses": {"zone": "Europe/Berlin"}})
    times = panel.answers.sort_values("person_id")["responded_at"]
    assert [f"{moment:%d %H:%M}" for moment in times] == ["30 01:30", "26 01:30"]


def test_day_numbers_of_a_spreadsheet_beside_dates(tmp_path):
    answers = builders.write(tmp_path, "user_id,score,date\nu1,9,45717.5\n", "answers.csv")
    uses = builders.write(tmp_path, "user_id,feature,date\nu1,Board,2025-02-01\n", "uses.csv")
    panel = nps.load(answers, usage=uses)
    assert [str(moment) for moment in panel.answers["responded_at"]] == ["2025-03-01 12:00:00"]
    assert panel.respondents["features_used"].tolist() == [1]


def test_a_second_column_that_could_be_the_score_is_told(tmp_path):
    told = accounts(builders.write(tmp_path, "user_id,score,score\nu1,9,2\nu2,3,8\n"))
    assert told.typed["score"].tolist() == [9, 3]
    assert "“score (2)” could be the score, too; “score” stands first and was read." in told.notes

"""One file that holds more than one table, and several files of one table that are not alike."""

import zipfile

import builders
import openpyxl
import pytest
from spoken import reasoned, sentences

import nps
from nps import lens

ASKED = [("user_id", "score", "day"), ("a", 9, "2026-02-01"), ("b", 3, "2026-02-02")]
USED = [("user_id", "feature", "date"), ("a", "Board", "2026-01-20"), ("b", "Timer", "2026-01-02")]
KNOWN = [("user_id", "name", "role"), ("a", "Ann", "Admin"), ("b", "Bob", "Viewer"), ("c", "Cem", "Admin")]
TABLES = {"members": KNOWN, "log": USED, "answers": ASKED}


def workbook(path, tables):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)


@pytest.fixture(params=["file.xlsx", "file.db", "file.duckdb"])
def everything(request, tmp_path):
    """A file with all three tables."""
    path = tmp_path / request.param
    (workbook if path.suffix == ".xlsx" else builders.database)(path, TABLES)
    return path


def test_one_file_holds_all_three_tables(everything):
    seen = nps.preview(everything, "responses")
    assert seen.others == {"usage": "log", "people": "members"}
    assert "“answers” was read" in str(seen.notes[0])
    panel = nps.load(everything, usage=everything, people=everything)
    assert panel.respondents["score"].tolist() == [9, 3]
    assert panel.respondents["role"].tolist() == ["Admin", "Viewer"]
    assert panel.respondents["features_used"].tolist() == [1, 1]


def test_a_list_whose_only_key_is_an_account_is_one_of_accounts(tmp_path):
    firms = [("account_id", "plan", "seats"), ("x", "Free", 3), ("y", "Pro", 5)]
    workbook(tmp_path / "all.xlsx", TABLES | {"firms": firms})
    assert nps.preview(tmp_path / "all.xlsx", "responses").others == {
        "usage": "log",
        "people": "members",
        "accounts": "firms",
    }


@pytest.mark.parametrize(
    ("content", "table"),
    [
        ("account_id,plan,seats\nx,Free,3\ny,Pro,5\n", "accounts"),
        ("Company,Plan,ARR\nNord,Free,3\nSued,Pro,5\n", "accounts"),
        ("account_id,plan,role\nx,Free,Admin\nx,Free,Viewer\n", "people"),
        ("account_id,name,plan\nx,Ann,Free\ny,Bob,Pro\n", "people"),
        ("user_id,account_id,plan\na,x,Free\nb,y,Pro\n", "people"),
    ],
)
def test_of_people_and_accounts_a_list_is_what_its_key_says(tmp_path, content, table):
    assert lens.examine(builders.write(tmp_path, content)).reading.table == table


def test_what_a_sheet_was_chosen_for_it_is_not_offered_for(everything):
    kind = "sheet" if everything.suffix == ".xlsx" else "table"
    seen = nps.preview(everything, "responses", {kind: "log"})
    assert seen.others == {"people": "members"}
    assert seen.choices[kind] == nps.preview(everything, "responses").choices[kind]


def test_of_tables_that_hold_the_same_nobody_knows_which(tmp_path):
    builders.database(tmp_path / "file.db", {"answers": ASKED, "older": ASKED})
    seen = nps.preview(tmp_path / "file.db", "responses")
    assert str(seen.problem) == "The file holds several tables: “answers”, “older”. Choose one."
    assert seen.others == {}


def test_a_file_of_one_table_holds_no_other(tmp_path):
    assert nps.preview(builders.write(tmp_path, "user_id,score\na,9\n"), "responses").others == {}


EVENTS = "user_id,feature,date\na,Board,2026-01-20\na,Timer,2026-01-21\nb,Board,2026-01-05\n,Board,2026-01-06\n"
WIDE = "Customer,Date,Search,Export\na,2026-01-20,3,0\nb,2026-01-21,2,x\n"


def balance(panel):
    told = panel.report[(panel.report["table"] == "usage") & (panel.report["subject"] == "")]
    return dict(zip(told["about"], told["rows"], strict=True))


def test_usage_files_of_different_shapes_are_one_table(tmp_path):
    asked = builders.write(tmp_path, "user_id,score,day\na,9,2026-02-01\nb,3,2026-02-02\n", "asked.csv")
    events = builders.write(tmp_path, EVENTS, "events.csv")
    wide = builders.write(tmp_path, WIDE, "wide.csv")
    panel = nps.load(asked, usage=[events, wide])
    assert sorted(panel.features["feature"]) == ["Board", "Search", "Timer"]
    assert panel.respondents["features_used"].tolist() == [3, 2]
    assert panel.respondents["uses"].tolist() == [5, 3]
    assert reasoned(panel.rejected)[["file", "row", "column", "value", "reason"]].values.tolist() == [
        ["events.csv", 5, "user_id", "", "no person"],
        ["wide.csv", 3, "Export", "x", "not a number of uses"],
    ]
    assert balance(panel) == {"in_file": 6, "used": 5, "held_back": 1, "ignored": 0}
    assert any(note.startswith("The 2 usage files are not alike") for note in sentences(panel.notes))


def test_usage_files_by_different_ids_of_people_say_so(tmp_path):
    asked = builders.write(tmp_path, "user_id,score,day\na,9,2026-02-01\nb,3,2026-02-02\n", "asked.csv")
    events = builders.write(tmp_path, EVENTS, "events.csv")
    mailed = builders.write(tmp_path, "email,page,seen\na@x.example,Home,2026-01-20\n", "mailed.csv")
    panel = nps.load(asked, usage=[events, mailed])
    assert any("tell people by address, others by another id" in note for note in sentences(panel.notes))


def test_a_usage_file_without_dates_beside_one_with_dates_is_left_out_and_counted(tmp_path):
    asked = builders.write(tmp_path, "user_id,score,day\na,9,2026-02-01\n", "asked.csv")
    wide = "Customer,Search,Export\na,3,0\nb,2,x\n"
    files = [builders.write(tmp_path, EVENTS, "events.csv"), builders.write(tmp_path, wide, "wide.csv")]
    panel = nps.load(asked, usage=files)
    assert sorted(panel.features["feature"]) == ["Board", "Timer"]
    assert balance(panel) == {"in_file": 6, "used": 3, "held_back": 1, "ignored": 2}
    assert "wide.csv: No column has dates, but other files have them: 2 rows were left out." in sentences(panel.notes)


def test_usage_files_with_other_names_of_columns_are_one_table_in_any_order(tmp_path):
    asked = builders.write(tmp_path, "user_id,score,day\na,9,2026-02-01\nb,3,2026-02-02\n", "asked.csv")
    named = {
        "events.csv": EVENTS,
        "seiten.csv": "Kundennummer;Seite;Datum;Anzahl\na;Start;20.01.2026;4\nb;Start;nie;1\n",
    }
    files = [builders.write(tmp_path, content, name) for name, content in named.items()]
    panels = [nps.load(asked, usage=order) for order in (files, files[::-1])]
    for panel in panels:
        assert panel.respondents["uses"].tolist() == [6, 1]
        assert balance(panel) == {"in_file": 6, "used": 4, "held_back": 2, "ignored": 0}
    seen = nps.preview(files, "usage")
    assert seen.problem is None
    assert seen.reading.columns == {name: name for name in ("person_id", "feature", "kind", "at", "uses")}
    assert any("“Kundennummer” is “Person”" in note for note in sentences(seen.notes))


def test_of_usage_files_the_one_that_cannot_be_read_is_named(tmp_path):
    files = [
        builders.write(tmp_path, EVENTS, "events.csv"),
        builders.write(tmp_path, "colour,size\nred,big\nblue,small\n", "colours.csv"),
    ]
    with pytest.raises(nps.InputError, match=r"colours\.csv: No column of the usage file says who it is about"):
        nps.preview(files, "usage")


def test_usage_files_with_a_column_more_are_one_table_as_before(tmp_path):
    months = ["user_id,feature,date\na,Board,2026-01-20\n", "user_id,feature,date,minutes\na,Timer,2026-01-21,5\n"]
    files = [builders.write(tmp_path, content, f"{n}.csv") for n, content in enumerate(months)]
    seen = nps.preview(files, "usage")
    assert sentences(seen.notes) == ("0.csv has no column “minutes”; it is blank there.",)


def test_what_was_said_of_a_column_is_said_of_the_file_that_has_it(tmp_path):
    files = [builders.write(tmp_path, EVENTS, "events.csv"), builders.write(tmp_path, WIDE, "wide.csv")]
    seen = nps.preview(files, "usage", {"at": "date"})
    assert seen.reading.columns["at"] == "at"
    with pytest.raises(nps.InputError, match="None of the files has a column called “gone”"):
        nps.preview(files, "usage", {"at": "gone"})


def test_before_a_file_is_used_it_is_said_which_rows_will_be_left_out(tmp_path):
    content = "user_id,score,day\na,9,2026-02-01\nb,11,2026-02-02\nc,3\nd,eleven,2026-02-03\ne,,2026-02-04\nf,8,\n"
    seen = nps.preview(builders.write(tmp_path, content, "asked.csv"), "responses")
    assert str(seen.notes[-2]).startswith("1 answer has no date")
    assert str(seen.notes[-1]) == (
        "4 rows will be left out: not a whole score from 0 to 10 (2, as “11”, line 3); fewer cells than the header "
        "(1, as “c,3”, line 4); no score (1, line 6)."
    )


def test_of_usage_those_are_said_that_are_no_rows(tmp_path):
    content = EVENTS + "c,Board\n"
    seen = nps.preview(builders.write(tmp_path, content, "log.csv"), "usage")
    assert str(seen.notes[-1]) == "1 row will be left out: fewer cells than the header (as “c,Board”, line 6)."
    assert nps.preview(builders.write(tmp_path, EVENTS, "fine.csv"), "usage").notes == ()


def test_before_a_file_is_used_it_is_said_that_nobody_knows_who_answered(tmp_path):
    seen = nps.preview(builders.write(tmp_path, "score,day\n9,2026-02-01\n3,2026-02-02\n"), "responses")
    assert sentences(seen.notes) == (
        "No column was found that says who answered; each answer counts as a person of its own.",
    )


def test_a_score_that_cannot_be_read_is_named(tmp_path):
    seen = nps.preview(builders.write(tmp_path, "user_id,score\na,nine\nb,three\n"), "responses")
    assert str(seen.problem).endswith("“score” holds no scores that can be read, as “nine”.")


LATER = [("user_id", "score", "day"), ("c", 10, "2026-03-01"), ("d", 0, "2026-03-02")]


def test_of_each_of_several_files_the_sheet_that_fits_is_read(tmp_path):
    workbook(tmp_path / "march.xlsx", {"members": KNOWN, "answers": LATER})
    workbook(tmp_path / "february.xlsx", {"members": KNOWN, "replies": ASKED})
    panel = nps.load([tmp_path / "february.xlsx", tmp_path / "march.xlsx"])
    assert panel.respondents["score"].tolist() == [9, 3, 10, 0]
    assert [told for told in sentences(panel.notes) if "was read" in told] == [
        "february.xlsx: Of the sheets, “replies” was read; there is also “members”.",
        "march.xlsx: Of the sheets, “answers” was read; there is also “members”.",
    ]


def test_of_a_workbook_in_an_archive_the_sheet_that_fits_is_read(tmp_path):
    workbook(tmp_path / "march.xlsx", {"members": KNOWN, "answers": LATER})
    with zipfile.ZipFile(tmp_path / "march.zip", "w") as archive:
        archive.write(tmp_path / "march.xlsx", "march.xlsx")
    assert nps.load(tmp_path / "march.zip").respondents["score"].tolist() == [10, 0]

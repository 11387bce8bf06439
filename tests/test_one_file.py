"""One file that holds more than one table, and several files of one table that are not alike."""

import sqlite3

import builders
import duckdb
import openpyxl
import pytest

import nps

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


def database(path, tables):
    connection = sqlite3.connect(path) if path.suffix == ".db" else duckdb.connect(str(path))
    for name, (header, *rows) in tables.items():
        columns = ", ".join(f"{column} {'INT' if column == 'score' else 'TEXT'}" for column in header)
        connection.execute(f"CREATE TABLE {name} ({columns})")
        connection.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(header))})", rows)
    connection.commit()
    connection.close()


@pytest.fixture(params=["file.xlsx", "file.db", "file.duckdb"])
def everything(request, tmp_path):
    """A file with all three tables."""
    path = tmp_path / request.param
    (workbook if path.suffix == ".xlsx" else database)(path, TABLES)
    return path


def test_one_file_holds_all_three_tables(everything):
    seen = nps.preview(everything, "responses")
    assert seen.others == {"usage": "log", "people": "members"}
    assert "“answers” was read" in seen.notes[0]
    panel = nps.load(everything, usage=everything, people=everything)
    assert panel.respondents["score"].tolist() == [9, 3]
    assert panel.respondents["role"].tolist() == ["Admin", "Viewer"]
    assert panel.respondents["features_used"].tolist() == [1, 1]


def test_what_a_sheet_was_chosen_for_it_is_not_offered_for(everything):
    kind = "sheet" if everything.suffix == ".xlsx" else "table"
    seen = nps.preview(everything, "responses", {kind: "log"})
    assert seen.others == {"people": "members"}
    assert seen.choices[kind] == nps.preview(everything, "responses").choices[kind]


def test_of_tables_that_hold_the_same_nobody_knows_which(tmp_path):
    database(tmp_path / "file.db", {"answers": ASKED, "older": ASKED})
    seen = nps.preview(tmp_path / "file.db", "responses")
    assert seen.problem == "The file holds several tables: “answers”, “older”. Choose one."
    assert seen.others == {}


def test_a_file_of_one_table_holds_no_other(tmp_path):
    assert nps.preview(builders.write(tmp_path, "user_id,score\na,9\n"), "responses").others == {}

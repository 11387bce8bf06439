"""Spreadsheets, Parquet, JSON, database files and archives become the same table, or are refused in good time."""

import datetime as dt
import gzip
import io
import json
import sqlite3
import zipfile
from functools import partial

import builders
import duckdb
import openpyxl
import pandas as pd
import pytest
from test_reading import read

import nps
from nps import sources
from nps.notes import note

gzipped = partial(gzip.compress, mtime=0)  # the same bytes at any time

ID = 3074457347487777543
ROWS = [("a", "9", "fine"), ("b", "3", None)]
CSV = b"person,score,text\na,9,fine\nb,3,\n"


def refusal(path, choice=None) -> str:
    with pytest.raises(nps.InputError) as refused:
        read(path, choice)
    return str(refused.value)


def rows_of(path, choice=None) -> list[tuple]:
    return list(read(path, choice)[0].itertuples(index=False, name=None))


def zipped(contents: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return stream.getvalue()


def workbook(folder, **sheets: list[list]):
    """A workbook of these rows, as a path."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(folder / "book.xlsx")
    return folder / "book.xlsx"


def sqlite_file(folder, **tables: list[tuple]):
    """A database with these rows in tables of person, score, text."""
    with sqlite3.connect(folder / "file.db") as database:
        for name, rows in tables.items():
            database.execute(f"CREATE TABLE {name} (person, score, text)")
            database.executemany(f"INSERT INTO {name} VALUES (?, ?, ?)", rows)
    database.close()
    return folder / "file.db"


def duckdb_file(folder, statement: str):
    with duckdb.connect(str(folder / "file.duckdb")) as database:
        database.execute(statement)
    return folder / "file.duckdb"


@pytest.mark.parametrize("name", ["export.csv", "export", "export.xlsx", "export.png"])
@pytest.mark.parametrize(
    "content",
    [
        CSV,
        gzipped(CSV),
        zipped({"data.csv": CSV}),
        zipped({"a.csv": CSV, "__MACOSX/._a.csv": b"\0"}),
        b'{"person": "a", "score": 9, "text": "fine"}\n{"score": 3, "person": "b", "text": null}\n',
        b'[{"person": "a", "score": 9, "text": "fine"},\n {"person": "b", "score": 3}]',
        gzipped(b'{\n"person": "a", "score": 9, "text": "fine"\n}\n{\n"person": "b", "score": 3\n}\n'),
    ],
    ids=["csv", "gz", "zip", "zip made on a Mac", "JSON lines", "JSON array", "gz of JSON"],
)
def test_the_bytes_tell_what_a_file_is_whatever_its_name(tmp_path, content, name):
    assert rows_of(builders.write(tmp_path, content, name)) == ROWS


def test_the_same_rows_from_a_workbook_and_from_database_files(tmp_path):
    rows = [("a", 9, "fine"), ("b", 3, None)]
    assert rows_of(workbook(tmp_path, Sheet=[["person", "score", "text"], *rows])) == ROWS
    assert rows_of(sqlite_file(tmp_path, answers=rows)) == ROWS
    values = "SELECT * FROM (VALUES ('a', '9', 'fine'), ('b', '3', NULL)) t(person, score, text)"
    assert rows_of(duckdb_file(tmp_path, f"CREATE TABLE answers AS {values}")) == ROWS
    duckdb.sql(values).write_parquet(str(tmp_path / "file.parquet"))
    assert rows_of(tmp_path / "file.parquet") == ROWS


def test_cells_of_excel_as_text(tmp_path):
    cells = {
        "whole": (9.0, "9"),
        "half": (7.5, "7.5"),
        "binary fraction": (0.1 + 0.2, "0.3"),
        "id as text": ("000123", "000123"),
        "moment": (dt.datetime(2025, 3, 1, 12, 30), "2025-03-01 12:30:00"),
        "day": (dt.date(2025, 3, 1), "2025-03-01"),
        "yes": (True, "true"),
        "error": ("#N/A", None),
        "lines": ("a\nb", "a\nb"),
        "blank": (None, None),
    }
    path = workbook(tmp_path, S=[list(cells), [given for given, _ in cells.values()]])
    rows, _, source = read(path)
    assert rows.iloc[0].to_dict() == {name: text for name, (_, text) in cells.items()}
    assert [str(note) for note in source.notes] == ["1 cell holds an error, as #N/A; that counts as blank."]


def test_a_long_number_in_excel_is_told_to_be_rounded(tmp_path):
    _, _, source = read(workbook(tmp_path, S=[["id", "score"], [ID, 9]]))
    assert str(source.notes[0]).startswith("1 cell holds a number of 16 digits or more. Excel keeps only 15")


def test_rows_of_a_sheet_have_its_lines(tmp_path):
    rows = [["NPS report"], [], ["id", "score", "text"], ["a", 9, "x"], [], ["b", 3, "y"], ["Total", 12]]
    accepted, held, source = read(workbook(tmp_path, S=rows))
    assert accepted.index.tolist() == [4, 6]
    assert held[["line", "reason"]].values.tolist() == [[7, "row.totals"]]
    assert [part.rows for part in source.ignored] == [1]


def test_the_first_sheet_with_a_table_is_read_unless_another_is_chosen(tmp_path):
    path = workbook(tmp_path, About=[["hello"]], Data=[["id", "score"], ["a", 9]], More=[["id"], ["z"], ["y"]])
    rows, _, source = read(path)
    assert rows["id"].tolist() == ["a"]
    assert [str(note) for note in source.notes] == ["Of the sheets, “Data” was read; there is also “About”, “More”."]
    assert rows_of(path, {"sheet": "More"}) == [("z",), ("y",)]
    assert refusal(path, {"sheet": "Q"}) == "The file has no sheet called “Q”; there is “About”, “Data”, “More”."
    assert "is empty" in refusal(workbook(tmp_path, Nothing=[]))


def test_a_database_with_several_tables_asks_which(tmp_path):
    path = sqlite_file(tmp_path, answers=[("a", 9, "fine")], others=[("z", 0, "x")])
    assert refusal(path) == "The file holds several tables: “answers”, “others”. Choose one."
    assert rows_of(path, {"table": "others"}) == [("z", "0", "x")]


def test_a_refusal_of_one_of_several_files_keeps_its_kind_and_what_it_speaks_of(tmp_path):
    several = sqlite_file(tmp_path, answers=[("a", 9, "x")], others=[("b", 3, "y")])
    with pytest.raises(nps.Undecided, match=r"^file\.db: The file holds several tables: “answers”") as refused:
        read([builders.write(tmp_path, "person,score,text\na,9,x\n"), several])
    assert (refused.value.kind, refused.value.names) == ("table", ("answers", "others"))
    assert (refused.value.code, refused.value.values["why"].code) == ("file.refused", "tables.several")


def test_a_sheet_or_table_is_chosen_by_the_mapping(tmp_path):
    path = workbook(tmp_path, Data=[["id"], ["a"]], Answers=[["person", "score"], ["a", 9], ["b", 10]])
    assert len(nps.load(path, mapping={"responses": {"sheet": "Answers"}}).answers) == 2


def test_a_column_of_sqlite_may_hold_anything_and_ids_stay_whole(tmp_path):
    path = sqlite_file(tmp_path, answers=[(ID, 9, "é"), ("007", 7.5, b"\x01\xff"), (None, "x", None)])
    assert rows_of(path) == [(str(ID), "9", "é"), ("007", "7.5", "01ff"), (None, "x", None)]


def test_views_of_a_database_are_not_run(tmp_path):
    path = duckdb_file(tmp_path, "CREATE TABLE t AS SELECT 1 AS a; CREATE VIEW v AS FROM read_csv('/etc/passwd')")
    assert rows_of(path) == [(1,)]
    assert "no table called" in refusal(path, {"table": "v"})


def test_parquet_keeps_types_and_nested_values_become_text(tmp_path):
    day = pd.Timestamp("2025-03-01")
    frame = pd.DataFrame({"id": [ID], "at": [day], "tags": [["a", "b"]]})
    frame.to_parquet(tmp_path / "file.parquet")
    rows, _, _ = read(tmp_path / "file.parquet")
    assert rows.iloc[0].tolist() == [ID, day, "[a, b]"]
    assert rows.index.tolist() == [1]


def test_json_keeps_the_text_of_numbers_and_flattens_objects(tmp_path):
    who = '{"plan": "Pro", "since": {"year": 2024}}'
    line = f'{{"id": {ID}, "score": 9.0, "who": {who}, "tags": ["a", 1.5], "ok": true}}'
    rows, held, _ = read(builders.write(tmp_path, f'{line}\nnot json\n[1]\n{{"id": 1, "id": 2}}\n'))
    assert rows.iloc[0].to_dict() == {
        "id": str(ID),
        "score": "9.0",
        "who.plan": "Pro",
        "who.since.year": "2024",
        "tags": '["a", 1.5]',
        "ok": "true",
    }
    assert held[["line", "reason"]].values.tolist() == [[line, "row.no_object"] for line in (2, 3, 4)]


@pytest.mark.parametrize("cut", ['[{"id": 1},\n{"id": 2},\n{"id":', '[{"id": 1},\n{"id": 2},\n'])
def test_a_json_array_that_is_cut_off_says_at_which_line(tmp_path, cut):
    rows, held, _ = read(builders.write(tmp_path, cut))
    assert rows["id"].tolist() == ["1", "2"]
    assert held["line"].tolist() == [3]


def test_several_files_are_one_table_and_name_their_held_back_rows(tmp_path):
    march = builders.write(tmp_path, "person,score\na,9\nx\n", "march.csv")
    april = builders.write(tmp_path, "score;text;person\n3;hi;b\n;;\n", "april.csv")
    rows, held, source = read([march, april])
    assert list(rows.itertuples(name=None)) == [(2, "a", "9", None), (2, "b", "3", "hi")]
    assert held.values.tolist() == [["march.csv", 3, "x", "row.too_few"]]
    assert [str(note) for note in source.notes] == ["march.csv has no column “text”; it is blank there."]
    assert source.rows_in_file() == 4
    assert source.ignored == (sources.Ignored(note("row.blank"), 1),)


def test_rows_left_out_of_several_files_name_the_file_in_the_panel(tmp_path):
    march = builders.write(tmp_path, "person,score\na,9\nb,11\n", "march.csv")
    april = builders.write(tmp_path, "person,score\nc\nd,12\ne,3\n", "april.csv")
    left_out = nps.load([march, april]).rejected
    assert left_out[["file", "row", "value"]].values.tolist() == [
        ["april.csv", 2, "c"],
        ["april.csv", 3, "12"],
        ["march.csv", 3, "11"],
    ]


def test_files_are_called_what_their_owner_calls_them(tmp_path):
    """An upload lies on disk under a name of ours; two may have the same name."""
    ours = [builders.write(tmp_path, f"person,score\n{n},{n}\nx\n", f"upload-{n}") for n in range(3)]
    names = ["../march.csv", "april.csv", "april.csv"]
    named = [sources.Named(path, name) for path, name in zip(ours, names, strict=True)]
    assert read(named)[1]["file"].tolist() == ["../march.csv", "april.csv", "april.csv (2)"]
    wider = sources.Named(builders.write(tmp_path, "person,score,text\na,9,hi\n", "upload-3"), "may.csv")
    assert read([named[1], wider])[2].notes == (note("file.lacks", file="april.csv", column="text"),)
    picture = sources.Named(builders.write(tmp_path, b"\x89PNG" + bytes(9), "upload-4"), "logo.png")
    assert refusal([wider, picture]).startswith("logo.png: This is an image")
    packed = sources.Named(builders.write(tmp_path, gzipped(b"x,y\n1,2\n"), "upload-5"), "../../odd/june.csv.gz")
    assert "may.csv and ../../odd/june.csv have no column" in refusal([wider, packed])


def test_a_folder_and_a_zip_of_several_files_are_one_table(tmp_path):
    folder = tmp_path / "months"
    folder.mkdir()
    builders.write(folder, CSV, "2.csv")
    builders.write(folder, "person,score,text\nc,0,x\n", "1.csv")
    builders.write(folder, "hidden", ".DS_Store")
    assert rows_of(folder) == [("c", "0", "x"), *ROWS]
    archive = builders.write(tmp_path, zipped({"b.csv": CSV, "a.csv": b"person,score,text\nc,0,x\n"}), "months.zip")
    assert rows_of(archive) == [("c", "0", "x"), *ROWS]


def test_files_that_do_not_belong_together_are_refused(tmp_path):
    answers = builders.write(tmp_path, CSV, "answers.csv")
    other = builders.write(tmp_path, "x,y\n1,2\n", "other.csv")
    assert refusal([answers, other]) == (
        "The files hold different tables: answers.csv and other.csv have no column in common. "
        "Give each table by itself."
    )
    picture = builders.write(tmp_path, b"\x89PNG" + bytes(9), "logo.png")
    assert refusal([answers, picture]).startswith("logo.png: This is an image")
    assert refusal([]) == "No file was given."


SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def with_sheet(path, cells: str) -> bytes:
    """The workbook with these rows for its first sheet."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    xml = f'<?xml version="1.0"?><worksheet xmlns="{SHEET}"><sheetData>{cells}</sheetData></worksheet>'
    return zipped(members | {"xl/worksheets/sheet1.xml": xml.encode()})


def test_bombs_are_refused_before_they_are_unpacked(tmp_path):
    """100 MB of rows in a few hundred kB, 50 million rows in one page, a sheet with two cells at its far corners."""
    rows = b"a,b\n1,2\n" * 12_500_000
    assert "too large once unpacked" in refusal(builders.write(tmp_path, gzipped(rows), "bomb.gz"))
    assert "too large once unpacked" in refusal(builders.write(tmp_path, zipped({"a.csv": rows}), "bomb.zip"))
    duckdb.sql("SELECT 1 AS a FROM range(50_000_000)").write_parquet(str(tmp_path / "bomb.parquet"))
    assert "too large once unpacked" in refusal(tmp_path / "bomb.parquet")
    book = workbook(tmp_path, S=[["a"], [1]])
    dense = with_sheet(book, f"<row>{'<c><v>1</v></c>' * 100}</row>" * 30_000)
    assert "too large once unpacked" in refusal(builders.write(tmp_path, dense, "dense.xlsx"))
    sparse = with_sheet(
        book, '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )
    assert "spans more than 20 million cells" in refusal(builders.write(tmp_path, sparse, "sparse.xlsx"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (zipped({"inner.zip": zipped({"a.csv": CSV})}), "holds another archive"),
        (gzipped(gzipped(CSV)), "holds another archive"),
        (zipped({"a.csv": CSV})[:-10], "cut off or damaged"),
        (zipped({}), "is empty"),
        (b"SQLite format 3\0" + bytes(5000), "SQLite file"),
        (bytes(8) + b"DUCK" + bytes(5000), "DuckDB file is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000), "Excel file is damaged"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "a web page"),
        (b"MZ\x90\0" + bytes(500), "a program"),
        (b'[{"a":' * 100_000, "no objects"),
        (json.dumps({f"c{n}": n for n in range(2001)}).encode(), "more than 2,000 columns"),
        (b'{"a": 1', "no objects"),
    ],
)
def test_what_cannot_be_read_is_refused_in_plain_words(tmp_path, content, words):
    message = refusal(builders.write(tmp_path, content))
    assert words in message
    assert message.endswith(".")


def test_an_archive_of_more_tables_than_a_year_of_days_is_refused_before_one_is_unpacked(tmp_path):
    path = builders.write(tmp_path, zipped({f"{n}.csv": CSV for n in range(401)}), "year.zip")
    assert "holds 401 files; 400 is the most" in refusal(path)
    assert len(rows_of(builders.write(tmp_path, zipped({f"{n}.csv": CSV for n in range(3)}), "days.zip"))) == 6

"""Damage that still looks like a table: it is understood, held back or told, never read in silence."""

import json

import builders
import duckdb
import openpyxl
import pandas as pd
import pytest
from spoken import sentences
from test_reading import Upload, read

import nps
from nps.notes import note

MORE = "row.a_cell_more"
LESS = "row.a_cell_less"
UNCLOSED = "row.quotes"
HEADER = "email,day,asked,score,comment\n"
ROWS = [
    f"{name}@x.example,2026-01-0{n},{n},{score},fine"
    for n, (name, score) in enumerate(zip("abcd", "9382", strict=True), 1)
]
CELLS = [tuple(row.split(",")) for row in ROWS]
SAID = "\n".join(ROWS) + "\n"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("e@x.example,2026-01-05,,5,9,", MORE),
        (",e@x.example,2026-01-05,5,9,", MORE),
        ("e@x.example,,2026-01-05,5,9,", MORE),
        ("e@x.example,2026-01-05,5,,9,", MORE),
        ("e@x.example,2026-01-05,5,,,9", "row.too_many"),
        ("e@x.example2026-01-05,5,9,fine", "row.too_few"),
        ('e@x.example,2026-01-05,5,9"well, yes",', UNCLOSED),
    ],
)
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_row_that_a_separator_moved_is_held_back_though_it_fits(tmp_path, row, reason, sign):
    content = (HEADER + SAID + row + "\n").replace(",", sign)
    rows, held, _ = read(builders.write(tmp_path, content))
    assert [tuple(cells) for cells in rows.itertuples(index=False, name=None)] == CELLS
    assert held[["line", "reason"]].values.tolist() == [[6, reason]]


def test_a_separator_at_the_end_of_every_row_is_no_shift(tmp_path):
    content = (HEADER + SAID).replace("\n", ",\n")
    rows, held, source = read(builders.write(tmp_path, content))
    assert (len(rows), len(held), source.notes) == (4, 0, ())
    assert rows["score"].tolist() == ["9", "3", "8", "2"]


def test_where_every_row_ends_in_a_separator_a_row_that_lost_one_is_seen(tmp_path):
    content = HEADER + SAID.replace("\n", ",\n") + "e@x.example2026-01-05,5,9,fine,\n"
    rows, held, _ = read(builders.write(tmp_path, content))
    assert (len(rows), held["reason"].tolist()) == (4, [LESS])


def test_one_separator_too_many_at_the_end_is_told_and_moves_nothing(tmp_path):
    rows, held, source = read(builders.write(tmp_path, HEADER + SAID + "e@x.example,2026-01-05,5,9,fine,\n"))
    assert (len(rows), len(held)) == (5, 0)
    assert "1 row has a blank cell more" in str(source.notes[0])


@pytest.mark.parametrize(
    "moved",
    [
        ("e@x.example", None, "2026-01-05", 5, 9),
        (None, "e@x.example", "2026-01-05", 5, 9),
        ("e@x.example", "2026-01-05", None, 5, 9),
    ],
)
@pytest.mark.parametrize("at", [3, 22])
def test_a_row_of_a_workbook_that_a_blank_cell_moved_is_held_back(tmp_path, moved, at):
    rows = [(f"{n}@x.example", f"2026-01-{n + 1:02}", n % 4, n % 11, "fine" if n % 3 else None) for n in range(22)]
    said = [("email", "day", "asked", "score", "comment"), *rows[:at], moved, *rows[at:]]
    read_rows, held, _ = read(workbook(tmp_path, Blatt=said))
    assert read_rows["score"].tolist() == [str(n % 11) for n in range(22)]
    assert held[["line", "reason"]].values.tolist() == [[at + 2, MORE]]


@pytest.mark.parametrize(
    "row", [("e@x.example", None, 2, 9, "fine"), ("e@x.example", None, 2, 9, None), (None, "2026-01-05", 2, 9, "fine")]
)
def test_a_row_of_a_workbook_that_lacks_a_cell_is_read(tmp_path, row):
    rows = [(f"{n}@x.example", f"2026-01-{n + 1:02}", n % 4, n % 11, "fine" if n % 3 else None) for n in range(22)]
    read_rows, held, _ = read(workbook(tmp_path, S=[("email", "day", "asked", "score", "comment"), *rows, row]))
    assert (len(read_rows), len(held)) == (23, 0)


LAYOUTS = {
    "a title with a comma": Upload(
        "Answers, March 2026\nscore,comment\n9,fine\n3,bad\n", [("9", "fine"), ("3", "bad")]
    ),
    "a title with as many commas as the table": Upload(
        "Answers, March, 2026\nid,score,text\na,9,fine\nb,3,bad\n", [("a", "9", "fine"), ("b", "3", "bad")]
    ),
    "a title with more commas than the table": Upload(
        "Answers, March, 2026, all\nid,score\na,9\nb,3\n", [("a", "9"), ("b", "3")]
    ),
    "a title in the middle": Upload(
        ",Answers,,\nid,score,text,day\na,9,x,2026-01-01\n", [("a", "9", "x", "2026-01-01")]
    ),
    "a separator too many in the header": Upload(
        "id,,score,text\na,9,fine\nb,3,bad\n", [("a", "9", "fine"), ("b", "3", "bad")]
    ),
    "row numbers without a name": Upload(
        "score,text\n1,9,x\n2,3,y\n3,8,z\n", [("1", "9", "x"), ("2", "3", "y"), ("3", "8", "z")]
    ),
}


LAYOUTS |= {
    "groups of which one is of one column": Upload(
        "Kunde,Antwort,,Vertrag,\nNummer,score,Kommentar,Tarif,Datum\na,9,gut,Pro,2026-03-01\nb,3,,Frei,2026-03-02\n",
        [("a", "9", "gut", "Pro", "2026-03-01"), ("b", "3", None, "Frei", "2026-03-02")],
    ),
    "groups that are named over each of their columns": Upload(
        "User,Answer,Answer,Plan\nid,score,text,tier\na,9,x,Pro\nb,3,y,Free\n",
        [("a", "9", "x", "Pro"), ("b", "3", "y", "Free")],
    ),
}


@pytest.mark.parametrize("upload", LAYOUTS.values(), ids=LAYOUTS)
def test_the_header_is_found(tmp_path, upload):
    rows, held, source = read(builders.write(tmp_path, upload.content))
    assert list(rows.itertuples(index=False, name=None)) == upload.rows
    assert "score" in source.columns
    assert held.empty
    assert len(source.notes) == 1


@pytest.mark.parametrize(
    ("content", "columns"),
    [
        ("Who,,Asked,\nid,mail,score,mail\na,x,9,y\nb,z,3,w\n", ("Who id", "Who mail", "Asked score", "Asked mail")),
        (
            "id,Asked,,day\n,score,text,\na,9,x,2026-01-01\nb,3,y,2026-01-02\n",
            ("id", "Asked score", "Asked text", "day"),
        ),
        ("id,score,text\nid,score,text\na,9,x\nb,3,y\n", ("id id", "score score", "text text")),
    ],
)
def test_a_header_of_two_rows_is_one(tmp_path, content, columns):
    path = builders.write(tmp_path, content)
    rows, _, source = read(path)
    assert (source.columns, len(rows)) == (columns, 2)
    assert "The header has 2 rows" in str(source.notes[0])
    assert nps.load(path).respondents["score"].tolist() == [9, 3]


def test_a_header_with_a_name_too_few_is_refused_also_where_cells_are_blank(tmp_path):
    path = builders.write(tmp_path, "email,day,score\na,2026-01-01,9,\nb,2026-01-02,3,bad\nc,2026-01-03,8,\n")
    with pytest.raises(nps.InputError, match="3 names, but the rows below it have 4 cells"):
        read(path)


def test_the_header_once_more_is_no_row_and_another_header_begins_another_table(tmp_path):
    again = "id,score,text\na,9,x\nid,score,text\nb,3,y\n"
    rows, held, source = read(builders.write(tmp_path, again))
    assert (len(rows), len(held), source.ignored) == (2, 0, ((note("row.header_again"), 1),))
    other = "id,score,text\na,9,x\nid,text,score,day\n,,,\nb,y,3,2026-01-01\n"
    rows, held, source = read(builders.write(tmp_path, other))
    assert (len(rows), held["line"].tolist(), source.ignored) == (1, [3, 5], ((note("row.blank"), 1),))


def test_quotation_marks_inside_cells_that_are_not_doubled_are_text(tmp_path):
    content = 'id,text,score\na,"say "hi" to all",9\nb,"fine",3\nc,"open,8\n'
    rows, held, source = read(builders.write(tmp_path, content))
    assert rows["text"].tolist() == ['say "hi" to all', "fine"]
    assert held["line"].tolist() == [4]
    assert "1 row has quotation marks inside cells" in str(source.notes[0])


@pytest.mark.parametrize("way", ["plain.csv", "./plain.csv", "folder/../plain.csv", "link.csv"])
def test_rows_held_back_are_told_whatever_the_path_looks_like(tmp_path, monkeypatch, way):
    builders.write(tmp_path, "email,plan,score\na@x,Pro,9\nbad,3\nb@x,Free,2\n", "plain.csv")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link.csv").symlink_to("plain.csv")
    monkeypatch.chdir(tmp_path)
    panel = nps.load(way)
    assert len(panel.respondents) == 2
    assert panel.rejected[["row", "value"]].values.tolist() == [[3, "bad,3"]]


def test_cells_of_one_line_may_be_in_different_encodings(tmp_path):
    line = "b," + "Jürgen Müller," + "die Größe fehlt"
    content = b"id,name,text\n" + b"b," + "Jürgen Müller,".encode("cp1252") + "die Größe fehlt\n".encode("cp850")
    rows, _, source = read(builders.write(tmp_path, content))
    assert [tuple(cells) for cells in rows.itertuples(index=False)] == [tuple(line.split(","))]
    assert "Windows-1252 and, in other cells, code page 850" in str(source.notes[0])


@pytest.mark.parametrize(
    ("name", "text"), [("Søren Ærø", "for små ændringer på øen"), ("Müller", "ça va, leçon reçue")]
)
def test_a_cell_of_code_page_850_is_known_by_any_letter(tmp_path, name, text):
    content = b"id;name;text\nb;" + f"{name};".encode("cp1252") + f"{text}\n".encode("cp850")
    rows, _, source = read(builders.write(tmp_path, content))
    assert rows[["name", "text"]].values.tolist() == [[name, text]]
    assert "in other cells, code page 850" in str(source.notes[0])


@pytest.mark.parametrize("name", ["file.json", "file.jsonl", "file.xlsx", "file.txt"])
def test_control_characters_are_the_signs_of_windows_in_any_container(tmp_path, name):
    said = "it\x92s \x93fine\x94 \x96 really \x85"
    path = tmp_path / name
    if name == "file.xlsx":
        path = workbook(tmp_path, S=[("id", "text"), ("a", said), ("b", "ok")])
    elif name == "file.txt":
        path.write_bytes(f"id\ttext\na\t{said}\nb\tok\n".encode("utf-16"))
    else:
        lines = [json.dumps({"id": one, "text": text}) for one, text in (("a", said), ("b", "ok"))]
        path.write_text("\n".join(lines) if name == "file.jsonl" else f"[{','.join(lines)}]")
    rows, _, source = read(path)
    assert rows["text"].tolist() == ["it’s “fine” – really …", "ok"]
    assert any("1 line holds control characters" in str(each) for each in source.notes)


def test_control_characters_are_the_signs_of_windows(tmp_path):
    rows, _, source = read(builders.write(tmp_path, "id,text\na,it\x92s\nb,caf\xe9\n"))
    assert rows["text"].tolist() == ["it’s", "café"]
    assert tuple(map(str, source.notes)) == (
        "1 line holds control characters where Windows-1252 has signs; they were read as those (as “’” in line 2).",
    )


def test_zero_bytes_behind_a_table_are_taken_off(tmp_path):
    rows, _, source = read(builders.write(tmp_path, b"id,score\na,9\nb,3\n" + bytes(5_000)))
    assert (len(rows), source.notes) == (2, (note("text.zero_bytes", n=5000),))


@pytest.mark.parametrize("end", [bytes(700) + b"\n", bytes(50) + b"\r\n", b"\x1a", b"\x1a" + bytes(127), b"\0 \0 \0"])
@pytest.mark.parametrize("content", ["id,score\na,9\nb,3\n", '"id","score"\n"a","9"\n"b","3"\n'])
def test_nothing_behind_a_table_is_a_row_or_cuts_it_off(tmp_path, content, end):
    rows, held, source = read(builders.write(tmp_path, content.encode() + end))
    assert (len(rows), len(held)) == (2, 0)
    assert [each.code for each in source.notes] == ["text.zero_bytes"] * (b"\0" in end)


@pytest.mark.parametrize("mark", ["utf-16", "utf-16-le", "utf-16-be"])
def test_zero_bytes_behind_a_table_in_utf_16_are_taken_off(tmp_path, mark):
    rows, held, source = read(builders.write(tmp_path, "id,score\na,9\nb,3\n".encode(mark) + bytes(512)))
    assert (len(rows), len(held)) == (2, 0)
    assert source.notes[1:] == (note("text.zero_bytes", n=256),)


@pytest.mark.parametrize(
    "content",
    [
        b"id,text\r\r\na,x\r\r\nb,y\r\r\n",
        b"id,text\n\ra,x\n\rb,y\n\r",
        b'id,text\ra,"two\nlines"\rb,y\r',
        b'id,text\r\na,"two\rlines"\r\nb,y\r\n',
        b'id,text\na,"two\rlines"\nb,y\n\r',
        b"id,text\ra,x\rb,y\r\n",
    ],
)
def test_line_ends_that_divide_no_line_are_not_told(tmp_path, content):
    rows, held, source = read(builders.write(tmp_path, content))
    assert (len(rows), len(held), source.notes) == (2, 0, ())


def test_line_ends_are_told_only_where_they_end_a_line_within_a_line(tmp_path):
    excel = builders.write(tmp_path, b'id,text\r\na,"two\nlines"\r\nb,x\r\n')
    assert read(excel)[2].notes == ()
    old = builders.write(tmp_path, b"id,text\r\na,two\rb,x\r\n")
    assert "1 carriage return without a line feed" in str(read(old)[2].notes[0])


def workbook(folder, **sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    path = folder / "all.xlsx"
    book.save(path)
    return path


def test_of_a_workbook_the_sheet_is_read_that_holds_the_table(tmp_path):
    asked = [["who", "score", "day"], *([f"u{n}", n, f"2026-02-0{n + 1}"] for n in range(4))]
    used = [["user_id", "feature", "date"], *([f"u{n % 4}", f"f{n % 2}", f"2026-01-{n + 1:02}"] for n in range(28))]
    known = [["user_id", "name", "role"], *([f"u{n}", f"N{n}", "Admin"] for n in range(9))]
    asked[0][0] = "user_id"
    path = workbook(tmp_path, people=known, events=used, answers=asked)
    panel = nps.load(path, usage=path, people=path)
    assert panel.respondents["score"].tolist() == [0, 1, 2, 3]
    assert panel.respondents["role"].tolist() == ["Admin"] * 4
    assert panel.respondents["features_used"].gt(0).all()
    assert "Of the sheets, “answers” was read; there is also “people”, “events”." in sentences(panel.notes)


def test_two_lists_of_the_same_people_are_one_by_id(tmp_path):
    asked = builders.write(tmp_path, "user_id,score\na,9\nb,3\n", "asked.csv")
    roles = builders.write(tmp_path, "user_id,role\na,Admin\nb,Member\n", "roles.csv")
    plans = builders.write(tmp_path, "user id,plan,segment\nb,Pro,Big\nc,Free,Small\n", "plans.csv")
    panel = nps.load(asked, people=[roles, plans])
    assert panel.respondents["role"].tolist() == ["Admin", "Member"]
    assert panel.respondents["plan"].tolist() == ["(none)", "Pro"]
    assert panel.rejected.empty
    people = panel.report[(panel.report["table"] == "people") & (panel.report["subject"] == "")]
    assert dict(zip(people["about"], people["rows"], strict=True)) == {
        "in_file": 4,
        "used": 3,
        "held_back": 0,
        "ignored": 1,
    }


@pytest.mark.parametrize("order", [1, -1])
def test_a_list_by_address_and_one_by_id_are_one_by_address(tmp_path, order):
    asked = builders.write(tmp_path, "user_id,score\na,9\nb,3\n", "asked.csv")
    roles = builders.write(tmp_path, "user_id,email,role\na,A@x.com,Admin\nb,b@x.com,Member\n", "roles.csv")
    plans = builders.write(tmp_path, "E-Mail;Tarif\na@x.com;Pro\nb@x.com;Frei\n", "plans.csv")
    panel = nps.load(asked, people=[roles, plans][::order])
    assert panel.respondents["role"].tolist() == ["Admin", "Member"]
    assert panel.respondents["plan"].tolist() == ["Pro", "Frei"]
    assert panel.rejected.empty


@pytest.mark.parametrize(
    ("header", "first"),
    [
        ("Identifiant client,Note,Date de réponse", "2026-06-04"),
        ("Kundennummer,Bewertung,Datum", "2026-06-04"),
        ("Cliente,Nota,Data", "2026-06-04"),
        ("user_id,score,date", "2026-04-06"),
    ],
)
def test_the_language_of_the_headers_tells_whether_the_day_comes_first(tmp_path, header, first):
    days = ["04/06/2026", "01/01/2026", "10/07/2026", "07/10/2026"]
    content = header + "\n" + "".join(f"u{n},{n + 6},{day}\n" for n, day in enumerate(days))
    panel = nps.load(builders.write(tmp_path, content))
    assert f"{panel.respondents.set_index('score')['responded_at'][6]:%Y-%m-%d}" == first


def test_dates_that_would_scatter_over_the_year_are_read_the_other_way(tmp_path):
    days = [f"{day:02}/0{month}/2026" for month in (1, 2) for day in range(1, 13)]
    content = "user_id,score,date\n" + "".join(f"u{n},{n % 11},{day}\n" for n, day in enumerate(days))
    panel = nps.load(builders.write(tmp_path, content))
    assert panel.respondents["responded_at"].max() == pd.Timestamp("2026-02-12")
    assert any(
        "they were read day first, as the other way they lie ahead or far apart" in note
        for note in sentences(panel.notes)
    )


@pytest.mark.parametrize(
    ("header", "days", "first", "said"),
    [
        ("Kunde,Note,Monat", [f"01/0{n}/2026" for n in range(1, 9)], "2026-08-01", "language of the headers"),
        (
            "id,nota,fecha",
            [f"0{d}/{m}/2026" for d in (1, 2) for m in ("01", "04", "07", "10")],
            "2026-10-02",
            "language",
        ),
        ("user_id,score,date", [f"0{n}/01/2026" for n in range(1, 9)], "2026-08-01", "they were read month first."),
    ],
)
def test_dates_of_months_or_quarters_lie_far_apart(tmp_path, header, days, first, said):
    content = header + "\n" + "".join(f"u{n},{n},{day}\n" for n, day in enumerate(days))
    panel = nps.load(builders.write(tmp_path, content))
    assert f"{panel.respondents['responded_at'].max():%Y-%m-%d}" == first
    assert any(said in note for note in sentences(panel.notes))


def test_of_few_dates_that_were_swapped_those_that_were_not_tell_too(tmp_path):
    days = ["2026-03-01", "2026-05-02", "2026-01-02", "13/01/2026", "25/01/2026", "30/01/2026", "14/02/2026"]
    content = "user_id,score,date\n" + "".join(f"u{n},{n},{day}\n" for n, day in enumerate(days))
    assert any("half swapped" in note for note in sentences(nps.load(builders.write(tmp_path, content)).notes))


def test_dates_that_a_spreadsheet_swapped_in_part_are_told(tmp_path):
    days = ["2026-03-01", "2026-04-01", "2026-05-02", "2026-12-02", "2026-01-02", "13/01/2026", "25/01/2026"]
    content = "user_id,score,date\n" + "".join(f"u{n},{n},{day}\n" for n, day in enumerate(days))
    notes = sentences(nps.load(builders.write(tmp_path, content)).notes)
    assert any("half swapped by a spreadsheet: 2 are text with a day above 12, and the 5" in note for note in notes)
    sound = sentences(nps.load(builders.write(tmp_path, content.replace("2026-03-01", "2026-03-31"))).notes)
    assert not any("swapped" in note for note in sound)


@pytest.mark.parametrize("moment", ["TIMESTAMP 'infinity'", "DATE '20250-01-01'", "TIMESTAMP '0044-03-15 (BC)'"])
def test_a_moment_that_no_calendar_has_is_no_date(tmp_path, moment):
    answers = f"VALUES ('a', 9, CAST(DATE '2026-03-01' AS {moment.split()[0]})), ('b', 3, {moment})"
    duckdb.sql(f"COPY (FROM ({answers}) t(user_id, score, date)) TO '{tmp_path / 'answers.parquet'}'")
    panel = nps.load(tmp_path / "answers.parquet")
    assert panel.answers.set_index("person_id")["responded_at"].isna().to_dict() == {"a": False, "b": True}
    assert any("1 answer" in note and "date" in note for note in sentences(panel.notes))

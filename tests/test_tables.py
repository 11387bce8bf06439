"""Responses, people and usage: typed, and every row that cannot be used with its line, cell and reason."""

import builders
import ibis
import pandas as pd
import pytest
from spoken import reasoned, sentences

from nps import columns, sources, tables


def checked(given: sources.Given, table: str, **mapping: str | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The accepted rows, and the rejected ones."""
    with sources.connect() as (con, scratch):
        source = sources.open_source(given, table, con, scratch)
        reading = columns.read(source, table, mapping)
        found = getattr(tables, table)(sources.materialise(source, con), reading)
        return found.table.to_pandas(), reasoned(found.rejected)


def accepted(table: str = "responses", **cells: list) -> pd.DataFrame:
    return checked(pd.DataFrame(cells), table)[0]


def moments(*cells: str, **mapping: str) -> list[str | None]:
    """Each cell as the time it is read as, None where it is no date."""
    frame = pd.DataFrame({"score": "9", "person": [f"p{i}" for i in range(len(cells))], "date": cells})
    found = checked(frame, "responses", score="score", responded_at="date", person_id="person", **mapping)[0]
    said = found.set_index("person_id")["responded_at"]
    return [str(said[f"p{i}"]) if f"p{i}" in said else None for i in range(len(cells))]


def test_rejected_rows_carry_line_column_cell_and_reason(tmp_path):
    path = builders.write(
        tmp_path,
        "person,score,date,comment\n"
        "a,9,2025-03-01,fine\n"
        'b,,2025-03-01,"two\nlines"\n'
        "c,eleven,2025-03-01,\n"
        "d,11,2025-03-01,\n"
        "\n"
        "e,9,someday,\n"
        "f,9\n"
        " ,9,2025-03-01,\n"
        "g,9, ,\n"
        "h,10.0,2025-03-01,\n",
    )
    answers, rejected = checked(path, "responses")
    assert answers["person_id"].tolist() == ["a", "g", "h"]
    assert list(rejected.itertuples(index=False, name=None)) == [
        ("responses", 3, "score", "", "no score"),
        ("responses", 5, "score", "eleven", "not a whole score from 0 to 10"),
        ("responses", 6, "score", "11", "not a whole score from 0 to 10"),
        ("responses", 8, "date", "someday", "not a date"),
        ("responses", 9, "", "f,9", "fewer cells than the header"),
        ("responses", 10, "person", " ", "no person"),
    ]


def test_a_row_is_rejected_once_for_the_first_thing_wrong_with_it():
    _, rejected = checked(
        pd.DataFrame({"person": [None, "a"], "score": ["x", "9"], "date": ["?", "2025-03-01"]}), "responses"
    )
    assert rejected[["row", "reason"]].values.tolist() == [[2, "not a whole score from 0 to 10"]]


def test_nothing_rejected_is_an_empty_table():
    _, rejected = checked(pd.DataFrame({"person": ["a"], "score": ["9"]}), "responses")
    assert rejected.empty
    assert rejected.columns.tolist() == ["table", "row", "column", "value", "reason"]


def test_scores_are_whole_numbers_however_written():
    cells = {"9": 9, "9.0": 9, " 10 ": 10, "0": 0, "7.00": 7, "8,0": 8, "９": 9, "１０": 10, "6\u00a0": 6}
    cells |= {"10 - Extremely likely": 10, "0 - Not at all likely": 0, "Extremely likely - 10": 10}
    cells |= {"Not at all likely - 0": 0, "10 (sehr wahrscheinlich)": 10, "9/10": 9, "8 / 10": 8, "7 out of 10": 7}
    assert accepted(nps=[*cells])["score"].tolist() == [*cells.values()]
    wrong = ["9.5", "7,5", "-1", "11", "100", "nine", "1e1", "٩", "NaN", "inf", "3 - 4", "2 - 5 times", "9/5"]
    _, rejected = checked(pd.DataFrame({"nps": ["9"] * 20 + wrong}), "responses")
    assert rejected["value"].tolist() == wrong


def test_scores_may_come_as_numbers():
    for column in ([9.0, None, 3.0], pd.array([9, None, 3], "Int64"), [9, "x", 3]):
        assert accepted(nps=column)["score"].tolist() == [9, 3]


DATES = {
    "2025-03-01": "2025-03-01 00:00:00",
    "2025/3/1": "2025-03-01 00:00:00",
    "2025-03-01 13:16": "2025-03-01 13:16:00",
    "2025-03-01T13:16:17Z": "2025-03-01 13:16:17",
    "2025-03-01T13:16:17.123456": "2025-03-01 13:16:17.123456",
    "2025-03-01 13:16:17 UTC": "2025-03-01 13:16:17",
    "2025-03-01T13:16:17+02:00": "2025-03-01 11:16:17",
    "2025-03-01 13:16:17 -0500": "2025-03-01 18:16:17",
    "2025-03-01 13:16:17 +0000 UTC": "2025-03-01 13:16:17",
    "2025-12-31T23:30:00-01:00": "2026-01-01 00:30:00",
    "2025-03-01, 13:16": "2025-03-01 13:16:00",
    "20250301": "2025-03-01 00:00:00",
    "1740830400": "2025-03-01 12:00:00",
    "1740830400.5": "2025-03-01 12:00:00.500000",
    "1740830400123": "2025-03-01 12:00:00.123000",
    "1740830400123456": "2025-03-01 12:00:00.123456",
    "3/1/2025": "2025-03-01 00:00:00",
    "03-01-2025 13:16": "2025-03-01 13:16:00",
    "3/1/25 1:16 pm": "2025-03-01 13:16:00",
    "3/1/2025 1:16:17 PM": "2025-03-01 13:16:17",
    "3/1/2025 0:13:09": "2025-03-01 00:13:09",
    "3/1/2025, 13:16:17 UTC": "2025-03-01 13:16:17",
    "3/1/2025 13:16 +02:00": "2025-03-01 11:16:00",
    "2025.03.01 13:16": "2025-03-01 13:16:00",
    "2025-03-01 13:16:17,5": "2025-03-01 13:16:17.500000",
    "2025-03-01 01:16 PM": "2025-03-01 13:16:00",
    "March 1, 2025": "2025-03-01 00:00:00",
    "Mar 1, 2025 1:16 PM": "2025-03-01 13:16:00",
    "1 Mar 2025": "2025-03-01 00:00:00",
    "1st March 2025 at 13:16": "2025-03-01 13:16:00",
    "01-Mar-25": "2025-03-01 00:00:00",
    "Saturday, March 1, 2025": "2025-03-01 00:00:00",
    "Sat Mar 01 2025 13:16:17 GMT+0100 (CET)": "2025-03-01 12:16:17",
    "Sat, 01 Mar 2025 13:16:17 GMT": "2025-03-01 13:16:17",
    "1. März 2025": "2025-03-01 00:00:00",
    "Samstag, 1. März 2025 um 13:16 Uhr": "2025-03-01 13:16:00",
    "24. Dez. 2025": "2025-12-24 00:00:00",
    "1er août 2025": "2025-08-01 00:00:00",
    "sam. 1 mars 2025 13:16": "2025-03-01 13:16:00",
    "3 févr. 2025": "2025-02-03 00:00:00",
    "1 de marzo de 2025": "2025-03-01 00:00:00",
    "1 ene 2025 1:16 p. m.": "2025-01-01 13:16:00",
    "15 de outubro de 2025": "2025-10-15 00:00:00",
    "7 dez. 2025": "2025-12-07 00:00:00",
    "1 maggio 2025": "2025-05-01 00:00:00",
    "30 settembre 2025": "2025-09-30 00:00:00",
    "1 maart 2025": "2025-03-01 00:00:00",
    "2 mei 2025 13:16": "2025-05-02 13:16:00",
}
NO_DATES = [
    "30 February 2025",
    "1 Quux 2025",
    "2025-02-30",
    "2025-13-01",
    "13/13/2025",
    "1/1/1970",
    "yesterday",
    "infinity",
    "epoch",
]
NO_DATES += ["12", "2300-01-01", "43290.53487", "999999999", "2025", "-1740830400"]


def test_dates_are_read_as_utc():
    assert dict(zip(DATES, moments(*DATES), strict=True)) == DATES


def test_what_is_no_date_is_rejected():
    assert moments(*["2025-03-01"] * 20, *NO_DATES) == ["2025-03-01 00:00:00"] * 20 + [None] * len(NO_DATES)


@pytest.mark.parametrize("cell", ["1970-01-01 00:00:00", "1970-01-01", "0000-00-00", "null", "NaT", "-", ""])
def test_what_stands_for_no_date_is_none(cell):
    frame = pd.DataFrame({"score": ["9"] * 3, "date": ["2025-03-01", "2025-03-02", cell]})
    answers, rejected = checked(frame, "responses")
    assert answers["responded_at"].isna().tolist() == [False, False, True]
    assert rejected.empty


def test_times_of_a_zone():
    """Berlin is one hour ahead in winter, two in summer; 2:30 is skipped on 30 March and comes twice on 26 October."""
    clocks = {
        "2025-01-01 12:00": "2025-01-01 11:00:00",
        "2025-07-01 12:00": "2025-07-01 10:00:00",
        "2025-07-01T12:00:00Z": "2025-07-01 12:00:00",
        "2025-07-01 12:00 -05:00": "2025-07-01 17:00:00",
        "2025-07-01": "2025-07-01 00:00:00",
        "2025-03-30 02:30": "2025-03-30 01:30:00",
        "2025-10-26 02:30": "2025-10-26 01:30:00",
        "27/07/2025 1:16 pm": "2025-07-27 11:16:00",
        "27. Juli 2025": "2025-07-27 00:00:00",
        "1740830400": "2025-03-01 12:00:00",
    }
    assert dict(zip(clocks, moments(*clocks, zone="Europe/Berlin"), strict=True)) == clocks


def test_day_numbers_of_a_spreadsheet():
    assert moments("43290.53487", "45000", "45000,5") == [
        "2018-07-09 12:50:13",
        "2023-03-15 00:00:00",
        "2023-03-15 12:00:00",
    ]


def test_a_few_shortened_ids_are_held_back():
    ids = ["1.23457E+14", *map(str, range(20))]
    _, rejected = checked(pd.DataFrame({"user": ids, "score": ["9"] * 21}), "responses")
    assert rejected[["value", "reason"]].values.tolist() == [["1.23457E+14", "the id was shortened by a spreadsheet"]]


def test_ids_keep_every_digit():
    ids = ["000123", "3074457347487777543", "Na1", "1e5", "12.0"]
    assert accepted(user=ids, score=["9"] * 5)["person_id"].tolist() == ids


def test_cells_that_do_not_fit_and_cost_no_row_are_said():
    with sources.connect() as (con, scratch):
        frame = pd.DataFrame(
            {
                "id": [*"abcd"],
                "revenue": ["7", "8", "lots", "n/a"],
                "joined": ["2025-02-30", "2025-01-01", "", "2025-01-02"],
            }
        )
        source = sources.materialise(sources.open_source(frame, "people", con, scratch), con)
        assert sentences(tables.people(source, columns.read(source, "people")).notes) == (
            "In “joined”, 1 cell is no date; it counts as unknown.",
            "In “revenue”, 1 cell is no number; it counts as unknown.",
        )


def test_no_in_seven_languages_is_no():
    said = {"nein": False, "Non": False, "no": False, "não": False, "nee": False, "-": False}
    said |= {"ja": True, "oui": True, "sí": True, "sim": True, "si": True, "vielleicht": True}
    assert accepted("people", id=[*map(str, range(12))], opted_out=[*said])["opted_out"].tolist() == [*said.values()]


def test_the_day_comes_first_where_the_file_shows_it():
    assert moments("27/05/2023 10:00", "03/04/2023") == ["2023-05-27 10:00:00", "2023-04-03 00:00:00"]
    assert moments("03.04.2023", date_order="day first") == ["2023-04-03 00:00:00"]
    assert moments("03.04.2023", date_order="month first") == ["2023-03-04 00:00:00"]
    assert moments("27/05/2023", "05/27/2023", date_order="month first") == [None, "2023-05-27 00:00:00"]


def test_times_of_a_database_keep_their_type():
    frame = pd.DataFrame({"person": ["a"], "score": [9], "date": pd.to_datetime(["2025-03-01 13:16+02:00"], utc=True)})
    elsewhere = ibis.duckdb.connect().create_table("answers", frame)
    answers, _ = checked(elsewhere, "responses")
    assert answers["responded_at"].tolist() == [pd.Timestamp("2025-03-01 11:16")]


def test_opting_out_needs_no_particular_word():
    said = {"yes": True, "TRUE": True, "1": True, "x": True, "2025-01-01": True, "unsubscribed": True}
    said |= {"no": False, "False": False, "0": False, " N ": False, "": False, "null": False}
    assert accepted("people", id=[*map(str, range(12))], opted_out=[*said])["opted_out"].tolist() == [*said.values()]


def test_numbers_with_separators():
    point = {"1200": 1200, "1,200": 1200, "1,234,567.8": 1234567.8, "12.5": 12.5, "-3": -3, "1e3": 1000, ".5": 0.5}
    point |= {"€ 1,200.50": 1200.5, "-$3.10": -3.1, "1 200 $": 1200, "USD 7": 7, "1'234.5": 1234.5}
    comma = {
        "1200": 1200,
        "1.200": 1200,
        "1.234.567,8": 1234567.8,
        "12,5": 12.5,
        "-3": -3,
        ",5": 0.5,
        "1.200,50 €": 1200.5,
    }
    comma |= {"1\u202f234,5": 1234.5, "R$ 12,90": 12.9}
    for numbers in (point, comma):
        people = accepted("people", id=[*numbers], revenue=[*numbers])
        assert dict(zip(people["person_id"], people["revenue"], strict=True)) == numbers


def test_what_is_no_number_is_unknown():
    cells = ["nan", "inf", "-Infinity", "n/a", "12%", "0x1F"]
    people = accepted("people", id=["known", *"uvwxyz", *"abcdef"], revenue=["7", *cells, *["7"] * 6])
    assert people.loc[people["revenue"].isna(), "person_id"].tolist() == list("uvwxyz")


def test_answers_without_a_person_are_persons_of_their_own():
    assert accepted(score=["9", "3"])["person_id"].tolist() == ["answer 1", "answer 2"]


def test_unknown_columns_stay_out_of_the_way_of_our_own_names():
    frame = pd.DataFrame({"NPS": ["9"], "Score": ["82"], "Activity": ["high"], "team": ["blue"]})
    answers, _ = checked(frame, "responses", score="NPS")
    assert answers[["score", "Score (file)", "Activity (file)", "team"]].values.tolist() == [[9, "82", "high", "blue"]]


def test_of_two_rows_about_a_person_the_first_counts(tmp_path):
    path = builders.write(tmp_path, "user_id,role\na,Admin\nb,Editor\n a ,Owner\n,Nobody\n")
    people, rejected = checked(path, "people")
    assert people[["person_id", "role"]].values.tolist() == [["a", "Admin"], ["b", "Editor"]]
    assert rejected[["row", "reason"]].values.tolist() == [[4, "this person has an earlier row"], [5, "no person"]]


def test_usage_that_cannot_be_used(tmp_path):
    path = builders.write(
        tmp_path,
        "user_id,feature,date,count\na,Export,2025-03-01,2\na,,2025-03-01,2\na,Export,soon,2\n"
        "a,Export,2025-03-01,many\na,Export,2025-03-01,-1\na,Export,2025-03-01,\na,Export,2025-03-01,0\n,Export,2025-03-01,2\n",
    )
    used, rejected = checked(path, "usage")
    assert used[["person_id", "feature", "uses"]].values.tolist() == [["a", "Export", 2.0]]
    assert rejected[["row", "column", "value", "reason"]].values.tolist() == [
        [3, "feature", "", "no feature"],
        [4, "date", "soon", "not a date"],
        [5, "count", "many", "not a number of uses"],
        [6, "count", "-1", "not a number of uses"],
        [7, "count", "", "no number of uses"],
        [9, "user_id", "", "no person"],
    ]


def test_a_wrong_cell_of_a_wide_file_is_rejected_by_itself(tmp_path):
    path = builders.write(tmp_path, "user_id,Export,Search\na,2,lots\nb,,3\n,1,1\nc,0,-4\n")
    used, rejected = checked(path, "usage")
    assert used[["person_id", "feature", "uses"]].sort_values("person_id").values.tolist() == [
        ["a", "Export", 2.0],
        ["b", "Search", 3.0],
    ]
    assert rejected[["row", "column", "value", "reason"]].values.tolist() == [
        [2, "Search", "lots", "not a number of uses"],
        [4, "user_id", "", "no person"],
        [5, "Search", "-4", "not a number of uses"],
    ]


@pytest.mark.parametrize(
    ("cells", "kinds"),
    [
        ({"feature": ["a"]}, ["feature"]),
        ({"page": ["a"]}, ["page"]),
        ({"Event name": ["a"]}, ["event"]),
        ({"feature": ["a", "b"], "kind": ["Page", None]}, ["page", "feature"]),
    ],
)
def test_the_kind_is_the_files_own_word_or_the_header(cells, kinds):
    assert accepted("usage", user_id=["u"] * len(kinds), **cells)["kind"].tolist() == kinds


def test_every_row_is_accepted_or_rejected(tmp_path):
    """In = accepted + rejected, whatever is in the cells; a row without any counts as ignored."""
    cells = ["9", "", "x", '"a,b"', "2025-03-01", "ü", "'", "=1+1"]
    rows = [f"{a},{b},{c}" for a in cells for b in cells for c in cells if a or b or c]
    path = builders.write(tmp_path, "user_id,score,date\n" + "\n".join(rows) + "\n")
    answers, rejected = checked(path, "responses", score="score", responded_at="date")
    assert len(answers) == 14
    assert len(answers) + len(rejected) == len(rows)
    assert not rejected["row"].duplicated().any()
    assert set(answers["record"] + 2) | set(rejected["row"]) == set(range(2, len(rows) + 2))

"""Responses, people and usage: typed, and every row that cannot be used with its line, cell and reason."""

import builders
import ibis
import numpy as np
import pandas as pd
import pytest

from nps import columns, sources, tables


def checked(given: sources.Given, table: str, **mapping: str | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The accepted rows, and the rejected ones."""
    with sources.connect() as (con, scratch):
        source = sources.open_source(given, table, con, scratch)
        reading = columns.read(source, table, mapping)
        found = getattr(tables, table)(source if table == "usage" else sources.kept(source, con), reading)
        return found.table.to_pandas(), found.rejected


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
    assert answers["person_id"].tolist() == ["a", "h"]
    assert list(rejected.itertuples(index=False, name=None)) == [
        ("responses", 3, "score", "", "no score"),
        ("responses", 5, "score", "eleven", "not a whole score from 0 to 10"),
        ("responses", 6, "score", "11", "not a whole score from 0 to 10"),
        ("responses", 8, "date", "someday", "not a date"),
        ("responses", 9, "", "f,9", "fewer cells than the header"),
        ("responses", 10, "person", " ", "no person"),
        ("responses", 11, "date", " ", "no date"),
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
    cells = {"9": 9, "9.0": 9, " 10 ": 10, "0": 0, "7.00": 7}
    assert accepted(nps=[*cells])["score"].tolist() == [*cells.values()]
    wrong = ["9.5", "-1", "11", "100", "9,0", "nine", "1e1", "+9", "٩", "NaN", "inf"]
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
    "1740830400123456": "2025-03-01 12:00:00.123000",
    "3/1/2025": "2025-03-01 00:00:00",
    "03-01-2025 13:16": "2025-03-01 13:16:00",
    "3/1/25 1:16 pm": "2025-03-01 13:16:00",
    "3/1/2025 1:16:17 PM": "2025-03-01 13:16:17",
    "3/1/2025 0:13:09": "2025-03-01 00:13:09",
    "3/1/2025, 13:16:17 UTC": "2025-03-01 13:16:17",
}
NO_DATES = [
    "1970-01-01 00:00:00",
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
    numbers = {"1200": 1200, "1,200": 1200, "1,234,567.8": 1234567.8, "12,5": 12.5, "-3": -3, "1e3": 1000, ".5": 0.5}
    people = accepted("people", id=[*numbers], revenue=[*numbers])
    assert dict(zip(people["person_id"], people["revenue"], strict=True)) == numbers


def test_what_is_no_number_is_unknown():
    cells = ["nan", "inf", "-Infinity", "n/a", "1 200 $", "0x1F"]
    people = accepted("people", id=["known", *cells, *"abcdef"], revenue=["7", *cells, *["7"] * 6])
    assert people.loc[people["revenue"].isna(), "person_id"].tolist() == cells


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
    """In = accepted + rejected, whatever is in the cells."""
    cells = ["9", "", "x", '"a,b"', "2025-03-01", "ü", "'", "=1+1"]
    rows = [f"{a},{b},{c}" for a in cells for b in cells for c in cells]
    path = builders.write(tmp_path, "user_id,score,date\n" + "\n".join(rows) + "\n")
    answers, rejected = checked(path, "responses", score="score", responded_at="date")
    assert len(answers) == 7
    assert len(answers) + len(rejected) == len(rows)
    assert not rejected["row"].duplicated().any()
    assert set(answers["record"] + 2) | set(rejected["row"]) == set(range(2, len(rows) + 2))


def test_the_quick_way_to_read_a_time_agrees_with_the_thorough_one_on_whatever_it_reads():
    rng = np.random.default_rng(0)
    whole = ["2025-01-02 10:11:12", "2025-01-02T10:11:12Z", "2025-01-02", "2025-01-02 10:11:12.5", "31/12/2025 09:00"]
    signs = [*"0123456789-/: .TZ+", ""]

    def garbled(text: str) -> str:
        cells = list(text)
        for place in rng.integers(0, len(cells), rng.integers(0, 4)):
            cells[place] = signs[rng.integers(len(signs))] + cells[place] * int(rng.integers(2))
        return "".join(cells)

    times = pd.DataFrame({"text": [garbled(text) for text in whole for _ in range(4_000)]})
    with sources.connect() as (con, _):
        text = con.create_table("times", times)["text"]
        read = {"quick": tables._usual_moment(text), "thorough": tables._any_moment(text, "day first")}
        found = text.as_table().select(**read).to_pandas()
    quick = found.dropna(subset=["quick"])
    assert len(quick) > 3_000
    assert (quick["quick"] == quick["thorough"]).all()

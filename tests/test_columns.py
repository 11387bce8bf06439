"""What each column is, by its name and by its content."""

import builders
import pandas as pd
import pytest
from spoken import sentences

import nps
from nps import columns

QUESTION = "How likely are you to recommend us to a friend?"
WHEN = ["2025-03-01 12:00:00", "2025-03-02 12:00:00"]


def read(frame: pd.DataFrame, table: str, **mapping: str | None) -> columns.Reading:
    return builders.uploaded(frame, lambda source, _: columns.read(source, table, mapping))


def fields(frame: pd.DataFrame, table: str = "responses", **mapping: str | None) -> dict[str, str]:
    return read(frame, table, **mapping).columns


def identified(frame: pd.DataFrame) -> columns.Reading:
    return builders.uploaded(frame, lambda source, _: columns.identify(source))


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        pytest.param(
            {
                "visitorId": ["v1", "v2"],
                "browserTime": ["1740830400000", "1740916800000"],
                "accountId": ["a1", "a1"],
                "qualitativeResponse": ["Love it", None],
                "quantitativeResponse": ["9", "3"],
                "channel": ["web", "web"],
            },
            {
                "person_id": "visitorId",
                "responded_at": "browserTime",
                "account_id": "accountId",
                "comment": "qualitativeResponse",
                "score": "quantitativeResponse",
            },
            id="an in-app guide tool",
        ),
        pytest.param(
            {
                "#": ["4f2a", "77bc"],
                QUESTION: ["9", "3"],
                "What could we improve?": ["More templates would help us", "Speed"],
                "Response Type": ["completed", "completed"],
                "Start Date (UTC)": WHEN,
                "Submit Date (UTC)": WHEN,
                "Network ID": ["n1", "n2"],
                "Tags": [None, None],
            },
            {"score": QUESTION, "comment": "What could we improve?", "responded_at": "Submit Date (UTC)"},
            id="a form builder",
        ),
        pytest.param(
            {
                "Timestamp": ["11/17/2020 18:23:58", "11/18/2020 8:01:02"],
                "Email Address": ["a@x.example", "b@x.example"],
                "On a scale of 0 to 10, how likely ...?": ["9", "3"],
                "Why?": ["Fast", None],
            },
            {
                "responded_at": "Timestamp",
                "email": "Email Address",
                "person_id": "Email Address",
                "score": "On a scale of 0 to 10, how likely ...?",
                "comment": "Why?",
            },
            id="a form in a spreadsheet",
        ),
        pytest.param(
            {
                "StartDate": WHEN,
                "EndDate": WHEN,
                "Finished": ["True", "True"],
                "RecordedDate": WHEN,
                "ResponseId": ["R_1", "R_2"],
                "RecipientEmail": ["a@x.example", "b@x.example"],
                "Q1_NPS_GROUP": ["Promoter", "Detractor"],
                "Q1_NPS": ["9", "3"],
                "Q2": ["Because it saves us so much time", "It is down every other day"],
            },
            {
                "responded_at": "RecordedDate",
                "response_id": "ResponseId",
                "email": "RecipientEmail",
                "person_id": "RecipientEmail",
                "score": "Q1_NPS",
                "comment": "Q2",
            },
            id="a survey suite",
        ),
        pytest.param(
            {
                "Respondent ID": ["1146", "1147"],
                "Collector ID": ["9", "9"],
                "End Date": WHEN,
                "How likely is it that you would recommend Slateboard?": ["9", "3"],
                "Tell us more": ["All good", "Too slow"],
            },
            {
                "person_id": "Respondent ID",
                "responded_at": "End Date",
                "score": "How likely is it that you would recommend Slateboard?",
                "comment": "Tell us more",
            },
            id="a survey tool",
        ),
        pytest.param(
            {
                "No.": ["1", "2"],
                "Response ID": ["r1", "r2"],
                "Timestamp": ["2026-08-22 13:41:54 UTC", "2026-08-23 13:41:54 UTC"],
                "User ID": ["u1", "u2"],
                "1. How likely are you to recommend us?": ["9", "3"],
                "2. Why?": ["Fast", "Slow"],
                "person.role": ["Admin", "Editor"],
            },
            {
                "response_id": "Response ID",
                "responded_at": "Timestamp",
                "person_id": "User ID",
                "score": "1. How likely are you to recommend us?",
                "comment": "2. Why?",
                "role": "person.role",
            },
            id="an open-source survey tool",
        ),
        pytest.param(
            {
                "id": ["1", "2"],
                "score": ["9", "3"],
                "created": ["2025-03-01T12:00:00Z", "2025-03-02T12:00:00Z"],
                "campaign_name": ["Spring", "Spring"],
                "comments": ["Fine", None],
            },
            {
                "response_id": "id",
                "person_id": "id",
                "score": "score",
                "responded_at": "created",
                "survey": "campaign_name",
                "comment": "comments",
            },
            id="an NPS tool",
        ),
    ],
)
def test_responses_as_tools_export_them(table, expected):
    assert fields(pd.DataFrame(table)) == expected


def test_a_score_is_found_by_its_content_where_no_name_tells():
    frame = pd.DataFrame({"who": list("abcdefghijk"), "q7": [str(n) for n in range(11)], "age": ["33"] * 11})
    assert fields(frame)["score"] == "q7"


def test_two_columns_that_could_be_the_score_are_not_guessed_between():
    frame = pd.DataFrame({"q7": [str(n) for n in range(11)], "q8": [str(n) for n in range(11)]})
    with pytest.raises(nps.InputError, match="No column holds scores from 0 to 10"):
        read(frame, "responses")
    assert fields(frame, score="q8") == {"score": "q8"}


def test_a_name_that_says_score_is_not_believed_against_its_content():
    frame = pd.DataFrame({"NPS": ["Promoter", "Detractor"], "rating": ["9", "3"]})
    assert fields(frame)["score"] == "rating"


def test_a_file_without_a_0_to_10_column_is_refused():
    with pytest.raises(nps.InputError, match=r"No column holds scores from 0 to 10.*choose the column yourself"):
        read(pd.DataFrame({"person": ["a", "b"], "satisfaction": ["82", "64"]}), "responses")


def test_a_scale_of_1_to_5_is_refused_unless_somebody_says_otherwise():
    frame = pd.DataFrame({"rating": ["1", "2", "3", "4", "5"] * 4})
    with pytest.raises(nps.InputError, match="“rating” never goes above 5, so it looks like a scale of 1 to 5"):
        read(frame, "responses")
    assert fields(frame, scale="0-10") == {"score": "rating"}
    assert fields(frame.head(19)) == {"score": "rating"}


def test_a_header_without_rows_is_refused():
    with pytest.raises(nps.InputError, match="responses file has a header but no rows"):
        read(pd.DataFrame({"person": [], "score": []}), "responses")


@pytest.mark.parametrize(
    ("table", "expected", "features"),
    [
        pytest.param(
            {"user_id": ["a", "b"], "event": ["Export", "Search"], "timestamp": WHEN},
            {"person_id": "user_id", "feature": "event", "at": "timestamp"},
            (),
            id="events",
        ),
        pytest.param(
            {
                "visitor_id": ["a", "b"],
                "feature_id": ["f1", "f2"],
                "timestamp": WHEN,
                "num_events": ["3", "1"],
                "num_minutes": ["7", "2"],
            },
            {
                "person_id": "visitor_id",
                "feature": "feature_id",
                "at": "timestamp",
                "uses": "num_events",
                "minutes": "num_minutes",
            },
            (),
            id="days",
        ),
        pytest.param(
            {"person_id": ["a", "b"], "page": ["Home", "Board"], "views": ["3", "1"]},
            {"person_id": "person_id", "feature": "page", "uses": "views"},
            (),
            id="totals",
        ),
        pytest.param(
            {
                "user": ["a", "b"],
                "plan": ["Free", "Pro"],
                "Export": ["3", None],
                "Views": ["1", "0"],
                "Timer": [None] * 2,
            },
            {"person_id": "user"},
            ("Export", "Views", "Timer"),
            id="one column per feature",
        ),
        pytest.param(
            {"user": ["a", "b"], "date": WHEN, "Export": ["3", "1"]},
            {"person_id": "user", "at": "date"},
            ("Export",),
            id="one column per feature, by day",
        ),
        pytest.param(
            {"user": ["a", "a"], "module": ["Export", "Search"], "day": WHEN},
            {"person_id": "user", "at": "day", "feature": "module"},
            (),
            id="a name that only content tells",
        ),
    ],
)
def test_the_shapes_of_usage(table, expected, features):
    reading = read(pd.DataFrame(table), "usage")
    assert reading.columns == expected
    assert reading.features == features


def test_the_id_of_an_event_is_not_its_feature():
    frame = pd.DataFrame(
        {"event_id": [str(n) for n in range(60)], "name": ["Export", "Search"] * 30, "distinct_id": "a"}
    )
    assert fields(frame, "usage") == {"person_id": "distinct_id", "feature": "name"}


def test_numbers_that_count_no_use_are_no_features():
    frame = pd.DataFrame({"user_id": ["a", "b"], "Board": ["1", "2"], "Zip": ["01069", "10115"], "id_hash": ["7", "8"]})
    assert read(frame, "usage").features == ("Board",)
    with pytest.raises(nps.InputError, match="No column says what was used"):
        read(frame.drop(columns="Board"), "usage")


def test_usage_says_what_it_misses():
    with pytest.raises(nps.InputError, match="No column of the usage file says who it is about"):
        read(pd.DataFrame({"event": ["Export"], "when": WHEN[:1]}), "usage")
    with pytest.raises(nps.InputError, match="No column says what was used"):
        read(pd.DataFrame({"user_id": ["a"], "when": WHEN[:1]}), "usage")


def test_people_with_what_is_known_of_them():
    frame = pd.DataFrame(
        {
            "id": ["a", "b"],
            "Full name": ["Ann", "Ben"],
            "E-mail": ["a@x.example", "b@x.example"],
            "Company": ["Acme", "Acme"],
            "Job title": ["Admin", "Editor"],
            "ARR": ["1,200", "1,200"],
            "Signed up": ["2024-01-01", "2024-05-01"],
            "Unsubscribed": ["no", "yes"],
            "Team size": ["3", "40"],
        }
    )
    reading = read(frame, "people")
    assert reading.columns == {
        "person_id": "id",
        "name": "Full name",
        "email": "E-mail",
        "account": "Company",
        "role": "Job title",
        "revenue": "ARR",
        "joined_at": "Signed up",
        "opted_out": "Unsubscribed",
    }
    assert reading.others == ("Team size",)


@pytest.mark.parametrize(
    ("dates", "order", "ambiguous"),
    [
        (["27/05/2023", "03/04/2023"], "day first", False),
        (["05/27/2023", "03/04/2023"], "month first", False),
        (["03/04/2023", "05/06/2023"], "month first", True),
        (["27.05.23", "3.4.23"], "day first", False),
        (["2023-05-27", "2023-04-03"], None, False),
        (["2023-05-27", "27/05/2023"], "day first", False),
        (["27/05/2023", "05/27/2023"], "day first", True),
    ],
)
def test_the_order_of_day_and_month_is_told_by_all_dates(dates, order, ambiguous):
    reading = read(pd.DataFrame({"person": ["a", "b"], "score": ["9", "3"], "date": dates}), "responses")
    assert (reading.date_order, reading.ambiguous_dates) == (order, ambiguous)
    assert bool(reading.notes) == ambiguous


def test_each_column_has_its_own_order_and_helps_those_that_cannot_tell():
    frame = pd.DataFrame({"score": ["9"], "date": ["03/04/2023"], "signed up": ["27/05/2020"]})
    reading = read(frame, "responses")
    assert {name: form.order for name, form in reading.dates.items()} == {
        "responded_at": "day first",
        "joined_at": "day first",
    }
    assert not reading.ambiguous_dates
    said = read(frame, "responses", date_order="month first")
    assert (said.dates["responded_at"].order, said.dates["joined_at"].order) == ("month first", "day first")


def test_times_without_a_zone_are_said_to_be_utc_unless_one_is_given():
    def notes(cell: str, header: str = "date", **mapping: str) -> tuple[str, ...]:
        return sentences(read(pd.DataFrame({"score": ["9"], header: [cell]}), "responses", **mapping).notes)

    said = ("Times in “date” name no time zone; they were read as UTC.",)
    assert notes("2025-03-01 12:00:00") == notes("27/05/2023 1:16 pm") == notes("3. März 2025 10:00") == said
    assert notes("2025-03-01 12:00:00", zone="Europe/Berlin") == ()
    for clear in ("2025-03-01", "2025-03-01T12:00:00Z", "2025-03-01 12:00 +0200", "1740830400", "27/05/2023"):
        assert notes(clear) == ()
    assert notes("2025-03-01 12:00:00", header="Submit Date (UTC)") == ()


def test_day_numbers_of_a_spreadsheet_are_dates_only_where_the_whole_column_is():
    whole = read(pd.DataFrame({"score": ["9", "3"], "date": ["43290.53487", "43291"]}), "responses")
    assert "day numbers of a spreadsheet" in str(whole.notes[0])
    mixed = read(pd.DataFrame({"score": ["9"] * 3, "date": ["43290", "27/05/2023", "28/05/2023"]}), "responses")
    assert mixed.dates["responded_at"].kinds == ("day first",)


@pytest.mark.parametrize(
    ("cells", "sign", "doubt"),
    [
        (["1.234,5", "1.234"], "comma", False),
        (["1,234.5", "1,234"], "point", False),
        (["12,5", "1.234"], "comma", False),
        (["1200", "7"], "point", False),
        (["1,234", "5,678"], "point", True),
        (["1.234", "5.678"], "point", True),
    ],
)
def test_the_decimal_sign_is_told_by_all_numbers(cells, sign, doubt):
    frame = pd.DataFrame({"user": ["a", "b"], "feature": ["x", "y"], "uses": cells})
    reading = read(frame, "usage")
    assert reading.decimals == {"uses": sign}
    assert bool(reading.notes) == doubt
    assert read(frame, "usage", decimal="comma").notes == ()


def test_amounts_in_several_currencies_are_told():
    frame = pd.DataFrame({"id": ["a", "b", "c"], "ARR": ["€ 1.200", "$ 900", "7"]})
    assert "“ARR” has amounts in several currencies (€, $); they were not converted." in sentences(
        read(frame, "people").notes
    )
    assert not any("currencies" in note for note in sentences(read(frame.replace("$ 900", "€ 900"), "people").notes))


def test_the_first_of_two_dotted_dates_is_the_day():
    frame = pd.DataFrame({"score": ["9", "3"], "date": ["03.04.2025", "05.06.25"]})
    reading = read(frame, "responses")
    assert (reading.date_order, reading.ambiguous_dates) == ("day first", False)
    assert read(frame, "responses", date_order="month first").date_order == "month first"


def test_where_nothing_tells_the_order_semicolons_suggest_the_day(tmp_path):
    given = builders.write(tmp_path, "score;date\n9;03/04/2025\n3;05/06/2025\n")
    reading = builders.uploaded(given, lambda source, _: columns.read(source, "responses"))
    assert (reading.date_order, reading.ambiguous_dates) == ("day first", True)


def test_a_wide_file_has_one_decimal_sign():
    reading = read(pd.DataFrame({"user": ["a", "b"], "Export": ["1,5", "2"], "Search": ["1.200", "3"]}), "usage")
    assert reading.decimals == {"features": "comma"}


def test_ids_that_a_spreadsheet_destroyed_are_refused():
    ids = ["1.23457E+14", "3.07446e+18", *map(str, range(8))]
    with pytest.raises(nps.InputError, match="2 of 10 ids in “user” are shortened to something like"):
        read(pd.DataFrame({"user": ids, "score": ["9"] * 10}), "responses")
    rounded = [f"3074457347487{number:02}0000" for number in range(10)]
    with pytest.raises(nps.InputError, match="All 10 long ids in “user” end in zeros after 15 digits"):
        read(pd.DataFrame({"user": rounded, "score": ["9"] * 10}), "responses")
    assert fields(pd.DataFrame({"user": [*rounded, "3074457347487777543"], "score": ["9"] * 11}))["person_id"] == "user"


def test_one_late_date_settles_the_order():
    dates = ["03/04/2023"] * 6_000 + ["27/05/2023"]
    reading = read(pd.DataFrame({"score": ["9"] * 6_001, "date": dates}), "responses")
    assert (reading.date_order, reading.ambiguous_dates) == ("day first", False)


def test_a_mapping_overrules_what_is_found_and_can_be_given_back():
    frame = pd.DataFrame({"user": ["a"], "score": ["9"], "rating": ["3"], "date": ["03/04/2023"]})
    reading = read(frame, "responses", score="rating", responded_at=None, date_order="day first")
    assert reading.columns == {"person_id": "user", "score": "rating"}
    assert reading.others == ("score", "date")
    assert read(frame, "responses", **reading.mapping()) == reading


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ({"score": "nowhere"}, "no column called “nowhere”"),
        ({"mood": "score"}, "no field called “mood”"),
        ({"score": "score", "date_order": "year first"}, "either day first or month first"),
        ({"score": None}, "No column holds scores"),
        ({"zone": "Atlantis"}, "no such time zone"),
        ({"zone": "../passwd"}, "no such time zone"),
        ({"decimal": "dot"}, "either point or comma"),
    ],
)
def test_a_mapping_that_cannot_be_is_told(mapping, words):
    with pytest.raises(nps.InputError, match=words):
        read(pd.DataFrame({"score": ["9", "3"]}), "responses", **mapping)


@pytest.mark.parametrize(
    ("table", "frame"),
    [
        (
            "responses",
            {"user": ["a", "b"], "nps": ["9", "3"], "role": ["Admin", "Editor"], "q2": ["1", "2"], "q3": ["4", "5"]},
        ),
        ("usage", {"user": ["a", "b"], "event": ["x", "y"], "at": WHEN}),
        ("usage", {"user": ["a", "b"], "Boards": ["1", "2"], "Export": ["4", "5"]}),
        ("people", {"user": ["a", "b"], "email": ["a@x", "b@x"], **{f"n{i}": ["4", "5"] for i in range(9)}}),
        (
            "people",
            {"user": ["a", "b"], "plan": ["x", "y"], "role": ["x", "y"], **{f"n{i}": ["4"] * 2 for i in range(9)}},
        ),
        ("people", {"user": ["a", "b"], "name": ["Ann", "Ben"], "email": ["a@x", "b@x"], "seats": ["4", "5"]}),
    ],
)
def test_a_file_tells_which_table_it_is(table, frame):
    assert identified(pd.DataFrame(frame)).table == table


def test_a_file_that_is_none_of_the_tables():
    with pytest.raises(nps.InputError, match="Nothing in it looks like scores from 0 to 10"):
        identified(pd.DataFrame({"colour": ["red", "blue"], "price": ["12", "13"]}))


def test_a_preview_shows_the_first_rows_and_the_reading_or_what_is_wrong():
    frame = pd.DataFrame({"user": list("abcdefg"), "score": ["9"] * 7})
    shown = nps.preview(frame, "responses", rows=3)
    assert shown.reading.columns == {"score": "score", "person_id": "user"}
    assert (shown.problem, shown.columns, len(shown.head)) == (None, ("user", "score"), 3)
    unclear = nps.preview(frame.drop(columns="score"), "responses")
    assert unclear.reading is None
    assert "No column holds scores from 0 to 10" in str(unclear.problem)
    assert unclear.columns == ("user",)

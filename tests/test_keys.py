"""Which columns join the files, and how many respondents they join."""

import pandas as pd
import pytest
from spoken import sentences

import nps
from nps import columns, keys, sources


def agreed(way: str | None = None, mapping: dict | None = None, **files: dict[str, list]) -> keys.Agreed:
    with sources.connect() as (con, scratch):
        opened = {}
        for table, cells in files.items():
            source = sources.open_source(pd.DataFrame(cells), table, con, scratch)
            opened[table] = source, columns.read(source, table, (mapping or {}).get(table))
        return keys.agree(opened, mapping or {}, way)


def people_of(found: keys.Agreed) -> dict[str, str | None]:
    return {table: reading.columns.get("person_id") for table, reading in found.readings.items()}


def answers(*ids: str, column: str = "user_id", **more: list[str]) -> dict[str, list]:
    return {column: [*ids], "score": ["9"] * len(ids)} | more


def used(*ids: str, column: str = "user_id", **more: list[str]) -> dict[str, list]:
    return {column: [*ids], "feature": ["Export"] * len(ids)} | more


def test_the_match_rate_is_said():
    found = agreed(responses=answers("a", "b", "c", "d"), usage=used("a", "b", "c", "z"), people={"user_id": ["a"]})
    assert sentences(found.notes) == (
        "75% of respondents (3 of 4) have usage.",
        "25% of respondents (1 of 4) are in the people file.",
    )


def test_ids_that_differ_only_in_their_writing_are_matched_and_counted():
    found = agreed(responses=answers("ann", "Ben", "12345"), usage=used("ann", "BEN", "12345.0"))
    rate, writing = str(found.notes[0]).split(". ", 1)
    assert rate == "100% of respondents (3 of 3) have usage"
    assert writing == "2 ids differ only in case, spaces, zeros in front or a final “.0”; they were matched."
    assert all(reading.normalised for reading in found.readings.values())


def test_ids_join_as_they_stand_where_somebody_says_so():
    found = agreed("exact", responses=answers("ann", "Ben"), usage=used("ann", "BEN"))
    rate, writing = str(found.notes[0]).split(". ", 1)
    assert rate == "50% of respondents (1 of 2) have usage"
    assert writing == "1 id differs only in case, spaces, zeros in front or a final “.0”; it was not matched."
    assert not any(reading.normalised for reading in found.readings.values())


def test_two_people_whose_ids_differ_in_case_never_become_one_unasked():
    files = {"responses": answers("aB", "ab", "Cd"), "usage": used("aB", "ab", "CD")}
    assert not agreed(**files).readings["usage"].normalised
    assert "it was not matched" in str(agreed(**files).notes[0])
    assert agreed("normalised", **files).readings["usage"].normalised


def test_an_address_written_in_two_ways_is_one_person():
    found = agreed(responses=answers("Ann@x.example", "ann@x.example", column="email"), usage=used("ANN@x.example"))
    assert sentences(found.notes) == ("100% of respondents (1 of 1) have usage.",)


def test_zeros_in_front_that_a_spreadsheet_dropped_are_matched():
    found = agreed(responses=answers("7", "12"), usage=used("007", "012"))
    assert found.readings["usage"].normalised
    assert "2 ids differ only in case, spaces, zeros in front" in str(found.notes[0])


def test_the_columns_that_share_ids_are_found():
    found = agreed(
        responses=answers("91", "92", column="respondent_id", email=["ann@x.example", "ben@x.example"]),
        usage=used("u1", "u2", "u2", user_email=["ann@x.example", "ben@x.example", "ben@x.example"]),
    )
    assert people_of(found) == {"responses": "email", "usage": "user_email"}
    assert str(found.notes[0]) == "Answers are joined with usage by “email” and “user_email”, which share the most ids."
    assert str(found.notes[1]) == "100% of respondents (2 of 2) have usage."


def test_a_person_column_that_somebody_chose_stays():
    said = {"responses": {"person_id": "respondent_id"}}
    found = agreed(
        mapping=said,
        responses=answers("91", "92", column="respondent_id", email=["ann@x.example", "ben@x.example"]),
        usage=used("u1", "u2", user_email=["ann@x.example", "ben@x.example"]),
    )
    assert people_of(found)["responses"] == "respondent_id"
    assert str(found.notes[0]).startswith(
        "Only 0 of 2 respondents have usage: “respondent_id” of the responses and “user_id”"
    )


def test_answers_of_nobody_cannot_be_joined():
    found = agreed(responses={"score": ["9", "3"]}, usage=used("a", "b"))
    assert sentences(found.notes) == (
        "No column of the responses says who answered, so they cannot be joined with usage.",
    )


def test_a_way_that_does_not_exist():
    with pytest.raises(nps.InputError, match="Ids are matched exact or normalised"):
        agreed("roughly", responses=answers("a"), usage=used("a"))


def test_joined_people_are_one_respondent_in_the_panel():
    responses, usage = pd.DataFrame(answers("Ann", "ben", "cat")), pd.DataFrame(used("ann", "Ben", "Ben", "cat"))
    joined = nps.load(responses, usage)
    assert joined.respondents.set_index("person_id")["uses"].to_dict() == {"ann": 1.0, "ben": 2.0, "cat": 1.0}
    apart = nps.load(responses, usage, mapping={"keys": "exact"})
    assert apart.respondents.set_index("person_id")["uses"].to_dict() == {"Ann": 0.0, "ben": 0.0, "cat": 1.0}

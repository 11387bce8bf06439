"""Files that look like an export and are none: nothing is renamed, nothing is left out, no tool is named."""

import ibis
import pandas as pd
import pytest
from builders import write
from hypothesis import given
from hypothesis import strategies as st
from spoken import sentences

import nps
from nps import exports, sources
from nps.exports import LAYOUTS, analytics

LOOKALIKES = {
    "a timestamp and a score": "timestamp,user_id,score,comment\n1/15/2026 9:01:05,a,9,good\n",
    "a timestamp without seconds": "Timestamp,How likely are you to recommend us?\n1/15/2026 9:01,9\n",
    "a timestamp and no questions": "Timestamp,user,score,team\n1/15/2026 9:01:05,a,9,red\n",
    "a log": "Timestamp,Level,Message\n2026-01-15 09:01:05,INFO,How did this come to be here?\n",
    "a number sign": "#,score,Submitted\n1,9,2026-01-15\n",
    "a respondent": "Respondent ID,Start Date,End Date,Score\n,2026-01-15,2026-01-15,9\n",
    "JSON in the first rows": 'id,score,meta\n1,9,"{""a"":1}"\n2,3,"{""ImportId"":1}"\n',
    "columns as Qualtrics has them": "StartDate,EndDate,Status,ResponseId,Q1\n2026-01-05,2026-01-05,1,R_1,9\n",
    "V columns": "V1,V2,V3\nresponse,date,score\n1,2026-01-05,9\n",
    "a numbered list": "No.,Response ID,Timestamp,Finished,Score\n1,a,2026-01-05,Yes,9\n",
    "events": "event,timestamp,user_id\nsurvey sent,2026-01-05,a\nopen,2026-01-05,b\n",
    "events with properties": 'event,timestamp,distinct_id,properties\nsurvey sent,2026-01-05,a,"{""score"":9}"\n',
    "events of somebody": 'event,properties\nopen,"{""user"":""a""}"\n',
    "named events": "name,time,distinct_id,insert_id\nopen,2026-01-05,a,i\nopen,2026-01-05,a,i\n",
    "people with a date": "id,received_at,email\na,2026-01-05,a@x.example\n",
    "a screen": "id,anonymous_id,user_id,received_at,sent_at,name\n1,x,a,2026-01-05,2026-01-05,Boards\n",
    "visits": "id,last_updated_at,account_id,first_visit,last_visit,role\na,2026-01-05,b,2026-01-05,2026-01-05,Admin\n",
    "uses by visitor": "visitor_id,feature,timestamp,num_events\na,Board,2026-01-05,2\n",
    "a campaign": "id,score,campaign_id,created\n1,9,5,2026-01-05\n",
    "one of two": "score,comment,Delighted Browser\n9,good,Chrome\n",
    "a dash": "score,comment -- why\n9,good\n",
}


@pytest.mark.parametrize("what", LOOKALIKES)
@pytest.mark.parametrize("table", ["responses", "usage", "people", None])
def test_what_only_looks_like_an_export_stays_as_it_is(tmp_path, what, table):
    with sources.connect() as (con, scratch):
        source = sources.open_source(write(tmp_path, LOOKALIKES[what]), "responses", con, scratch)
        assert exports.recognise(source, table) is source


@given(
    header=st.lists(
        st.sampled_from([*"abc", "id", "Timestamp", "#", "event", "time", "name", "score", "user_id", "Start Date"]),
        min_size=2,
        max_size=6,
        unique=True,
    ),
    rows=st.lists(st.sampled_from(["9", "", "x", "2026-01-05", '{"a": 1}', "survey sent"]), min_size=6, max_size=18),
)
def test_few_common_headers_prove_nothing(header, rows):
    frame = pd.DataFrame([rows[n : n + len(header)] for n in range(0, len(rows) - len(header) + 1, len(header))])
    with sources.connect() as (con, scratch):
        source = sources.open_source(frame.set_axis(header, axis=1), "responses", con, scratch)
        assert exports.recognise(source) is source


def test_an_empty_table_is_no_export():
    with sources.connect() as (con, scratch):
        source = sources.open_source(pd.DataFrame({"Timestamp": [], "Why?": []}), "responses", con, scratch)
        assert exports.recognise(source) is source


def test_layouts_have_names_of_their_own_and_hint_at_known_fields():
    names = [layout.name for layout in LAYOUTS if layout.name != "Mixpanel export"]
    assert len(names) == len(set(names))
    for layout in LAYOUTS:
        assert layout.hints.keys() <= set(nps.fields.FIELDS[layout.holds])


def test_tables_of_a_database_with_types_are_recognised_too():
    events = pd.DataFrame(
        {
            "name": ["play", "play", "stop"],
            "time": pd.to_datetime(["2026-01-05 09:00", "2026-01-05 09:00", "2026-01-06 09:00"]),
            "distinct_id": [7, 7, 8],
            "insert_id": ["i", "i", "j"],
            "mp_processing_time_ms": [1, 2, 3],
        }
    )
    elsewhere = ibis.duckdb.connect().create_table("events", events)
    answers = pd.DataFrame({"person": ["7", "8"], "score": [9, 3], "date": ["2026-01-07", "2026-01-07"]})
    panel = nps.load(answers, usage=elsewhere)
    assert panel.respondents.set_index("person_id")["active_days"].to_dict() == {"7": 1, "8": 1}
    assert panel.has_usage
    assert "Recognised as Mixpanel events; left out: an event that was sent twice (1)." in sentences(panel.notes)


@pytest.mark.parametrize("dialect", ["bigquery", "snowflake", "postgres", "pyspark", "clickhouse", "trino"])
def test_expressions_can_be_said_to_warehouses(dialect):
    parameters = "array<struct<key: string, value: struct<string_value: string>>>"
    events = ibis.table({"url": "string", "event": "string"}, name="events")
    assert "events" in ibis.to_sql(events.select(path=analytics.path_of(events.url)), dialect=dialect)
    if dialect in ("bigquery", "trino", "pyspark", "clickhouse"):
        nested = ibis.table({"event_params": parameters}, name="events")
        assert "page_location" in ibis.to_sql(
            nested.select(page=analytics.nested_location(nested.event_params)), dialect=dialect
        )

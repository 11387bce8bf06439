"""Exports of product analytics: who used what and when, what was sent twice or by nobody, and names of features."""

import json

import ibis
import pandas as pd
import pytest
from builders import write
from exported import cells, read

import nps
from nps import InputError, exports, sources
from nps.exports import analytics

USED = ("person_id", "feature", "kind", "at", "uses")


def csv(*rows: dict) -> str:
    """Rows as CSV; their keys are the headers."""
    return pd.DataFrame(rows).to_csv(index=False)


SURVEY = {"$survey_id": "s1", "$survey_name": "NPS", "$lib": "web"}
SURVEY["$survey_questions"] = [{"id": "q-a", "question": "Would you recommend us?"}, {"id": "q-b", "question": "Why?"}]


def sent(person: str, at: str, event: str = "survey sent", **properties) -> dict:
    """An event as PostHog's table of events has it."""
    return {"uuid": f"{person} {at}", "event": event, "distinct_id": person, "timestamp": at} | {
        "properties": json.dumps(SURVEY | properties)
    }


FIRST_STEP = {"$survey_response_q-a": "8", "$survey_submission_id": "x"}
POSTHOG = csv(
    sent("a", "2026-03-01T09:00:00Z", **FIRST_STEP),
    sent(
        "a", "2026-03-01T09:00:30Z", **FIRST_STEP | {"$survey_response_q-a": "9", "$survey_response_q-b": 'so "good"'}
    ),
    sent("b", "2026-03-02T09:00:00Z", **{"$survey_response": 3, "$survey_response_1": "slow"}),
    sent("b", "2026-03-02T08:59:00Z", event="survey shown"),
    sent("c", "2026-03-03T09:00:00Z", event="$pageview", **{"$current_url": "https://app.example/boards/?tab=2#x"}),
    sent("c", "2026-03-03T09:01:00Z", event="board created"),
    sent("c", "2026-03-03T09:02:00Z", event="$pageleave"),
    sent("d", "2026-03-04T09:00:00Z", **{"$survey_response_q-a": "many"}),
)


def test_posthog_survey_events_as_answers(tmp_path):
    export = read(write(tmp_path, POSTHOG))
    assert export.name == "PostHog survey answers"
    assert cells(export.rows, "person_id", "score", "responded_at", "comment", "survey") == [
        ("a", 9, "2026-03-01 09:00:30", 'so "good"', "NPS"),
        ("b", 3, "2026-03-02 09:00:00", "slow", "NPS"),
    ]
    assert export.ignored == {"an event that is no answer": 4, "an earlier step of an answer": 1}
    assert export.rejected[["row", "value"]].values.tolist() == [[9, "many"]]


def test_posthog_answers_in_columns_of_their_own(tmp_path):
    header = "*.uuid,*.event,*.timestamp,*.distinct_id,*.properties.$survey_id,*.properties.$survey_response"
    flat = (
        f"{header},*.properties.$survey_response_1\n"
        "1,survey sent,2026-03-01T09:00:00Z,a,s,9,x\n2,survey sent,2026-03-02T09:00:00Z,b,s,0,\n"
    )
    export = read(write(tmp_path, flat))
    assert export.name == "PostHog survey answers"
    assert cells(export.rows, "response_id", "person_id", "score") == [("1", "a", 9), ("2", "b", 0)]


def test_posthog_events_as_usage(tmp_path):
    export = read(write(tmp_path, POSTHOG), table="usage")
    assert export.name == "PostHog events"
    assert cells(export.rows, *USED) == [
        ("c", "/boards", "page", "2026-03-03 09:00:00", 1.0),
        ("c", "board created", "event", "2026-03-03 09:01:00", 1.0),
    ]
    assert export.ignored == {"an event about a survey": 5, "an event that says nothing about use": 1}


def test_posthog_survey_results(tmp_path):
    results = {
        "*.uuid": "1",
        "getSurveyResponse(0, 'q-a') -- How likely are you to recommend us?": "9",
        "getSurveyResponse(1, 'q-b') -- Why?": "good",
        "timestamp": "2026-03-01T09:00:00Z",
        "person.distinct_id": "a",
        "properties.$lib_version -- Library Version": "1.2",
    }
    export = read(write(tmp_path, csv(results)))
    assert export.name == "PostHog survey results"
    assert cells(export.rows, "person_id", "score", "responded_at", "comment", "Library Version") == [
        ("a", 9, "2026-03-01 09:00:00", "good", "1.2")
    ]


def answered(poll: str, visitor: str, at: str, response: str) -> dict:
    return {"account_id": "acme", "guide_id": "g", "poll_id": poll, "timestamp": at, "visitor_id": visitor} | {
        "poll_response": response,
        "type": "ui:web:pollResponse",
    }


POLL_EVENTS = csv(
    answered("score", "a", "2026-03-01 09:00:00.100", "9"),
    answered("why", "a", "2026-03-01 09:00:00.150", "fast"),
    answered("score", "b", "2026-03-02 09:00:00.000", "3"),
    answered("why", "a", "2026-02-01 09:00:00.000", "from long before"),
    answered("choice", "b", "2026-03-02 09:00:00.000", "003isdx53ctwpf"),
    answered("score", "c", "2026-03-03 09:00:00.000", "11"),
)
POLLS = csv(
    {"id": "score", "attribute_type": "NPSRating", "attribute_follow_up": "why", "question": "Recommend?"},
    {"id": "why", "attribute_type": "FreeForm", "attribute_follow_up": "", "question": "Why?"},
    {"id": "choice", "attribute_type": "PickList", "attribute_follow_up": "", "question": "Which?"},
)


@pytest.mark.parametrize("polls_first", [False, True])
def test_pendo_answers_with_their_polls(tmp_path, polls_first):
    given = write(tmp_path, POLL_EVENTS, "poll_event.csv"), write(tmp_path, POLLS, "poll.csv")
    export = read(*(reversed(given) if polls_first else given))
    assert cells(export.rows, "person_id", "score", "responded_at", "comment", "survey", "account_id") == [
        ("a", 9, "2026-03-01 09:00:00.100000", "fast", "Recommend?", "acme"),
        ("b", 3, "2026-03-02 09:00:00", None, "Recommend?", "acme"),
    ]
    assert export.rejected[["row", "value"]].values.tolist() == [[7, "11"]]
    assert export.ignored == {"a comment, joined to its score": 1, "an answer to another poll": 2}


def test_pendo_answers_to_other_polls_only_are_refused(tmp_path):
    other = csv(answered("choice", "b", "2026-03-02 09:00:00.000", "003isdx53ctwpf"))
    with pytest.raises(InputError, match="Recognised as Pendo poll answers; left out: an answer to another poll"):
        read(write(tmp_path, other, "poll_event.csv"), write(tmp_path, POLLS, "poll.csv"))


def test_pendo_files_are_given_as_a_list(tmp_path):
    uses = write(tmp_path, csv(use("feature", "f1"), use("feature", "f1", "b")), "feature_event.csv")
    names = write(tmp_path, csv(name("f1", "Board", "2026-01-01 00:00:00.000")), "feature_history.csv")
    answers = write(tmp_path, POLL_EVENTS, "poll_event.csv"), write(tmp_path, POLLS, "poll.csv")
    panel = nps.load(list(answers), usage=[uses, names])
    assert cells(panel.respondents.sort_values("person_id"), "person_id", "score", "comment", "features_used") == [
        ("a", 9, "fast", 1.0),
        ("b", 3, None, 1.0),
    ]
    assert panel.features["feature"].tolist() == ["Board"]
    assert panel.rejected[["table", "row", "value"]].values.tolist() == [["responses", 7, "11"]]


def test_pendo_answers_alone(tmp_path):
    export = read(write(tmp_path, POLL_EVENTS.replace(",11,", ",10,")))
    assert cells(export.rows, "person_id", "score", "survey") == [
        ("a", 9, "score"),
        ("b", 3, "score"),
        ("c", 10, "score"),
    ]
    assert export.ignored == {"an answer to another poll": 3}


def test_pendo_answers_without_any_score(tmp_path):
    with pytest.raises(InputError, match="No column holds scores from 0 to 10"):
        read(write(tmp_path, csv(answered("choice", "b", "2026-03-02 09:00:00.000", "003isdx53ctwpf"))))


def test_pendo_lookups_alone_say_what_they_belong_to(tmp_path):
    with pytest.raises(InputError, match="Give it together with the poll events"):
        read(write(tmp_path, POLLS))
    with pytest.raises(InputError, match="Give it together with the feature events"):
        read(write(tmp_path, csv(name("f1", "Board", "2026-01-01 00:00:00.000"))), table="usage")


def test_pendo_nps_as_its_program_interface_has_it(tmp_path):
    row = {"visitorId": "a", "browserTime": "1740830400123", "accountId": "acme", "qualitativeResponse": "good"}
    export = read(write(tmp_path, csv(row | {"quantitativeResponse": "9", "channel": "web"})))
    assert export.name == "Pendo NPS answers"
    assert cells(export.rows, "person_id", "score", "responded_at", "comment") == [
        ("a", 9, "2025-03-01 12:00:00.123000", "good")
    ]


def use(kind: str, of: str, visitor: str = "a", events: str = "2") -> dict:
    return {"account_id": "acme", f"{kind}_id": of, "timestamp": "2026-03-01 08:00:00", "visitor_id": visitor} | {
        "num_events": events,
        "num_minutes": "1",
    }


def name(of: str, called: str, at: str, kind: str = "feature") -> dict:
    known = {"id": of, "last_updated_at": at, "name": called, "root_version_id": of, "stable_version_id": f"{of}-{at}"}
    return known | ({"page_id": "p"} if kind == "feature" else {})


@pytest.mark.parametrize("kind", ["feature", "page"])
def test_pendo_uses_get_the_latest_names(tmp_path, kind):
    uses = csv(use(kind, "f1"), use(kind, "f2", "b"), use(kind, "f1", "c", "many"), use(kind, "f3"))
    names = csv(
        name("f1", "Old name", "2025-01-01 00:00:00.000", kind),
        name("f1", "Board", "2026-01-01 00:00:00.000", kind),
        name("f3", "Timer", "2025-01-01 00:00:00.000", kind),
    )
    export = read(write(tmp_path, uses, "event.csv"), write(tmp_path, names, "history.csv"), table="usage")
    assert sorted(cells(export.rows, *USED, "minutes")) == [
        ("a", "Board", kind, "2026-03-01 08:00:00", 2.0, 1.0),
        ("a", "Timer", kind, "2026-03-01 08:00:00", 2.0, 1.0),
        ("b", "f2", kind, "2026-03-01 08:00:00", 2.0, 1.0),
    ]
    assert export.rejected[["row", "value"]].values.tolist() == [[4, "many"]]
    assert any(note.startswith("1 uses are of something") for note in export.notes)
    alone = read(write(tmp_path, uses), table="usage")
    assert sorted(alone.rows["feature"]) == ["f1", "f2", "f3"]


def test_pendo_visitors_at_their_latest(tmp_path):
    seen = {"id": "a", "account_id": "acme", "agent_email": "a@x.example", "agent_full_name": "Ann", "id_hash": "1"}
    seen |= {"first_visit": "2025-01-01 00:00:00.000", "last_visit": "2026-01-01 00:00:00.000"}
    export = read(
        write(
            tmp_path,
            csv(
                seen | {"last_updated_at": "2025-06-01 00:00:00.000", "agent_role": "User"},
                seen | {"last_updated_at": "2026-06-01 00:00:00.000", "agent_role": "Owner"},
                seen | {"last_updated_at": "2025-07-01 00:00:00.000", "agent_role": "Admin"},
            ),
        ),
        table="people",
    )
    assert export.name == "Pendo visitors"
    assert cells(export.rows, "person_id", "email", "name", "role", "account_id", "joined_at") == [
        ("a", "a@x.example", "Ann", "Owner", "acme", "2025-01-01 00:00:00")
    ]
    assert export.ignored == {"an earlier version of a visitor": 2}


def test_files_that_do_not_belong_together(tmp_path):
    with sources.connect() as (con, scratch):
        given = write(tmp_path, POLLS, "a.csv"), write(tmp_path, "user,score\na,9\n", "b.csv")
        opened = [sources.open_source(path, path.stem, con, scratch) for path in given]
        assert exports.recognise_together(opened) is None


AMPLITUDE = {"amplitude_id": "1", "device_id": "d", "event_properties": "{}", "event_time": "2025-03-01T19:42:58.123"}


def test_amplitude(tmp_path):
    rows = [
        AMPLITUDE | {"event_type": kind, "user_id": who} for kind, who in (("open", "a"), ("save", ""), ("save", "b"))
    ]
    export = read(write(tmp_path, csv(*rows)), table="usage")
    assert export.name == "Amplitude export"
    assert cells(export.rows, *USED) == [
        ("a", "open", "event", "2025-03-01 19:42:58.123000", 1.0),
        ("b", "save", "event", "2025-03-01 19:42:58.123000", 1.0),
    ]
    assert export.ignored == {"an event of somebody who was not signed in": 1}


def mixpanel(event: str, who: str, at: int, insert: str | None) -> dict:
    own = {"time": at, "distinct_id": who, "mp_processing_time_ms": 1} | ({"$insert_id": insert} if insert else {})
    return {"event": event, "properties": json.dumps(own)}


def test_mixpanel_sends_events_again(tmp_path):
    rows = [
        mixpanel("play", "a", 1602611311, "i1"),
        mixpanel("play", "a", 1602611311, "i1"),
        mixpanel("play", "a", 1602611312, "i1"),
        mixpanel("play", "b", 1602611311, "i1"),
        mixpanel("stop", "b", 1602611311, None),
        mixpanel("stop", "b", 1602611311, None),
    ]
    export = read(write(tmp_path, csv(*rows)), table="usage")
    assert export.name == "Mixpanel export"
    assert sorted(cells(export.rows, "person_id", "feature", "at")) == [
        ("a", "play", "2020-10-13 17:48:31"),
        ("a", "play", "2020-10-13 17:48:32"),
        ("b", "play", "2020-10-13 17:48:31"),
        ("b", "stop", "2020-10-13 17:48:31"),
        ("b", "stop", "2020-10-13 17:48:31"),
    ]
    assert export.ignored == {"an event that was sent twice": 1}


def test_mixpanel_in_a_warehouse(tmp_path):
    row = {"event_id": "9", "name": "play", "time": "2020-08-01 10:16:46", "distinct_id": "a", "insert_id": "i"}
    row |= {"mp_processing_time_ms": "1", "properties": "{}"}
    export = read(write(tmp_path, csv(row, row | {"event_id": "10"})), table="usage")
    assert (export.name, export.ignored) == ("Mixpanel events", {"an event that was sent twice": 1})
    assert cells(export.rows, *USED) == [("a", "play", "event", "2020-08-01 10:16:46", 1.0)]


SENT = {"id": "1", "anonymous_id": "x", "user_id": "a", "received_at": "2026-03-01 09:00:05.000"}
SENT |= {"sent_at": "2026-03-01 09:00:01.000", "timestamp": "2026-03-01 09:00:00.000", "context_ip": "1.2.3.4"}


def test_segment_tracks(tmp_path):
    row = SENT | {"event": "board_created", "event_text": "Board Created"}
    export = read(write(tmp_path, csv(row, row | {"user_id": ""})), table="usage")
    assert export.name == "Segment or RudderStack tracks"
    assert cells(export.rows, *USED) == [("a", "Board Created", "event", "2026-03-01 09:00:00", 1.0)]
    assert export.ignored == {"an event of somebody who was not signed in": 1}


def test_segment_pages(tmp_path):
    row = SENT | {"name": "", "title": "Boards", "url": "https://app.example/boards/?t=1", "path": "/boards/"}
    export = read(write(tmp_path, csv(row)), table="usage")
    assert export.name == "Segment or RudderStack pages"
    assert cells(export.rows, *USED) == [("a", "/boards", "page", "2026-03-01 09:00:00", 1.0)]


def test_segment_people(tmp_path):
    said = SENT | {"email": "a@x.example", "plan": "Pro"}
    later = said | {"received_at": "2026-04-01 09:00:05.000", "plan": "Team"}
    export = read(write(tmp_path, csv(later, said, said | {"user_id": ""})), table="people")
    assert export.name == "Segment or RudderStack identifies"
    assert cells(export.rows, "person_id", "email", "plan") == [("a", "a@x.example", "Team")]
    users = {"id": "a", "email": "a@x.example", "plan": "Pro", "received_at": "2026-04-01", "uuid_ts": "2026-04-01"}
    export = read(write(tmp_path, csv(users)), table="people")
    assert export.name == "Segment or RudderStack users"
    assert cells(export.rows, "person_id", "plan") == [("a", "Pro")]


PARAMETERS = [
    {"key": "ga_session_id", "value": {"string_value": None, "int_value": 5}},
    {"key": "page_location", "value": {"string_value": "https://app.example/boards?x=1", "int_value": None}},
]
GA4 = {"event_date": "20260301", "event_timestamp": 1772355600123000, "user_pseudo_id": "1.2", "user_id": "a"}


def test_google_analytics_as_text(tmp_path):
    rows = [
        GA4 | {"event_name": "page_view", "event_params": json.dumps(PARAMETERS)},
        GA4 | {"event_name": "export", "event_params": json.dumps(PARAMETERS)},
        GA4 | {"event_name": "page_view", "event_params": "[]", "user_id": None},
    ]
    export = read(write(tmp_path, csv(*rows)), table="usage")
    assert export.name == "Google Analytics 4 export"
    assert cells(export.rows, *USED) == [
        ("a", "/boards", "page", "2026-03-01 09:00:00.123000", 1.0),
        ("a", "export", "event", "2026-03-01 09:00:00.123000", 1.0),
    ]
    assert export.ignored == {"an event of somebody who was not signed in": 1}


def test_google_analytics_where_nobody_signs_in(tmp_path):
    rows = [GA4 | {"event_name": "export", "user_id": None, "event_params": "[]"}]
    assert read(write(tmp_path, csv(*rows)), table="usage").rows["person_id"].tolist() == ["1.2"]


def test_google_analytics_nested_as_in_its_warehouse():
    nested = ibis.duckdb.connect().create_table(
        "events",
        ibis.memtable(
            {"event_name": ["page_view"], "event_params": [PARAMETERS]} | {key: [cell] for key, cell in GA4.items()},
            schema={
                "event_name": "string",
                "event_params": "array<struct<key: string, value: struct<string_value: string, int_value: int64>>>",
                "event_date": "string",
                "event_timestamp": "int64",
                "user_pseudo_id": "string",
                "user_id": "string",
            },
        ),
    )
    export = read(nested, table="usage")
    assert cells(export.rows, *USED) == [("a", "/boards", "page", "2026-03-01 09:00:00.123000", 1.0)]


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://app.example/boards/7?tab=2", "/boards/7"),
        ("https://app.example", "/"),
        ("https://app.example/?a=/b/", "/"),
        ("/boards/#x", "/boards"),
        ("app://boards", "/"),
    ],
)
def test_a_page_is_its_path(url, path):
    assert ibis.duckdb.connect().execute(analytics.path_of(ibis.literal(url))) == path


def test_usage_given_as_responses_is_told(tmp_path):
    path = write(tmp_path, csv(AMPLITUDE | {"event_type": "open", "user_id": "a"}))
    with pytest.raises(InputError, match="was read as Amplitude export, which holds usage"):
        read(path, table="responses")

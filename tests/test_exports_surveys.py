"""Exports of survey tools: the scores, people and times that come out, what is left out, and where each row stood."""

import json

import pandas as pd
import pytest
from builders import write
from exported import cells, read
from spoken import sentences

import nps

ASKED = "How likely are you to recommend us to a friend?"
IMPORT_IDS = (
    "_recordId",
    "startDate",
    "endDate",
    "status",
    "email",
    "reference",
    "QID1_NPS_GROUP",
    "QID1",
    "QID2_TEXT",
)
QUALTRICS = (
    "ResponseId,StartDate,EndDate,Status,RecipientEmail,ExternalReference,Q1_NPS_GROUP,Q1,Q2\r\n"
    "Response ID,Start Date,End Date,Response Type,Recipient Email,External Data Reference,"
    f'{ASKED} - Group,{ASKED},"What is the\nreason?"\r\n'
)


def imported(ids: tuple[str, ...], zone: str = "") -> str:
    """Qualtrics' third row of headers."""
    known = ({"ImportId": name} | ({"timeZone": zone} if zone and name.endswith("Date") else {}) for name in ids)
    return ",".join('"' + json.dumps(one).replace('"', '""') + '"' for one in known)


def qualtrics(*rows: tuple[str, str, str], zone: str = "America/Denver") -> str:
    """An export; rows say the id, the day, and what follows the times."""
    lines = (f"{key},{day} 09:00:00,{day} 09:02:00,{rest}\r\n" for key, day, rest in rows)
    return QUALTRICS + imported(IMPORT_IDS, zone) + "\r\n" + "".join(lines)


def test_qualtrics_with_three_rows_of_headers_and_its_own_zone(tmp_path):
    content = qualtrics(
        ("R_1", "2026-01-05", 'IP Address,a@x.example,u1,Promoter,9,"two\nlines"'),
        ("R_2", "2026-01-05", "Survey Preview,,,Promoter,10,"),
        ("R_3", "2026-07-05", "IP Address,b@x.example,u2,Detractor,eleven,"),
        ("R_4", "2026-07-05", "IP Address,c@x.example,u3,Detractor,3,slow"),
    )
    export = read(write(tmp_path, content))
    assert export.name == "Qualtrics export"
    assert cells(export.rows, "response_id", "person_id", "score", "responded_at", "comment", "email") == [
        ("R_1", "u1", 9, "2026-01-05 16:02:00", "two\nlines", "a@x.example"),
        ("R_4", "u3", 3, "2026-07-05 15:02:00", "slow", "c@x.example"),
    ]
    assert content.splitlines()[8 - 1].startswith("R_3")
    assert export.rejected[["row", "value"]].values.tolist() == [[8, "eleven"]]
    assert export.ignored == {"a further row of headers": 2, "a survey preview": 1}
    assert export.reading.columns["score"] == ASKED
    assert not any("Group" in column for column in export.columns)
    assert "Its times are in America/Denver; they were turned into UTC." in export.notes


def test_qualtrics_as_codes(tmp_path):
    rows = (
        ("R_1", "2026-01-05", "0,,u1,3,9,"),
        ("R_2", "2026-01-05", "1,,u2,3,9,"),
        ("R_3", "2026-01-05", "8,,u3,1,2,"),
    )
    export = read(write(tmp_path, qualtrics(*rows)))
    assert cells(export.rows, "response_id", "score") == [("R_1", 9), ("R_3", 2)]
    assert export.ignored["a survey preview"] == 1
    assert any("1 of the answers as possible spam" in note for note in export.notes)


def test_qualtrics_as_labels(tmp_path):
    labels = ("10 - Extremely likely", "0 - Not at all likely", "7", "")
    rows = [(f"R_{n}", "2026-01-05", f"IP Address,,u{n},Promoter,{label},") for n, label in enumerate(labels)]
    export = read(write(tmp_path, qualtrics(*rows)))
    assert cells(export.rows, "response_id", "score") == [("R_0", 10), ("R_1", 0), ("R_2", 7)]
    assert export.rejected["reason"].tolist() == ["no score"]
    assert "2 cells say more than a number, as “0 - Not at all likely”" in str(export.reading.notes[0])


def test_qualtrics_that_does_not_know_everybody(tmp_path):
    rows = (("R_1", "2026-01-05", "0,a@x.example,,3,9,"), ("R_2", "2026-01-05", "0,,,3,9,"))
    export = read(write(tmp_path, qualtrics(*rows)))
    assert export.rows["person_id"].tolist() == ["a@x.example", "R_2"]
    assert "Who answered is told by “Recipient Email”, where it is blank by “Response ID”." in export.notes


def test_qualtrics_questions_with_the_same_words_keep_their_ids(tmp_path):
    head = "ResponseId,Q1,Q2,Q3\nResponse ID,Rate us,Rate us,Other\n" + imported(("_recordId", "QID1", "QID2", "QID3"))
    export = read(write(tmp_path, f"{head}\nR_1,9,3,x\nR_2,10,2,y\n"))
    assert export.columns == ("Response ID", "Rate us [Q1]", "Rate us [Q2]", "Other")
    assert export.rows["score"].tolist() == [9, 10]


def test_qualtrics_with_two_questions_from_0_to_10_says_which_counts(tmp_path):
    head = "ResponseId,Q1,Q1_NPS_GROUP,Q2,Q2_NPS_GROUP\nResponse ID,Was it easy?,Was it easy?," + f"{ASKED},{ASKED}\n"
    head += imported(("_recordId", "QID1", "QID1_NPS_GROUP", "QID2", "QID2_NPS_GROUP"))
    export = read(write(tmp_path, f"{head}\nR_1,9,3,2,1\n"))
    assert export.rows["score"].tolist() == [2]
    assert f"Of its 2 questions from 0 to 10, “{ASKED}” counts." in export.notes


def test_qualtrics_times_that_cannot_be_moved_are_counted(tmp_path):
    by_excel = qualtrics(("R_1", "2026-01-05", "0,,u1,3,9,")).replace("2026-01-05 09:02:00", "1/5/2026 9:02")
    export = read(write(tmp_path, by_excel))
    assert export.rows["responded_at"].tolist() == [pd.Timestamp("2026-01-05 09:02")]
    assert "1 of its times are written otherwise and were read as UTC." in export.notes
    export = read(write(tmp_path, qualtrics(("R_1", "2026-01-05", "0,,u1,3,9,"), zone="Mars/Olympus")))
    assert export.rows["responded_at"].tolist() == [pd.Timestamp("2026-01-05 09:02")]
    assert any("“Mars/Olympus”, which is no known time zone" in note for note in export.notes)


def test_legacy_qualtrics_with_two_rows_of_headers(tmp_path):
    export = read(
        write(
            tmp_path,
            "V1,V2,V3,V4,V5,V6,V7,V8,V9,V10,Q1,Q2\n"
            "ResponseID,ResponseSet,Name,ExternalDataReference,EmailAddress,IPAddress,Status,StartDate,EndDate,Finished,"
            f"{ASKED},Why?\n"
            "R_1,Default Response Set,,u1,,1.2.3.4,0,2014-03-01 09:00:00,2014-03-01 09:05:00,1,9,good\n"
            "R_2,Default Response Set,,u2,,1.2.3.4,1,2014-03-01 09:00:00,2014-03-01 09:05:00,1,1,test\n"
            "R_3,Default Response Set,,u3,,1.2.3.4,0,2014-03-01 09:00:00,2014-03-02 09:05:00,1,4,bad\n",
        )
    )
    assert export.name == "Qualtrics export, legacy format"
    assert cells(export.rows, "response_id", "person_id", "score", "responded_at", "comment") == [
        ("R_1", "u1", 9, "2014-03-01 09:05:00", "good"),
        ("R_3", "u3", 4, "2014-03-02 09:05:00", "bad"),
    ]
    assert export.ignored == {"a further row of headers": 1, "a survey preview": 1}


SURVEYMONKEY = (
    "Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,Last Name,"
    f"{ASKED},What do you use?,,Why?\r\n"
)


@pytest.mark.parametrize(
    "second",
    [
        ",,,,,,,,Response,Boards,Voting,Open-Ended Response",
        "Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,Last Name,Response,Boards,"
        "Voting,Open-Ended Response",
    ],
)
def test_surveymonkey_with_two_rows_of_headers(tmp_path, second):
    export = read(
        write(
            tmp_path,
            f"{SURVEYMONKEY}{second}\r\n"
            "10000000001,77,01/05/2026 09:00:00 AM,01/05/2026 09:05:00 AM,,a@x.example,,,9,Boards,,good\r\n"
            "10000000002,77,01/15/2026 09:00:00 AM,01/15/2026 09:05:00 PM,,,,,x,,Voting,\r\n"
            "10000000003,77,01/15/2026 09:00:00 AM,01/15/2026 09:05:00 PM,,,,,0,,Voting,bad\r\n",
        )
    )
    assert export.name == "SurveyMonkey export"
    assert cells(export.rows, "response_id", "person_id", "score", "responded_at", "comment") == [
        ("10000000001", "a@x.example", 9, "2026-01-05 09:05:00", "good"),
        ("10000000003", "10000000003", 0, "2026-01-15 21:05:00", "bad"),
    ]
    assert {"What do you use? - Boards", "What do you use? - Voting"} <= set(export.columns)
    assert export.rejected[["row", "value"]].values.tolist() == [[4, "x"]]
    assert export.ignored == {"a further row of headers": 1}


def test_surveymonkey_saved_by_excel(tmp_path):
    """Dates as day numbers, labels for the ends of the scale, odd spaces in the header."""
    header = SURVEYMONKEY.replace("Respondent ID", "Respondent\xa0ID").replace("End Date", "End\xa0Date")
    second = ",,,,,,,,Response,Boards,Voting,Open-Ended Response"
    export = read(
        write(
            tmp_path,
            f"{header}{second}\r\n"
            "10000000001,77,43290.53487,43290.53811,,,,,Extremely likely - 10,Boards,,good\r\n"
            "10000000002,77,43291,43291.25,,,,,Not at all likely - 0,,,\r\n"
            "10000000003,77,43292,43292.5,,,,,8,,,\r\n",
        )
    )
    assert cells(export.rows, "score", "responded_at") == [
        (10, "2018-07-09 12:54:53"),
        (0, "2018-07-10 06:00:00"),
        (8, "2018-07-11 12:00:00"),
    ]
    assert any("day numbers of a spreadsheet" in note for note in sentences(export.reading.notes))


def test_surveymonkey_saved_again_with_repeated_questions(tmp_path):
    header = SURVEYMONKEY.replace("use?,,", "use?,What do you use?,")
    second = ",,,,,,,,Response,Boards,Voting,Open-Ended Response"
    export = read(write(tmp_path, f"{header}{second}\r\n1,77,2026-01-05,2026-01-05,,,,,9,Boards,Voting,\r\n"))
    assert {"What do you use? - Boards", "What do you use? - Voting"} <= set(export.columns)


def test_surveymonkey_in_one_row_of_headers_loses_no_answer(tmp_path):
    export = read(write(tmp_path, f"{SURVEYMONKEY}1,77,2026-01-05,2026-01-05,,,,,9,,,\r\n"))
    assert (export.rows["score"].tolist(), export.ignored) == ([9], {})


TYPEFORM_OLD = f"#,{ASKED},Why?,Start Date (UTC),Submit Date (UTC),Network ID\n"
TYPEFORM_NEW = (
    f"#,{ASKED},Why?,Response Type,Start Date (UTC),Stage Date (UTC),Submit Date (UTC),Network ID,Tags,Ending\n"
)


def test_typeform_as_it_was(tmp_path):
    export = read(write(tmp_path, f"{TYPEFORM_OLD}k1,9,'+1 from me,2026-01-05 09:00:00,2026-01-05 09:01:00,n1\n"))
    assert export.name == "Typeform export"
    assert cells(export.rows, "response_id", "score", "responded_at", "comment") == [
        ("k1", 9, "2026-01-05 09:01:00", "+1 from me")
    ]
    assert any("1 cells began with the '" in note for note in export.notes)


def test_typeform_with_answers_that_were_not_submitted(tmp_path):
    export = read(
        write(
            tmp_path,
            f"{TYPEFORM_NEW}"
            "k1,9,good,completed,2026-01-05 09:00:00,,2026-01-05 09:01:00,n1,,thanks\n"
            "k2,3,,partial,2026-01-06 09:00:00,2026-01-06 09:03:00,,n2,,\n"
            "k3,,,partial,2026-01-07 09:00:00,,,n3,,\n",
        )
    )
    assert cells(export.rows, "response_id", "score", "responded_at", "Response Type") == [
        ("k1", 9, "2026-01-05 09:01:00", "completed"),
        ("k2", 3, "2026-01-06 09:03:00", "partial"),
    ]
    assert export.rejected[["row", "reason"]].values.tolist() == [[4, "no score"]]
    assert any("2 answers were not submitted" in note for note in export.notes)


@pytest.mark.parametrize("stamp", ["Timestamp", "Zeitstempel", "Horodateur"])
def test_google_forms_with_blank_rows_at_the_end(tmp_path, stamp):
    export = read(
        write(
            tmp_path,
            f"\ufeff{stamp},Email Address,{ASKED},What should we improve?\r\n"
            "1/15/2026 9:01:05,a@x.example,9,nothing\r\n"
            "1/16/2026 14:00:00,b@x.example,4,\r\n" + ",,,\r\n" * 3,
        )
    )
    assert export.name == "Google Forms export"
    assert cells(export.rows, "person_id", "score", "responded_at") == [
        ("a@x.example", 9, "2026-01-15 09:01:05"),
        ("b@x.example", 4, "2026-01-16 14:00:00"),
    ]
    assert export.ignored == {"a blank row": 3}
    assert export.rejected.empty


def test_formbricks(tmp_path):
    export = read(
        write(
            tmp_path,
            "No.,Response ID,Timestamp,Finished,Survey ID,Formbricks ID (internal),User ID,Tags,"
            f"1. {ASKED},2. Why?,userAgent - browser,person.plan\n"
            '1,c1,2026-08-22 13:41:54 UTC,Yes,s1,f1,u1,"a, b",9,\'=good,Chrome,Pro\n'
            "2,c2,2026-08-23 13:41:54 UTC,No,s1,f2,u2,,,,Chrome,Free\n"
            "3,c3,2026-08-24 13:41:54 UTC,No,s1,f3,,,2,,Chrome,Free\n",
        )
    )
    assert export.name == "Formbricks export"
    assert cells(export.rows, "response_id", "person_id", "score", "responded_at", "comment", "survey") == [
        ("c1", "u1", 9, "2026-08-22 13:41:54", "=good", "s1"),
        ("c3", "c3", 2, "2026-08-24 13:41:54", None, "s1"),
    ]
    assert export.rejected[["row", "reason"]].values.tolist() == [[3, "no score"]]


TOOLS = {
    "Delighted export": (
        "Response ID,Email,Score,Comment,Created At,Delighted Source,Delighted Browser\n"
        "1,a@x.example,9,good,1740830400,Email,Chrome\n"
    ),
    "AskNicely export": (
        "response_id,person_id,contact_id,name,email,answer,answerlabel,comment,sent,opened,responded,question_type\n"
        "1,5,5,Ann,a@x.example,9,9,good,1740830000,1740830100,1740830400,nps\n"
        "2,6,6,Ben,b@x.example,4,4,,1740830000,1740830100,1740830400,csat\n"
        "3,7,7,Cleo,c@x.example,,,,1740830000,,0,nps\n"
    ),
    "Retently export": (
        "id,customerId,email,companyName,campaignId,campaignName,createdDate,score,comments,tags\n"
        "1,77,a@x.example,Acme,5,Spring,2025-03-01T12:00:00Z,9,good,x\n"
    ),
    "SatisMeter export": (
        "response.id,response.created,response.rating,response.category,response.feedback,response.user.userId,campaign\n"
        "1,2025-03-01T12:00:00Z,9,promoter,good,a@x.example,Spring\n"
    ),
    "Promoter.io export": (
        "id,score,score_type,created,attributes,sent_date,campaign_id,campaign_name,comments,email\n"
        "1,9,promoter,2025-03-01T12:00:00Z,{},2025-02-01T12:00:00Z,5,Spring,good,a@x.example\n"
    ),
    "Thanx export": (
        "nps_feedback_uid,nps_feedback_id,merchant_id,purchase_id,user_id,state,rating,review,response,created_at,rated_at\n"
        "1,10,5,6,a@x.example,rated,9,good,,2025-02-01T12:00:00Z,2025-03-01T12:00:00Z\n"
    ),
}


@pytest.mark.parametrize("tool", TOOLS)
def test_tools_that_their_columns_tell(tmp_path, tool):
    export = read(write(tmp_path, TOOLS[tool]))
    assert export.name == tool
    assert cells(export.rows, "response_id", "person_id", "score", "responded_at", "comment") == [
        ("1", "a@x.example", 9, "2025-03-01 12:00:00", "good")
    ]


def test_asknicely_asks_other_questions_too(tmp_path):
    export = read(write(tmp_path, TOOLS["AskNicely export"]))
    assert export.ignored == {"an answer to another question": 1, "a survey that nobody answered": 1}


def test_open_data_interchange(tmp_path):
    export = read(
        write(
            tmp_path,
            "CustomerNumber,Email,SMSTelephone,FirstName,LastName,Salutation,JobPosition,JobLevel,Company,SurveyDate,"
            "NPSScore,Comment\n"
            "446788,a@x.example,,Ann,Ash,Ms,Marketing Manager,A,Acme,2014-12-01 12:00:00,9,good\n",
        )
    )
    assert export.name == "Open Data Interchange for NPS file"
    assert cells(export.rows, "person_id", "score", "responded_at", "comment", "role") == [
        ("446788", 9, "2014-12-01 12:00:00", "good", "Marketing Manager")
    ]


def test_an_export_can_be_overruled(tmp_path):
    path = write(
        tmp_path, f"{SURVEYMONKEY},,,,,,,,Response,Boards,Voting,Text\r\n1,7,2026-01-05,2026-01-05,,,,,9,,,\r\n"
    )
    assert len(nps.load(path).answers) == 1
    with pytest.raises(nps.InputError, match="is no Typeform export"):
        nps.load(path, mapping={"responses": {"export": "Typeform export"}})
    plainly = nps.load(path, mapping={"responses": {"export": None, "score": ASKED}})
    assert plainly.rejected[["row", "value"]].values.tolist() == [[2, "Response"]]
    with pytest.raises(nps.InputError, match="no export called “Surveypig”"):
        nps.load(path, mapping={"responses": {"export": "Surveypig"}})


def test_a_confirmed_reading_of_an_export_reads_it_again(tmp_path):
    path = write(tmp_path, qualtrics(("R_1", "2026-01-05", "0,,u1,3,9,")))
    shown = nps.preview(path, "responses")
    assert shown.export == "Qualtrics export"
    panel = nps.load(path, mapping={"responses": shown.reading.mapping()})
    assert panel.answers["score"].tolist() == [9]

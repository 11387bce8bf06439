"""Whose each answer is, and which of them count: read through the front door, with what is said about it."""

import json
import re

import pandas as pd
import pytest
from spoken import reasoned, sentences

import nps
from nps.columns import Reading, whose
from nps.literals import nothing
from nps.literals.words import NOBODY, PLAIN_ID

DAYS = [f"2026-06-{day:02}" for day in range(1, 13)]


BY_NAME = {"responses": {"person_id": "name"}}


def load(answers: dict, mapping: dict | None = None, **others: dict) -> nps.Panel:
    given = {name: pd.DataFrame(cells) for name, cells in others.items()}
    return nps.load(pd.DataFrame(answers), **given, mapping=mapping)


def score(panel: nps.Panel) -> tuple[int, float]:
    found = panel.select(nps.Selection(survey=panel.main_surveys)).score
    return found.responses, round(found.nps, 1)


def said(panel: nps.Panel, part: str) -> list[str]:
    return [note for note in sentences(panel.notes) if part in note]


@pytest.mark.parametrize("word", ["NULL", "-", "keine Angabe", "anonymous", "00000000-0000-0000-0000-000000000000"])
def test_nobody_is_called_null(word):
    panel = load({"user_id": ["a", word, "b", word], "score": list("9390"), "date": DAYS[:4]})
    assert score(panel) == (4, 0.0)
    assert said(panel, "2 answers have a word for nobody, as anonymous, in “user_id”")
    assert len(panel.rejected) == 0


@pytest.mark.parametrize(
    "word",
    [
        *("Anonymous respondent", "[anonymous]", "Unbekannter Nutzer", "Utilisateur anonyme", "Usuario anónimo"),
        *("Gast", "Invité", "Ospite", "anonymous_user", "Nicht eingeloggt", "匿名"),
    ],
)
def test_nobody_is_called_so_in_any_words(word):
    panel = load({"name": ["Ann", word, "Ben", word], "score": list("9390"), "date": DAYS[:4]}, mapping=BY_NAME)
    assert score(panel) == (4, 0.0)
    assert said(panel, "2 answers have a word for nobody")


@pytest.mark.parametrize("name", ["John Guest", "Ann Unknowne", "Guesthouse", "Nona Mey"])
def test_names_like_words_for_nobody_are_somebodys(name):
    panel = load({"name": [name, "Ben", name], "score": list("939"), "date": DAYS[:3]}, mapping=BY_NAME)
    assert score(panel)[0] == 2


@pytest.mark.parametrize("word", ["unknown", "NULL", "Unbekannt", "(anonymous)"])
def test_no_account_is_called_so_either(word):
    panel = load({"user_id": list("abc"), "score": list("939"), "account": ["Acme", word, word], "date": DAYS[:3]})
    assert panel.answers["account"].tolist() == ["Acme", "(none)", "(none)"]


@pytest.mark.parametrize("word", ["shared", "Empfang", "test"])
def test_a_word_among_codes_that_many_share_is_nobody(word):
    people = [word, "u7", word, "u8", word, "u9", "u1"]
    panel = load({"user_id": people, "score": list("9390908"), "date": DAYS[:7]})
    assert score(panel)[0] == 7
    assert said(panel, f"3 answers have {word}, which stands for nobody")


def test_a_name_among_names_stays_somebodys_however_often_they_answer():
    people = ["Ann", "Ben", "Ann", "Cy", "Ann", "Dee"]
    assert score(load({"user_id": people, "score": list("939090"), "date": DAYS[:6]}))[0] == 4


@pytest.mark.parametrize("number", ["0", "-1"])
def test_a_number_that_many_share_is_nobody(number):
    people = [number, "7", number, "8", number, "9"]
    panel = load({"user_id": people, "score": list("939090"), "date": DAYS[:6]})
    assert score(panel) == (6, 0.0)
    assert said(panel, f"3 answers have {number}, which stands for nobody")


@pytest.mark.parametrize("word", ["okänd", "N.N.", "x", "0000", "-99", "Empfang"])
def test_a_word_that_many_share_among_ids_is_nobody(word):
    panel = load({"user_id": [word, "u7", word, "u8", word, "u9"], "score": list("939090"), "date": DAYS[:6]})
    assert score(panel) == (6, 0.0)
    assert said(panel, f"3 answers have {word}, which stands for nobody")


def test_a_word_among_words_is_somebody():
    people = ["ann", "bob", "ann", "cy", "ann", "dee"]
    panel = load({"user_id": people, "score": list("939090"), "date": DAYS[:6]})
    assert len(panel.respondents) == 4


def test_a_word_that_few_share_is_somebody():
    panel = load({"user_id": ["ann", "u7", "ann", "u8", "u9"], "score": list("93909"), "date": DAYS[:5]})
    assert len(panel.respondents) == 4


def test_a_number_that_is_somebodys_stays_theirs():
    panel = load({"user_id": list("012012"), "score": list("939090"), "date": DAYS[:6]})
    assert len(panel.respondents) == 3


def test_no_word_or_number_for_nobody_is_taken_for_a_plain_id():
    words = {
        *nothing.WORDS,
        *NOBODY,
        *whose.NUMBERS_FOR_NOBODY,
        "",
        "000",
        "-1.0",
        "'7",
        '="7"',
        "a b",
        " 7",
        "Ann@x.example",
    }
    assert [word for word in words if re.search(PLAIN_ID, word)] == []
    ids = ["7", "10", "007", "u00001", "a-9_b.c:d", "ann.x+y@x.example", "0f3c-11ee"]
    assert [id_ for id_ in ids if not re.search(PLAIN_ID, id_)] == []


@pytest.mark.parametrize("number", ["0", "-1"])
def test_a_number_for_nothing_is_no_id_of_an_answer(number):
    answers = {"response_id": ["a", number, "b", number], "user_id": list("wxyz"), "score": list("9390")}
    panel = load(answers | {"date": DAYS[:4]})
    assert score(panel) == (4, 0.0)
    assert len(panel.rejected) == 0


def test_an_answer_without_a_person_counts_beside_its_own_id():
    answers = {"response_id": list("abcd"), "user_id": ["u1", "", "", "u2"], "score": list("9390"), "date": DAYS[:4]}
    panel = load(answers)
    assert score(panel) == (4, 0.0)
    assert said(panel, "2 answers have nothing in “user_id”")
    lost = load({name: cells for name, cells in answers.items() if name != "response_id"})
    assert (score(lost)[0], reasoned(lost.rejected)["reason"].tolist()) == (2, ["no person", "no person"])


@pytest.mark.parametrize("header", ["uuid", "ID odpowiedzi", "survey_response_id", "id_entretien"])
def test_any_id_of_the_answer_lets_who_is_not_named_count(header):
    emails = [f"p{n}@x.example" if n % 2 else "" for n in range(12)]
    panel = load({header: [f"r-{n}9" for n in range(12)], "email": emails, "score": list("936829936829")})
    assert score(panel)[0] == 12


def test_who_has_no_id_is_told_by_the_address():
    answers = {"user_id": ["NULL", "NULL", "u1"], "email": ["A@x.example", "a@x.example", "b@x.example"]}
    panel = load(answers | {"score": list("938"), "date": DAYS[:3]})
    assert score(panel) == (2, -50.0)


def test_an_address_in_two_cases_is_one_person_with_a_list_of_people_or_without():
    answers = {"email": ["Ann@x.example", "ann@X.example", "bob@x.example"], "score": list("938"), "date": DAYS[:3]}
    people = {"email": ["ann@x.example", "BOB@x.example"], "role": ["Admin", "Member"]}
    assert score(load(answers)) == score(load(answers, people=people)) == (2, -50.0)


@pytest.mark.parametrize(
    "written", ["Ann@x.example\u00a0", "mailto:Ann@x.example", "<ANN@x.example>", "Ann@x.example;"]
)
def test_what_programs_put_around_an_address_is_no_part_of_it(written):
    answers = {"email": [written, "ann@x.example", "bob@x.example"], "score": list("938"), "date": DAYS[:3]}
    people = {"email": ["ann@x.example", "bob@x.example"], "role": ["Admin", "Member"]}
    assert score(load(answers)) == score(load(answers, people=people)) == (2, -50.0)
    assert load(answers, people=people).answers["role"].tolist() == ["Admin", "Admin", "Member"]


def test_ids_with_several_addresses_and_addresses_with_several_ids_are_told():
    answers = {
        "user_id": ["u1", "u1", "u2", "u3"],
        "email": ["a@x.example", "b@x.example", "c@x.example", "c@x.example"],
        "score": list("9938"),
        "date": DAYS[:4],
    }
    notes = " ".join(sentences(load(answers).notes))
    assert "1 id in “user_id” has several addresses in “email”" in notes
    assert "1 address in “email” has several ids in “user_id”" in notes


@pytest.mark.parametrize("turn", [1, -1])
def test_of_a_persons_answers_at_one_moment_the_lowest_counts_in_whatever_order_they_stand(turn):
    answers = {"user_id": ["a", "b", "b", "c", "c"], "score": ["8", "9", "3", "2", "10"]}
    answers = {name: cells[::turn] for name, cells in (answers | {"date": ["2026-01-02"] * 5}).items()}
    panel = load(answers)
    assert score(panel) == (3, -66.7)
    assert said(panel, "On 2 days a person gave two answers or more at the same moment, with different scores")


def test_one_moment_and_one_score_are_the_same_however_they_are_written():
    moments = ["2026-01-02 10:00:00", "2026-01-02T10:00:00Z"]
    tied = load({"user_id": ["a", "a", "b"], "score": ["9", "3", "8"], "date": [*moments, DAYS[3]]})
    alike = load({"user_id": ["a", "a", "b"], "score": ["9", "9.0", "8"], "date": [*moments, DAYS[3]]})
    assert said(tied, "On 1 day a person gave two answers or more at the same moment, with different scores")
    assert not said(alike, "at the same moment")


def test_words_for_nothing_divide_nobody_however_many_columns_there_are():
    many = {f"Question {n}": ["yes", "n/a", " no "] for n in range(30)}
    panel = load({"user_id": list("abc"), "score": list("938"), "date": DAYS[:3]} | many | {"region": ["NA", "", "EU"]})
    assert panel.answers["Question 29"].tolist() == ["yes", "(none)", "no"]
    assert panel.answers["region"].tolist() == ["NA", "(none)", "EU"]


def test_words_for_nothing_are_no_comments_roles_names_addresses_or_features():
    panel = load(
        {
            "user_id": list("abc"),
            "score": list("938"),
            "date": DAYS[:3],
            "comment": ["quick", "n/a", "None"],
            "role": ["NULL", "Admin", "sans objet"],
            "email": ["a@x.example", "undefined", "null"],
            "region": ["NA", "EMEA", "NULL"],
        },
        usage={"user_id": list("abc"), "feature": ["Export", "NULL", "nan"], "date": DAYS[:3]},
    )
    answers = panel.answers.set_index("person_id")
    assert answers["comment"].dropna().tolist() == ["quick"]
    assert answers["role"].tolist() == ["(none)", "Admin", "(none)"]
    assert answers["email"].dropna().tolist() == ["a@x.example"]
    assert answers["region"].tolist() == ["NA", "EMEA", "(none)"]
    assert panel.features["feature"].tolist() == ["Export"]
    assert reasoned(panel.rejected)["reason"].tolist() == ["no feature", "no feature"]


# --- accounts ---

ACCOUNTS = ["acme", "acme", "bolt", "core"]
USED = {"account_id": ["acme", "bolt", "bolt"], "feature": ["Boards", "Export", "Boards"], "date": DAYS[:3]}


def test_what_is_kept_per_account_is_everybodys_of_that_account():
    answers = {"user_id": list("abcd"), "account_id": ACCOUNTS, "score": list("9380"), "date": DAYS[4:8]}
    panel = load(answers, usage=USED, people={"account_id": ["acme", "core"], "plan": ["Pro", "Free"]})
    people = panel.respondents.set_index("person_id")
    assert score(panel) == (4, -25.0)
    assert people["features_used"].tolist() == [1, 1, 2, 0]
    assert people["plan"].tolist() == ["Pro", "Pro", "(none)", "Free"]
    assert panel.everybody.empty
    assert said(panel, "67% of accounts that answered (2 of 3) have usage.")


def test_answers_that_name_an_account_and_nobody_count_each_and_join_by_account():
    panel = load({"account_id": ACCOUNTS, "score": list("9380"), "date": DAYS[4:8]}, usage=USED)
    assert score(panel) == (4, -25.0)
    assert panel.answers["features_used"].tolist() == [1, 1, 2, 0]


def test_usage_per_account_is_joined_by_the_account_that_the_people_file_tells():
    answers = {"user_id": list("abcd"), "score": list("9380"), "date": DAYS[4:8]}
    people = {"user_id": list("abcde"), "account_id": [*ACCOUNTS, "else"], "name": list("ABCDE")}
    panel = load(answers, usage=USED, people=people)
    assert panel.answers["features_used"].tolist() == [1, 1, 2, 0]
    assert said(panel, "it is joined by “account_id” of the people file and “account_id”")
    assert said(panel, "67% of accounts that answered (2 of 3) have usage.")


def test_the_account_that_an_answer_names_goes_before_that_of_the_people_file():
    answers = {"user_id": list("abcd"), "account_id": ["acme", "acme", "bolt", ""], "score": list("9380")}
    people = {"user_id": list("abcd"), "account_id": ["acme", "bolt", "bolt", "bolt"], "name": list("ABCD")}
    panel = load(answers | {"date": DAYS[4:8]}, usage=USED, people=people)
    assert panel.answers["features_used"].tolist() == [1, 1, 2, 2]


def test_accounts_are_still_joined_after_a_worker_has_landed_them(tmp_path):
    files = {}
    answers = {"account": ACCOUNTS, "score": list("9380"), "date": DAYS[4:8]}
    for name, cells in {"responses": answers, "usage": {"company": USED["account_id"]} | USED}.items():
        cells.pop("account_id", None)
        files[name] = tmp_path / f"{name}.csv"
        pd.DataFrame(cells).to_csv(files[name], index=False)
    panel = nps.load(**files)
    assert panel.answers["features_used"].tolist() == [1, 1, 2, 0]


FIRMS = {"Customer": ["Acme", "Acme", "Bolt", "Bolt"], "score": list("9380"), "date": DAYS[4:8]}
BY_FIRM = {"Customer": ["Acme", "Bolt", "Bolt"], "feature": ["Boards", "Export", "Boards"], "date": DAYS[:3]}


@pytest.mark.parametrize("person", ["user_id", "E-Mail", "Contact"])
def test_what_is_kept_per_customer_is_joined_by_the_customer_and_people_stay_apart(person):
    plans = {"Customer": ["Acme", "Bolt"], "plan": ["Pro", "Free"]}
    addresses = [f"p{n}@x.example" for n in range(4)]
    panel = load({person: addresses} | FIRMS, usage=BY_FIRM, people=plans)
    assert score(panel) == (4, -25.0)
    assert panel.answers["features_used"].tolist() == [1, 1, 2, 2]
    assert panel.answers["plan"].tolist() == ["Pro", "Pro", "Free", "Free"]


def test_an_account_is_joined_by_its_id_whatever_either_file_calls_it():
    answers = {"tenant_id": ACCOUNTS, "score": list("9380"), "date": DAYS[4:8]}
    usage = {"tenant": USED["account_id"]} | {name: USED[name] for name in ("feature", "date")}
    assert load(answers, usage=usage).answers["features_used"].tolist() == [1, 1, 2, 0]


def test_no_note_claims_a_join_by_names_that_differ_in_case():
    answers = {"company": ["Acme", "Bolt"], "score": list("93"), "date": DAYS[4:6]}
    panel = load(answers, usage={"company": ["ACME", "BOLT"], "feature": ["A", "B"], "date": DAYS[:2]})
    assert not said(panel, "100% of accounts")
    assert said(panel, "hardly share an id")


# --- several questions ---


@pytest.mark.parametrize(
    ("by", "ours", "other", "answer"),
    [
        ("survey_type", "NPS", "CSAT", "score"),
        ("question_type", "nps", "ces", "value"),
        ("metric", "Net Promoter Score", "Customer Effort", "answer"),
        ("question", "How likely are you to recommend us?", "How easy was it?", "answer"),
        ("Frage", "Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?", "Wie war es?", "Antwort"),
        ("pregunta", "¿Qué probabilidad hay de que nos recomiende?", "¿Fue fácil?", "respuesta"),
        ("tipo de pesquisa", "NPS", "Satisfação", "nota"),
        ("type d'enquête", "NPS", "CSAT", "note"),
        ("Art der Umfrage", "NPS", "Zufriedenheit", "Punkte"),
        ("variable", "nps", "csat", "value"),
        ("Measure Names", "NPS", "CSAT", "Measure Values"),
        ("touchpoint", "NPS", "First Contact Resolution", "score"),
        ("stelling", "Zou u ons aanbevelen?", "Was het makkelijk?", "antwoord"),
    ],
)
def test_of_several_questions_in_one_column_nps_counts_and_the_rest_is_left_out(by, ours, other, answer):
    rows = {"user_id": ["a", "a", "b", "b"], by: [ours, other] * 2, answer: ["10", "2", "3", "5"], "date": DAYS[:4]}
    panel = load(rows)
    assert score(panel) == (2, 0.0)
    assert said(panel, f"an answer to another question, “{other}” (2)")
    assert panel.answers["comment"].isna().all()
    left = panel.report.set_index(["about", "subject"])["rows"]
    assert (left["in_file", ""], left["used", ""], left["ignored", ""]) == (4, 2, 2)


def test_of_several_questions_asked_at_one_moment_nps_counts_whatever_the_others_are():
    at = [DAYS[0], DAYS[0], DAYS[1], DAYS[1]]
    rows = {"user_id": list("aabb"), "Kriterium": ["Weiterempfehlung", "Freundlichkeit"] * 2, "Datum": at}
    panel = load(rows | {"Bewertung": ["10", "2", "3", "9"]})
    assert score(panel) == (2, 0.0)
    assert said(panel, "an answer to another question, “Freundlichkeit” (2)")


def test_where_no_question_speaks_of_recommending_it_is_asked_which():
    rows = {"user_id": list("aabb"), "question": ["Q1", "Q2"] * 2, "answer": ["10", "2", "3", "5"], "date": DAYS[:4]}
    with pytest.raises(nps.InputError, match="Which of them"):
        load(rows)


@pytest.mark.parametrize(("by", "one", "other"), [("scale", "0-10", "1-5"), ("max_points", "10", "5")])
def test_answers_at_one_moment_on_two_scales_are_asked_about_whatever_tells_them_apart(by, one, other):
    rows = {"user_id": list("aabb"), by: [one, other] * 2, "score": ["10", "2", "3", "5"], "date": [*DAYS[:1] * 4]}
    with pytest.raises(nps.InputError, match="Which of them"):
        load(rows)


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("category", ["Quality", "Price"]),
        ("reason", ["Would recommend", "Ease of use"]),
        ("touchpoint", ["Support", "Onboarding"]),
        ("survey", ["Delivery", "Price"]),
    ],
)
def test_what_answers_are_about_is_no_other_question(header, cells):
    rows = {"user_id": list("abcdefgh"), header: cells * 4, "score": ["10", "9", "3", "8", "9", "10", "0", "9"]}
    assert len(load(rows | {"date": DAYS[:8]}).answers) == 8


def test_surveys_of_other_names_are_no_other_questions():
    rows = {"user_id": list("abcd"), "survey": ["NPS spring", "Onboarding"] * 2, "score": list("9380")}
    assert len(load(rows | {"date": DAYS[:4]}).answers) == 4


# --- ids through a spreadsheet ---


@pytest.mark.parametrize("written", ['="{}"', "'{}", '= "{}"', '=T("{}")', '"{}"', "’{}"])
def test_what_keeps_a_spreadsheet_from_changing_an_id_is_no_part_of_it(written):
    answers = {"user_id": [written.format("001"), written.format("002")], "score": list("93"), "date": DAYS[:2]}
    panel = load(answers, people={"user_id": ["001", "002"], "role": ["Admin", "Member"]})
    assert panel.answers["role"].tolist() == ["Admin", "Member"]
    assert said(panel, "2 ids in “user_id” stood in")


def test_lost_zeros_are_matched_with_a_note_unless_people_would_become_one():
    answers = {"user_id": ["1", "2"], "score": list("93"), "date": DAYS[:2]}
    people = {"user_id": ["001", "002"], "role": ["Admin", "Member"]}
    panel = load(answers, people=people)
    assert panel.answers["role"].tolist() == ["Admin", "Member"]
    assert said(panel, "zeros in front")
    both = load({"user_id": ["1", "01"], "score": list("93"), "date": DAYS[:2]}, people=people)
    assert len(both.respondents) == 2


def test_a_reading_that_names_nobody_is_kept_as_json():
    reading = Reading("responses", {"score": "score"}, nobody=("0",), whose="account_id")
    assert Reading.restored(json.loads(json.dumps(reading.kept()))) == reading


@pytest.mark.parametrize("nobodys", ["0", "-1", "0.0"])
def test_a_number_that_rows_of_nobodys_account_share_is_no_account(nobodys):
    accounts = [nobodys] * 6 + ["7", "7", "8", "8"]
    panel = load({"user_id": list("abcdefghij"), "account_id": accounts, "score": list("90" * 5)})
    assert panel.answers["account_id"].fillna("").tolist() == [""] * 6 + ["7", "7", "8", "8"]
    assert said(panel, f"6 rows have {nobodys} in “account_id”. No account has so many")


def test_a_number_is_an_account_where_others_are_as_large():
    panel = load({"user_id": list("abcdefgh"), "account_id": list("00011122"), "score": list("90" * 4)})
    assert sorted(panel.answers["account_id"]) == list("00011122")
    assert not said(panel, "in “account_id”")


def test_what_is_no_account_of_people_is_none_of_their_answers():
    people = {"user_id": list("abcdef"), "account_id": ["-1", "-1", "-1", "-1", "7", "8"]}
    panel = load({"user_id": list("abcdef"), "score": list("909090")}, people=people)
    assert panel.answers.set_index("person_id")["account_id"].dropna().to_dict() == {"e": "7", "f": "8"}


def test_numbers_kept_with_a_point_are_no_accounts_either(tmp_path):
    cells = {"user_id": list("abcdef"), "account_id": [0.0, 0.0, 0.0, None, 7.0, 8.0], "score": [9, 0, 9, 0, 9, 0]}
    pd.DataFrame(cells).to_parquet(tmp_path / "answers.parquet")
    assert nps.load(tmp_path / "answers.parquet").answers["account_id"].fillna("").tolist() == [*[""] * 4, "7", "8"]

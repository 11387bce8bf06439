"""What columns are meant to be: told by names in several languages and by what stands in them. Pure functions."""

import pandas as pd
import pytest

from nps.columns import choice, content, derived, features, finished, names
from nps.literals import nothing
from nps.notes import InputError


def sample(**columns: list) -> pd.DataFrame:
    """Cells as `content.sample` gives them; `x_` stands for a space."""
    frame = pd.DataFrame({name.replace("__", " "): cells for name, cells in columns.items()}, dtype="string")
    return frame.mask(frame.apply(lambda cells: cells.eq("") | nothing.stands(cells)))


def recognised(table: str = "responses", **columns: list) -> dict[str, str]:
    return choice.recognise(sample(**columns), table, {}, None)


def ids(count: int, prefix: str = "u") -> list[str]:
    return [f"{prefix}{n}" for n in range(count)]


# --- words for nothing ---


@pytest.mark.parametrize(
    "word",
    [
        *("NULL", "None", "nan", "N/A", "-", "undefined", "not provided", nothing.NIL_UUID),
        *("keine Angabe", "sans objet", "no aplica", "Não informado", "n.v.t.", "nessuno", "brak danych"),
        *("nicht zugewiesen", "non spécifiée", "sin asignar", "não definida", "non compilato", "geen opmerkingen"),
        *("uppgift saknas", "brak uwag", "bilinmiyor", "特になし", "#REF!", "-nan", "non precise", "nao informada"),
        *("Keine Angabe.", "No comments!"),
    ],
)
def test_a_word_for_nothing_is_nothing_in_every_language(word):
    assert nothing.stands(pd.Series([word, "Export"], dtype="string")).tolist() == [True, False]


@pytest.mark.parametrize("word", ["Not found", "No", "nein", "Notes", "Nota", "no way", "none of the above", "0", "ND"])
def test_what_says_something_is_not_nothing(word):
    assert not nothing.stands(pd.Series([word], dtype="string")).any()


def test_na_is_a_place_where_the_header_speaks_of_places():
    assert nothing.may_be_a_place("sales region")
    assert not nothing.may_be_a_place("role")


def test_numbers_are_seen_among_words_for_nothing():
    assert content.numeric(sample(api=["1", "2", "NA", "NA", "NA"])["api"])


# --- the score ---


@pytest.mark.parametrize("header", ["NPS_id", "score_id", "Rating ID", "id_nota", "bewertung_id"])
def test_an_id_is_no_score(header):
    assert names.rank("score", header) is None


@pytest.mark.parametrize(
    "header",
    [
        *("open_tickets_30d", "ticket_rating_30d", "csat_score", "health_score", "lead score", "Effort rating"),
        *("offene Tickets Bewertung", "Kundenzufriedenheit (0-10)", "nota de satisfação", "note de satisfaction"),
        *("puntuacion de satisfaccion", "voto qualita", "tevredenheid cijfer"),
    ],
)
def test_a_count_or_another_measure_is_no_score(header):
    assert names.rank("score", header) is None


@pytest.mark.parametrize(
    "header",
    [
        *("nps_surveys_sent", "NPS invitations", "days_since_nps", "nps_month", "nps_last_30d", "num_recommendations"),
        *("recommendations_clicked_30d", "recommended_products", "Anzahl Empfehlungen", "nombre de recommandations"),
        *("recomendaciones", "raccomandazioni inviate", "aanbevelingen", "NPS Follow-up Calls"),
    ],
)
def test_counts_of_invitations_and_recommendations_are_no_score(header):
    assert names.rank("score", header) is None
    assert "score" not in recognised(id=ids(6), **{header: ["9", "10", "3", "0", "9", "7"]})


@pytest.mark.parametrize(
    "header",
    [
        *("NPS response", "NPS 2026", "likelihood_to_recommend", "Would you recommend our products?"),
        *("Empfehlen Sie unsere Produkte?", "Recomendaría nuestros productos", "Weiterempfehlung"),
    ],
)
def test_who_would_recommend_what_is_the_score(header):
    assert names.rank("score", header) is not None


@pytest.mark.parametrize(
    "header", ["nps", "Score", "NPS satisfaction survey", "How likely are you to recommend our support team? (0-10)"]
)
def test_what_speaks_of_recommending_is_the_score_whatever_else_it_speaks_of(header):
    assert names.rank("score", header) is not None


@pytest.mark.parametrize("header", ["Numero da 0 a 10", "Numero de 0 a 10"])
def test_a_number_from_0_to_10_may_be_the_score(header):
    assert names.rank("score", header) is not None


def test_numbers_of_rows_are_no_scores():
    assert "score" not in recognised(q=[str(n) for n in range(1, 11)])


def test_a_column_that_its_numbers_alone_tell_is_read_and_asked_about():
    assert recognised(q7=["9", "10", "3", "0", "9"])["score"] == "q7"
    assert not names.asks("q7")


# --- who a row is about ---


@pytest.mark.parametrize("header", ["Customer", "client", "Kunde", "Cliente", "Klant", "customer_id"])
def test_a_customer_of_several_people_is_an_account(header):
    cells = {
        "E-Mail": [f"p{n}@x.example" for n in range(6)],
        header: [f"Firm {n // 2}" for n in range(6)],
        "score": list("936829"),
    }
    found = recognised(**cells)
    assert (found["person_id"], found["account"]) == ("E-Mail", header)


def test_a_customer_with_one_address_each_is_a_person():
    cells = {"email": ["a@x.example", "b@x.example", "a@x.example"], "customer": list("aba"), "score": list("936")}
    assert recognised(**cells)["person_id"] == "customer"


@pytest.mark.parametrize(
    ("company", "person"),
    [("Customer", "Contact"), ("Kunde", "Ansprechpartner"), ("Client", "Nom complet"), ("customer_id", "user_id")],
)
def test_a_customer_of_several_named_people_is_an_account(company, person):
    people = ["Ann Lee", "Bob Ray", "Cy Fox", "Dee Hall", "Ed Moss", "Flo Nash"]
    found = recognised(**{company: [f"Firm {n // 2}" for n in range(6)], person: people, "score": list("936829")})
    assert (found["person_id"], found["account"]) == (person, company)


def test_a_customer_beside_an_agent_of_many_stays_the_person():
    found = recognised(customer=ids(6), user=["Eve", "Max"] * 3, score=list("936829"))
    assert found["person_id"] == "customer"


def test_usage_and_people_without_people_are_of_accounts():
    assert recognised("usage", account_id=["a", "b"], feature=["X", "Y"])["person_id"] == "account_id"
    assert recognised("people", company=["a", "b"], plan=["Pro", "Free"])["person_id"] == "company"


# --- survey, comment ---


@pytest.mark.parametrize("header", ["survey_id", "Umfrage", "enquete", "pesquisa"])
def test_a_survey_that_differs_in_every_row_is_the_id_of_the_answer(header):
    found = recognised(user_id=ids(12), score=list("936829936829"), **{header: ids(12, "S-")})
    assert found.get("response_id") == header
    assert "survey" not in found


def test_the_text_of_a_question_is_no_comment():
    asked = ["How likely are you to recommend us to others?", "What is the reason for your score, please?"] * 2
    assert "comment" not in recognised(user_id=ids(4), score=list("9368"), question=asked)
    assert "comment" not in recognised(user_id=ids(4), score=list("9368"), feedback=["Why did you choose that?"] * 4)


@pytest.mark.parametrize(
    "header",
    [
        *("feedback_channel", "feedback_date", "reason_code", "has_comment", "comment_language", "Kommentar Sentiment"),
        *(
            "Grund Kategorie",
            "feedback_url",
            "comment_author",
            "Feedback question",
            "commentaire langue",
            "feedback type",
        ),
    ],
)
def test_what_is_told_of_a_comment_is_no_comment(header):
    texts = [f"the export is slow, and number {n} breaks" for n in range(4)]
    found = recognised(user_id=ids(4), score=list("9368"), **{header: list("abab"), "Why did you say that": texts})
    assert found["comment"] == "Why did you say that"


@pytest.mark.parametrize(
    "header", ["Feedback", "Reason for your score", "Motivo de la nota", "Grund für die Bewertung", "comment text"]
)
def test_what_was_said_is_the_comment(header):
    assert recognised(user_id=ids(4), score=list("9368"), **{header: list("abcd")})["comment"] == header


# --- features ---

TWICE = ["u1", "u1", "u2", "u2", "u3", "u3", "u4", "u4", "u5", "u5"]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("login_month", ["2026-01", "2026-02"] * 5),
        ("period", ["Januar", "Februar"] * 5),
        ("tag", ["Montag", "Mittwoch"] * 5),
        ("jour", ["lundi", "mardi"] * 5),
        ("session", ids(10, "s")),
        ("x", ids(10, "s")),
        ("gerät", ["Handy", "Rechner"] * 5),
        ("client", ["iOS", "Android"] * 5),
        ("plano", ["Pro", "Livre"] * 5),
        ("Kundensegment", ["Klein", "Gross"] * 5),
        ("country", ["DE", "FR"] * 5),
    ],
)
def test_times_sessions_devices_and_facts_about_people_are_no_features(header, cells):
    assert features.by_content(sample(user=TWICE, **{header: cells}), [header], "user", dated=True) == {}


@pytest.mark.parametrize(
    "cells",
    [
        *(["KW 1", "KW 14"], ["Week 3", "Week 4"], ["Q1 2026", "Q2 2026"], ["202601", "202602"], ["T1", "T2"]),
        *(
            ["2026-W01", "2026-W05"],
            ["FY26 Q1", "FY26 Q2"],
            ["styczeń", "październik"],
            ["Mayıs", "Şubat"],
            ["3月", "4月"],
        ),
        *(["środa", "wtorek"], ["måndag", "tisdag"], ["Pazartesi", "Salı"], ["morning", "evening"], ["AM", "PM"]),
    ],
)
def test_periods_are_no_features_however_they_are_written(cells):
    assert features.by_content(sample(user=TWICE, x=cells * 5), ["x"], "user", dated=True) == {}


def test_uses_that_happen_to_count_up_are_uses():
    frame = sample(user=ids(5), suche=["1", "2", "3", "4", "5"], export=["1", "", "2", "", "1"])
    assert features.wide(frame, {"person_id": "user"}) == ("suche", "export")


@pytest.mark.parametrize(
    "headers", [("Jan", "Feb"), ("Woche 1", "Woche 2"), ("Mon", "Tue"), ("08:00", "09:00"), ("2024", "2025")]
)
def test_columns_of_periods_are_not_summed_as_uses(headers):
    frame = sample(user=ids(3), **{header: ["4", "2", "7"] for header in headers})
    assert features.wide(frame, {"person_id": "user"}) == ()


@pytest.mark.parametrize("headers", [("Mail", "Settings"), ("Market", "Decks"), ("General", "Jul-o-mat")])
def test_words_that_begin_like_months_are_features(headers):
    frame = sample(user=TWICE, was=list(headers) * 5)
    assert features.by_content(frame, ["was"], "user", dated=True) == {"feature": "was"}
    frame = sample(user=ids(3), **{header: ["4", "2", "7"] for header in headers})
    assert features.wide(frame, {"person_id": "user"}) == headers


def test_many_values_that_are_each_one_person_s_are_no_features():
    users = [f"u{n // 4}" for n in range(40)]
    frame = sample(user=users, sid=[f"s{n // 2}" for n in range(40)])
    assert features.by_content(frame, ["sid"], "user", dated=True) == {}


def test_words_that_come_again_and_vary_are_features():
    frame = sample(user=TWICE, was=["Boards", "Export"] * 5)
    assert features.by_content(frame, ["was"], "user", dated=False) == {"feature": "was"}


def test_a_fact_that_never_varies_for_anybody_is_no_use_of_anything():
    frame = sample(user=TWICE, was=[n for n in "ABABA" for _ in range(2)])
    assert features.by_content(frame, ["was"], "user", dated=False) == {}


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("id_ticket", ["31", "31", "32", "40"]),
        ("line", ["1", "2", "3", "4", "5"]),
        ("custo_real", ["0.00", "3.70", "7.40", "1.25"]),
        ("Betrag", ["10", "20", "30", "40"]),
        ("prix", ["10", "20", "30", "40"]),
        ("tenure", ["10", "20", "30", "40"]),
        ("days_since_signup", ["10", "20", "30", "40"]),
        *(
            (header, ["31", "44", "20", "52"])
            for header in ("tenure_months", "Vertragsdauer_Monate", "antiguedad_meses")
        ),
        *(
            (header, ["31", "44", "20", "52"])
            for header in ("balance", "saldo", "Rabatt", "credit_limit", "Geburtsjahr")
        ),
        *(
            (header, ["31", "44", "20", "52"])
            for header in ("csat", "score_2025", "account_number", "latitude", "is_active")
        ),
        ("#", ["0", "1", "2", "3", "4"]),
    ],
)
def test_ids_money_and_tenure_are_not_summed_as_uses(header, cells):
    frame = sample(user=ids(len(cells)), search=["2", "", "5", "1", "9"][: len(cells)], **{header: cells})
    assert features.wide(frame, {"person_id": "user"}) == ("search",)


@pytest.mark.parametrize(
    "header", ["id_servico", "service_id", "Funktions-ID", "ID fonctionnalité", "codigo de servicio", "id servizio"]
)
def test_the_id_of_a_service_is_a_feature(header):
    assert recognised("usage", user_id=ids(4), **{header: list("1212")})["feature"] == header


@pytest.mark.parametrize("header", ["tempo_atendimento_min", "Dauer in Minuten", "durée (min)", "minutos"])
def test_minutes_are_recognised(header):
    assert recognised("usage", user_id=ids(2), feature=["A", "B"], **{header: ["10", "12"]})["minutes"] == header


# --- what divides people ---

SCORES = pd.Series([0, 3, 6, 7, 8, 9, 10] * 4)


@pytest.mark.parametrize(
    ("header", "cells", "reason"),
    [
        ("x", ["low" if n < 7 else "mid" if n < 9 else "high" for n in SCORES], derived.REPEATS),
        ("grade", ["ABCDEFG"[[0, 3, 6, 7, 8, 9, 10].index(n)] for n in SCORES], derived.REPEATS),
        ("column 1", range(1, 29), derived.NUMBERS),
        ("nps_2025", [(n + place) % 11 for place, n in enumerate(SCORES)], derived.SCORES),
        ("country", ["DE", "FR"] * 14, None),
        ("seats", range(5, 145, 5), None),
        ("follow_up", ["x" if n < 7 else "" for n in SCORES], derived.REPEATS),
        ("parity", ["even" if n % 2 else "odd" for n in SCORES], derived.REPEATS),
        ("Bestellnummer", range(10_000_000, 10_280_000, 10_000), derived.NUMBERS),
        ("id_pedido", range(10_000_000, 10_280_000, 10_000), derived.NUMBERS),
        ("Umsatz", range(10_000_000, 10_280_000, 10_000), None),
        ("calificación anterior", [(n + place) % 11 for place, n in enumerate(SCORES)], derived.SCORES),
        ("Vorjahreswert", [(n + place) % 11 for place, n in enumerate(SCORES)], derived.SCORES),
        ("Welle 1", [(n + place) % 11 for place, n in enumerate(SCORES)], derived.SCORES),
        ("seats", [(n + place) % 11 for place, n in enumerate(SCORES)], None),
        ("plan", ["Pro" if place % 2 else "" for place, _ in enumerate(SCORES)], None),
    ],
)
def test_what_the_score_makes_other_scores_and_numbers_of_rows_divide_nobody(header, cells, reason):
    assert derived.why(header, pd.Series(cells), SCORES) == reason


def test_numbers_of_rows_stand_beside_all_answers_of_a_person():
    numbers, each = pd.Series([*range(1, 15), *range(1, 15)]), pd.Series([n < 14 for n in range(28)])
    assert derived.why("x", numbers, SCORES, each) == derived.NUMBERS


def test_a_few_answers_do_not_show_that_a_column_repeats_the_score():
    few = pd.Series([0, 9, 10])
    assert derived.why("role", pd.Series(["Admin", "Member", "Member"]), few) is None
    assert derived.why("nps_group", pd.Series(["Detractor", "Promoter", "Promoter"]), few) == derived.REPEATS


# --- finished figures ---


@pytest.mark.parametrize(
    "columns",
    [
        {"month": ["2026-01", "2026-02"], "nps": ["42", "38"], "responses": ["120", "131"]},
        {"Monat": ["Januar", "Februar"], "NPS": ["42,5", "-3"]},
        {"score": [str(n) for n in range(11)], "count": ["1", "0", "4", "3", "3", "2", "9", "8", "7", "20", "31"]},
        {"Land": ["DE", "FR"], "Promotoren": ["40", "20"], "Passive": ["10", "9"], "Detraktoren": ["12", "30"]},
        {"trimestre": ["2026 Q1", "2026 Q2"], "NPS": ["42", "31"], "nombre de réponses": ["80", "95"]},
        {"NPS Score": ["-35.9"], "Total Respondents": ["39"], "Promoter": ["8"], "Detractor": ["22"]},
        {"Datum": ["31.01.2026", "28.02.2026", "31.03.2026"], "NPS": ["42", "38", "45"]},
        {"Miesiąc": ["styczeń", "luty", "marzec"], "NPS": ["42", "38", "45"]},
        {"月": ["1月", "2月", "3月"], "NPS": ["42", "38", "45"]},
        {"Welle": ["Welle 1", "Welle 2", "Welle 3"], "NPS": ["42", "38", "45"]},
        {"Quarter": ["Q1 2025", "Q2 2025", "Q3 2025", "Q4 2025"], "Net Promoter Score": ["7", "9", "5", "10"]},
        {"country": ["DE", "FR", "DE", "FR"], "month": ["1", "1", "2", "2"], "nps": ["42", "38", "45", "51"]},
        {"Manager": ["A", "B", "C"], "eNPS": ["42", "38", "45"], "Headcount": ["9", "8", "12"]},
        {"customer": ["A", "B", "C"], "NPS": ["42", "38", "45"], "responses": ["9", "8", "12"]},
        {"Score": [str(n) for n in range(11)], "Percentage": [f"{n * 2}%" for n in range(11)]},
        {"Bewertung": [str(n) for n in range(10, -1, -1)], "Nennungen": [str(n * 3) for n in range(11)]},
        {"wynik": [str(n) for n in range(11)], "liczba": [str(n * 3) for n in range(11)]},
        {"group": ["Promoters", "Passives", "Detractors"], "count": ["140", "60", "40"]},
        {"Catégorie": ["Promoteurs", "Passifs", "Détracteurs"], "Nombre": ["140", "60", "40"]},
        {"Monat": ["Mai", "Mai", "Juni", "Juni"], "Gruppe": ["Promotoren", "Kritiker"] * 2, "%": ["58", "17"] * 2},
        {"Monat": ["Mai", "Juni"], "Anteil Promotoren": ["0,58", "0,61"], "Anteil Kritiker": ["0,17", "0,2"]},
    ],
)
def test_finished_figures_are_refused_as_what_they_are(columns):
    with pytest.raises(InputError, match=r"finished figure .*\(“(.+)” beside “(?!\1”)"):
        finished.refuse(sample(**columns))


@pytest.mark.parametrize(
    "columns",
    [
        {"user_id": ["a", "b"], "score": ["9", "3"], "responses": ["12", "3"]},
        {"date": ["2026-01-01", "2026-02-01"], "score": ["9", "3"]},
        {"score": ["9", "3"], "promoter": ["1", "0"], "detractor": ["0", "1"]},
        {"score": ["9", "3", "10"], "users": ["12", "3", "5"], "country": ["DE", "FR", "DE"]},
        {"month": ["May", "May", "June", "June"], "score": ["9", "3", "10", "8"]},
        {"group": ["promoter", "detractor", "promoter"], "seats": ["5", "5", "5"]},
        {"am": ["1. Mai", "2. Mai", "3. Mai"], "group": ["promoter", "detractor", "neutral"], "score": ["9", "3", "8"]},
        {"nps": ["90", "30", "100", "80"], "country": ["DE", "FR", "ES", "IT"]},
        {"id": [str(n) for n in range(1, 11)], "score": [str(n) for n in (9, 3, 10, 8, 0, 9, 7, 10, 6, 9)]},
        {"q": [str(n) for n in range(11)], "comment": [f"that is reason {n}" for n in range(11)]},
    ],
)
def test_answers_of_people_are_no_finished_figures(columns):
    finished.refuse(sample(**columns))

"""Data that comes per account: from the file to what is known, and to what divides people."""

from itertools import pairwise

import builders
import pandas as pd
import pytest

import nps

ANSWERS = pd.DataFrame(
    {
        "person_id": ["ann", "bob", "cy"],
        "account_id": ["a1", "a1", "a2"],
        "score": [9, 3, 8],
        "responded_at": ["2025-03-01"] * 3,
    }
)
ACCOUNTS = "\n".join(
    [
        "id,Company,Plan,ARR,Seats,Account owner,Renewal date,Cancelled,Upgraded,Industry",
        "a1,Acme,Pro,1200,10,Kim,2026-01-31,,2025-02-01,Steel",
        "a2,Duo,Free,0,2,Lee,,2025-06-30,,Wood",
        "a2,Duo again,Pro,0,2,Lee,,,,Wood",
        ",Nobody,Pro,5,1,Lee,,,,Wood",
        "a9,Nine,Pro,99,many,Lee,,,,Wood",
    ]
)


@pytest.fixture
def panel(tmp_path) -> nps.Panel:
    return nps.load(ANSWERS, accounts=builders.write(tmp_path, ACCOUNTS + "\n"))


def test_a_list_of_accounts_is_read_with_its_types(panel):
    table = panel.accounts.table
    assert table.index.tolist() == ["a1", "a2", "a9"]
    assert table.loc["a1", ["account", "plan", "revenue", "seats", "owner", "known_people"]].tolist() == [
        *("Acme", "Pro", 1200, 10, "Kim", 2)
    ]
    assert table.loc["a1", ["renewal_at", "expanded_at"]].tolist() == [*pd.to_datetime(["2026-01-31", "2025-02-01"])]
    assert table.loc["a2", "churned_at"] == pd.Timestamp("2025-06-30")
    assert table.loc["a9", "known_people"] == 0
    assert pd.isna(table.loc["a9", "seats"])


def test_an_account_of_which_nobody_is_known_is_left_out_by_filters_on_people_and_counted(panel):
    everybody, some = panel.select(), panel.select(nps.Selection(score=(0, 6)))
    assert (everybody.held().tolist(), everybody.left_out) == (["a1", "a2", "a9"], 0)
    assert (some.held().tolist(), some.left_out) == (["a1"], 1)


def test_open_tickets_of_a_list_tell_of_support_and_those_of_people_are_left_as_they_are(tmp_path):
    listed = builders.write(tmp_path, "account_id,Open tickets\na1,4\na2,\n")
    usage = builders.usage(("ann", "Boards", "2025-05-01"), ("bob", "Boards", "2025-05-01"))
    figures = nps.load(ANSWERS, usage, accounts=listed).watched().figures()
    assert figures["support"].loc["a1"] == -4 / 2
    assert pd.isna(figures["support"].get("a2"))
    people = pd.DataFrame({"person_id": ["ann", "bob"], "name": ["Ann", "Bob"], "Open tickets": [1, 2]})
    assert nps.load(ANSWERS, people=people).accounts.table["tickets"].isna().all()


def test_rows_that_say_nothing_of_an_account_and_second_ones_are_held_back(panel):
    held = panel.rejected[["table", "row", "reason"]].to_numpy().tolist()
    assert held == [["accounts", 4, "row.same_account"], ["accounts", 5, "row.no_account"]]
    assert any("“Seats”" in str(told) for told in panel.notes)


def test_what_accounts_are_divides_who_answered(panel):
    assert panel.answers["plan"].tolist() == ["Pro", "Pro", "Free"]
    assert {"plan", "owner", "Industry", "revenue band"} <= {*panel.segments}
    assert panel.answers["Industry"].tolist() == ["Steel", "Steel", "Wood"]
    assert panel.churned.tolist() == [0, 0, 1]


def test_what_people_say_goes_before_what_their_account_is(tmp_path):
    people = pd.DataFrame({"person_id": ["ann", "bob"], "name": ["Ann", "Bob"], "plan": ["Basic", None]})
    panel = nps.load(ANSWERS, people=people, accounts=builders.write(tmp_path, ACCOUNTS))
    assert panel.answers["plan"].tolist() == ["Basic", "Pro", "Free"]
    assert panel.accounts.table.loc["a1", "plan"] == "Pro"


def test_a_list_without_accounts_is_refused(tmp_path):
    with pytest.raises(nps.InputError) as refused:
        nps.load(ANSWERS, accounts=builders.write(tmp_path, "plan,arr\nPro,5\n"))
    assert refused.value.code == "columns.account_missing"


def test_accounts_that_people_disagree_about_are_counted():
    whose = {"person_id": ["ann", "bob", "cy"], "account_id": ["a1", "a1", "a2"]}
    people = pd.DataFrame(whose | {"name": ["A", "B", "C"], "seats": [4, 5, 6]})
    panel = nps.load(ANSWERS, people=people)
    assert panel.accounts.table["seats"].tolist() == [4, 6]
    assert "In 1 account people say different things of Seats; what most of them say counts." in map(str, panel.notes)


@pytest.mark.parametrize("table", ["people", "accounts"])
def test_everything_per_account_needs_no_person(table):
    answers = pd.DataFrame(
        {"account_id": [f"acc-{i:02d}" for i in range(12)], "score": [9, 3] * 6, "date": "2026-06-01"}
    )
    usage = pd.DataFrame({"account_id": answers["account_id"][:10], "feature": "Boards", "date": "2026-05-01"})
    listed = pd.DataFrame({"account_id": answers["account_id"], "plan": ["Free", "Pro"] * 6, "seats": range(12)})
    panel = nps.load(answers, usage, **{table: listed})
    assert panel.answers["active_days"].gt(0).sum() == 10
    assert panel.accounts.table["seats"].tolist() == [*range(12)]
    assert panel.accounts.table["known_people"].tolist() == [1] * 12
    assert "plan" in panel.segments


WRITTEN = "email,{0},score,date\na@x.de,K-001,9,2025-01-01\nb@x.de,K-001,3,2025-01-02\nc@y.de,K-002,8,2025-01-03\n"
LISTED = "{0},{1},Tarif\nK-001,Acme,Pro\nK-002,Duo,Free\nK-003,Tri,Free\n"
CALLED = {
    "en": ("Customer ID", "Company"),
    "client": ("client id", "Company"),
    "org": ("org", "Organisation name"),
    "number": ("Account Number", "Account Name"),
    "de": ("Kundennummer", "Firma"),
    "konto": ("Konto-ID", "Kontoname"),
    "fr": ("Code client", "Raison sociale"),
    "es": ("C\u00f3digo de cliente", "Empresa"),
    "nl": ("Klantnummer", "Bedrijf"),
    "it": ("Codice cliente", "Azienda"),
}


def told(panel: nps.Panel) -> list[str]:
    return [str(each) for each in panel.notes if each.code.startswith("keys.")]


@pytest.mark.parametrize(
    ("mine", "theirs"), [*zip(CALLED, CALLED, strict=True), *pairwise(CALLED), ("de", "org"), ("nl", "en")]
)
def test_a_list_is_joined_by_the_ids_that_it_shares_whatever_they_are_called(tmp_path, mine, theirs):
    answers = builders.write(tmp_path, WRITTEN.format(CALLED[mine][0]), "answers.csv")
    listed = builders.write(tmp_path, LISTED.format(*CALLED[theirs]), "accounts.csv")
    panel = nps.load(answers, accounts=listed)
    assert panel.accounts.table["known_people"].to_dict() == {"K-001": 2, "K-002": 1, "K-003": 0}
    assert panel.accounts.table["account"].tolist() == ["Acme", "Duo", "Tri"]
    assert panel.answers["account"].tolist() == ["Acme", "Acme", "Duo"]
    assert "100% of accounts that people name (2 of 2) are in the list of accounts." in told(panel)


def test_people_who_name_their_account_by_name_join_a_list_with_ids(tmp_path):
    people = builders.write(tmp_path, "person_id,name,company\nann,Ann,Acme\nbob,Bob,Acme\ncy,Cy,Duo\n", "people.csv")
    answers = ANSWERS.drop(columns="account_id")
    panel = nps.load(answers, people=people, accounts=builders.write(tmp_path, LISTED.format("id", "Company"), "a.csv"))
    assert panel.accounts.table["known_people"].to_dict() == {"Acme": 2, "Duo": 1, "Tri": 0}


def test_ids_that_a_spreadsheet_took_the_zeros_from_join(tmp_path):
    answers = builders.write(tmp_path, WRITTEN.format("Kundennummer").replace("K-", "0"), "answers.csv")
    listed = builders.write(tmp_path, LISTED.format("Kundennummer", "Firma").replace("K-00", ""), "accounts.csv")
    panel = nps.load(answers, accounts=listed)
    assert panel.accounts.table["known_people"].to_dict() == {"1": 2, "2": 1, "3": 0}
    assert "they were matched" in told(panel)[-1]


def test_ids_of_people_that_would_become_one_are_left_as_they_are_written(tmp_path):
    text = "person_id,account_id,score\n7,0001,9\n07,0001,3\n8,0002,8\n"
    panel = nps.load(
        builders.write(tmp_path, text, "answers.csv"),
        accounts=builders.write(tmp_path, "account_id,plan\n1,Pro\n2,Free\n", "a.csv"),
    )
    assert len(panel.latest_positions) == 3
    assert "Only 0 of 2 accounts" in told(panel)[-1]


def test_each_customer_who_answers_may_be_an_account(tmp_path):
    answers = builders.write(tmp_path, "customer id,score\nK-001,9\nK-002,3\nK-003,8\n", "answers.csv")
    panel = nps.load(
        answers, accounts=builders.write(tmp_path, LISTED.format("customer id", "Company"), "accounts.csv")
    )
    assert panel.accounts.table["known_people"].to_dict() == {"K-001": 1, "K-002": 1, "K-003": 1}


def test_a_list_that_is_nobodys_is_told_so(tmp_path):
    answers = builders.write(tmp_path, WRITTEN.format("Kundennummer"), "answers.csv")
    others = builders.write(tmp_path, LISTED.format("Kundennummer", "Firma").replace("K-", "X"), "accounts.csv")
    (hardly,) = told(nps.load(answers, accounts=others))
    assert hardly.startswith(
        "Only 0 of 2 accounts that people name are in the list of accounts: \u201cKundennummer\u201d"
    )
    unnamed = pd.DataFrame({"person_id": ["ann", "bob"], "score": [9, 3]})
    assert told(nps.load(unnamed, accounts=others)) == [
        "Neither answers nor people name an account, so the list of accounts is nobody's."
    ]


def test_what_both_files_call_alike_is_no_id_where_it_tells_no_accounts_apart(tmp_path):
    answers = builders.write(tmp_path, "email,Region code,score\na@x.de,EU,9\nb@x.de,US,3\n", "answers.csv")
    listed = builders.write(tmp_path, "account_id,Region code\nK1,EU\nK2,EU\nK3,US\nK4,US\n", "accounts.csv")
    panel = nps.load(answers, accounts=listed)
    assert panel.accounts.table["known_people"].tolist() == [0, 0, 0, 0]

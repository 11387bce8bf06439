"""What is known of accounts: from their own list, and from what the rows of their people repeat."""

import pandas as pd

from nps.joined import accounts

ANSWERS = pd.DataFrame(
    [
        ("ann", "a1", "Acme", "Pro", "2025-01-02", None),
        ("zoe", None, "Zeta", None, None, None),
        ("nil", "none", None, "Free", None, None),
    ],
    columns=["person_id", "account_id", "account", "plan", "joined_at", "churned_at"],
)
PEOPLE = pd.DataFrame(
    [
        ("ann", "a1", "Acme", "Pro", 900.0, 10, "Kim", "2025-01-02", "2025-06-01"),
        ("bob", "a1", "Acme", "Free", 900.0, 12, "Kim", "2024-05-01", "2025-07-01"),
        ("cy", "a1", "ACME", "Free", 900.0, None, None, None, "2025-05-01"),
        ("dan", "a2", "Duo", "Pro", 50.0, 3, "Lee", "2025-03-01", "2025-04-01"),
        ("eve", "a2", "Duo", "Free", 70.0, 3, "Lee", None, None),
    ],
    columns=["person_id", "account_id", "account", "plan", "revenue", "seats", "owner", "joined_at", "churned_at"],
)


def test_what_people_repeat_is_lifted_the_most_frequent_first_of_equals():
    found = accounts.known(ANSWERS, PEOPLE)
    acme, duo = (found.table.loc[key] for key in ("a1", "a2"))
    assert acme[["account", "plan", "revenue", "seats", "owner", "known_people"]].tolist() == [
        *("Acme", "Free", 900, 10, "Kim", 3)
    ]
    assert duo[["plan", "revenue", "seats", "known_people"]].tolist() == ["Pro", 50, 3, 2]


def test_revenue_is_never_summed_over_people():
    assert accounts.known(ANSWERS, PEOPLE).table["revenue"].sum() == 950


def test_an_account_joins_with_its_first_person_and_leaves_with_its_last():
    found = accounts.known(ANSWERS, PEOPLE).table
    assert found.loc["a1", ["joined_at", "churned_at"]].tolist() == [*pd.to_datetime(["2024-05-01", "2025-07-01"])]
    assert pd.isna(found.loc["a2", "churned_at"])


def test_who_is_in_no_list_counts_by_the_answer_and_a_word_for_nobody_is_no_account():
    found = accounts.known(ANSWERS, PEOPLE)
    assert found.whose.dropna().to_dict() == dict.fromkeys(("ann", "bob", "cy"), "a1") | dict.fromkeys(
        ("dan", "eve"), "a2"
    ) | {"zoe": "Zeta"}
    assert found.table.index.tolist() == ["Zeta", "a1", "a2"]


def test_the_list_of_accounts_says_it_first_and_names_accounts_that_nobody_is_known_of():
    listed = pd.DataFrame(
        {
            "account_id": ["a1", "a9", "a9"],
            "plan": ["Business", "Free", "Pro"],
            "revenue": [1000.0, None, 1],
            "churned_at": ["2025-09-01", None, None],
            "expanded_at": [None, "2025-02-01", None],
        }
    )
    listed = listed.assign(
        churned_at=pd.to_datetime(listed["churned_at"]), expanded_at=pd.to_datetime(listed["expanded_at"])
    )
    found = accounts.known(ANSWERS, PEOPLE, listed).table
    assert found.loc["a1", ["plan", "revenue", "owner", "known_people"]].tolist() == ["Business", 1000, "Kim", 3]
    assert found.loc["a1", "churned_at"] == pd.Timestamp("2025-09-01")
    assert found.loc["a9", ["plan", "known_people"]].tolist() == ["Free", 0]
    assert found.loc["a2", "plan"] == "Pro"


def test_a_list_of_people_that_is_kept_per_account_is_the_list_of_accounts():
    per_account = pd.DataFrame({"account_id": ["a1", "a2"], "plan": ["Business", "Free"], "seats": [5, 6]})
    found = accounts.known(ANSWERS, per_account).table
    assert found[["plan", "seats", "known_people"]].fillna(0).to_numpy().tolist() == [
        *([0, 0, 1], ["Business", 5, 1], ["Free", 6, 0])
    ]


def test_without_any_account_there_is_none():
    found = accounts.known(ANSWERS.assign(account_id=None, account=None))
    assert len(found.table) == 0
    assert found.whose.isna().all()

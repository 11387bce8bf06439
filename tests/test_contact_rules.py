"""Who may be written to: each rule by itself, what it removes alone and first, and what a list is asked of again."""

from datetime import UTC, date, datetime

import numpy as np
import pandas as pd
import pytest

from nps.notes import Refused
from workspace.access.actor import Actor, Role
from workspace.follow_up import contact_rules, standing, suppression
from workspace.follow_up.contact_rules import FACTS, RULES, Rules, who_may
from workspace.store import audit, marks
from workspace.store.database import open_workspace, writing

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)
ANALYST, ADMIN = Actor("ann", Role.ANALYST), Actor("adam", Role.ADMIN)
NEVER = {"erased": False, "opted_out": False, "suppressed": False, "in_campaign": False, "hands_off": False}


def people(*rows):
    """A row per person: whom no rule removes, but for what is said."""
    plain = {**NEVER, "contacted_at": None, "surveyed_at": None}
    return pd.DataFrame(
        [{"person_id": f"p{n}", "email": f"p{n}@a.example", **plain, **row} for n, row in enumerate(rows)]
    )


def removed_by(*rows, rules=contact_rules.DEFAULT):
    """The rules that remove each."""
    hits = who_may(people(*rows), rules, NOW)
    return [[name for name in RULES if row[name]] for row in hits.to_dict("records")]


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ({"erased": True}, "erased"),
        ({"opted_out": True}, "opted_out"),
        ({"suppressed": True}, "suppressed"),
        ({"email": None}, "no_email"),
        ({"email": "  "}, "no_email"),
        ({"email": np.nan}, "no_email"),
        ({"contacted_at": "2026-03-02T00:00:00"}, "contacted"),
        ({"contacted_at": "2026-03-01T13:00:00+01:00"}, None),
        ({"contacted_at": "2026-03-01T12:00:00.001Z"}, "contacted"),
        ({"surveyed_at": "2026-03-30T00:00:00"}, None),
        ({"in_campaign": True}, "in_campaign"),
        ({"hands_off": True}, "hands_off"),
        ({}, None),
    ],
)
def test_each_rule_removes_whom_it_is_for(row, rule):
    assert removed_by(row) == [[rule] if rule else []]


def test_days_of_peace_after_a_survey_are_looked_at_where_they_are_set():
    asked = {"surveyed_at": "2026-03-30T00:00:00"}
    assert removed_by(asked, rules=Rules(survey_days=90)) == [["surveyed"]]
    assert removed_by({"contacted_at": "2026-03-30T00:00:00"}, rules=Rules(contact_days=0)) == [[]]


def test_of_two_with_the_same_address_the_first_who_may_be_written_to_stays():
    same = {"email": "Team@a.example "}
    assert removed_by(same, {"email": "team@A.example"}, {}) == [[], ["same_email"], []]
    assert removed_by({**same, "suppressed": True}, {"email": "team@a.example"}) == [["suppressed", "same_email"], []]
    composed, apart = "ren\u00e9@a.example", "rene\u0301@a.example"
    assert removed_by({"email": composed}, {"email": apart}) == [[], ["same_email"]]
    assert removed_by({"email": None}, {"email": None}) == [["no_email"], ["no_email"]]


def test_who_opts_out_does_so_for_their_address_whoever_else_has_it():
    assert removed_by({"email": "x@a.example", "opted_out": True}, {"email": "X@a.example"}) == [
        ["opted_out"],
        ["opted_out", "same_email"],
    ]


def test_a_rule_that_is_off_removes_nobody():
    both = {"opted_out": True, "in_campaign": True}
    assert removed_by(both, {}, rules=Rules(off={"opted_out": "they asked us to call"})) == [["in_campaign"], []]


def test_what_each_rule_removes_is_told_alone_first_and_only():
    hits = who_may(
        people({"erased": True, "opted_out": True}, {"opted_out": True}, {"hands_off": True}, {}), Rules(), NOW
    )
    told = contact_rules.told(hits).set_index("rule")
    assert told.loc[["erased", "opted_out", "hands_off"]].values.tolist() == [[1, 1, 0], [2, 1, 1], [1, 1, 1]]
    assert told["first"].sum() == 3 == (~contact_rules.allowed(hits)).sum()


def test_the_rules_equal_a_slow_look_at_each_person():
    rng = np.random.default_rng(4)
    rows = [
        {
            **{name: bool(rng.random() < 0.1) for name in NEVER},
            "email": rng.choice([None, "a@x.example", "b@x.example", f"{n}@x.example"], p=[0.1, 0.1, 0.1, 0.7]),
            "contacted_at": rng.choice([None, "2026-01-01T00:00:00", "2026-03-20T00:00:00"]),
        }
        for n in range(300)
    ]
    out = {row["email"] for row in rows if row["opted_out"] and row["email"]}
    survivors, wanted = set(), []
    for row in rows:
        plain = any(row[name] for name in NEVER) or row["email"] is None or row["email"] in out
        plain |= row["contacted_at"] == "2026-03-20T00:00:00"
        wanted.append(not plain and row["email"] not in survivors)
        survivors |= {row["email"]} if wanted[-1] else set()
    assert contact_rules.allowed(who_may(people(*rows), Rules(), NOW)).tolist() == wanted


@pytest.fixture
def space(tmp_path):
    with open_workspace(tmp_path / "workspace") as opened:
        yield opened


def facts(space, *rows, campaign=None, dataset="shop"):
    frame = pd.DataFrame(
        [{"person_id": f"p{n}", "email": f"p{n}@a.example", "account_id": "a1"} | row for n, row in enumerate(rows)]
    )
    known = standing.known(ANALYST, space, dataset, frame, NOW, campaign)
    assert {*FACTS} <= {*known}
    return known


@pytest.mark.parametrize(
    ("kind", "what", "hit"),
    [
        ("email", " P0@A.example", [True, False, False]),
        ("id", "P1", [False, True, False]),
        ("domain", "a.example", [True, True, False]),
        ("domain", "@A.EXAMPLE.", [True, True, False]),
        ("domain", "xn--bcher-kva.example", [False, False, True]),
        ("domain", "example", [True, True, True]),
        ("domain", "b.a.example", [False, False, False]),
        ("domain", "ample", [False, False, False]),
        ("account", "A1", [True, True, True]),
    ],
)
def test_somebody_is_suppressed_by_e_mail_id_domain_or_account(space, kind, what, hit):
    suppression.suppress(ANALYST, space, kind, what, "they asked us to")
    rows = [{}, {}, {"email": "x@sub.b\u00fccher.example"}]
    assert facts(space, *rows)["suppressed"].tolist() == hit
    assert suppression.lift(ADMIN, space, kind, what, "they asked again")
    assert not facts(space, *rows)["suppressed"].any()


def test_an_account_is_left_alone_until_its_last_day(space):
    suppression.suppress(ANALYST, space, "hands off", "a1", "renewal", date(2026, 3, 31))
    assert facts(space, {}, {"account_id": None})["hands_off"].tolist() == [True, False]
    suppression.suppress(ANALYST, space, "hands off", "a1", "renewal", date(2026, 3, 30))
    assert not facts(space, {})["hands_off"].any()


def test_the_list_of_suppressed_and_the_audit_tell_nobody_who(space):
    suppression.suppress(ANALYST, space, "email", "una@a.example", "asked us to")
    suppression.lift(ADMIN, space, "email", "una@a.example", "wrote from Una@a.example again")
    told = " ".join(audit.rows(ADMIN, space)["about"]) + suppression.listed(ANALYST, space).to_csv()
    assert "una" not in told.casefold()
    with pytest.raises(Refused, match="Ask an administrator"):
        suppression.lift(ANALYST, space, "email", "una@a.example", "I want to")


@pytest.mark.parametrize(
    ("kind", "what", "why"), [("phone", "1", "x"), ("email", "una", "x"), ("id", " ", "x"), ("id", "p1", "")]
)
def test_what_is_none_or_has_no_reason_is_not_suppressed(space, kind, what, why):
    with pytest.raises(Refused):
        suppression.suppress(ANALYST, space, kind, what, why)


def test_contacts_are_known_by_id_in_the_same_data_and_by_address_in_any(space):
    with writing(space.db):
        standing.reached(space, "shop", pd.DataFrame({"person_id": ["p0"], "email": ["p1@a.example"]}), "mail", NOW)
    assert facts(space, {}, {}, {})["contacted_at"].notna().tolist() == [True, True, False]
    assert facts(space, {}, {}, {}, dataset="other")["contacted_at"].notna().tolist() == [False, True, False]


def test_being_asked_and_having_answered_count_as_a_survey_and_not_as_a_contact(space):
    standing.asked(ANALYST, space, "shop", pd.DataFrame({"person_id": ["p0"], "email": [None]}), NOW)
    known = facts(space, {}, {"answered_at": pd.Timestamp("2026-03-01")}, {"answered_at": None})
    assert known["surveyed_at"].tolist()[:2] == [pd.Timestamp("2026-03-31 12:00"), pd.Timestamp("2026-03-01")]
    assert known["surveyed_at"].isna().tolist() == [False, False, True]
    assert known["contacted_at"].isna().all()


def test_whoever_is_erased_is_known_by_mark(space):
    key = marks.secret(space.root)
    space.db.table("erased").insert({"mark": marks.mark(key, "P0"), "at": "2026", "finished": 1})
    assert facts(space, {}, {})["erased"].tolist() == [True, False]

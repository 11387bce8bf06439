"""People of a campaign leave as a file or into a CRM: only who may be contacted, and what came of each is told."""

from datetime import UTC, datetime

import pandas as pd
import pytest
import receiving
from kept import ADMIN, ANALYST
from receiving import receiver

from nps.notes import Refused
from workspace.access import users
from workspace.access.actor import Role
from workspace.delivery import channels, lists, outbox, sending
from workspace.delivery.channels import Channel
from workspace.delivery.layouts import Wanted
from workspace.follow_up import campaigns, members, ruling
from workspace.follow_up.campaigns import Draft
from workspace.store import audit
from workspace.store.database import open_workspace

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)
PEOPLE = pd.DataFrame(
    {
        "person_id": ["p1", "p2", "p3"],
        "name": ["Una Een", "=Duo()", "Tre"],
        "email": ["una@customer.example", "duo@nowhere", "tre@customer.example"],
        "score": 3,
        "answered_at": pd.Timestamp("2026-03-20"),
        "opted_out": False,
    }
)


@pytest.fixture
def space(tmp_path):
    with open_workspace(tmp_path / "workspace") as opened:
        yield opened


@pytest.fixture
def running(space):
    made = campaigns.make(ADMIN, space, "shop", Draft("Call", "gave 0 to 6"), PEOPLE, NOW)
    campaigns.turn(ANALYST, space, made, 1, "running")
    return made


def test_a_list_holds_who_may_be_contacted_now_and_is_written_down_before_it_leaves(space, running):
    now = PEOPLE.assign(opted_out=[False, False, True])
    made = lists.file(ANALYST, space, running, Wanted("hubspot", ("Email", "Last name")), NOW, now).decode()
    assert made.splitlines() == ['"Email","Last name"', '"una@customer.example","Een"', '"duo@nowhere","\'=Duo()"']
    row = audit.rows(ADMIN, space).iloc[0]
    assert (row["did"], '"rows": 2' in row["about"], "una@" in row["about"]) == ("download", True, False)
    assert b"Una" not in lists.file(ANALYST, space, running, Wanted(without_names=True), NOW)


def test_an_account_leaves_by_name_where_one_is_known_and_as_the_mark_of_its_id_without_names(space):
    people = PEOPLE.assign(account_id=["a1", "a2", "a1"])
    made = campaigns.make(ADMIN, space, "shop", Draft("Call", "all"), people, NOW)
    campaigns.turn(ANALYST, space, made, 1, "running")
    now = people.assign(account=["Acme", None, "Acme"])
    told = lists.file(ANALYST, space, made, Wanted("hubspot", ("Company name",)), NOW, now).decode().splitlines()
    assert told == ['"Company name"', '"Acme"', '"a2"', '"Acme"']
    before = lists.file(ANALYST, space, made, Wanted(columns=("account",), without_names=True), NOW)
    assert lists.file(ANALYST, space, made, Wanted(columns=("account",), without_names=True), NOW, now) == before
    assert b"Acme" not in before


def test_an_owner_is_told_by_login_and_a_browser_not_at_all(space, running):
    users.add(ADMIN, space, "ann@own.example", Role.ANALYST)
    for person, owner in (("p1", "user 1"), ("p2", ANALYST.name), ("p3", "Mara")):
        members.change(ANALYST, space, running, {person: 1}, NOW, owner=owner)
    made = lists.file(ANALYST, space, running, Wanted("hubspot", ("Contact owner",)), NOW).decode()
    assert made.splitlines()[1:] == ['"ann@own.example"', '""', '"Mara"']


def test_who_has_another_address_by_now_is_reached_and_known_under_that(space, running):
    now = PEOPLE.head(1).assign(email="una@new.example")
    assert b"una@new.example" in lists.file(ANALYST, space, running, Wanted("mailchimp"), NOW, now)
    members.change(ANALYST, space, running, {"p1": 1}, NOW, status="contacted")
    other = PEOPLE.head(1).assign(person_id="x9", email="UNA@new.example")
    assert ruling.preview(ANALYST, space, "elsewhere", other, {}, NOW)["contacted"].tolist() == [True]


def test_who_is_handed_over_goes_once_and_what_failed_stands_at_the_person(space, running, tmp_path):
    crm = receiving.HubSpot()
    with receiver(tmp_path, crm) as server:
        known = server.settings(secrets={"crm": "t0ken"})
        to = channels.keep(ADMIN, space, known, Channel("", "Hub", "hubspot", server.base, "crm"))
        assert [lists.hand_over(ANALYST, space, running, to, "Ask", NOW) for _ in range(2)] == [3, 3]
        assert outbox.deliver(ADMIN, space, sending.by(known)) == {"sent": 2, "again": 0, "gave_up": 1}
        assert lists.hand_over(ANALYST, space, running, to, "Ask", NOW) == 1
        assert outbox.deliver(ADMIN, space, sending.by(known))["sent"] == 0
    told = members.listed(ANALYST, space, running, NOW.date()).set_index("person_id")
    assert (told.loc["p1", "remote_id"], told.loc["p3", "remote_id"], len(crm.tasks)) == ("7000", "7001", 2)
    assert told["status"].to_dict() == {"p1": "contacted", "p2": "to contact", "p3": "contacted"}
    assert members.history(ANALYST, space, running, "p1")["after"].tolist() == ["contacted"]
    campaigns.turn(ANALYST, space, running, 2, "closed")
    again = ruling.preview(ANALYST, space, "shop", PEOPLE, {}, NOW)
    assert again["contacted"].tolist() == [True, False, True]  # the cool-down knows them
    assert told.loc["p2", "trouble"] == "It was refused there: Email address is invalid"
    other = channels.keep(ADMIN, space, known, Channel("", "Mail", "mail", "team@lens.example"))
    with pytest.raises(Refused, match="Only HubSpot"):
        lists.hand_over(ANALYST, space, running, other, "Ask", NOW)

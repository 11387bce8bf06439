"""Whoever is erased is in no campaign, task, note or decision; what is kept of one is handed out; what is old goes."""

import json
from datetime import UTC, date, datetime, timedelta

import kept
import pandas as pd
import pytest
from kept import ADMIN, ANALYST, FILES, landed

from nps.notes import InputError
from workspace import backup
from workspace.follow_up import about, campaign, campaigns, decisions, members, suppression, tasks
from workspace.follow_up.about import Whom
from workspace.follow_up.campaigns import Draft
from workspace.follow_up.decisions import Decision
from workspace.follow_up.tasks import Task
from workspace.privacy import erase, export, retention
from workspace.store import datasets
from workspace.store.database import open_workspace

WHO, MAIL, SHORT = "customer-1", "one@customer.example", "9"
NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)
OURS = ("campaigns", "members", "tasks", "history", "contacts", "decisions", "notes")
PEOPLE = pd.DataFrame(
    {
        **{"person_id": [WHO, "customer-2", SHORT], "email": ["One@customer.example", "two@customer.example", None]},
        **{"name": ["Una", "Duo", "Nine"], "score": [3, 4, 5], "response_id": ["r1", "r2", "r9"]},
        "answered_at": [pd.Timestamp("2026-03-01"), pd.Timestamp("2026-03-30"), pd.Timestamp("2026-03-30")],
    }
)


@pytest.fixture
def space(tmp_path):
    with open_workspace(tmp_path / "workspace") as opened:
        yield opened


@pytest.fixture
def dataset(space, tmp_path):
    """A dataset with a campaign, tasks, notes, contacts and decisions, many of which name somebody."""
    made = datasets.keep(ANALYST, space, landed(tmp_path / "files", **FILES), "Q1")
    draft = Draft(
        f"Call {WHO}",
        f"like {MAIL}",
        message="Dear {name}",
        query={"who": [f"person={WHO}"]},
        off={"no_email": f"ask {WHO}"},
    )
    call = campaigns.make(ADMIN, space, made, draft, PEOPLE, NOW)
    campaigns.turn(ANALYST, space, call, 1, "running")
    members.change(
        ANALYST, space, call, {WHO: 1, "customer-2": 1}, NOW, f"{WHO} and {MAIL.upper()} said so", status="contacted"
    )
    members.delivered(ANALYST, space, call, {}, {"customer-2": f"duplicate of {MAIL}"})
    suppression.suppress(ANALYST, space, "email", "else@a.example", f"as {MAIL} asked")
    for person, title in ((WHO, "Ring"), (SHORT, "Write"), (None, f"Ask {MAIL} again"), (None, "Report")):
        task = tasks.make(ANALYST, space, Task(made, title, date(2026, 4, 1), person_id=person), NOW)
        tasks.change(ANALYST, space, {task: 1}, NOW, f"see {WHO}", status="resolved", cause=f"{WHO} left")
    for finding in (f"finding of {WHO}", "another"):
        decisions.keep(ANALYST, space, made, Decision("finding", finding, f"ask {MAIL}", told="first.sure"))
    for whom in (Whom(person=WHO), Whom(person="customer-2"), Whom(account="acme")):
        about.write(ANALYST, space, made, whom, f"knows {WHO} and {MAIL}", NOW)
    return made


def text_of(space):
    return json.dumps([[*space.db.table(table).rows] for table in OURS], ensure_ascii=False).casefold()


@pytest.mark.parametrize("said", [WHO, MAIL])
def test_whoever_is_erased_is_in_no_campaign_task_note_or_decision(space, dataset, said):
    assert WHO in text_of(space)
    assert MAIL in text_of(space)
    assert erase.erase(ADMIN, space, said)
    assert WHO not in text_of(space)
    assert MAIL not in text_of(space)
    assert "una" not in text_of(space)
    assert kept.traces(space.root, WHO, MAIL) == []
    (row,) = campaign.listed(ANALYST, space, dataset)
    assert (row.name, row.why, row.off) == ("Call [removed]", "like [removed]", {"no_email": "ask [removed]"})
    assert members.listed(ANALYST, space, row.id, NOW.date())["person_id"].tolist() == ["9", "customer-2"]
    assert members.history(ANALYST, space, row.id, "customer-2")["note"][0] == "[removed] and [removed] said so"
    assert sorted(each["title"] for each in space.db.table("tasks").rows) == ["Ask [removed] again", "Report", "Write"]
    assert [each["about"] for each in space.db.table("decisions").rows] == ["another"]
    assert space.db.table("contacts").count == 1
    for whom in (Whom(person="customer-2"), Whom(account="acme")):
        assert about.notes(ANALYST, space, dataset, whom)["note"].tolist() == ["knows [removed] and [removed]"]
    assert about.notes(ANALYST, space, dataset, Whom(person=WHO)).empty


def test_a_page_that_shows_somebody_still_keeps_nothing_of_whoever_was_erased_meanwhile(space, dataset):
    erase.erase(ADMIN, space, WHO)
    for again in (
        lambda: about.write(ANALYST, space, dataset, Whom(person=WHO), "call them", NOW),
        lambda: tasks.make(ANALYST, space, Task(dataset, "call them", person_id=f" {WHO.upper()}"), NOW),
    ):
        with pytest.raises(InputError, match="was erased"):
            again()
    assert WHO not in text_of(space)


def test_somebody_of_a_short_id_whom_only_a_campaign_knows_can_be_erased(space, dataset):
    erase.erase(ADMIN, space, SHORT)
    (row,) = campaign.listed(ANALYST, space, dataset)
    assert members.listed(ANALYST, space, row.id, NOW.date())["person_id"].tolist() == [WHO, "customer-2"]
    assert "Write" not in [each["title"] for each in space.db.table("tasks").rows]
    assert [row["note"] for row in space.db.table("history").rows if row["note"]].count(f"see {WHO}") == 3


def test_whoever_is_erased_stays_so_in_a_backup_that_still_has_them(space, dataset, tmp_path):
    backup.backup(ADMIN, space, tmp_path / "monday.tar")
    erase.erase(ADMIN, space, WHO)
    backup.restore(ADMIN, tmp_path / "monday.tar", tmp_path / "restored", space.root)
    assert kept.traces(tmp_path / "restored", WHO, MAIL) == []


def test_somebody_is_handed_what_follow_up_keeps_of_them_without_colleagues(space, dataset):
    told = json.loads(json.dumps(export.export(ADMIN, space, MAIL)))["follow_up"]
    (row,) = told["members"]
    assert (row["campaign"], row["name"], row["score"], row["status"]) == (f"Call {WHO}", "Una", 3, "contacted")
    assert [each["what"] for each in row["history"]] == ["status"]
    assert [each["title"] for each in told["tasks"]] == ["Ring"]
    assert told["notes"] == [{"note": f"knows {WHO} and {MAIL}", "made_at": "2026-03-31T12:00:00.000+00:00"}]
    assert told["contacts"] == [{"at": "2026-03-31T12:00:00.000+00:00", "channel": "by hand"}]
    assert "ann" not in json.dumps(told).replace("channel", "")
    assert "customer-2" not in json.dumps(told)


def test_a_dataset_is_deleted_with_all_that_follows_it(space, dataset):
    datasets.delete(ADMIN, space, dataset)
    assert {table: space.db.table(table).count for table in OURS} == dict.fromkeys(OURS, 0)


def test_what_is_too_old_goes_and_the_cool_down_stays_for_a_year(space, dataset):
    datasets.retain(ADMIN, space, dataset, 10)
    (found,) = retention.expired(ADMIN, space, NOW + timedelta(days=5))
    assert found.rows["members"] == 1
    retention.expire(ADMIN, space, NOW + timedelta(days=15))
    rows = {row["person_id"]: (row["score"], row["answered_at"]) for row in space.db.table("members").rows}
    assert rows[WHO] == (None, None)
    assert [space.db.table(table).count for table in ("tasks", "history", "notes", "contacts")] == [0, 0, 0, 2]
    assert retention.expired(ADMIN, space, NOW + timedelta(days=15)) == []

"""Tasks, the inbox of all that is open, and what was decided."""

from datetime import UTC, date, datetime
from functools import partial

import pandas as pd
import pytest
from kept import FILES, landed

from nps.notes import InputError, Refused, decoded, note
from workspace.__main__ import main
from workspace.access.actor import Actor, Role
from workspace.follow_up import campaigns, decisions, inbox, members, tasks
from workspace.follow_up.campaigns import Draft
from workspace.follow_up.decisions import Decision
from workspace.follow_up.tasks import Task
from workspace.store import datasets
from workspace.store.database import open_workspace

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)
TODAY = NOW.date()
ANN, BEN = Actor("ann", Role.ANALYST), Actor("ben", Role.ANALYST)


@pytest.fixture
def space(tmp_path):
    with open_workspace(tmp_path / "workspace") as opened:
        yield opened


def open_titles(space, whose="all", actor=ANN, today=TODAY, **more):
    return inbox.listed(actor, space, whose, today, **more)["title"].tolist()


def test_of_a_playbook_and_a_fact_there_is_one_task_and_by_hand_as_many_as_are_made(space):
    for _ in range(2):
        tasks.make(ANN, space, Task("shop", "Ring them", playbook=1, fact="answer:6f2a"), NOW)
        tasks.make(ANN, space, Task("shop", "Write the report"), NOW)
    assert sorted(open_titles(space)) == ["Ring them", "Write the report", "Write the report"]


def test_a_task_says_something(space):
    with pytest.raises(Refused, match="what is to be done"):
        tasks.make(ANN, space, Task("shop", " \n "), NOW)


def test_two_people_who_change_one_task_are_told_apart_and_comments_stay(space):
    one, other = (tasks.make(ANN, space, Task("shop", title), NOW) for title in ("one", "other"))
    assert tasks.change(ANN, space, {one: 1}, NOW, note="who takes it?") == []
    assert tasks.change(BEN, space, {one: 1, other: 1}, NOW, owner="ben") == []
    assert tasks.change(ANN, space, {one: 1, other: 1}, NOW, owner="ann") == [one, other]
    with pytest.raises(Refused, match="what the cause was"):
        tasks.change(BEN, space, {one: 2}, NOW, status="resolved")
    tasks.change(BEN, space, {one: 2}, NOW, "done", status="resolved", cause="slow reports")
    told = tasks.history(ANN, space, one)
    assert told[["actor", "what", "after"]].fillna("").values.tolist() == [
        ["ann", "note", ""],
        ["ben", "owner", "ben"],
        ["ben", "status", "resolved"],
        ["ben", "cause", "slow reports"],
    ]
    assert open_titles(space) == ["other"]


@pytest.fixture
def full(space):
    """Three tasks, one of them asleep, and a running campaign of three of whom one has answered and one is done."""
    tasks.make(ANN, space, Task("shop", "late", date(2026, 3, 30), owner="ann"), NOW)
    tasks.make(ANN, space, Task("shop", "soon", date(2026, 4, 3), owner="ben"), NOW)
    asleep = tasks.make(ANN, space, Task("other", "asleep", date(2026, 5, 1)), NOW)
    tasks.change(ANN, space, {asleep: 1}, NOW, snoozed=date(2026, 4, 20))
    people = pd.DataFrame({"person_id": ["p0", "p1", "p2"], "email": ["a@a.example", "b@a.example", "c@a.example"]})
    draft = Draft("Call", "all", goal="ring", owner="ann", due=date(2026, 4, 1))
    made = campaigns.make(ANN, space, "shop", draft, people, NOW)
    campaigns.turn(ANN, space, made, 1, "running")
    members.change(ANN, space, made, {"p0": 1}, NOW, status="replied", owner="", due=None)
    members.change(ANN, space, made, {"p1": 1}, NOW, status="resolved", cause="price")
    return space


def test_an_inbox_holds_what_is_open_by_due_date(full):
    found = inbox.listed(ANN, full, "all", TODAY)
    assert found[["kind", "title", "person_id", "due", "overdue", "soon"]].fillna("").values.tolist() == [
        ["task", "late", "", "2026-03-30", True, False],
        ["member", "ring", "p0", "2026-04-01", False, True],
        ["member", "ring", "p2", "2026-04-01", False, True],
        ["task", "soon", "", "2026-04-03", False, True],
    ]
    assert open_titles(full, "mine") == ["late", "ring"]
    assert open_titles(full, "mine", BEN) == ["soon"]
    assert open_titles(full, "nobody") == ["ring"]
    assert open_titles(full, dataset="other", snoozed=True) == ["asleep"]
    assert open_titles(full, "nobody", today=date(2026, 4, 20)) == ["ring", "asleep"]
    with pytest.raises(Refused):
        open_titles(full, "yours")


def test_what_is_due_is_counted_without_anybody(full):
    told = inbox.due(ANN, full, "shop", date(2026, 4, 2))
    assert told.values.tolist() == [["", 2, 1, 1], ["Call", 2, 2, 0]]
    assert inbox.due(ANN, full, "nowhere", TODAY).empty


def test_a_campaign_that_does_not_run_is_in_no_inbox(full):
    (row,) = full.db.table("campaigns").rows
    campaigns.turn(ANN, full, row["id"], 2, "closed")
    assert open_titles(full) == ["late", "soon"]


FINDING = note("finding.group", name="pro | enterprise", points=-12.5)
KEPT = Decision("finding", '["segment", "plan", "pro | enterprise"]', "ask them", told=FINDING.encoded)


def test_a_finding_is_kept_as_it_was_told_with_what_was_decided_and_nobodys_word_is_lost_unseen(space):
    first = decisions.keep(ANN, space, "shop", KEPT._replace(until=date(2026, 6, 30)))
    with pytest.raises(InputError, match="meanwhile"):
        decisions.keep(BEN, space, "shop", KEPT._replace(decided="call them"))
    decisions.change(BEN, space, first, 1, decided="call them", owner="ben")
    (row,) = decisions.listed(ANN, space, "shop").to_dict("records")
    assert decoded(row["told"]) == FINDING
    assert (row["decided"], row["owner"], row["version"], row["made_by"]) == ("call them", "ben", 2, "ann")
    for late in (partial(decisions.change, state="done"), decisions.remove):
        with pytest.raises(InputError, match="meanwhile"):
            late(ANN, space, first, 1)
    decisions.change(ANN, space, first, 2, state="done")
    assert decisions.listed(ANN, space, "shop")["state"].tolist() == ["done"]
    decisions.remove(ANN, space, first, 3)
    for late in (partial(decisions.change, state="open"), decisions.remove):
        with pytest.raises(InputError, match="not there any more"):
            late(ANN, space, first, 3)


@pytest.mark.parametrize(
    "wrong",
    [
        Decision("idea", "x", "y"),
        KEPT._replace(decided=""),
        KEPT._replace(told=""),
        KEPT._replace(verdict="fix"),
        Decision("feature", "Board"),
        Decision("feature", "Board", verdict="keep"),
        Decision("feature", " ", verdict="fix"),
        Decision("feature", "Board", verdict="fix", state="late"),
    ],
)
def test_what_is_no_decision_is_refused(space, wrong):
    with pytest.raises(Refused):
        decisions.keep(ANN, space, "shop", wrong)


def test_the_roadmap_is_a_list_by_verdict_and_in_a_file_its_text_is_text(space):
    for feature, verdict, state, owner in (
        ("Search", "watch", "open", ""),
        ("Board", "fix", "done", ""),
        ("[x](https://x.example) | <b>", "fix", "open", "ann"),
        ("Export", "keep strong", "open", ""),
    ):
        decided = Decision("feature", feature, "a\nb", verdict, state, owner, date(2026, 6, 30))
        decisions.keep(ANN, space, "shop", decided)
    decisions.keep(ANN, space, "shop", KEPT)
    table = decisions.roadmap(ANN, space, "shop")
    assert table["verdict"].tolist() == ["fix", "fix", "keep strong", "watch"]
    assert table["feature"].tolist()[1:] == ["Board", "Export", "Search"]
    told = decisions.as_markdown(decisions.headed(table)).splitlines()
    assert told[:3] == [
        "| Verdict | Feature | Decided | State | Owner | Until |",
        "| --- | --- | --- | --- | --- | --- |",
        r"| fix | \[x\]\(https\://x\.example\) \| \<b\> | a b | open | ann | 2026\-06\-30 |",
    ]
    assert len(told) == 6


def test_the_commands_list_campaigns_suppress_and_print_the_roadmap(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("NPS_LENS_WORKSPACE", str(tmp_path / "workspace"))
    with open_workspace(tmp_path / "workspace") as space:
        dataset = datasets.keep(ANN, space, landed(tmp_path / "files", **FILES), "Q1")
        people = pd.DataFrame({"person_id": ["p0"], "email": ["a@a.example"]})
        made = campaigns.make(ANN, space, dataset, Draft("Call", "all", due=date(2026, 4, 1)), people, NOW)
        campaigns.turn(ANN, space, made, 1, "running")
        decisions.keep(ANN, space, dataset, Decision("feature", "=Board", verdict="fix"))
    for command, done, said in (
        (["campaigns", "Q1"], 0, "Call\trunning\t1 person\t1 overdue\t2026-04-01\n"),
        (["suppress", "domain", "a.example", "--why", "asked us to", "--until", "2030-01-01"], 0, ""),
        (["suppress", "hands-off", "a1", "--why", "renewal"], 0, ""),
        (["allow", "domain", "a.example", "--why", "asked again"], 0, "Allowed again.\n"),
        (["allow", "domain", "a.example", "--why", "asked again"], 1, "It was not suppressed.\n"),
        (["roadmap", "Q1"], 0, "| fix | =Board |  | open |  |  |\n"),
        (["roadmap", "Q1", "--csv"], 0, '"fix","\'=Board","","open","",""'),
    ):
        assert main(command) == done
        assert said in capsys.readouterr().out
    assert main(["suppress", "email", "nobody", "--why", "x"]) == 2

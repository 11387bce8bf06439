"""When this happens, do that: what happened, once each, whoever looks; and what is told of it."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import kept
import numpy as np
import pandas as pd
import pytest
import receiving
from kept import ADMIN, ANALYST, FILES, landed
from receiving import receiver

from nps.measures import alarms
from nps.notes import InputError, Refused, Unreachable
from workspace.delivery import channels, outbox, sending
from workspace.delivery import kept as delivered
from workspace.delivery.channels import Channel
from workspace.delivery.settings import Settings
from workspace.follow_up import about, campaign, campaigns, inbox, members
from workspace.follow_up.campaigns import Draft
from workspace.playbooks import firing, panels, playbooks, rules, runner
from workspace.playbooks.conditions import Then, When
from workspace.playbooks.playbooks import Playbook
from workspace.playbooks.rules import Fact, World
from workspace.privacy import erase
from workspace.store import audit, datasets, sets
from workspace.store.database import open_workspace

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
NEWER = kept.RESPONSES + "r4,customer-3,2,2026-03-03T10:00:00Z,bad\nr5,customer-4,1,2026-03-03T11:00:00Z,\n"
LOW = {"score": ["0-6"], "v": ["3"]}
SECRETS = Settings(hosts=frozenset({"hooks.example"}), secrets={"chat": "https://hooks.example/x", "crm": "t0ken"})


@pytest.fixture
def space(tmp_path):
    with open_workspace(tmp_path / "workspace") as opened:
        yield opened


@pytest.fixture
def dataset(space, tmp_path):
    return datasets.keep(ANALYST, space, landed(tmp_path / "first", **FILES), "Q1")


def refreshed(space, dataset, tmp_path, responses=NEWER):
    now = datasets.find(ANALYST, space, dataset)
    datasets.refresh(ANALYST, space, dataset, landed(tmp_path / f"v{now.number}", responses=responses), now.number)


def tasks(space):
    return [
        (row["person_id"], row["title"], row["owner"]) for row in space.db.table("tasks").rows_where(order_by="fact")
    ]


def chat(space, kind="slack", **more):
    return channels.keep(ADMIN, space, SECRETS, Channel("", kind.title(), kind, secret_ref="chat", **more))


def letters(space):
    return [json.loads(row["body"]) for row in space.db.table("outbox").rows_where(order_by="due, id")]


def test_a_new_answer_makes_one_task_and_old_ones_none(space, dataset, tmp_path):
    plays = Playbook(dataset, "Call them", When("answer", LOW), Then("Call", ("ann",)))
    playbooks.keep(ADMIN, space, plays, NOW)
    assert runner.once(ADMIN, space, NOW) == []
    refreshed(space, dataset, tmp_path)
    later = NOW + timedelta(days=2)
    assert [str(told) for told in runner.once(ADMIN, space, later)] == ["Call them: 2 new cases."]
    assert sorted(tasks(space)) == [("customer-3", "Call", "ann"), ("customer-4", "Call", "ann")]
    refreshed(space, dataset, tmp_path, NEWER + "r6,customer-1,10,2026-03-04,\n")
    assert runner.once(ADMIN, space, later + timedelta(days=2)) == []
    assert "customer" not in json.dumps([row["fact"] for row in space.db.table("firings").rows])


def test_who_enters_a_selection_is_told_once_and_who_was_in_it_is_nothing_new(space, dataset, tmp_path):
    playbooks.keep(ADMIN, space, Playbook(dataset, "Fell", When("entered", LOW), Then("Call")), NOW)
    runner.once(ADMIN, space, NOW)
    refreshed(space, dataset, tmp_path, NEWER + "r6,customer-2,1,2026-03-04,\n")  # who was low before, and is
    runner.once(ADMIN, space, NOW + timedelta(days=3))
    assert [person for person, *_ in tasks(space)] in (["customer-3", "customer-4"], ["customer-4", "customer-3"])


def test_who_answers_becomes_a_member_of_a_campaign_as_far_as_the_rules_allow(space, dataset, tmp_path):
    before = pd.DataFrame({"person_id": ["customer-1"], "email": ["one@customer.example"], "score": [9]})
    made = campaigns.make(ANALYST, space, dataset, Draft("Call", "low"), before, NOW)
    then = Then(campaign=made)
    playbook = playbooks.keep(ADMIN, space, Playbook(dataset, "Low", When("answer", LOW), then), NOW)
    refreshed(space, dataset, tmp_path)
    later = NOW + timedelta(days=2)
    assert [str(told) for told in runner.once(ADMIN, space, later)] == ["Low: 2 new cases."]
    rows = members.listed(ANALYST, space, made, later.date())
    assert rows[["person_id", "email", "score"]].to_numpy().tolist() == [
        *(["customer-1", "one@customer.example", 9], ["customer-3", "three@customer.example", 2])
    ]
    kept_now = campaign.find(ANALYST, space, made)
    assert kept_now.removed == {"no_email": 1}  # nothing is known of customer-4 but the answer
    campaigns.turn(ANALYST, space, made, kept_now.version, "closed")
    refreshed(space, dataset, tmp_path, NEWER + "r6,customer-2,1,2026-03-04,\n")
    assert "“Call” is closed" in str(runner.once(ADMIN, space, later + timedelta(days=1))[0])
    campaigns.turn(ANALYST, space, made, kept_now.version + 1, "draft")
    runner.once(ADMIN, space, later + timedelta(days=2))  # nothing of it is lost
    assert "customer-2" in {*members.listed(ANALYST, space, made, later.date())["person_id"]}
    with pytest.raises(Refused, match="about somebody"):
        playbooks.keep(ADMIN, space, Playbook(dataset, "Silent", When("silent"), then), NOW)
    with pytest.raises(InputError, match="not there any more"):
        playbooks.keep(ADMIN, space, Playbook("other", "Low", When("answer"), then), NOW)
    assert playbooks.find(ADMIN, space, playbook).then.campaign == made


def test_only_answers_with_a_comment_where_that_is_wanted_and_what_was_kept_before_wants_all(space, dataset, tmp_path):
    for name, when in (("Wrote", When("answer", LOW, commented=True)), ("All", When("answer", LOW))):
        playbooks.keep(ADMIN, space, Playbook(dataset, name, when, Then(name)), NOW)
    space.db.execute("UPDATE playbooks SET condition = json_remove(condition, '$.commented') WHERE name = 'All'")
    refreshed(space, dataset, tmp_path)
    runner.once(ADMIN, space, NOW + timedelta(days=2))
    made = sorted((title, person) for person, title, _owner in tasks(space))
    assert made == [("All", "customer-3"), ("All", "customer-4"), ("Wrote", "customer-3")]


def test_a_task_stands_at_the_account_of_whom_it_is_about(space, tmp_path):
    people = "person_id,name,account_id\ncustomer-3,Tre,acme\ncustomer-4,Vier,-\n"
    files = {**FILES, "people": people}
    made = datasets.keep(ANALYST, space, landed(tmp_path / "accounts", **files), "With accounts")
    playbooks.keep(ADMIN, space, Playbook(made, "Low", When("answer", LOW), Then("Call")), NOW)
    newer = landed(tmp_path / "newer", **{**files, "responses": NEWER})
    datasets.refresh(ANALYST, space, made, newer, 1)
    runner.once(ADMIN, space, NOW + timedelta(days=2))
    play = _kept(space, Playbook(made, "Fell", When("health"), Then("Ring")))
    firing.fire(ADMIN, space, play, [Fact("fell:1:2026-03-02", NOW, account="acme", names="Acme")], NOW)
    asked = ADMIN, space, made
    assert sorted(about.done(*asked, [], "acme")["what"]) == ["Call", "Ring"]
    listed = inbox.listed(ADMIN, space, "all", NOW.date(), made)[["title", "person_id", "name"]].fillna("")
    assert sorted(map(tuple, listed.to_numpy())) == [
        *(("Call", "customer-3", ""), ("Call", "customer-4", ""), ("Ring", "", "acme"))
    ]


def test_a_playbook_knows_what_a_set_that_was_saved_stands_for(space, dataset, tmp_path):
    kept_set = sets.save(ANALYST, space, dataset, sets.SET, "Board users", ["did.feature:Board;uses:1-"])
    query = {"who": [f"saved.{kept_set.id}~{kept_set.version}"], "v": ["4"]}
    playbooks.keep(ADMIN, space, Playbook(dataset, "Board", When("answer", query), Then("Call")), LONG_AGO)
    runner.once(ADMIN, space, NOW)
    assert sorted(person for person, *_ in tasks(space)) == ["customer-1", "customer-2"]
    sets.remove(ANALYST, space, dataset, kept_set.id)
    (told,) = runner.once(ADMIN, space, NOW + timedelta(days=1))
    assert "was not looked at" in str(told)


def test_silence_is_told_once_for_each(space, dataset, tmp_path):
    playbooks.keep(ADMIN, space, Playbook(dataset, "Silent", When("silent", days=10), Then("Ask again")), NOW)
    for days, made in ((9, 0), (11, 1), (12, 1)):
        runner.once(ADMIN, space, NOW + timedelta(days=days))
        assert len(tasks(space)) == made
    refreshed(space, dataset, tmp_path, NEWER)
    for days, made in ((9, 1), (10, 2), (30, 2)):
        runner.once(ADMIN, space, datetime(2026, 3, 3, 11, tzinfo=UTC) + timedelta(days=days, hours=1))
        assert len(tasks(space)) == made


def test_a_preview_says_when_it_would_have_fired(space, dataset):
    now = datasets.find(ANALYST, space, dataset)
    panel = panels.opened(ANALYST, space, now)
    then = runner.preview(ANALYST, space, now, panel, When("answer"), NOW + timedelta(days=5))
    assert [f"{at:%m-%d}" for at in then] == ["03-01", "03-02", "03-03"]
    assert len(runner.preview(ANALYST, space, now, panel, When("answer"), NOW, days=1)) == 1


def test_over_the_most_of_a_day_all_others_are_one_task_and_one_message(space, dataset):
    to = chat(space)
    play = _kept(space, Playbook(dataset, "Many", When("answer"), Then("Call", channel=to), a_day=3))
    found = [Fact(f"answer:{n:03}", NOW + timedelta(minutes=1), person=(f"p{n}", "", "", "", "")) for n in range(10)]
    assert [firing.fire(ADMIN, space, play, found[:part], NOW + timedelta(hours=1)) for part in (2, 5, 10)] == [2, 1, 0]
    assert sorted(title for _, title, _ in tasks(space)) == ["Call", "Call", "Call", "Many: 7 more cases today"]
    assert sorted(letter["subject"] for letter in letters(space)) == [
        *("Many: 1 new case", "Many: 2 new cases", "Many: 7 more cases today")
    ]
    assert firing.fire(ADMIN, space, play, [found[0]._replace(name="answer:x")], NOW + timedelta(days=1)) == 1


def _kept(space, playbook, now=NOW):
    return playbooks.find(ADMIN, space, playbooks.keep(ADMIN, space, playbook, now))


@pytest.mark.parametrize("personal", [True, False])
def test_names_are_told_only_where_the_channel_may_have_them(space, dataset, tmp_path, personal):
    to = chat(space, "webhook", address="https://hooks.example/in", personal=personal)
    playbooks.keep(ADMIN, space, Playbook(dataset, "Low", When("answer", LOW), Then(channel=to)), NOW)
    refreshed(space, dataset, tmp_path)
    runner.once(ADMIN, space, NOW + timedelta(days=3))
    (letter,) = letters(space)
    assert sorted(letter["names"]) == (["Tre", "customer-4"] if personal else [])
    assert letter["subject"] == "Low: 2 new cases"
    assert "bad" not in json.dumps(letter)


def test_a_crm_gets_a_contact_and_a_task_and_tells_each_row_that_failed(space, dataset, tmp_path):
    crm = receiving.HubSpot()
    with receiver(tmp_path, crm) as server:
        known = server.settings(secrets={"crm": "t0ken"})
        to = channels.keep(ADMIN, space, known, Channel("", "Hub", "hubspot", server.base, "crm"))
        play = _kept(space, Playbook(dataset, "Low", When("answer"), Then("Ask", channel=to)))
        people = [
            ("p1", "Una Een", "una@customer.example", "Acme", ""),
            ("p2", "Duo", "duo@nowhere", "", ""),
            ("p3", *[""] * 4),
        ]
        firing.fire(ADMIN, space, play, [Fact(f"answer:{who[0]}", NOW, person=who) for who in people], NOW)
        assert outbox.deliver(ADMIN, space, sending.by(known)) == {"sent": 1, "again": 0, "gave_up": 1}
        told = outbox.rows(ADMIN, space, dataset).set_index("person_id")
        assert told.loc["p1", "remote_id"] == "7000"
        assert told.loc["p2", "why"] == "It was refused there: Email address is invalid"
        assert crm.contacts["una@customer.example"]["properties"] == {
            **{"email": "una@customer.example", "firstname": "Una", "lastname": "Een", "company": "Acme"}
        }
        (sent,) = delivered.of_person(space, {"p1"})
        assert (sent["channel"], sent["remote_id"], delivered.of_person(space, {"p9"})) == ("Hub", "7000", [])
        assert delivered.old(space, dataset, datetime(2099, 1, 1)) == {"outbox": 2}
        assert [json.loads(row["body"]) for row in space.db.table("outbox").rows_where("sent_at IS NOT NULL")] == [{}]


def test_what_did_not_arrive_comes_again_under_its_key_until_it_is_given_up(space, dataset):
    to, clock, tried = chat(space), [NOW], []
    play = _kept(space, Playbook(dataset, "Low", When("answer"), Then(channel=to)))
    firing.fire(ADMIN, space, play, [Fact("answer:1", NOW)], NOW)

    def busy(channel, rows):
        tried.append((clock[0], rows[0].key))
        raise Unreachable("delivery.busy", host="hooks.example", status=429, after=120.0)

    for minutes in range(0, 40):
        clock[0] = NOW + timedelta(minutes=minutes)
        outbox.deliver(ADMIN, space, busy, lambda: clock[0])
    assert [(at - NOW).seconds // 60 for at, _ in tried] == [0, 2, 4, 6, 8, 10, 12, 14]
    assert len({key for _, key in tried}) == 1
    (row,) = outbox.rows(ANALYST, space, dataset).itertuples()
    assert row.why == "hooks.example asks to wait for 120 seconds (status 429). It is tried again."
    outbox.again(ANALYST, space, row.id)
    assert outbox.deliver(ADMIN, space, lambda _, rows: {each.key: "" for each in rows})["sent"] == 1
    assert outbox.deliver(ADMIN, space, busy)["again"] == 0


def test_a_chat_gets_one_message_a_second(space, dataset):
    to, sent = chat(space), []
    play = _kept(space, Playbook(dataset, "Low", When("answer"), Then(channel=to)))
    for n in range(3):
        firing.fire(ADMIN, space, play, [Fact(f"answer:{n}", NOW)], NOW)
    for moments in range(4):
        now = partial(lambda seconds: NOW + timedelta(seconds=seconds), 1.001 * moments)
        outbox.deliver(ADMIN, space, lambda _, rows: {row.key: sent.append(row.key) or "" for row in rows}, now)
        assert len(sent) == min(moments + 1, 3)


def test_a_message_that_was_taken_back_does_not_leave(space, dataset):
    play = _kept(space, Playbook(dataset, "Low", When("answer"), Then(channel=chat(space))))
    firing.fire(ADMIN, space, play, [Fact("answer:1", NOW)], NOW)
    outbox.take_back(ANALYST, space, outbox.rows(ANALYST, space, dataset)["id"][0])
    assert outbox.deliver(ADMIN, space, None)["sent"] == 0
    assert outbox.rows(ANALYST, space, dataset)["why"][0] == "It was taken back before it left."


@pytest.mark.parametrize(
    ("channel", "why"),
    [
        (Channel("", "x", "pigeon"), "A channel is"),
        (Channel("", " ", "mail", "a@b.example"), "Give the channel a name"),
        (Channel("", "x", "mail", "a@b, c@d"), "one e-mail"),
        (Channel("", "x", "slack", "https://hooks.example/T0/s3cret"), "may hold a secret"),
        (Channel("", "x", "webhook", "https://hooks.example/?token=1"), "may hold a secret"),
        (Channel("", "x", "webhook"), "Name the secret"),
        (Channel("", "x", "slack", secret_ref="nothing"), "no secret called"),
        (Channel("", "x", "webhook", "https://evil.example/"), "not listed"),
        (Channel("", "x", "hubspot", secret_ref="crm"), "address of the channel"),
    ],
)
def test_a_channel_that_nothing_could_be_sent_to_is_refused(space, channel, why):
    with pytest.raises(Refused, match=why):
        channels.keep(ADMIN, space, SECRETS, channel)


def test_no_secret_is_in_the_workspace_and_who_changed_a_channel_is(space):
    to = chat(space)
    channels.keep(ADMIN, space, SECRETS, channels.find(ADMIN, space, to)._replace(name="Other", active=False))
    assert [each.name for each in channels.listed(ANALYST, space)] == ["Other"]
    with pytest.raises(Refused, match="no other channel"):
        channels.keep(ADMIN, space, SECRETS, Channel("", "Other", "mail", "a@b.example"))
    assert audit.rows(ADMIN, space)["did"].tolist() == ["keep channel", "keep channel"]
    assert kept.traces(space.root, "hooks.example/x") == []
    channels.remove(ADMIN, space, to)
    with pytest.raises(InputError, match="no such channel"):
        channels.find(ADMIN, space, to)


def test_whoever_is_erased_is_in_no_message_and_no_task(space, dataset, tmp_path):
    to = chat(space, "webhook", address="https://hooks.example/in", personal=True)
    playbooks.keep(ADMIN, space, Playbook(dataset, "Low", When("answer", LOW), Then("Call", channel=to)), NOW)
    refreshed(space, dataset, tmp_path)
    runner.once(ADMIN, space, NOW + timedelta(days=3))
    erase.erase(ADMIN, space, "customer-4")
    assert [person for person, *_ in tasks(space)] == ["customer-3"]
    assert letters(space)[0]["names"] == ["Tre", "[removed]"]
    runner.once(ADMIN, space, NOW + timedelta(days=4))
    assert kept.traces(space.root, "customer-4") == []


def test_data_that_are_deleted_take_their_playbooks_and_messages_along(space, dataset, tmp_path):
    _kept(
        space,
        Playbook(dataset, "Low", When("answer"), Then("Call", channel=chat(space))),
        datetime(2026, 1, 1, tzinfo=UTC),
    )
    runner.once(ADMIN, space, NOW)
    datasets.delete(ADMIN, space, dataset)
    for table in ("playbooks", "firings", "runs", "tasks", "outbox"):
        assert space.db.table(table).count == 0


@pytest.mark.parametrize(
    "changed",
    [
        *(
            {"name": ""},
            {"name": "x" * 81},
            {"a_day": 0},
            {"then": Then()},
            {"then": Then("x\ny")},
            {"when": When("never")},
        ),
        *({"when": When("silent", days=0)}, {"when": When("digest")}, {"when": When("answer", {"v": ["99"]})}),
        {"then": Then("x", channel="nowhere")},
    ],
)
def test_a_playbook_that_could_not_work_is_refused(space, dataset, changed):
    with pytest.raises(InputError):
        playbooks.keep(ADMIN, space, Playbook(dataset, "x", When("answer"), Then("Call"))._replace(**changed), NOW)


def test_two_people_do_not_change_a_playbook_unseen(space, dataset):
    seen = _kept(space, Playbook(dataset, "Low", When("answer"), Then("Call")))
    playbooks.keep(ADMIN, space, seen._replace(name="Lower"), NOW)
    with pytest.raises(InputError, match="meanwhile"):
        playbooks.keep(ADMIN, space, seen._replace(name="Lowest"), NOW)
    with pytest.raises(Refused, match="no other one"):
        playbooks.keep(ADMIN, space, Playbook(dataset, "Lower", When("answer"), Then("Call")), NOW)


def test_what_cannot_be_looked_at_says_why_and_others_go_on(space, dataset):
    _kept(space, Playbook(dataset, "A", When("health"), Then("Call")))
    _kept(space, Playbook(dataset, "B", When("answer", {"plan": ["none"], "v": ["3"]}), Then("Call")))
    _kept(space, Playbook(dataset, "C", When("answer"), Then("Call")), LONG_AGO)
    told = [str(each) for each in runner.once(ADMIN, space, NOW)]
    assert told[-1] == "C: 3 new cases."
    assert runner.once(ADMIN, space, NOW) == []


def test_a_digest_is_told_once_a_week_and_names_nobody(space, dataset):
    to = chat(space, "webhook", address="https://hooks.example/in", personal=True)
    _kept(space, Playbook(dataset, "Weekly", When("digest"), Then(channel=to)))
    for days in range(15):
        runner.once(ADMIN, space, NOW + timedelta(days=days))
    told = letters(space)
    assert len(told) == 2  # Mondays after the day on which it was made
    assert all(letter["page"].startswith("<!doctype html>") for letter in told)
    assert not any(word in told[0]["page"] for word in ("Una", "customer-1", "@customer", "fine"))


def test_what_happened_once_is_one_fact_though_weeks_are_counted_from_another_day(space, dataset):
    play = _kept(space, Playbook(dataset, "Fell", When("health"), Then("Call")), LONG_AGO)

    def fell(account, *days):
        when = [NOW + timedelta(days=day) for day in days]
        found = [Fact(f"fell:{account}:{at:%Y-%m-%d}", at, names="Acme", same=21) for at in when]
        return firing.fire(ADMIN, space, play, found, NOW + timedelta(days=max(days)))

    assert [fell("a", -7, 0), fell("a", 1), fell("a", 6, -1), fell("b", 6), fell("a", 40)] == [1, 0, 0, 1, 1]


class Fell:
    """A panel of which only alarms are known."""

    def __init__(self, *rows):
        self.rows = rows

    def select(self, _selection):
        return self

    def alarms(self):
        return alarms.table([*self.rows])


def test_a_fall_in_the_score_is_the_same_fact_whenever_it_is_looked_for_and_a_rise_is_none():
    since, sizes = pd.Timestamp("2026-02-02"), (-20.0, -30.0, -10.0, 40.0, 20.0, 90, 80, np.nan, "")
    fell, rose = (alarms.Alarm(pd.Timestamp("2026-03-04"), way, since, *sizes) for way in ("fell", "rose"))
    for panel in (Fell(fell, rose), Fell(fell._replace(at=pd.Timestamp("2026-03-07 10:00")))):
        (fact,) = rules.facts(When("score"), World(panel, str, None, NOW))
        assert (fact.name, fact.told[:8]) == ("alarm:2026-03-02", "The scor")


def test_a_real_fall_is_told_to_a_channel_once_however_often_the_data_are_refreshed(space, tmp_path):
    """Half a year around +25, then weeks of detractors: the watch goes off, and then is silent."""
    steady = _weeks(28, lambda n: 10 if n % 4 < 2 else (7 if n % 4 == 2 else 4))
    made = datasets.keep(ANALYST, space, landed(tmp_path / "weekly", responses=_as_csv(steady)), "Weekly")
    then = Then(channel=chat(space))
    playbooks.keep(ADMIN, space, Playbook(made, "Fall", When("score"), then), LONG_AGO - timedelta(days=400))
    counts = []
    for weeks in range(28, 38, 2):
        later = _weeks(weeks, lambda n: 2 if n % 4 else 9)[len(steady) :]
        if weeks > 28:
            refreshed(space, made, tmp_path, _as_csv([*steady, *later]))
        runner.once(ADMIN, space, BEGAN + timedelta(weeks=weeks, days=1))
        counts.append(len(letters(space)))
    assert counts == [0, *sorted(counts[1:])]
    assert (counts[-1], letters(space)[0]["subject"]) == (1, "Fall: 1 new case")
    assert letters(space)[0]["text"].startswith("The score fell, by about 75 points")


BEGAN = datetime(2025, 6, 2, tzinfo=UTC)


def _weeks(n, score):
    """Twenty answers a week, of somebody else each: (number, score, day)."""
    return [(each, score(each), BEGAN + timedelta(weeks=each // 20, days=each % 5)) for each in range(20 * n)]


def _as_csv(rows):
    told = [f"r{n},customer-{n},{score},{day:%Y-%m-%d}" for n, score, day in rows]
    return "\n".join(["response_id,person_id,score,date", *told, ""])


def _worked(facts, kills, place):
    command = [sys.executable, str(Path(__file__).with_name("working.py")), str(facts), str(kills), "3", str(place)]
    known = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=known)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("facts", "kills"),
    [(120, 12), pytest.param(1_000, 200, marks=[pytest.mark.slow, pytest.mark.timeout(1_200)])],
)
def test_whoever_is_killed_each_fact_has_one_task_and_each_message_one_key(tmp_path, facts, kills):
    told = _worked(facts, kills, tmp_path)
    assert (told["integrity"], told["gave up"]) == ("ok", 0)
    assert {told[each] for each in ("acted", "tasks", "facts with a task", "facts told")} == {facts}, told
    assert told["messages"] == told["sent"] == told["keys"], told

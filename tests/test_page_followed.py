"""What was done about a person and an account, on their pages: campaigns, tasks, notes, and who is left alone."""

from datetime import UTC, datetime

import kept
import pandas as pd
import pytest
from journeys import healthy, opened, said, table
from kept import here, landed

from web import identity
from workspace.access.actor import Actor, Role
from workspace.follow_up import about, campaigns, inbox, members, suppression, tasks
from workspace.follow_up.about import Whom
from workspace.store import datasets

pytestmark = [pytest.mark.timeout(300), pytest.mark.usefixtures("workspace")]  # whole pages

BEN, NOW = Actor("ben", Role.ANALYST), datetime(2026, 4, 1, tzinfo=UTC)
RESPONSES = "response_id,person_id,score,date,comment\n" + "".join(
    f"r{n},c{n},{n % 11},2026-03-{n + 1:02},\n" for n in range(12)
)
USAGE = "person_id,feature,date\n" + "".join(f"c{n},Board,2026-02-{n + 1:02}\n" for n in range(12))
PEOPLE = "person_id,name,email,account_id\n" + "".join(
    f"c{n},Person {n},c{n}@a.example,{'acme' if n < 3 else 'other'}\n" for n in range(12)
)


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    files = {"responses": RESPONSES, "usage": USAGE, "people": PEOPLE}
    return landed(tmp_path_factory.mktemp("read") / "files", **files)


@pytest.fixture
def one(read, workspace):
    """The id of what is kept."""
    with here() as space:
        return datasets.keep(kept.ANALYST, space, read, "First quarter")


@pytest.fixture
def followed(one):
    """A campaign in which c1 was resolved, a task about them, and a note."""
    people = pd.DataFrame({"person_id": ["c1", "c4"], "email": ["c1@a.example", "c4@a.example"], "name": ["Una", None]})
    with here() as space:
        made = campaigns.make(BEN, space, one, campaigns.Draft("Call *them*", "all"), people, NOW)
        campaigns.turn(BEN, space, made, 1, "running")
        members.change(BEN, space, made, {"c1": 1}, NOW, status="resolved", cause="slow")
        tasks.make(BEN, space, tasks.Task(one, "Send the guide", person_id="c1", owner="ben"), NOW)
        about.write(BEN, space, one, Whom(person="c1"), "Likes <b>Board</b>", NOW)
    return made


def test_a_person_shows_campaigns_tasks_and_notes_whatever_came_of_them(one, followed):
    app = opened(page="person", data=one, person="c1")
    rows = table(app, "what", "status")[["kind", "what", "status", "owner"]]
    assert sorted(map(tuple, rows.fillna("").to_numpy())) == [
        ("Campaign", "Call *them*", "Resolved", ""),
        ("Task", "Send the guide", "Open", "ben"),
    ]
    assert "Likes <b>Board</b>" in [each.value for each in app.text]
    assert "2026-04-01, ben" in [each.value for each in app.text]
    assert "In no campaign" in said(opened(page="person", data=one, person="c2"))


def test_a_note_is_added_and_taken_away_again(one):
    app = opened(page="person", data=one, person="c1")
    app.text_area(key="note_said").set_value("Ring in May")
    healthy(app.button(key="add_note").click().run())
    assert "Ring in May" in [each.value for each in app.text]
    (remove,) = [each for each in app.button if (each.key or "").startswith("remove_note_")]
    healthy(remove.click().run())
    assert "Ring in May" not in [each.value for each in app.text]


def test_an_empty_note_is_none_and_that_is_said(one):
    app = opened(page="person", data=one, person="c1")
    healthy(app.button(key="add_note").click().run())
    assert "Write something" in said(app)


def test_a_task_about_an_account_stands_on_its_page_and_in_the_inbox(one, followed):
    app = opened(page="accounts", data=one, account="acme")
    app.text_input(key="task_title").set_value("Prepare the renewal")
    healthy(app.button(key="add_task").click().run())
    rows = table(app, "what", "status")
    assert sorted(rows["what"]) == ["Call *them*", "Prepare the renewal", "Send the guide"]
    with here() as space:
        listed = inbox.listed(BEN, space, "all", NOW.date(), one).set_index("title")
    assert listed.loc["Prepare the renewal", "name"] == "acme"


def test_whoever_is_excluded_is_removed_by_the_rules_until_an_administrator_allows_it(one):
    app = opened(page="person", data=one, person="c1")
    healthy(app.button(key="send_exclude").click().run())
    assert "Say why" in said(app)
    app.text_input(key="exclude_why").set_value("Asked us to stop")
    healthy(app.button(key="send_exclude").click().run())
    assert any("Asked us to stop" in each.value for each in app.text)
    with here() as space:
        assert sorted(suppression.listed(BEN, space)["kind"]) == ["email", "id"]
    healthy(app.run())
    app.text_input(key="allow_why").set_value("They asked again")
    healthy(app.button(key="send_allow").click().run())
    with here() as space:
        assert suppression.listed(BEN, space).empty


def test_an_account_is_excluded_as_a_whole(one):
    app = opened(page="accounts", data=one, account="acme")
    app.text_input(key="exclude_why").set_value("In court")
    healthy(app.button(key="send_exclude").click().run())
    with here() as space:
        assert suppression.listed(BEN, space)["kind"].tolist() == ["account"]
        assert suppression.of(BEN, space, [("account", "ACME ")], NOW.date())["why"].tolist() == ["In court"]
        assert suppression.of(BEN, space, [("account", "other")], NOW.date()).empty


def test_only_who_wrote_a_note_or_an_administrator_takes_it_away(one, followed):
    with here() as space:
        (n,) = about.notes(BEN, space, one, Whom(person="c1"))["n"]
        with pytest.raises(Exception, match="Whoever wrote a note"):
            about.remove(kept.ANALYST, space, one, int(n))
        about.remove(kept.ADMIN, space, one, int(n))
        assert about.notes(BEN, space, one, Whom(person="c1")).empty


def test_viewers_of_data_without_names_see_nothing_of_it(one, followed, monkeypatch):
    with here() as space:
        datasets.show_viewers(kept.ADMIN, space, one, "pseudonymous")
    monkeypatch.setattr(identity, "of_page", lambda: identity.Visitor(Actor("vera", Role.VIEWER, 7), "owner"))
    listed = table(opened(page="people", data=one), "person_id")
    for who in listed["person_id"].head(3):
        seen = opened(page="person", data=one, person=who)
        assert who in said(seen)
        assert "Follow-up" not in [each.value for each in seen.header]
        assert "Likes <b>Board</b>" not in said(seen)
        assert "add_note" not in [each.key for each in seen.button]

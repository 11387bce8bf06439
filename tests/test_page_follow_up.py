"""Follow-up: campaigns of who is selected, whom the rules remove, the inbox, and two people who change one at once."""

from datetime import UTC, date, datetime

import kept
import pandas as pd
import pytest
from journeys import headline, healthy, opened, said, table
from kept import here, landed

from workspace.access.actor import Actor, Role
from workspace.follow_up import campaign, campaigns, joining, members, suppression, tasks
from workspace.store import audit, datasets

pytestmark = [pytest.mark.timeout(300), pytest.mark.usefixtures("workspace")]  # whole pages

RESPONSES = "response_id,person_id,score,date,comment\n" + "".join(
    f"r{n},c{n},{n % 11},2026-03-{n + 1:02},\n" for n in range(12)
)
USAGE = "person_id,feature,date\n" + "".join(f"c{n},Board,2026-02-{n + 1:02}\n" for n in range(12))
PEOPLE = "person_id,name,email,opted_out\n" + "".join(
    f"c{n},Person {n},c{n}@a.example,{'yes' if n == 3 else 'no'}\n" for n in range(12)
)
MEMBERS, WHO = ("name", "status"), Actor("ann", Role.ANALYST)


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    files = {"responses": RESPONSES, "usage": USAGE, "people": PEOPLE}
    return landed(tmp_path_factory.mktemp("read") / "files", **files)


@pytest.fixture
def one(read, workspace):
    """The id of what is kept."""
    with here() as space:
        return datasets.keep(kept.ANALYST, space, read, "First quarter")


def running(one, **more):
    """A campaign of three people."""
    people = pd.DataFrame({"person_id": ["c1", "c2", "c4"], "email": ["a@a.example", "b@a.example", "d@a.example"]})
    draft = campaigns.Draft("Call them", "gave 0 to 6", **more)
    with here() as space:
        made = campaigns.make(WHO, space, one, draft, people, datetime.now(UTC))
        campaigns.turn(WHO, space, made, 1, "running")
    return made


def ticked(app, key, *rows):
    """Tick rows of the one table whose key begins so."""
    (name,) = [each.key for each in app.dataframe if (each.key or "").startswith(key)]
    app.session_state[name] = {"selection": {"rows": [*rows], "columns": [], "cells": []}}
    return healthy(app.run(), key)


def test_without_data_that_are_kept_the_page_says_what_to_do():
    app = opened(page="follow_up")
    assert headline(app) == "Nothing is followed up yet"
    assert "campaigns that write to people as far as these may be contacted" in said(app)
    assert "It belongs to data that are kept" in said(app)
    assert headline(healthy(app.button(key="follow_up_data").click().run(), "data")) != "Nothing is followed up yet"


def test_a_campaign_is_made_of_a_selection_but_whom_the_rules_remove(one):
    app = opened(page="people", data=one, score="0-6")
    assert "7 of 8 may be contacted." in "\n".join(each.value for each in app.text)
    assert table(app, "rule", "alone")["rule"].tolist() == ["opted out"]
    app.text_input(key="follow_people_name").set_value("Call detractors")
    healthy(app.button(key="follow_people_make").click().run(), "follow_up")
    with here() as space:
        (made,) = campaign.listed(WHO, space, one)
    assert (made.name, made.removed) == ("Call detractors", {"opted_out": 1})
    assert (made.why, made.query["score"]) == ("score 0 to 6", ["0-6"])


def test_people_are_added_to_a_campaign_that_is_there_but_whom_the_rules_remove(one):
    made = running(one)  # c1, c2 and c4 are in it; c3 opted out
    app = opened(page="people", data=one, score="0-6")
    healthy(app.selectbox(key="follow_people_into").select(made).run())
    texts = [each.value for each in app.text]
    assert {"3 are in it already.", "4 of the other 5 may be contacted."} <= {*texts}
    assert table(app, "rule", "alone")["rule"].tolist() == ["opted out"]
    healthy(app.button(key="follow_people_add").click().run(), "follow_up")
    assert headline(app) == "7 people to be contacted"
    assert "4 people were added to “Call them”. Of the others, 3 were in it already, and the rules left out 1." in said(
        app
    )
    app = opened(page="follow_up", data=one, view="campaigns", campaign=made, part="rules")
    assert table(app, "why", "people")[["people", "why"]].to_numpy().tolist() == [[4, "score 0 to 6"]]


def test_a_campaign_that_somebody_closed_meanwhile_takes_nobody_and_that_is_said(one):
    made = running(one)
    app = opened(page="people", data=one)
    healthy(app.selectbox(key="follow_people_into").select(made).run())
    with here() as space:
        campaigns.turn(WHO, space, made, 2, "closed")
    healthy(app.button(key="follow_people_add").click().run(), "people")
    assert "“Call them” is closed. Nobody is added to it." in said(app)
    assert not [each for each in app.selectbox if each.key == "follow_people_into"]  # none is open any more


def test_where_people_stand_is_changed_for_many_and_what_is_resolved_has_a_cause(one):
    made = running(one, owner="ann")
    app = ticked(opened(page="follow_up", data=one, view="campaigns", campaign=made), "members_", 0, 1)
    app.selectbox(key="members_status").set_value("resolved")
    healthy(app.button(key="send_members").click().run())
    assert "Say what the cause was" in said(app)
    app.selectbox(key="members_status").set_value("resolved")
    app.text_input(key="members_cause").set_value("The export was slow")
    healthy(app.button(key="send_members").click().run())
    assert table(app, *MEMBERS)["status"].tolist() == ["Resolved", "Resolved", "To contact"]
    with here() as space:
        assert members.board(WHO, space, made)["resolved"] == 2


def test_who_was_changed_by_somebody_else_meanwhile_stays_and_that_is_said(one):
    made = running(one)
    app = ticked(opened(page="follow_up", data=one, view="campaigns", campaign=made), "members_", 0, 1)
    with here() as space:
        members.change(WHO, space, made, {"c1": 1}, datetime.now(UTC), status="replied")
    app.selectbox(key="members_status").set_value("contacted")
    healthy(app.button(key="send_members").click().run())
    assert "Somebody changed 1 of them meanwhile" in said(app)
    assert table(app, *MEMBERS)["status"].tolist() == ["Replied", "Contacted", "To contact"]


def test_the_inbox_lists_tasks_and_people_and_changes_both_at_once(one):
    running(one, owner="ann", due=date(2026, 1, 1))
    with here() as space:
        tasks.make(WHO, space, tasks.Task(one, "Look at the export", date(2026, 1, 2)), datetime.now(UTC))
    app = opened(page="follow_up", data=one)
    assert headline(app) == "4 are open"
    assert "4 overdue, 0 due within three days" in said(app)
    app = ticked(app, "inbox_", 0, 3)
    app.selectbox(key="inbox_status").set_value("resolved")
    app.text_input(key="inbox_cause").set_value("Done")
    healthy(app.button(key="send_inbox").click().run())
    assert headline(app) == "2 are open"
    app.segmented_control(key="inbox_whose").set_value("nobody")
    assert headline(healthy(app.run())) == "Nothing is open"


def test_a_task_is_written_down_and_is_mine(one):
    app = opened(page="follow_up", data=one, owner="mine")
    app.text_input(key="task_title").set_value("Call c4")
    (add,) = [button for button in app.button if button.label == "Add"]
    healthy(add.click().run())
    assert headline(app) == "1 of mine is open"
    assert table(app, "what", "owner")[["what", "owner"]].to_numpy().tolist() == [["Call c4", "Me"]]


def test_whether_it_worked_is_told_against_others_of_the_selection_that_it_was_made_of(tmp_path, workspace):
    """Of 80 who gave 3, 40 were written to; all answer again, 9 who were written to and 3 the others."""
    again = "".join(f"s{n},d{n},{9 if n < 40 else 3},2026-05-01,\n" for n in range(80))
    low = "".join(f"q{n},d{n},3,2026-03-01,\n" for n in range(80))
    used = "".join(f"d{n},Board,2026-{month}-10\n" for n in range(80) for month in ("03", "05"))
    read = landed(tmp_path / "files", responses=RESPONSES + low + again, usage=USAGE + used)
    people = pd.DataFrame({"person_id": [f"d{n}" for n in range(40)], "email": [f"d{n}@a.example" for n in range(40)]})
    april = datetime(2026, 4, 1, tzinfo=UTC)
    with here() as space:
        made_of = datasets.keep(kept.ANALYST, space, read, "Spring")
        draft = campaigns.Draft("Call them", "gave 0 to 6", query={"score": ["0-6"]})
        one = campaigns.make(WHO, space, made_of, draft, people, april)
        members.change(WHO, space, one, {f"d{n}": 1 for n in range(40)}, april, status="contacted")
    told = said(opened(page="follow_up", data=made_of, view="campaigns", campaign=one, part="worked"))
    assert "Their next answers are 200 points higher than those of others (+200 to +200)." in told
    assert "The others are of the same selection, had the same score" in told
    assert "Answered again: 100% of 40 who were written to, 100% of 40 others." in told
    assert "Of these, in a higher group than before: 100% and 0% (+100 to +100 points)." in told
    assert "of who was written to, " in told.partition("Active days a week, ")[2]
    with here() as space:
        joining.add(
            WHO, space, made_of, one, joining.Added(people.tail(1).assign(person_id="c1", email="c1@a.example")), april
        )
    told = said(opened(page="follow_up", data=made_of, view="campaigns", campaign=one, part="worked"))
    assert "The others had the same score" in told  # who was added is of no selection that is known


@pytest.mark.parametrize("part", ["rules", "list", "worked", "about"])
def test_every_part_of_a_campaign_opens_whether_it_runs_or_not(one, part):
    made = running(one)
    app = opened(page="follow_up", data=one, view="campaigns", campaign=made, part=part)
    assert headline(app) == "3 people to be contacted"
    with here() as space:
        campaigns.turn(WHO, space, made, 2, "draft")
    assert headline(healthy(app.run())) == "3 people to be contacted"


def test_an_administrator_turns_a_rule_off_with_a_reason_that_stands_in_the_audit(one):
    made = running(one)
    app = opened(page="follow_up", data=one, view="campaigns", campaign=made, part="rules")
    assert "3 of those who wait may be contacted." in said(app)
    app.selectbox(key="rule_to_turn_off").set_value("contacted")
    healthy(app.button(key="rule_off_send").click().run())
    assert "Say why" in said(app)
    app.selectbox(key="rule_to_turn_off").set_value("contacted")
    app.text_input(key="rule_off_why").set_value("The outage")
    healthy(app.button(key="rule_off_send").click().run())
    assert "contacted too recently: The outage" in said(app)
    with here() as space:
        assert campaign.find(WHO, space, made).off == {"contacted": "The outage"}
        assert "rule off" in audit.rows(kept.ADMIN, space, 5)["did"].tolist()


def test_a_list_is_offered_of_whom_the_rules_allow_at_this_moment(one):
    made = running(one)
    with here() as space:
        suppression.suppress(WHO, space, "email", "c1@a.example", "asked for it")
    app = opened(page="follow_up", data=one, view="campaigns", campaign=made, part="list")
    app.selectbox(key="list_layout").set_value("hubspot")
    healthy(app.run())
    assert "Download 2 people" in [each.proto.label for each in app.get("download_button")]
    assert "First name" in app.multiselect(key="list_columns_hubspot_False").options


def test_whom_to_survey_next_is_drawn_of_who_is_rested_and_rests_once_that_is_noted(one):
    app = opened(page="follow_up", data=one, view="survey")
    assert headline(app) == "Ask 11 people next"
    healthy(app.button(key="survey_note").click().run())
    assert headline(app) == "Nobody is rested"
    assert "It is noted that 11 people were asked." in said(app)


def test_who_is_suppressed_under_the_contact_rules_is_told_in_numbers(one):
    app = opened(page="follow_up", data=one, view="campaigns")
    app.text_input(key="never_what").set_value("c1@a.example")
    app.text_input(key="never_why").set_value("asked for it")
    healthy(app.button(key="never_send").click().run())
    assert "1 is suppressed." in said(app)


def test_the_people_of_a_list_of_accounts_become_a_campaign_with_the_list_as_its_reason(tmp_path, workspace):
    people = PEOPLE.replace("opted_out", "opted_out,account_id").replace("no\n", "no,a1\n").replace("yes\n", "yes,a2\n")
    read = landed(tmp_path / "files", responses=RESPONSES, usage=USAGE, people=people)
    with here() as space:
        one = datasets.keep(kept.ANALYST, space, read, "With accounts")
    app = opened(page="accounts", data=one)
    app.text_input(key="follow_accounts_name").set_value("All of them")
    healthy(app.button(key="follow_accounts_make").click().run(), "follow_up")
    with here() as space:
        (made,) = campaign.listed(WHO, space, one)
        listed = members.listed(WHO, space, made.id, date.today())
    assert (made.people, made.why) == (11, "All, everybody")
    assert {*listed["account_id"]} == {"a1"}


def test_accounts_and_people_are_called_by_name_where_one_is_known(tmp_path, workspace):
    people = "person_id,name,email,account_id,account\n" + "".join(
        f"c{n},{f'Person {n}' if n else ''},c{n}@a.example,{'a1,Acme' if n < 2 else 'a2,'}\n" for n in range(12)
    )
    read = landed(tmp_path / "files", responses=RESPONSES, usage=USAGE, people=people)
    whom = pd.DataFrame({"person_id": ["c0", "c1", "c2"], "email": ["x@a.example", "y@a.example", "z@a.example"]})
    with here() as space:
        one = datasets.keep(kept.ANALYST, space, read, "With accounts")
        draft = campaigns.Draft("Call", "all", message="Dear {first_name|colleague} of {account}")
        accounts = whom.assign(account_id=["a1", "a1", "a2"], name=[None, "Person 1", "Person 2"])
        made = campaigns.make(WHO, space, one, draft, accounts, datetime.now(UTC))
        for about in ({"person_id": "c1"}, {"person_id": "c0"}, {"account_id": "a1"}, {"account_id": "a2"}):
            tasks.make(WHO, space, tasks.Task(one, "Ring", **about), datetime.now(UTC))
        members.change(WHO, space, made, {"c0": 1}, datetime.now(UTC), status="resolved", cause="slow")
    assert sorted(table(opened(page="follow_up", data=one), "what", "who")["who"]) == ["Acme", "Person 1", "a2", "c0"]
    app = ticked(opened(page="follow_up", data=one, view="campaigns", campaign=made), "members_", 0)
    assert table(app, "name", "account")[["name", "account"]].to_numpy().tolist() == [
        *(["c0", "Acme"], ["Person 1", "Acme"], ["Person 2", "a2"])
    ]
    assert "Dear colleague of Acme" in [each.value for each in app.code]
    assert table(app, "before", "after")["before"].fillna("").tolist() == ["", "To contact"]
    app.text_input(key="members_search").set_value("acme")
    assert len(table(healthy(app.run()), "name", "account")) == 2

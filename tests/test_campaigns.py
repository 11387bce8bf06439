"""Campaigns: whom they are for is fixed, the rules are asked again, and two people may change them at once."""

from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest

from nps.notes import InputError, NothingLeft, Refused
from workspace.access.actor import Actor, Role
from workspace.follow_up import campaign, campaigns, decisions, joining, members, ruling, suppression, tasks, words
from workspace.follow_up.campaigns import Draft
from workspace.follow_up.decisions import Decision
from workspace.follow_up.joining import Added
from workspace.follow_up.tasks import Task
from workspace.store import audit
from workspace.store.database import open_workspace

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)
TODAY = NOW.date()
ANALYST, ADMIN = Actor("ann", Role.ANALYST), Actor("adam", Role.ADMIN)
DRAFT = Draft("Call detractors", "gave 0 to 6 in March", goal="hear why", owner="ann", due=date(2026, 4, 2))


def crowd(n=4, **more):
    ids = [f"p{each}" for each in range(n)]
    frame = pd.DataFrame({"person_id": ids, "email": [f"{each}@a.example" for each in ids], "score": 3})
    return frame.assign(**{"answered_at": pd.Timestamp("2026-03-20"), "opted_out": False, **more})


@pytest.fixture
def space(tmp_path):
    with open_workspace(tmp_path / "workspace") as opened:
        yield opened


def running(space, draft=DRAFT, people=None, dataset="shop"):
    made = campaigns.make(ADMIN, space, dataset, draft, crowd() if people is None else people, NOW)
    campaigns.turn(ANALYST, space, made, 1, "running")
    return made


def leaves(space, made, now=NOW, people=None):
    return members.leaving(ANALYST, space, made, now, people)[0]["person_id"].tolist()


def test_the_people_are_fixed_with_the_reason_and_whom_the_rules_took_out(space):
    people = crowd(opted_out=[False, True, False, False], email=["a@a.example", "b@a.example", None, "A@a.example"])
    made = campaigns.make(ANALYST, space, "shop", DRAFT, people, NOW)
    kept = campaign.find(ANALYST, space, made)
    assert (kept.why, kept.state, kept.people) == ("gave 0 to 6 in March", "draft", 1)
    assert kept.removed == {"opted_out": 1, "no_email": 1, "same_email": 1}
    (row,) = members.listed(ANALYST, space, made, TODAY).to_dict("records")
    assert (row["person_id"], row["score"], row["answered_at"]) == ("p0", 3, "2026-03-20T00:00:00.000+00:00")
    assert (row["arm"], row["status"], row["owner"], row["due"]) == ("contact", "to contact", "ann", "2026-04-02")
    assert [each.name for each in campaign.listed(ANALYST, space, "shop")] == ["Call detractors"]
    assert campaign.listed(ANALYST, space, "other") == []


def test_of_several_rows_of_a_person_the_last_counts(space):
    people = pd.concat([crowd(1, score=9), crowd(1, score=2)])
    made = campaigns.make(ANALYST, space, "shop", DRAFT, people, NOW)
    assert members.listed(ANALYST, space, made, TODAY)["score"].tolist() == [2]


def test_where_the_rules_leave_nobody_there_is_no_campaign(space):
    with pytest.raises(NothingLeft, match="leave nobody"):
        campaigns.make(ANALYST, space, "shop", DRAFT, crowd(opted_out=True), NOW)
    assert campaign.listed(ANALYST, space, "shop") == []


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": " "}, "Give the campaign a name"),
        ({"name": "Call\u202e detractors"}, "called “Call detractors”"),
        ({"message": "Dear {nmae}"}, "names “nmae”"),
        ({"held_back": 0.6}, "At most 50%"),
        ({"goal": "x" * 201}, "at most 200"),
    ],
)
def test_a_campaign_that_cannot_be_is_refused(space, wrong, told):
    campaigns.make(ANALYST, space, "shop", DRAFT, crowd(1), NOW)
    draft = Draft(**{**vars(DRAFT), "name": "Another", **wrong})
    with pytest.raises(InputError, match=told):
        campaigns.make(ANALYST, space, "shop", draft, crowd(1), NOW)


def test_a_share_is_held_back_at_random_by_a_seed_that_is_kept(space):
    drafts = [
        Draft(**{**vars(DRAFT), "name": name, "held_back": 0.15, "seed": seed})
        for name, seed in (("a", 7), ("b", 7), ("c", 8))
    ]
    held = []
    for number, draft in enumerate(drafts):
        made = campaigns.make(ANALYST, space, f"shop {number}", draft, crowd(200), NOW)
        rows = members.listed(ANALYST, space, made, TODAY)
        held.append({*rows.loc[rows["arm"] == "held back", "person_id"]})
    assert [len(each) for each in held] == [30, 30, 30]
    assert held[0] == held[1] != held[2]
    draft = Draft(**{**vars(DRAFT), "held_back": 0.15})
    made = campaigns.make(ANALYST, space, "shop", draft, crowd(200).sample(frac=1, random_state=1), NOW)
    seed = campaign.find(ANALYST, space, made).seed
    again = campaigns.make(ANALYST, space, "shop 9", Draft(**{**vars(draft), "seed": seed}), crowd(200), NOW)
    one, other = (members.listed(ANALYST, space, each, TODAY).set_index("person_id")["arm"] for each in (made, again))
    assert one.equals(other)


def test_who_is_held_back_leaves_in_no_list_and_cannot_be_called_contacted(space):
    made = running(space, Draft(**{**vars(DRAFT), "held_back": 0.25, "seed": 1}))
    rows = members.listed(ANALYST, space, made, TODAY).set_index("person_id")
    (held,) = rows.index[rows["arm"] == "held back"]
    assert sorted(leaves(space, made)) == sorted({*rows.index} - {held})
    with pytest.raises(Refused, match="held back is not contacted"):
        members.change(ANALYST, space, made, {held: 1}, NOW, status="contacted")
    assert members.board(ANALYST, space, made)["to contact"] == 3


def test_rules_are_asked_again_when_a_list_leaves(space):
    made = running(space)
    assert leaves(space, made) == ["p0", "p1", "p2", "p3"]
    suppression.suppress(ANALYST, space, "id", "p0", "asked us to")
    assert leaves(space, made) == ["p1", "p2", "p3"]
    by_now = crowd(3, opted_out=[False, True, False], email=["p0@a.example", "p1@a.example", "p3@a.example"])
    assert leaves(space, made, people=by_now) == ["p2"]  # p2 has p3's address by now, and comes first
    members.reached(ANALYST, space, made, ["p2"], "mail", NOW)
    assert leaves(space, made) == ["p1", "p3"]


def test_who_moved_leaves_with_the_address_name_and_account_of_today(space):
    made = running(space, people=crowd(3, name="Una", account_id="a1", score=[1, 2, 3]))
    by_now = crowd(2, email=["new@b.example", "asked.us@b.example"], name=["Una Neu", None], account_id="a2")
    suppression.suppress(ANALYST, space, "email", "asked.us@b.example", "asked us to")
    found, removed = members.leaving(ANALYST, space, made, NOW, by_now)
    told = found[["person_id", "email", "name", "account_id", "score"]].to_numpy().tolist()
    assert told == [["p0", "new@b.example", "Una Neu", "a2", 1], ["p2", "p2@a.example", "Una", "a1", 3]]
    assert removed["suppressed"].tolist() == [False, True, False]


def test_who_comes_later_is_ruled_as_who_was_there_and_chance_holds_back_as_many(space):
    made = running(space, Draft(**{**vars(DRAFT), "held_back": 0.5, "seed": 7}), crowd(2))
    later = crowd(6, email=["x@a.example", None, "p1@a.example", "P0@a.example", "p4@a.example", "p5@a.example"])
    later["opted_out"] = later["person_id"] == "p4"
    came = joining.add(ANALYST, space, "shop", made, Added(later), NOW)
    assert came.removed["same_email"].tolist() == [True, True, False, False]  # p2 and p3 have those of p1 and p0
    assert (came.n, came.there) == (1, 2)
    kept = campaign.find(ANALYST, space, made)
    assert (kept.people, kept.removed) == (3, {"same_email": 2, "opted_out": 1})
    assert joining.add(ANALYST, space, "shop", made, Added(later), NOW).n == 0
    assert joining.add(ANALYST, space, "shop", made, Added(later.head(0)), NOW).n == 0
    many = crowd(400).assign(person_id=[f"q{n}" for n in range(400)], email=[f"q{n}@a.example" for n in range(400)])
    for part in (many.head(1), many.head(150), many):
        joining.add(ANALYST, space, "shop", made, Added(part), NOW)
    rows = members.listed(ANALYST, space, made, TODAY)
    held = int((rows[rows["person_id"].str.startswith("q")]["arm"] == "held back").sum())
    assert 160 <= held <= 240  # half of 400, within four standard deviations


def test_nobody_joins_a_campaign_that_is_closed_or_of_other_data(space):
    made = running(space)
    with pytest.raises(InputError, match="not there any more"):
        joining.add(ANALYST, space, "other", made, Added(crowd()), NOW)
    campaigns.turn(ANALYST, space, made, 2, "closed")
    for join in (lambda: joining.preview(ANALYST, space, "shop", made, crowd(), NOW), lambda: _added(space, made)):
        with pytest.raises(Refused, match="“Call detractors” is closed"):
            join()


def _added(space, made, n=4, **more):
    return joining.add(ANALYST, space, "shop", made, Added(crowd(n), **more), NOW)


def test_two_who_add_the_same_people_at_once_add_each_once_and_both_are_told(space):
    made = running(space, people=crowd(2))
    with open_workspace(space.root) as other:
        seen = [joining.preview(ANALYST, each, "shop", made, crowd(4), NOW) for each in (space, other)]
        came = [_added(each, made) for each in (space, other)]
    assert [each[:2] for each in (*seen, *came)] == [(2, 2), (2, 2), (2, 2), (0, 4)]
    assert members.listed(ANALYST, space, made, TODAY)["person_id"].tolist() == ["p0", "p1", "p2", "p3"]


def test_who_was_added_when_and_why_stays_known(space):
    made = running(space, people=crowd(1))
    _added(space, made, 3, why="all of Acme")
    _added(space, made, 4, why="score 0 to 6", query={"score": ["0-6"]})
    _added(space, made, 4, why="nobody new")
    told = joining.additions(ANALYST, space, made)
    assert told[["made_by", "people", "why", "query"]].to_numpy().tolist() == [
        ["ann", 1, "score 0 to 6", {"score": ["0-6"]}],
        ["ann", 2, "all of Acme", {}],
    ]
    assert audit.rows(ADMIN, space)["did"].tolist()[:3] == ["join campaign"] * 3
    campaigns.remove(ADMIN, space, made)
    assert space.db.table("additions").count == 0


@pytest.mark.parametrize("name", ["version", "remote_id", "person_id", "arm = 'contact' --"])
def test_nobody_changes_by_hand_what_is_not_theirs_to_change(space, name):
    made = running(space)
    task = tasks.make(ANALYST, space, Task("shop", "Call"), NOW)
    about = decisions.keep(ANALYST, space, "shop", Decision("finding", "x", "wait", told="first.sure"))
    for change in (
        lambda: members.change(ANALYST, space, made, {"p0": 1}, NOW, **{name: "x"}),
        lambda: tasks.change(ANALYST, space, {task: 1}, NOW, **{name: "x"}),
        lambda: campaigns.change(ANALYST, space, made, 2, **{name: "x"}),
        lambda: decisions.change(ANALYST, space, about, 1, **{name: "x"}),
    ):
        with pytest.raises(Refused, match="Nobody changes"):
            change()


def test_a_list_of_a_campaign_that_does_not_run_is_refused(space):
    made = campaigns.make(ANALYST, space, "shop", DRAFT, crowd(), NOW)
    with pytest.raises(InputError, match="not running"):
        leaves(space, made)


def test_whoever_is_in_a_running_campaign_or_was_contacted_lately_is_in_no_other(space):
    first = running(space, people=crowd(2))
    other = Draft(**{**vars(DRAFT), "name": "Other"})
    hits = ruling.preview(ANALYST, space, "shop", crowd(3), {}, NOW)
    assert hits["in_campaign"].tolist() == [True, True, False]
    members.reached(ANALYST, space, first, ["p0"], "mail", NOW)
    campaigns.turn(ANALYST, space, first, 2, "closed")
    made = campaigns.make(ANALYST, space, "shop", other, crowd(3), NOW + timedelta(days=1))
    assert members.listed(ANALYST, space, made, TODAY)["person_id"].tolist() == ["p1", "p2"]
    later = ruling.preview(ANALYST, space, "shop", crowd(1), {}, NOW + timedelta(days=30))
    assert not later["contacted"].any()


def test_turning_a_rule_off_is_an_administrators_with_a_reason_that_the_audit_keeps_without_names(space):
    people = crowd(opted_out=[True, False, False, False])
    draft = Draft(**{**vars(DRAFT), "off": {"opted_out": "p0@a.example agreed, call p0@a.example"}})
    with pytest.raises(Refused, match="Ask an administrator"):
        campaigns.make(ANALYST, space, "shop", draft, people, NOW)
    made = campaigns.make(ADMIN, space, "shop", draft, people, NOW)
    assert campaign.find(ANALYST, space, made).people == 4
    campaigns.turn(ANALYST, space, made, 1, "running")
    suppression.suppress(ANALYST, space, "id", "p1", "asked us to")
    with pytest.raises(Refused, match="Say why"):
        ruling.turn_off(ADMIN, space, made, "suppressed", "  ")
    with pytest.raises(Refused, match="Nobody can turn this rule off"):
        ruling.turn_off(ADMIN, space, made, "erased", "because")
    ruling.turn_off(ADMIN, space, made, "suppressed", "p1@a.example phoned us")
    assert leaves(space, made, people=people) == ["p0", "p1", "p2", "p3"]
    told = audit.rows(ADMIN, space)["about"].str.cat()
    assert [word in told for word in ("phoned us", "agreed", "p0@a", "p1@a")] == [True, True, False, False]
    ruling.turn_on(ANALYST, space, made, "suppressed")
    assert leaves(space, made, people=people) == ["p0", "p2", "p3"]


def test_days_of_peace_are_an_administrators_to_change(space):
    ruling.set_rules(ADMIN, space, "shop", 0, 90, "a small market")
    rules = ruling.rules_of(ANALYST, space, "shop")
    assert (rules.contact_days, rules.survey_days) == (0, 90)
    assert ruling.preview(ANALYST, space, "shop", crowd(1), {}, NOW)["surveyed"].all()
    with pytest.raises(Refused):
        ruling.set_rules(ANALYST, space, "shop", 30, 0, "why not")


def test_two_people_who_change_one_member_are_told_apart(space):
    made = running(space)
    assert members.change(ANALYST, space, made, {"p0": 1, "p1": 1}, NOW, owner="ben") == []
    assert members.change(ADMIN, space, made, {"p0": 1, "p2": 1}, NOW, status="contacted") == ["p0"]
    rows = members.listed(ANALYST, space, made, TODAY).set_index("person_id")
    assert rows.loc[["p0", "p1", "p2"], ["owner", "status", "version"]].values.tolist() == [
        ["ben", "to contact", 2],
        ["ben", "to contact", 2],
        ["ann", "contacted", 2],
    ]
    assert members.change(ANALYST, space, made, {"nobody": 1}, NOW, owner="x") == ["nobody"]


def test_what_is_resolved_has_a_cause_and_every_change_its_row_of_history(space):
    made = running(space)
    with pytest.raises(Refused, match="what the cause was"):
        members.change(ANALYST, space, made, {"p0": 1}, NOW, status="resolved")
    members.change(ANALYST, space, made, {"p0": 1}, NOW, note="rang twice\nno answer", status="contacted")
    members.change(ADMIN, space, made, {"p0": 2}, NOW, status="resolved", cause="slow reports")
    members.change(ADMIN, space, made, {"p0": 3}, NOW, note="thanked us")
    told = members.history(ANALYST, space, made, "p0")
    assert told[["actor", "what", "before", "after", "note"]].astype(object).where(
        told.notna(), None
    ).values.tolist() == [
        ["ann", "status", "to contact", "contacted", "rang twice\nno answer"],
        ["adam", "status", "contacted", "resolved", None],
        ["adam", "cause", None, "slow reports", None],
        ["adam", "note", None, None, "thanked us"],
    ]
    assert members.board(ANALYST, space, made) == {
        **{"to contact": 3, "contacted": 0, "replied": 0, "resolved": 1, "no answer": 0}
    }


def test_a_contact_is_noted_once_whoever_says_so(space):
    made = running(space)
    members.reached(ANALYST, space, made, ["p0", "p1", "nobody"], "mail", NOW)
    members.reached(ANALYST, space, made, ["p0"], "mail", NOW)
    members.change(ANALYST, space, made, {"p0": 2, "p2": 1}, NOW, status="replied")
    assert [row["channel"] for row in space.db.table("contacts").rows] == ["mail", "mail", "by hand"]
    assert members.board(ANALYST, space, made) | {} == {
        **{"to contact": 1, "contacted": 1, "replied": 2, "resolved": 0, "no answer": 0}
    }


def test_overdue_is_who_is_open_after_the_day_and_not_held_back(space):
    made = running(space)
    members.change(ANALYST, space, made, {"p0": 1}, NOW, status="no answer")
    members.change(ANALYST, space, made, {"p1": 1}, NOW, due=None)
    for day, late in ((date(2026, 4, 2), []), (date(2026, 4, 3), ["p2", "p3"])):
        rows = members.listed(ANALYST, space, made, day)
        assert rows.loc[rows["overdue"], "person_id"].tolist() == late


def test_what_another_system_answered_stands_at_its_person(space):
    made = running(space)
    members.delivered(ANALYST, space, made, {"p0": "901"}, {"p1": "REQUIRED_FIELD_MISSING: LastName", "nobody": "x"})
    rows = members.listed(ANALYST, space, made, TODAY).set_index("person_id")
    assert audit.rows(ADMIN, space).iloc[0]["did"] == "deliver members"
    assert (rows.loc["p0", "remote_id"], rows.loc["p1", "trouble"]) == ("901", "REQUIRED_FIELD_MISSING: LastName")


def test_a_campaign_is_changed_by_whoever_saw_its_latest_version(space):
    made = running(space)
    campaigns.change(ANALYST, space, made, 2, name="Ring them", due=None, message="Dear {first_name|there}")
    with pytest.raises(InputError, match="changed “Ring them” meanwhile"):
        campaigns.turn(ANALYST, space, made, 2, "closed")
    kept = campaign.find(ANALYST, space, made)
    assert (kept.name, kept.due, kept.version) == ("Ring them", None, 3)
    campaigns.remove(ADMIN, space, made)
    assert [space.db.table(table).count for table in ("campaigns", "members", "history")] == [0, 0, 0]
    with pytest.raises(InputError, match="not there any more"):
        campaigns.turn(ANALYST, space, made, 3, "closed")


def test_a_message_is_filled_once_with_text_of_others_on_one_line():
    said = words.filled("Dear {first_name|there}, {score} of 10?", {"first_name": "{score}\nUna", "score": 3})
    assert said == "Dear {score} Una, 3 of 10?"
    assert (
        words.filled("Dear {first_name|there}{ account }", {"first_name": None, "account": float("nan")})
        == "Dear there"
    )

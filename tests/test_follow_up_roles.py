"""What who may not act, or may see no names, is sent of Follow-up: frame by frame, whatever a link asks for."""

import re
from datetime import UTC, datetime

import heard
import kept
import pandas as pd
import pytest
from journeys import headline, healthy, opened
from kept import here, landed
from team import invited, login, password, team_server
from visitors import Visitor

from nps.notes import Refused
from workspace.access.actor import Actor, Role
from workspace.delivery import channels, outbox
from workspace.delivery.channels import Channel
from workspace.delivery.settings import Settings
from workspace.follow_up import about, campaigns, decisions, joining, members, suppression, tasks
from workspace.follow_up.decisions import Decision
from workspace.playbooks import playbooks
from workspace.playbooks.conditions import Then, When
from workspace.playbooks.playbooks import Playbook
from workspace.store import datasets
from workspace.store.database import open_workspace

pytestmark = [pytest.mark.timeout(300), pytest.mark.usefixtures("workspace")]  # whole pages

NOW = datetime(2026, 4, 1, tzinfo=UTC)
ANN = Actor("ann", Role.ANALYST)
SECRETS = ("nora", "nameless", "secret.example", "customer-")
VIEWS = ("inbox", "campaigns", "survey", "roadmap", "playbooks", "channels", "digest")
PARTS = ("people", "rules", "list", "worked", "about")
SEEN = ("overview", "usage_map", "segments", "features", "reasons", "people", "person")  # of data that show viewers all
RESPONSES = "response_id,person_id,score,date,comment\n" + "".join(
    f"r{n},customer-{n:02},{n % 11},2026-03-{n % 28 + 1:02},ask Nora Nameless{n:02} at nora@secret.example\n"
    for n in range(60)
)
USAGE = "person_id,feature,date\n" + "".join(f"customer-{n:02},Board,2026-02-{n % 28 + 1:02}\n" for n in range(60))
PEOPLE = "person_id,name,email,account_id,account\n" + "".join(
    f"customer-{n:02},Nora Nameless{n:02},nora{n}@secret.example,a{n % 6},Company {n % 6}\n" for n in range(60)
)


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    files = {"responses": RESPONSES, "usage": USAGE, "people": PEOPLE}
    return landed(tmp_path_factory.mktemp("read") / "files", **files)


def followed_up(space, read):
    """Data that are kept, with something of everything, in which people are named: their id, and a campaign's."""
    one = datasets.keep(kept.ANALYST, space, read, "Spring")
    whom = pd.DataFrame({"person_id": ["customer-01", "customer-02"], "name": ["Nora Nameless01", "Nora Nameless02"]})
    whom["email"] = ["nora1@secret.example", "nora2@secret.example"]
    draft = campaigns.Draft("Call them", "Nora and Nameless02", goal="Hear Nora", message="Dear Nora", owner="Nora")
    made = campaigns.make(ANN, space, one, draft, whom.head(1), NOW)
    joining.add(ANN, space, one, made, joining.Added(whom, "Nora, too"), NOW)
    campaigns.turn(ANN, space, made, 1, "running")
    members.change(ANN, space, made, {"customer-01": 1}, NOW, note="Nora was out", status="contacted")
    tasks.make(ANN, space, tasks.Task(one, "Ring Nora", person_id="customer-01"), NOW)
    about.write(ANN, space, one, about.Whom(person="customer-01"), "Nora likes Board", NOW)
    decisions.keep(ANN, space, one, Decision("feature", "Board", "Nora decides", "fix", owner="Nora"))
    suppression.suppress(ANN, space, "email", "nora3@secret.example", "Nora asked us to")
    to = Channel("", "Our team", "mail", "nora@secret.example", personal=True)
    to = channels.keep(kept.ADMIN, space, Settings(), to)
    outbox.put(space, to, "k1", {"subject": "Nora", "names": ["Nora"]}, dataset=one, due=NOW)
    refused = Refused("delivery.status", host="secret.example", status=550).note.encoded
    space.db.execute("UPDATE outbox SET gave_up = ?", [refused])
    space.db.conn.commit()
    play = Playbook(one, "Low of Nora", When("answer", {"score": ["0-6"]}), Then("Call Nora", ("Nora",), channel=to))
    playbooks.keep(kept.ADMIN, space, play, NOW)
    return one, made


@pytest.fixture
def world(read, workspace):
    with here() as space:
        return followed_up(space, read)


def asked(made):
    """Every view of Follow-up, and every part of a campaign."""
    return [{"view": view} for view in VIEWS] + [
        {"view": "campaigns", "campaign": made, "part": each} for each in PARTS
    ]


def act(app):
    """Keys of all that can be pressed, filled in or downloaded, but what everybody has."""
    kinds = ("button", "download_button", "text_input", "text_area", "date_input", "checkbox", "popover")
    keys = {each.key or each.proto.id for kind in kinds for each in app.get(kind)}
    return sorted(key for key in keys if any(word in key for word in ACTING))


ACTING = (
    *("follow_", "campaign", "member", "turn_", "task", "note", "keep_", "decide", "playbook", "channel", "digest"),
    *("survey_", "roadmap", "never", "again", "peace", "exclude", "contacts", "rule_", "list_"),
)


@pytest.mark.parametrize("viewers", ["aggregate", "pseudonymous"])
def test_a_viewer_is_sent_nothing_of_follow_up_whatever_a_link_asks_for(world, monkeypatch, viewers):
    one, made = world
    with here() as space:
        datasets.show_viewers(kept.ADMIN, space, one, viewers)
    sent = heard.by(monkeypatch)
    wanted = headline(opened(page="overview", data=one))
    for query in asked(made):
        app = opened(page="follow_up", data=one, **query)
        assert headline(app) == wanted
        assert act(app) == [], query
    assert heard.words_in(heard.shown(sent), (*SECRETS, "follow-up")) == []


def test_who_sees_every_page_without_names_finds_nothing_to_act_with_and_no_name_on_any(world, monkeypatch):
    one, _made = world
    with here() as space:
        datasets.show_viewers(kept.ADMIN, space, one, "pseudonymous")
    sent = heard.by(monkeypatch)
    person = opened(page="people", data=one).dataframe[0].value["person_id"].iloc[0]
    for page in SEEN:
        app = opened(page=page, data=one, person=person, feature="Board")
        assert act(app) == [], page
    assert heard.words_in(heard.shown(sent), SECRETS) == []


def test_the_same_check_finds_what_an_analyst_is_sent_and_acts_with(world, monkeypatch):
    one, made = world
    sent = heard.by(monkeypatch, Role.ANALYST)
    assert {"follow_people_make", "follow_people_add"} & {*act(opened(page="people", data=one))}
    for query in asked(made):
        sent.clear()
        opened(page="follow_up", data=one, **query)
        named = heard.words_in(heard.shown(sent), SECRETS)
        assert (named == []) == (query["view"] in ("digest", "survey")), query  # counts only, whoever looks


def test_an_analyst_changes_no_playbook_no_channel_and_no_rule_and_deletes_no_campaign(world, monkeypatch):
    one, made = world
    heard.by(monkeypatch, Role.ANALYST)
    for view, mine in (("playbooks", []), ("channels", ["again_0"]), ("digest", ["digest_file", "digest_mail"])):
        app = opened(page="follow_up", data=one, view=view)
        (shown,) = [row.id for row in _kept(view)] or [None]
        app.session_state["playbook_shown"], app.session_state["channel_shown"] = shown, shown
        pressed = [key for key in act(healthy(app.run())) if "close" not in key and "survey" not in key]
        assert [key for key in pressed if key.startswith(("playbook_", "channel_", "digest_", "again_"))] == mine
    for part in PARTS:
        app = opened(page="follow_up", data=one, view="campaigns", campaign=made, part=part)
        assert not {"delete_campaign", "rule_off_send", "peace_send", "again_send"} & {*act(app)}


def _kept(view):
    with here() as space:
        if view == "digest":
            return []
        return playbooks.listed(kept.ADMIN, space) if view == "playbooks" else channels.listed(kept.ADMIN, space)


def test_what_leaves_for_who_sees_no_names_holds_none(read, tmp_path_factory):
    folder = tmp_path_factory.mktemp("team")
    with open_workspace(invited(folder / "workspace")) as space:
        one, _made = followed_up(space, read)
        datasets.show_viewers(kept.ADMIN, space, one, "pseudonymous")
    with team_server(folder, NPS_LENS_LOGIN="password") as address:
        vera = Visitor(address).signs_in(login("vera"), password("vera"))
        session = vera.session().opens("Sample data").chooses("Kept on this machine", "Spring").runs()
        session.widgets.clear()
        for page in ("Overview", "Map", "Segments", "Features", "Reasons", "People"):
            session.runs(page).opens("Share", page)
            assert heard.words_in(session.heard, SECRETS) == [], page
            assert {*session.deferred}, page
            for label in [*session.deferred]:
                status, _headers, content = vera.ask("GET", session.download(f"^{re.escape(label)}$"))
                assert status == 200
                assert [word for word in SECRETS if word.encode() in content.lower()] == [], (page, label)

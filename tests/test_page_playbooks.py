"""Follow-up: playbooks are made by a form that says what they would have done, channels by name of a secret."""

from datetime import UTC, datetime, timedelta

import kept
import pandas as pd
import pytest
from journeys import headline, healthy, opened, said, table
from kept import ADMIN, here, landed
from receiving import mailbox

from nps.notes import Refused
from workspace import work
from workspace.delivery import channels, outbox
from workspace.delivery import settings as delivering
from workspace.delivery.channels import Channel
from workspace.follow_up import campaign, campaigns, members
from workspace.playbooks import playbooks
from workspace.playbooks.conditions import Then, When
from workspace.playbooks.playbooks import Playbook
from workspace.store import datasets

pytestmark = [pytest.mark.timeout(300), pytest.mark.usefixtures("workspace")]  # whole pages

RESPONSES = "response_id,person_id,score,date,comment\n" + "".join(
    f"r{n},c{n},{n % 11},2026-03-{n + 1:02},{'far too slow' if n < 3 else ''}\n" for n in range(12)
)
USAGE = "person_id,feature,date\n" + "".join(f"c{n},Board,2026-02-{n + 1:02}\n" for n in range(12))
PEOPLE = "person_id,name,email\n" + "".join(f"c{n},Person {n},c{n}@a.example\n" for n in range(12))


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    return landed(tmp_path_factory.mktemp("read") / "files", responses=RESPONSES, usage=USAGE, people=PEOPLE)


@pytest.fixture
def one(read, workspace):
    """The id of what is kept."""
    with here() as space:
        return datasets.keep(kept.ANALYST, space, read, "First quarter")


def seen(one, view, **more):
    """The page at this view."""
    return opened(page="follow_up", data=one, view=view, **more)


def test_a_form_says_what_a_playbook_would_have_done_and_keeps_it(one, tmp_path):
    with here() as space:
        made = campaigns.make(ADMIN, space, one, campaigns.Draft("Call them", "low"), _of_one(), _now())
    app = seen(one, "playbooks")
    assert headline(app) == "Nothing is done by itself yet"
    healthy(app.button(key="playbook_new").click().run())
    app.text_input(key="playbook_0_name").set_value("Call **low** ones")
    app.text_input(key="playbook_0_task").set_value("Call")
    app.slider(key="playbook_0_scores").set_value((0, 6))
    app.number_input(key="playbook_0_a_day").set_value(1)
    healthy(app.selectbox(key="playbook_0_campaign").select(made).run())
    assert "In the 13 weeks to 12 March 2026 it would have fired 8 times, at most once a day." in said(app)
    app.multiselect(key="playbook_0_themes").select("speed")
    assert "it would have fired 3 times" in said(healthy(app.run()))
    app.multiselect(key="playbook_0_themes").set_value([])
    app.checkbox(key="playbook_0_commented").check()
    assert "it would have fired 3 times" in said(healthy(app.run()))
    app.multiselect(key="playbook_0_themes").select("speed")
    healthy(app.button(key="playbook_keep").click().run())
    assert headline(app) == "1 playbook looks after these data"
    assert r"Call \*\*low\*\* ones is kept" in said(app)  # Markdown of nobody
    with here() as space:
        (play,) = playbooks.listed(ADMIN, space)
    assert (play.when.kind, play.when.query["score"], play.when.query["theme"]) == ("answer", ["0-6"], ["speed"])
    assert play.when.commented
    assert table(app, "when", "then")["when"].item().startswith("Somebody answers with a comment: score 0 to 6")
    assert play.then == Then("Call", (), 7, "", made)
    assert (play.a_day, play.active) == (1, True)
    row = table(app, "when", "then").iloc[0]
    assert (row["name"], row["acted"]) == ("Call **low** ones", 0)
    assert row["then"] == "a task: Call; a member of Call them"
    _refreshed(
        one,
        tmp_path,
        f"r90,c1,2,{_now() + timedelta(minutes=1):%Y-%m-%d %H:%M:%S},too slow\nr91,c2,9,{_now():%Y-%m-%d},too slow\n",
    )
    app.session_state["playbook_shown"] = play.id
    app.session_state["numbers_playbook_days"] = True
    healthy(app.run())
    assert "It acted on 1 case so far.\nOf 1 task that it made, 1 is open." in said(app)
    with here() as space:
        assert {*members.listed(ADMIN, space, made, _now().date())["person_id"]} == {"c9", "c1"}
        assert campaign.find(ADMIN, space, made).people == 2


def _of_one():
    return pd.DataFrame({"person_id": ["c9"], "email": ["c9@a.example"], "score": 9})


def _now():
    return datetime.now(UTC)


def _refreshed(one, tmp_path, rows):
    with here() as space:
        datasets.refresh(ADMIN, space, one, landed(tmp_path / "newer", responses=RESPONSES + rows), 1)
        work.once(ADMIN, space, {})


@pytest.mark.parametrize("kind", ["entered", "health", "score", "silent", "digest"])
def test_every_kind_has_its_fields_and_can_be_kept(one, kind):
    with here() as space:
        to = channels.keep(ADMIN, space, delivering.of_secrets(), Channel("", "Team", "mail", "team@lens.example"))
    app = seen(one, "playbooks")
    app.button(key="playbook_new").click().run()
    healthy(app.selectbox(key="playbook_0_kind").select(kind).run())
    app.text_input(key="playbook_0_name").set_value("Mine")
    app.selectbox(key="playbook_0_channel").select(to)
    healthy(app.run())
    healthy(app.button(key="playbook_keep").click().run())
    with here() as space:
        (play,) = playbooks.listed(ADMIN, space)
    assert (play.when.kind, play.then.channel) == (kind, to)


def test_a_playbook_is_turned_off_and_deleted_and_trouble_is_told(one):
    with here() as space:
        play = Playbook(one, "Old", When("answer", {"who": ["saved.abcdef~1"], "v": ["4"]}), Then("Call"))
        made = playbooks.keep(ADMIN, space, play, _now() - timedelta(days=1))
        work.once(ADMIN, space, {})
    app = seen(one, "playbooks")
    assert "Old was not looked at" in said(app)
    app.session_state["playbook_shown"] = made
    healthy(app.run())
    healthy(app.button(key="playbook_switch").click().run())
    assert headline(app) == "0 of 1 playbooks are on"
    app.session_state["playbook_shown"] = made
    healthy(app.run())
    healthy(app.button(key="playbook_delete").click().run())
    assert headline(app) == "Nothing is done by itself yet"


def test_a_channel_is_named_tried_and_what_gave_up_is_tried_again(one, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with mailbox() as (box, port):
        (tmp_path / ".streamlit").mkdir()
        mail = f'server = "127.0.0.1"\nport = {port}\nsecurity = "none"\nsender = "nps@lens.example"\n'
        (tmp_path / ".streamlit/secrets.toml").write_text(f"[delivery.mail]\n{mail}")
        app = seen(one, "channels")
        assert headline(app) == "Messages go nowhere yet"
        healthy(app.button(key="channel_new").click().run())
        app.text_input(key="channel__name").set_value("Team")
        app.text_input(key="channel__address_True").set_value("team@lens.example")
        healthy(app.button(key="channel_keep").click().run())
        healthy(app.button(key="channel_test").click().run())
        assert "A test message went to Team" in said(app)
        app.session_state["follow_up_view"] = "digest"
        healthy(app.run())
        healthy(app.button(key="digest_mail").click().run())
        assert "leaves for Team" in said(app)
        with here() as space:
            work.once(ADMIN, space, {}, settings=delivering.of_secrets())
        assert [line for got in box.got for line in got.splitlines() if line.startswith("Subject: ")] == [
            *("Subject: A test of NPS Lens", "Subject: First quarter: what there is to know")
        ]
    with here() as space:
        (to,) = channels.listed(ADMIN, space)
        outbox.put(space, to.id, "k1", {"subject": "s", "names": []}, dataset=one, due=_now())
        space.db.execute("UPDATE outbox SET gave_up = ? WHERE id = 'k1'", [_refusal().encoded])
        space.db.conn.commit()
    app = seen(one, "channels")
    assert headline(app) == "1 message did not arrive"
    assert "1 message to Team: mail.example refused it (status 550)." in said(app)
    healthy(app.button(key="again_0").click().run())
    assert headline(app) == "1 message is on its way"


def _refusal():
    return Refused("delivery.status", host="mail.example", status=550).note


def test_what_a_digest_says_stands_on_the_page(one):
    app = seen(one, "digest")
    assert headline(app) == "The digest"
    assert "What to look at first" in [each.value for each in app.header]

"""The Team page: whoever may come in, what changes about them, and who did what."""

import os
from pathlib import Path

import pytest
from journeys import headline, healthy, opened, said, table
from team import invited, login

from web import identity
from workspace.access import users, ways
from workspace.access.actor import Actor
from workspace.store import audit
from workspace.store.database import open_workspace

pytestmark = [pytest.mark.timeout(300), pytest.mark.usefixtures("workspace")]  # whole pages


@pytest.fixture
def space(workspace, monkeypatch):
    """Adam looks at the page."""
    here = Path(os.environ["NPS_LENS_WORKSPACE"])
    monkeypatch.setenv("NPS_LENS_LOGIN", "password")
    invited(here, with_passwords=False)
    with open_workspace(here) as space:
        adam = identity.Visitor(ways.by_name(Actor.SYSTEM, space, login("adam")), "adams session")
        monkeypatch.setattr(identity, "of_page", lambda: adam)
        yield space


def handed_over(app):
    """What stands there to be copied, but for the link of the page."""
    return [code.value for code in app.main.code if code.value and "://" not in code.value and "?" not in code.value]


def pressed(app, key):
    return healthy(app.button(key=key).click().run(), "team")


def test_an_administrator_invites_changes_and_lets_out(space):
    app = opened(page="team")
    assert headline(app) == "4 people may come in"
    assert table(app, "login", "sessions")["login"].tolist() == [
        login(name) for name in ("adam", "anna", "ivan", "vera")
    ]
    app.text_input(key="invited").set_value("Nina@Example.com")
    app.selectbox(key="invited_as").set_value("analyst")
    healthy(next(button for button in app.button if button.label == "Invite").click().run(), "team")
    assert headline(app) == "5 people may come in"
    [secret] = handed_over(app)
    assert ways.by_password(Actor.SYSTEM, space, "nina@example.com", secret).role.value == "analyst"
    healthy(app.run(), "team")
    assert handed_over(app) == [], "it is shown once"
    app.selectbox(key="changed_user").set_value(login("vera")).run()
    app.selectbox(key=f"role_{login('vera')}").set_value("admin").run()
    pressed(app, "change_role")
    assert ways.by_name(Actor.SYSTEM, space, login("vera")).role.value == "admin"
    pressed(app, "let_in")
    assert ways.by_name(Actor.SYSTEM, space, login("vera")) is None
    pressed(app, "let_in")
    assert ways.by_name(Actor.SYSTEM, space, login("vera"))


def test_what_cannot_be_is_said(space):
    app = opened(page="team")
    app.selectbox(key="changed_user").set_value(login("adam")).run()
    pressed(app, "let_in")
    assert "Nobody would be left who may administer" in said(app)
    assert users.everybody(Actor.SYSTEM, space)["active"].all()


def test_who_did_what_is_listed_narrowed_and_checked(space):
    adam = ways.by_name(Actor.SYSTEM, space, login("adam"))
    audit.tell(adam, space, "download", {"file": "contacts.csv"})
    app = opened(page="team", view="audit")
    assert headline(app) == "5 things were done"
    assert table(app, "did")["who"].tolist() == [login("adam"), *["system"] * 4]
    app.multiselect(key="audit_did").set_value(["download"]).run()
    assert table(app, "did")["about"].tolist() == ['{"file": "contacts.csv"}']
    pressed(app, "audit_verify")
    assert [each.value for each in app.success] == ["5 rows are as they were written."]
    space.db.execute("DROP TRIGGER audit_no_update")
    space.db.execute("UPDATE audit SET did = 'look' WHERE n = 2")
    space.db.conn.commit()
    pressed(app, "audit_verify")
    assert "Row 2 is not as it was written." in said(app)


def test_where_there_is_no_team_who_did_what_stands_with_the_data(workspace):
    with open_workspace(Path(os.environ["NPS_LENS_WORKSPACE"])) as space:
        audit.tell(Actor.SYSTEM, space, "download", {"file": "contacts.csv"})
    app = opened(page="data", view="audit")
    assert headline(app) == "1 thing was done"

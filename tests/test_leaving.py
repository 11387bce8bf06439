"""Nothing leaves without its row in the audit, and nothing for whoever may not have it by then."""

import hashlib
import json
import os
from pathlib import Path

import pandas as pd
import pytest
from team import invited, login

import nps
from nps.notes import Refused
from pages.session import access, filters, leaving
from web import identity
from workspace.access import users
from workspace.access.actor import Actor, Role
from workspace.store import audit
from workspace.store.database import open_workspace, sqlite3

SECRET = "0123456789abcdef" * 2


@pytest.fixture
def space(tmp_path, monkeypatch):
    """Behind a proxy that says anna is there."""
    monkeypatch.setenv("NPS_LENS_LOGIN", "proxy")
    monkeypatch.setenv("NPS_LENS_PROXY_SECRET", SECRET)
    monkeypatch.setenv("NPS_LENS_WORKSPACE", str(tmp_path / "workspace"))
    invited(tmp_path / "workspace", with_passwords=False)
    monkeypatch.setattr(identity, "of_page", lambda: identity.again(login("anna")))
    monkeypatch.setattr(filters, "selection", lambda: nps.Selection(score=(7, 8)))
    monkeypatch.setattr(leaving, "dataset", lambda: None)
    with open_workspace(tmp_path / "workspace") as opened:
        yield opened


def told(space) -> list[tuple[str, dict]]:
    rows = audit.rows(Actor.SYSTEM, space)
    return [(row.actor, json.loads(row.about)) for row in rows.itertuples() if row.did == "download"]


def contacts(made: list | None = None):
    def frame() -> pd.DataFrame:
        if made is not None:
            made.append(True)
        return pd.DataFrame({"email": ["a@example.com", "=1+1"], "score": [7, 8]})

    return frame


def test_what_leaves_is_written_down_with_who_what_and_how_much(space):
    content = leaving.table("contacts.csv", contacts(), of_people=True)()
    [(who, about)] = told(space)
    assert users.names(Actor.SYSTEM, space)[who] == login("anna")
    assert about.pop("sha256") == hashlib.sha256(content).hexdigest()
    assert about.pop("bytes") == len(content)
    assert about.pop("rows") == 2
    assert len(about.pop("columns")) == 2
    assert about["query"] == {"score": ["7-8"]}
    assert (about["file"], about["data"]) == ("contacts.csv", "sample")
    assert b"'=1+1" in content
    leaving.written("report.html", lambda: b"<html>")()
    assert [about["file"] for _, about in told(space)] == ["report.html", "contacts.csv"]


def test_a_list_of_people_is_not_made_for_who_became_a_viewer_since_the_button_was_drawn(space):
    made = []
    offered = leaving.table("contacts.csv", contacts(made), of_people=True), leaving.table("scores.csv", contacts())
    users.change_role(Actor.SYSTEM, space, login("anna"), Role.VIEWER)
    with pytest.raises(Refused):
        offered[0]()
    assert (made, told(space)) == ([], [])
    assert offered[1](), "figures are a viewer's, too"


def test_nothing_is_made_for_who_was_let_in_no_longer(space):
    made = []
    offered = leaving.table("contacts.csv", contacts(made))
    users.deactivate(Actor.SYSTEM, space, login("anna"))
    with pytest.raises(Refused):
        offered()
    with pytest.raises(Refused):
        access.actor()
    assert (made, told(space)) == ([], [])


def test_without_its_row_nothing_leaves(space, monkeypatch):
    offered = leaving.table("contacts.csv", contacts())
    space.db.execute("CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'disk full'); END")
    with pytest.raises(sqlite3.IntegrityError):
        offered()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes everywhere")
def test_a_workspace_that_cannot_be_written_gives_no_download(space):
    offered = leaving.table("contacts.csv", contacts())
    for path in Path(space.root).iterdir():
        path.chmod(0o400)
    with pytest.raises((OSError, sqlite3.OperationalError)):
        offered()


def test_pages_are_theirs_who_may_what_they_show(space, monkeypatch):
    pages = ("", "map", "segments", "features", "people", "person", "data", "team")
    seen = {}
    for name in ("vera", "anna", "adam"):
        monkeypatch.setattr(identity, "of_page", lambda name=name: identity.again(login(name)))
        seen[name] = [page for page in pages if access.opens(page)]
    assert seen == {"vera": ["", "segments", "features"], "anna": [*pages[:-1]], "adam": [*pages]}
    monkeypatch.setenv("NPS_LENS_LOGIN", "none")
    assert not access.opens("team")

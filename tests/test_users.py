"""Who may come in, by which way, as whom, and until when; nothing of it by a page."""

import hashlib
import io
import re
from pathlib import Path

import pytest

from nps.notes import InputError, Refused
from workspace.__main__ import main
from workspace.access import passwords, sessions, users, ways
from workspace.access.actor import Actor, Role
from workspace.store import audit
from workspace.store.database import open_workspace
from workspace.store.mounts import refuse_network

SYSTEM = Actor.SYSTEM


@pytest.fixture
def space(tmp_path, monkeypatch):
    monkeypatch.setattr(passwords, "COST", 2)
    with open_workspace(tmp_path / "workspace") as opened:
        users.add(SYSTEM, opened, "Adam@Example.com ", Role.ADMIN, "adams password")
        users.add(SYSTEM, opened, "anna@example.com", Role.ANALYST, "annas password")
        users.add(SYSTEM, opened, "vera@example.com", Role.VIEWER)
        yield opened


def signed_in(space, login):
    token = sessions.begin(SYSTEM, space, ways.by_name(SYSTEM, space, login), "password")
    return hashlib.sha256(token.encode()).hexdigest()


def test_who_is_invited_comes_in_by_their_password_however_the_login_is_typed(space):
    assert ways.by_password(SYSTEM, space, " ANNA@example.com", "annas password") == Actor(
        "anna@example.com", Role.ANALYST, 2
    )
    for login, password in (("anna@example.com", "adams password"), ("eve@example.com", "x"), ("vera@example.com", "")):
        assert ways.by_password(SYSTEM, space, login, password) is None


def test_of_a_password_only_what_scrypt_makes_of_it_is_kept_and_of_a_cookie_its_hash(space):
    mark = signed_in(space, "anna@example.com")
    space.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = b"".join(path.read_bytes() for path in Path(space.root).rglob("*") if path.is_file())
    assert b"annas password" not in kept
    assert mark.encode() in kept
    token = sessions.begin(SYSTEM, space, ways.by_name(SYSTEM, space, "anna@example.com"), "password")
    assert token.encode() not in Path(space.root, "workspace.db").read_bytes()


def test_a_password_costs_what_scrypt_costs_with_these_numbers(monkeypatch):
    asked = []
    monkeypatch.setattr(hashlib, "scrypt", lambda _password, **how: asked.append(how) or b"0")
    passwords.matches("x", None)
    passwords.hashed("long enough")
    assert [(how["n"], how["r"], how["p"]) for how in asked] == [(2**15, 8, 1)] * 2, "an unknown login costs the same"


@pytest.mark.parametrize("password", ["", "nine char", "x" * 1001])
def test_a_password_that_is_too_short_or_too_long_is_refused(password):
    with pytest.raises(Refused, match="10 to 1,000 characters"):
        passwords.hashed(password)


def test_a_session_ends_after_twelve_hours(space, monkeypatch):
    mark = signed_in(space, "anna@example.com")
    assert sessions.whose(SYSTEM, space, mark) == Actor("anna@example.com", Role.ANALYST, 2)
    [until] = space.db.execute("SELECT until FROM sessions").fetchone()
    monkeypatch.setattr(audit, "now", lambda: until)
    assert sessions.whose(SYSTEM, space, mark) is None
    signed_in(space, "vera@example.com")
    assert space.db.table("sessions").count == 1, "sessions that are over go"


CHANGES = {
    "deactivated": lambda space: users.deactivate(SYSTEM, space, "anna@example.com"),
    "new password": lambda space: users.set_password(SYSTEM, space, "anna@example.com", "another password"),
    "new role": lambda space: users.change_role(SYSTEM, space, "anna@example.com", Role.VIEWER),
    "signed out by an administrator": lambda space: users.end_sessions(SYSTEM, space, "anna@example.com"),
    "own new password": lambda space: users.change_own_password(
        Actor("anna@example.com", Role.ANALYST, 2), space, "annas password", "another password"
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_changes_what_somebody_may_do_ends_all_of_their_sessions_and_nobody_elses(space, change):
    marks = [signed_in(space, login) for login in ("anna@example.com", "anna@example.com", "vera@example.com")]
    change(space)
    assert [sessions.whose(SYSTEM, space, mark) is not None for mark in marks] == [False, False, True]


def test_signing_out_ends_one_session_of_ones_own(space):
    mine, other, veras = (signed_in(space, f"{name}@example.com") for name in ("anna", "anna", "vera"))
    for mark in (mine, veras):
        sessions.end(Actor("anna@example.com", Role.ANALYST, 2), space, mark)
    assert [sessions.whose(SYSTEM, space, mark) is not None for mark in (mine, other, veras)] == [False, True, True]


def test_who_is_not_active_comes_in_by_no_way_until_active_again(space):
    claims = {"iss": "https://id.example.com", "sub": "7", "email": "anna@example.com", "email_verified": True}
    assert ways.by_account(SYSTEM, space, claims, False).login == "anna@example.com"
    users.deactivate(SYSTEM, space, "anna@example.com")
    assert ways.by_password(SYSTEM, space, "anna@example.com", "annas password") is None
    assert ways.by_name(SYSTEM, space, "anna@example.com") is None
    assert ways.by_account(SYSTEM, space, claims, False) is None
    users.activate(SYSTEM, space, "anna@example.com")
    assert ways.by_account(SYSTEM, space, claims, False).login == "anna@example.com"


@pytest.mark.parametrize(
    ("claimed", "trusts", "comes_in"),
    [
        ({"email": "anna@example.com", "email_verified": True}, False, True),
        ({"email": "ANNA@example.com", "email_verified": False}, True, True),
        ({"email": "anna@example.com", "email_verified": False}, False, False),
        ({"email": "anna@example.com", "email_verified": "true"}, False, False),
        ({"email": "anna@example.com"}, False, False),
        ({"email": "eve@example.com", "email_verified": True}, True, False),
        ({"email": "", "email_verified": True}, True, False),
        ({}, True, False),
    ],
)
def test_an_account_is_bound_to_whom_was_invited_by_an_address_that_was_verified(space, claimed, trusts, comes_in):
    found = ways.by_account(SYSTEM, space, {"iss": "https://id.example.com", "sub": "7"} | claimed, trusts)
    assert (found is not None) == comes_in


def test_an_address_binds_once_and_then_only_the_account_counts(space):
    claims = {"iss": "https://id.example.com", "sub": "7", "email": "anna@example.com", "email_verified": True}
    assert ways.by_account(SYSTEM, space, claims, True)
    assert ways.by_account(SYSTEM, space, claims | {"sub": "8"}, True) is None
    assert ways.by_account(SYSTEM, space, claims | {"iss": "https://other.example.com"}, True) is None
    assert ways.by_account(SYSTEM, space, claims | {"email": "new@example.com", "email_verified": False}, False)
    users.forget_account(SYSTEM, space, "anna@example.com")
    assert ways.by_account(SYSTEM, space, claims | {"sub": "8"}, True)


def test_the_last_administrator_stays_one(space):
    for change in (
        lambda: users.deactivate(SYSTEM, space, "adam@example.com"),
        lambda: users.change_role(SYSTEM, space, "adam@example.com", Role.VIEWER),
    ):
        with pytest.raises(Refused, match="Nobody would be left"):
            change()
    assert ways.by_name(SYSTEM, space, "adam@example.com").role is Role.ADMIN
    users.change_role(SYSTEM, space, "anna@example.com", Role.ADMIN)
    users.deactivate(SYSTEM, space, "adam@example.com")


@pytest.mark.parametrize("login", ["", "  ", "two words", "a\nb", "x" * 255, "Anna@EXAMPLE.com"])
def test_a_login_that_is_none_or_is_known_is_refused(space, login):
    with pytest.raises(Refused):
        users.add(SYSTEM, space, login, Role.VIEWER)


def test_each_change_of_a_user_is_written_down_with_it(space):
    adam = ways.by_name(SYSTEM, space, "adam@example.com")
    users.change_role(adam, space, "vera@example.com", Role.ANALYST)
    users.deactivate(adam, space, "vera@example.com")
    latest = audit.rows(SYSTEM, space, 2)
    assert latest[["actor", "did", "about"]].values.tolist() == [
        ["user 1", "deactivate", '{"user": 3}'],
        ["user 1", "change role", '{"role": "analyst", "user": 3}'],
    ]
    assert users.names(SYSTEM, space)["user 3"] == "vera@example.com"


def test_everybody_is_told_with_the_ways_in_that_they_have(space):
    signed_in(space, "anna@example.com")
    told = users.everybody(SYSTEM, space).drop(columns="made_at")
    assert told.values.tolist() == [
        ["adam@example.com", "admin", True, True, False, 0],
        ["anna@example.com", "analyst", True, True, False, 1],
        ["vera@example.com", "viewer", True, False, False, 0],
    ]


def test_work_can_be_given_to_whoever_does_more_than_look_and_may_come_in(space):
    assert [*users.colleagues(SYSTEM, space).values()] == ["adam@example.com", "anna@example.com"]
    users.deactivate(SYSTEM, space, "anna@example.com")
    assert [*users.colleagues(SYSTEM, space).values()] == ["adam@example.com"]


def test_the_command_line_adds_lists_changes_and_deactivates(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("NPS_LENS_WORKSPACE", str(tmp_path))
    monkeypatch.setattr(passwords, "COST", 2)

    def run(*arguments, typed=""):
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        return main(["users", *arguments]), *capsys.readouterr()

    assert run("add", "anna@example.com", "--role", "admin", typed="annas password\n")[0] == 0
    assert run("add", "vera@example.com", "--no-password")[0] == 0
    assert run("role", "vera@example.com", "analyst")[0] == 0
    assert run("deactivate", "vera@example.com")[0] == 0
    assert run("list")[1] == "anna@example.com\tadmin\nvera@example.com\tanalyst, not active\n"
    assert run("password", "anna@example.com", typed="a new password\n")[0] == 0
    with open_workspace(tmp_path) as opened:
        assert ways.by_password(SYSTEM, opened, "anna@example.com", "a new password")
    assert run("add", "eve@example.com", typed="short\n") == (2, "", "A password has 10 to 1,000 characters.\n")
    assert run("role", "eve@example.com", "admin") == (2, "", "Nobody with this login was invited.\n")


MOUNTS = r"""22 1 8:1 / / rw - ext4 /dev/sda1 rw
30 22 0:40 / /srv/team\040files rw,relatime shared:1 - {kind} server:/export rw
31 30 8:2 / /srv/team\040files/local rw - xfs /dev/sdb1 rw
"""


@pytest.mark.parametrize("kind", ["nfs4", "nfs", "cifs", "9p", "virtiofs", "fuse.sshfs"])
def test_a_workspace_on_a_file_system_of_the_network_is_refused(tmp_path, kind):
    table = tmp_path / "mountinfo"
    table.write_text(MOUNTS.format(kind=kind))
    for folder in ("/srv/team files", "/srv/team files/new/folder"):
        with pytest.raises(InputError, match=re.escape(kind)):
            refuse_network(Path(folder), table)
    for folder in ("/srv/team files/local/new", "/srv/team filesystem", "/home"):
        refuse_network(Path(folder), table)
    refuse_network(Path("/srv/team files"), tmp_path / "none")

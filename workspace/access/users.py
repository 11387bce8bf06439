"""Who may come in: invited people, each with a role. What changes what somebody may do ends all of their sessions."""

import secrets
import unicodedata

import pandas as pd

from nps.notes import Refused
from workspace.access import passwords
from workspace.access.actor import Actor, Role
from workspace.access.permissions import Verb, needs
from workspace.store import audit
from workspace.store.database import Workspace, writing

LONGEST = 254  # characters, as of an e-mail address
COLUMNS = ("login", "role", "active", "password", "company", "sessions", "made_at")


def folded(login: str) -> str:
    """A login as it is kept: however it is typed, it is one."""
    return unicodedata.normalize("NFC", login).strip().casefold()


@needs(Verb.ADMINISTER)
def everybody(actor: Actor, space: Workspace) -> pd.DataFrame:
    """All users by login.

    login, role, active (bool); password, company (bools): the ways in that they have; sessions that last; made_at
    """
    rows = space.db.query(
        """SELECT login, role, active, password IS NOT NULL AS password, issuer IS NOT NULL AS company,
        (SELECT count(*) FROM sessions WHERE user = users.id AND until > :now) AS sessions, made_at
        FROM users ORDER BY login""",
        {"now": audit.now()},
    )
    return pd.DataFrame(rows, columns=[*COLUMNS]).astype({"active": bool, "password": bool, "company": bool})


@needs(Verb.ADMINISTER)
def names(actor: Actor, space: Workspace) -> dict[str, str]:
    """What stands in the audit -> login, of users."""
    return {f"user {row['id']}": row["login"] for row in space.db.table("users").rows}


@needs(Verb.WORK)
def colleagues(actor: Actor, space: Workspace) -> dict[str, str]:
    """The same of whom work can be given to, by login: who does more than look, and may still come in."""
    rows = space.db.table("users").rows_where("role != ? AND active", [Role.VIEWER.value], order_by="login")
    return {f"user {row['id']}": row["login"] for row in rows}


@needs(Verb.ADMINISTER)
def add(actor: Actor, space: Workspace, login: str, role: Role, password: str | None = None) -> None:
    """Invite somebody; without a password they need another way in. Raises Refused for a login that cannot be."""
    login = folded(login)
    if not login or len(login) > LONGEST or not login.isprintable() or " " in login:
        raise Refused("user.login")
    row = {"login": login, "role": role.value, "password": password and passwords.hashed(password)}
    with writing(space.db):
        if space.db.table("users").count_where("login = ?", [login]):
            raise Refused("user.known")
        space.db.table("users").insert(row | {"made_at": audit.now()})
        audit.record(actor, space, "invite", {"user": _number(space, login), "role": role.value})


@needs(Verb.ADMINISTER)
def change_role(actor: Actor, space: Workspace, login: str, role: Role) -> None:
    """Let somebody do more, or less. Raises Refused where no administrator would be left."""
    _change(actor, space, login, "change role", {"role": role.value}, {"role": role.value})


@needs(Verb.ADMINISTER)
def deactivate(actor: Actor, space: Workspace, login: str) -> None:
    """Let somebody in no longer. Raises Refused where no administrator would be left."""
    _change(actor, space, login, "deactivate", {"active": 0}, {})


@needs(Verb.ADMINISTER)
def activate(actor: Actor, space: Workspace, login: str) -> None:
    """Let somebody in again."""
    _change(actor, space, login, "activate", {"active": 1}, {})


@needs(Verb.ADMINISTER)
def set_password(actor: Actor, space: Workspace, login: str, password: str) -> None:
    """Give somebody a new password. Raises Refused for one that is too short."""
    _change(actor, space, login, "set password", {"password": passwords.hashed(password)}, {})


@needs(Verb.LOOK)
def change_own_password(actor: Actor, space: Workspace, password: str, new: str) -> None:
    """A new password of one's own. Raises Refused where the present one is not right, or the new one too short."""
    row = next(space.db.table("users").rows_where("id = ?", [actor.user]), {})
    if not passwords.matches(password, row.get("password")):
        raise Refused("password.wrong")
    _change(actor, space, row["login"], "set password", {"password": passwords.hashed(new)}, {})


@needs(Verb.ADMINISTER)
def end_sessions(actor: Actor, space: Workspace, login: str) -> None:
    """Sign somebody out everywhere."""
    _change(actor, space, login, "end sessions", {}, {})


@needs(Verb.ADMINISTER)
def forget_account(actor: Actor, space: Workspace, login: str) -> None:
    """Let a login be bound anew to an account of the company: to another one, too."""
    _change(actor, space, login, "forget account", {"issuer": None, "subject": None}, {})


def fresh_password() -> str:
    """A password to hand over, that nobody guesses."""
    return secrets.token_urlsafe(12)


def _change(actor: Actor, space: Workspace, login: str, did: str, values: dict, about: dict) -> None:
    """Change a user, end all of their sessions, and write both down; all of it, or nothing."""
    with writing(space.db):
        number = _number(space, folded(login))
        if values:
            space.db.table("users").update(number, values)
        space.db.table("sessions").delete_where("user = ?", [number])
        if {"role", "active"} & {*values}:
            _keep_an_administrator(space)
        audit.record(actor, space, did, {"user": number} | about)


def _keep_an_administrator(space: Workspace) -> None:
    if not space.db.table("users").count_where("role = ? AND active = 1", [Role.ADMIN.value]):
        raise Refused("user.last_administrator")


def _number(space: Workspace, login: str) -> int:
    for row in space.db.table("users").rows_where("login = ?", [login]):
        return row["id"]
    raise Refused("user.unknown")

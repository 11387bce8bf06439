"""The ways in: a password, an account of the company, a name that a proxy vouches for. Each tells who that is, or None.

Nobody comes in who was not invited, or is not active any more.
"""

from collections.abc import Mapping

from workspace.access import passwords
from workspace.access.actor import Actor, Role
from workspace.access.permissions import Verb, needs
from workspace.access.users import folded
from workspace.store import audit
from workspace.store.database import Workspace, writing


@needs(Verb.ADMINISTER)
def by_password(actor: Actor, space: Workspace, login: str, password: str) -> Actor | None:
    """Who that is; whoever is not known is not told from a wrong password, by the time it takes neither."""
    row = _row(space, "login = ?", folded(login))
    return _actor(row) if passwords.matches(password, row and row["password"]) else None


@needs(Verb.ADMINISTER)
def by_name(actor: Actor, space: Workspace, login: str) -> Actor | None:
    """Who goes by a login of which somebody else is sure."""
    return _actor(_row(space, "login = ?", folded(login)))


@needs(Verb.ADMINISTER)
def by_account(actor: Actor, space: Workspace, claims: Mapping[str, object], trusts_email: bool) -> Actor | None:
    """Who has this account: (iss, sub) of what a provider claims.

    Its e-mail address counts once, to bind an account to whom was invited, and only when it was verified or the
    administrator trusts the provider's addresses.
    """
    account = [str(claims["iss"]), str(claims["sub"])]
    if row := _row(space, "issuer = ? AND subject = ?", *account):
        return _actor(row)
    email = folded(str(claims.get("email") or ""))
    if not email or not (trusts_email or claims.get("email_verified") is True):
        return None
    with writing(space.db):
        row = _row(space, "login = ? AND subject IS NULL", email)
        if row:
            space.db.table("users").update(row["id"], dict(zip(("issuer", "subject"), account, strict=True)))
            audit.record(_actor(row), space, "bind account", {"issuer": account[0]})
    return _actor(row)


def _row(space: Workspace, where: str, *values: str) -> dict | None:
    return next(space.db.table("users").rows_where(f"({where}) AND active = 1", values), None)


def _actor(row: dict | None) -> Actor | None:
    return Actor(row["login"], Role(row["role"]), row["id"]) if row else None

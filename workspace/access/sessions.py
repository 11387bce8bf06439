"""Who has signed in: sessions of twelve hours, of whose cookie only the SHA-256 is kept, as `mark`.

Role and whether somebody is active are looked up whenever it is asked whose a session is.
"""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta

from workspace.access.actor import Actor, Role
from workspace.access.permissions import Verb, needs
from workspace.store import audit
from workspace.store.database import Workspace, writing

LASTS = timedelta(hours=12)


@needs(Verb.ADMINISTER)
def begin(actor: Actor, space: Workspace, user: Actor, way: str) -> str:
    """A session for who has come in by this way; its cookie. Sessions that are over go."""
    token, now = secrets.token_urlsafe(32), audit.now()
    until = (datetime.now(UTC) + LASTS).isoformat(timespec="milliseconds")
    row = {"token_sha256": hashlib.sha256(token.encode()).hexdigest(), "user": user.user, "way": way}
    with writing(space.db):
        space.db.table("sessions").delete_where("until <= ?", [now])
        space.db.table("sessions").insert(row | {"made_at": now, "until": until})
        audit.record(user, space, "sign in", {"way": way})
    return token


@needs(Verb.ADMINISTER)
def whose(actor: Actor, space: Workspace, mark: str) -> Actor | None:
    """Who has this session; None when it is over, was ended, or is of nobody who may come in."""
    row = space.db.execute(
        """SELECT users.id, login, role FROM sessions JOIN users ON users.id = user
        WHERE token_sha256 = ? AND until > ? AND active = 1""",
        [mark, audit.now()],
    ).fetchone()
    return Actor(row[1], Role(row[2]), row[0]) if row else None


@needs(Verb.LOOK)
def end(actor: Actor, space: Workspace, mark: str) -> None:
    """Sign out; only one's own session ends."""
    with writing(space.db):
        space.db.table("sessions").delete_where("token_sha256 = ? AND user = ?", [mark, actor.user])
        audit.record(actor, space, "sign out", {})

"""Whom nobody writes to, whatever a campaign says: kept as marks, so that the list itself tells nobody who."""

from collections.abc import Iterable
from datetime import date

import pandas as pd

from nps.notes import Refused
from workspace.access.actor import Actor
from workspace.access.permissions import Verb, needs
from workspace.follow_up.words import domain_of, line, without_names
from workspace.store import audit, marks
from workspace.store.database import Workspace, writing

KINDS = ("email", "id", "domain", "account", "hands off")
LONGEST_WHY = 200


@needs(Verb.WORK)
def suppress(actor: Actor, space: Workspace, kind: str, what: str, why: str, until: date | None = None) -> None:
    """Have nobody write to an e-mail, an id, a domain with all below it, or an account.

    kind   one of KINDS; `hands off` is an account, too, that whoever looks after it keeps to themselves
    until  the last day; None: for good
    Raises Refused for what is none, and without a reason.
    """
    mark = _mark(space, kind, what)
    row = {"kind": kind, "mark": mark, "why": line(why, LONGEST_WHY, "suppression.why"), "until": until and f"{until}"}
    with writing(space.db):
        made = {"made_by": actor.name, "made_at": audit.now()}
        space.db.table("suppressed").insert({**row, **made}, replace=True)
        audit.record(actor, space, "suppress", {"kind": kind, "mark": mark[:16]})


@needs(Verb.ADMINISTER)
def lift(actor: Actor, space: Workspace, kind: str, what: str, why: str) -> bool:
    """Allow it again; whether it was suppressed. By whoever may turn a rule off, with a reason, too."""
    mark, why = _mark(space, kind, what), line(why, LONGEST_WHY, "suppression.why")
    with writing(space.db):
        there = space.db.table("suppressed").count_where("kind = ? AND mark = ?", [kind, mark]) > 0
        space.db.table("suppressed").delete_where("kind = ? AND mark = ?", [kind, mark])
        audit.record(
            actor,
            space,
            "lift suppression",
            {"kind": kind, "mark": mark[:16], "why": without_names(space, why, [what])},
        )
    return there


@needs(Verb.SEE_PEOPLE)
def listed(actor: Actor, space: Workspace) -> pd.DataFrame:
    """What is suppressed: kind, mark, why, until, made_by, made_at; the latest first."""
    columns = ["kind", "mark", "why", "until", "made_by", "made_at"]
    return pd.DataFrame(space.db.table("suppressed").rows_where(order_by="made_at DESC"), columns=columns)


@needs(Verb.SEE_PEOPLE)
def of(actor: Actor, space: Workspace, those: Iterable[tuple[str, str]], today: date) -> pd.DataFrame:
    """What holds today of these, kind and what: kind, why, until, made_by, made_at."""
    columns = ["kind", "why", "until", "made_by", "made_at"]
    which = "kind = ? AND mark = ? AND (until IS NULL OR until >= ?)"
    found = [
        row
        for kind, what in those
        for row in space.db.table("suppressed").rows_where(which, [kind, _mark(space, kind, what), f"{today}"])
    ]
    return pd.DataFrame(found, columns=["mark", *columns])[columns]


def _mark(space: Workspace, kind: str, what: str) -> str:
    if kind not in KINDS:
        raise Refused("suppression.kind")
    text = domain_of(what) if kind == "domain" else marks.alike(what)
    if not text or (kind == "email" and "@" not in text):
        raise Refused("suppression.what", kind=kind)
    return marks.mark(marks.secret(space.root), text)

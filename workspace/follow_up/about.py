"""What was done about a person or an account, whatever came of it, and what colleagues wrote down of them."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

import pandas as pd

from nps.notes import Refused
from workspace.access.actor import Actor
from workspace.access.permissions import Verb, may, needs
from workspace.follow_up.changes import LONGEST_NOTE
from workspace.follow_up.standing import check_there, moment
from workspace.follow_up.words import prose
from workspace.store import audit
from workspace.store.database import Workspace, writing

COLUMNS = ("kind", "campaign", "person_id", "name", "what", "status", "arm", "owner", "due", "at")
DONE = """
    SELECT 'member', c.id, m.person_id, m.name, c.name, m.status, m.arm, m.owner, coalesce(m.due, c.due),
        coalesce(m.contacted_at, c.made_at) AS at
    FROM members m JOIN campaigns c ON c.id = m.campaign
    WHERE c.dataset = :dataset AND m.person_id IN (SELECT value FROM json_each(:people))
    UNION ALL
    SELECT 'task', t.campaign, t.person_id, NULL, t.title, t.status, NULL, t.owner, t.due, t.made_at
    FROM tasks t
    WHERE t.dataset = :dataset
        AND (t.person_id IN (SELECT value FROM json_each(:people)) OR t.account_id = :account)
    ORDER BY at DESC"""


class Whom(NamedTuple):
    """A person or an account, by id."""

    person: str | None = None
    account: str | None = None


@needs(Verb.SEE_PEOPLE)
def done(
    actor: Actor, space: Workspace, dataset: str, people: Iterable[str], account: str | None = None
) -> pd.DataFrame:
    """Campaigns that these people are or were in, tasks about them and about the account, the latest first: COLUMNS.

    what  the campaign, or the task;  at  when they were contacted, else when it was made
    """
    values = {"dataset": dataset, "people": json.dumps([*people]), "account": account}
    return pd.DataFrame(space.db.execute(DONE, values).fetchall(), columns=[*COLUMNS])


@needs(Verb.WORK)
def write(actor: Actor, space: Workspace, dataset: str, whom: Whom, note: str, now: datetime) -> None:
    """Write something down. Raises Refused for nothing, InputError for whoever is erased."""
    said = prose(note, LONGEST_NOTE, "follow_up.note")
    if not said:
        raise Refused("note.empty", most=LONGEST_NOTE)
    with writing(space.db):
        check_there(space, whom.person)
        row = {"dataset": dataset, "person_id": whom.person, "account_id": whom.account, "note": said}
        space.db.table("notes").insert({**row, "made_by": actor.name, "made_at": moment(now)})
        audit.record(actor, space, "write note", {"dataset": dataset})


@needs(Verb.SEE_PEOPLE)
def notes(actor: Actor, space: Workspace, dataset: str, whom: Whom) -> pd.DataFrame:
    """What was written down, the latest first: n, note, made_by, made_at."""
    columns = ["n", "note", "made_by", "made_at"]
    which = "dataset = ? AND person_id IS ? AND account_id IS ?"
    rows = space.db.table("notes").rows_where(which, [dataset, *whom], order_by="n DESC")
    return pd.DataFrame(rows, columns=["dataset", "person_id", "account_id", *columns])[columns]


@needs(Verb.WORK)
def remove(actor: Actor, space: Workspace, dataset: str, n: int) -> None:
    """Take a note away; nothing happens when there is none. Raises Refused for somebody else's."""
    with writing(space.db):
        for row in space.db.table("notes").rows_where("n = ? AND dataset = ?", [n, dataset]):
            if row["made_by"] != actor.name and not may(actor, Verb.ADMINISTER):
                raise Refused("note.theirs")
            space.db.table("notes").delete(n)
            audit.record(actor, space, "remove note", {"dataset": dataset})

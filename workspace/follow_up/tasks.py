"""What is to be done, by whom and until when: made by hand or by a playbook, which makes each once."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple
from uuid import uuid4

import pandas as pd

from nps.notes import Refused
from workspace.access.actor import Actor
from workspace.access.permissions import Verb, needs
from workspace.follow_up import changes, standing
from workspace.follow_up.standing import moment
from workspace.follow_up.words import line, optional
from workspace.store import audit
from workspace.store.database import Workspace, writing

STATUSES = ("open", "resolved")
CHANGED = ("status", "cause", "owner", "due", "title", "snoozed")


class Task(NamedTuple):
    """A task before it is kept.

    owner     as `Actor.name` says, or any name; empty: nobody's
    playbook  and the fact that it makes a task of, in marks: of both there is one task; None: made by hand
    id        None: one is made up
    """

    dataset: str
    title: str
    due: date | None = None
    owner: str = ""
    person_id: str | None = None
    account_id: str | None = None
    campaign: str | None = None
    playbook: int | None = None
    fact: str | None = None
    id: str | None = None


@needs(Verb.WORK)
def make(actor: Actor, space: Workspace, task: Task, now: datetime) -> str:
    """Keep a task; its id. Raises InputError for one that says nothing."""
    with writing(space.db):
        standing.check_there(space, task.person_id)
        made = added(actor, space, task, now)
        audit.record(actor, space, "make task", {"task": made, "dataset": task.dataset})
    return made


def added(actor: Actor, space: Workspace, task: Task, now: datetime) -> str:
    """The same inside of the transaction of what it is part of, as of a playbook's fact; there, the audit is, too."""
    row = {**task._asdict(), "id": task.id or uuid4().hex, "due": task.due and f"{task.due:%Y-%m-%d}"}
    row |= {"title": line(task.title, changes.LONGEST_TITLE, "task.title")}
    row |= {"owner": optional(task.owner, changes.LONGEST_OWNER, "follow_up.text")}
    space.db.table("tasks").insert({**row, "made_by": actor.name, "made_at": moment(now)}, ignore=True)
    return row["id"]


@needs(Verb.WORK)
def change(
    actor: Actor, space: Workspace, seen: Mapping[str, int], now: datetime, note: str = "", **values: str | date | None
) -> list[str]:
    """Change some of CHANGED of one or many (snoozed: the day it comes back), or comment on them.

    seen  task -> the version that was on screen
    Which were changed by somebody else meanwhile, and stay. Raises Refused for what is resolved without a cause.
    """
    said = changes.clean(values, STATUSES, CHANGED)
    if "title" in said:
        said["title"] = line(said["title"] or "", changes.LONGEST_TITLE, "task.title")
    with writing(space.db):
        keys = {(task,): version for task, version in seen.items()}
        late = [key[0] for key in changes.apply(actor, space, "tasks", keys, said, note, now)]
        audit.record(actor, space, "change tasks", {"tasks": len(seen) - len(late), "changed": sorted(said)})
    return late


@needs(Verb.SEE_PEOPLE)
def history(actor: Actor, space: Workspace, task: str) -> pd.DataFrame:
    """What came of it and what colleagues said, oldest first: at, actor, what, before, after, note."""
    return changes.history(space, "tasks", (task,))


@needs(Verb.WORK)
def delivered(actor: Actor, space: Workspace, task: str, remote_id: str) -> None:
    """Keep by which id another system knows it."""
    if not remote_id:
        raise Refused("task.remote")
    with writing(space.db):
        space.db.execute("UPDATE tasks SET remote_id = ? WHERE id = ?", [remote_id, task])
        audit.record(actor, space, "deliver task", {"task": task})

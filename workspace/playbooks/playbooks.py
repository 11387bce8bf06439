"""Playbooks as they are kept: when what happens, what is done."""

from datetime import datetime
from typing import NamedTuple

from nps.notes import InputError, Refused, TooLarge
from workspace.access.actor import Actor
from workspace.access.permissions import Verb, needs
from workspace.delivery import channels
from workspace.delivery.letters import line
from workspace.follow_up import joining
from workspace.playbooks.conditions import OF_PEOPLE, Then, When
from workspace.store import audit
from workspace.store.database import Workspace, writing

LONGEST_NAME, MOST = 80, 100
USUAL_A_DAY, MOST_A_DAY = 50, 1_000
LISTED = """SELECT id, dataset, name, condition, action, active, since, primed, a_day, owner, trouble, version
    FROM playbooks"""


class Playbook(NamedTuple):
    """When what happens, what is done.

    id       0 for a new one
    since    what was before is left alone
    primed   when it was first looked at; None: not yet
    a_day    so often on one day at most; the others are told together
    trouble  why it cannot be looked at: a note, encoded; None where it can
    version  that was on screen: two people do not change it unseen
    """

    dataset: str
    name: str
    when: When
    then: Then
    owner: str = ""
    active: bool = True
    a_day: int = USUAL_A_DAY
    id: int = 0
    since: str = ""
    primed: str | None = None
    trouble: str | None = None
    version: int = 0


@needs(Verb.WORK)
def listed(actor: Actor, space: Workspace, dataset: str | None = None) -> list[Playbook]:
    """All of a dataset, or of all, by name."""
    return [_playbook(row) for row in space.db.execute(f"{LISTED} ORDER BY name") if dataset in (None, row[1])]


@needs(Verb.WORK)
def find(actor: Actor, space: Workspace, playbook: int) -> Playbook:
    """One of them. Raises InputError when it is not there any more."""
    for row in space.db.execute(f"{LISTED} WHERE id = ?", [playbook]):
        return _playbook(row)
    raise InputError("playbook.gone")


@needs(Verb.ADMINISTER)
def keep(actor: Actor, space: Workspace, playbook: Playbook, now: datetime) -> int:
    """Have this playbook from now on; its id. What was before now is left alone, also by one that was changed.

    Raises InputError for what does nothing, and where somebody else changed it meanwhile.
    """
    row = _checked(playbook) | {"since": now.isoformat(timespec="milliseconds"), "primed": None, "trouble": None}
    with writing(space.db):
        if playbook.then.channel:
            channels.find(actor, space, playbook.then.channel)
        if playbook.then.campaign:
            joining.open_one(actor, space, playbook.dataset, playbook.then.campaign)
        made = _changed(space, playbook, row) if playbook.id else _made(actor, space, row)
        audit.record(actor, space, "keep playbook", {"playbook": made, "dataset": playbook.dataset})
    return made


@needs(Verb.ADMINISTER)
def remove(actor: Actor, space: Workspace, playbook: int) -> None:
    """Take it away; what it did stays done."""
    with writing(space.db):
        space.db.execute("DELETE FROM playbooks WHERE id = ?", [playbook])
        audit.record(actor, space, "remove playbook", {"playbook": playbook})


def _checked(playbook: Playbook) -> dict[str, object]:
    name = line(playbook.name, LONGEST_NAME + 1)
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Refused("playbook.name", most=LONGEST_NAME)
    if not 1 <= playbook.a_day <= MOST_A_DAY:
        raise Refused("playbook.a_day", most=MOST_A_DAY)
    if playbook.when.kind == "digest" and not playbook.then.channel:
        raise Refused("playbook.then")
    if playbook.then.campaign and playbook.when.kind not in OF_PEOPLE:
        raise Refused("playbook.nobody")
    told = {"condition": playbook.when.checked().to_json(), "action": playbook.then.checked().to_json()}
    about = {
        "dataset": playbook.dataset,
        "name": name,
        "owner": line(playbook.owner, LONGEST_NAME),
        "active": playbook.active,
    }
    return told | about | {"a_day": playbook.a_day}


def _made(actor: Actor, space: Workspace, row: dict[str, object]) -> int:
    table = space.db.table("playbooks")
    if table.count_where("dataset = ?", [row["dataset"]]) >= MOST:
        raise TooLarge("playbook.too_many", most=MOST)
    if table.count_where("dataset = ? AND name = ?", [row["dataset"], row["name"]]):
        raise Refused("playbook.name", most=LONGEST_NAME)
    return table.insert({**row, "made_by": actor.name, "made_at": audit.now()}).last_pk


def _changed(space: Workspace, playbook: Playbook, row: dict[str, object]) -> int:
    same = "SELECT count(*) FROM playbooks WHERE dataset = ? AND name = ? AND id <> ?"
    if space.db.execute(same, [row["dataset"], row["name"], playbook.id]).fetchone()[0]:
        raise Refused("playbook.name", most=LONGEST_NAME)
    del row["dataset"]
    names = ", ".join(f"{name} = ?" for name in row)
    sql = f"UPDATE playbooks SET {names}, version = version + 1 WHERE id = ? AND version = ?"  # noqa: S608 - ours
    if not space.db.execute(sql, [*row.values(), playbook.id, playbook.version]).rowcount:
        raise InputError("playbook.changed_meanwhile", name=playbook.name)
    return playbook.id


def _playbook(row: tuple) -> Playbook:
    number, dataset, name, when, then, active, since, primed, a_day, owner, trouble, version = row
    parts = When.from_json(when), Then.from_json(then)
    more = {"since": since, "primed": primed, "trouble": trouble, "version": version}
    return Playbook(dataset, name, *parts, owner, bool(active), a_day, number, **more)

"""Sets of people and metrics that were given a name, of a dataset: versions, of which none is changed.

What they say is not known here: lines that `nps.who` writes. `dataset` is its mark, as for events.
"""

import json
from collections.abc import Sequence
from typing import NamedTuple
from uuid import uuid4

from nps.notes import Refused, TooLarge
from workspace.access.actor import Actor
from workspace.access.permissions import Verb, needs
from workspace.store import audit
from workspace.store.database import Workspace, writing

SET, METRIC = "set", "metric"
LONGEST_NAME = 80
SIGNS = 12  # of an id
MOST, MOST_VERSIONS = 200, 1_000


class Kept(NamedTuple):
    """A version of one.

    kind   SET or METRIC
    lines  its conditions, of which all hold; of a metric, its one line
    """

    id: str
    version: int
    kind: str
    name: str
    lines: tuple[str, ...]


COLUMNS = ", ".join(Kept._fields)


@needs(Verb.SEE_PEOPLE)
def latest(actor: Actor, space: Workspace, dataset: str, kind: str) -> list[Kept]:
    """The latest version of each of a kind, by name."""
    return _latest(space, dataset, kind)


@needs(Verb.SEE_PEOPLE)
def find(actor: Actor, space: Workspace, dataset: str, wanted: str, version: int) -> Kept | None:
    """A version of a set, as a link asks for it; None where there is none."""
    sql = f"SELECT {COLUMNS} FROM sets WHERE dataset = ? AND id = ? AND version = ? AND kind = ?"  # noqa: S608 - ours
    row = space.db.execute(sql, [dataset, wanted, version, SET]).fetchone()
    return _kept(row) if row else None


@needs(Verb.WORK)
def save(actor: Actor, space: Workspace, dataset: str, kind: str, name: str, lines: Sequence[str]) -> Kept:
    """Give conditions a name; where one of the kind is called so, they are its next version. Raises InputError."""
    with writing(space.db):
        made = named(_latest(space, dataset, kind), kind, name, lines)
        _add(actor, space, dataset, made)
        audit.record(actor, space, f"save {kind}", {"dataset": dataset, kind: made.id, "version": made.version})
    return made


@needs(Verb.WORK)
def remove(actor: Actor, space: Workspace, dataset: str, wanted: str) -> None:
    """Forget one with all of its versions, by id; nothing happens when there is none."""
    with writing(space.db):
        space.db.table("sets").delete_where("dataset = ? AND id = ?", [dataset, wanted])
        audit.record(actor, space, "remove set", {"dataset": dataset, "set": wanted})


@needs(Verb.WORK)
def copy(actor: Actor, space: Workspace, dataset: str, to: str) -> None:
    """Have another dataset begin with all versions of this one, under the ids that links know."""
    with writing(space.db):
        for row in space.db.table("sets").rows_where("dataset = ?", [dataset]):
            space.db.table("sets").insert({**row, "dataset": to}, ignore=True)


def named(known: Sequence[Kept], kind: str, name: str, lines: Sequence[str]) -> Kept:
    """The version that this makes beside those that are known. Raises InputError for a name that is none."""
    name = " ".join("".join(sign if sign.isprintable() else " " for sign in name).split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Refused("set.name", most=LONGEST_NAME)
    before = next((each for each in known if each.name == name), None)
    if before is None and len(known) >= MOST:
        raise TooLarge("set.too_many", most=MOST)
    if before is None:
        return Kept(uuid4().hex[:SIGNS], 1, kind, name, tuple(lines))
    if before.version >= MOST_VERSIONS:
        raise TooLarge("set.too_many_versions", most=MOST_VERSIONS)
    return before if before.lines == tuple(lines) else before._replace(version=before.version + 1, lines=tuple(lines))


def _latest(space: Workspace, dataset: str, kind: str) -> list[Kept]:
    sql = f"SELECT {COLUMNS} FROM sets WHERE dataset = ? AND kind = ? ORDER BY name, id, version"  # noqa: S608 - ours
    newest = {row[0]: _kept(row) for row in space.db.execute(sql, [dataset, kind])}
    return [*newest.values()]


def _kept(row: Sequence) -> Kept:
    *told, lines = row
    return Kept(*told, tuple(json.loads(lines)))


def _add(actor: Actor, space: Workspace, dataset: str, made: Kept) -> None:
    row = {**made._asdict(), "dataset": dataset, "lines": json.dumps(made.lines, ensure_ascii=False)}
    space.db.table("sets").insert({**row, "made_by": actor.name, "made_at": audit.now()}, ignore=True)

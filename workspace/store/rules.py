"""The rules by which comments of a dataset are read: versions, of which none is changed. `dataset` is its mark.

What the rules say is not known here: JSON that `nps.comments` writes, with a mark of its content. Where there is no
version, those that come with the product hold.
"""

from collections.abc import Sequence
from typing import NamedTuple

from nps.notes import InputError, TooLarge
from workspace.access.actor import Actor
from workspace.access.permissions import Verb, needs
from workspace.store import audit
from workspace.store.database import Workspace, writing

MOST_VERSIONS = 1_000


class Kept(NamedTuple):
    """A version of the rules.

    number   1, 2, ...
    origin   the number of the version that it took back to, else its own
    version  the mark of its content, for links
    rules    JSON; empty for those that come with the product
    """

    number: int
    origin: int
    version: str
    rules: str
    made_by: str
    made_at: str


OURS = Kept(0, 0, "", "", "", "")
COLUMNS = ", ".join(Kept._fields)


@needs(Verb.LOOK)
def current(actor: Actor, space: Workspace, dataset: str) -> Kept:
    """The version that holds."""
    return _latest(space, dataset)


@needs(Verb.LOOK)
def find(actor: Actor, space: Workspace, dataset: str, version: str) -> Kept | None:
    """The latest version with this mark, as a link asks for it; None where there is none."""
    return _one(space, "dataset = ? AND version = ?", [dataset, version])


@needs(Verb.WORK)
def history(actor: Actor, space: Workspace, dataset: str) -> list[Kept]:
    """All versions, the latest first."""
    sql = f"SELECT {COLUMNS} FROM rules WHERE dataset = ? ORDER BY number DESC"  # noqa: S608 - names of ours
    return [Kept(*row) for row in space.db.execute(sql, [dataset])]


@needs(Verb.WORK)
def keep(actor: Actor, space: Workspace, dataset: str, version: str, rules: str, seen: int) -> None:
    """Have these rules hold from now on.

    seen  the number of the version that they were made from
    Raises InputError where somebody else changed them meanwhile.
    """
    with writing(space.db):
        made = changed([_latest(space, dataset)], version, rules, seen, actor.name)
        _add(space, dataset, made)
        audit.record(actor, space, "change rules", {"dataset": dataset, "number": made.number, "rules": version})


@needs(Verb.WORK)
def undo(actor: Actor, space: Workspace, dataset: str, seen: int) -> None:
    """Back to what held before the latest change, as a new version. Raises InputError as `keep` does."""
    with writing(space.db):
        made = undone(history(actor, space, dataset), seen, actor.name)
        _add(space, dataset, made)
        audit.record(actor, space, "undo rules", {"dataset": dataset, "number": made.number, "rules": made.version})


@needs(Verb.WORK)
def copy(actor: Actor, space: Workspace, dataset: str, to: str) -> None:
    """Have another dataset begin with the versions of this one."""
    with writing(space.db):
        for each in reversed(history(actor, space, dataset)):
            _add(space, to, each)


def changed(known: Sequence[Kept], version: str, rules: str, seen: int, who: str) -> Kept:
    """The version after these, of which the latest is the first. Raises InputError as `keep` does."""
    number = _latest_of(known, seen).number + 1
    return Kept(number, number, version, rules, who, audit.now())


def undone(known: Sequence[Kept], seen: int, who: str) -> Kept:
    """The version that takes back the latest of these. Raises InputError as `keep` does, and where there is none."""
    now = _latest_of(known, seen)
    if now.origin == 0:
        raise InputError("rules.nothing_to_undo")
    before = next((each for each in known if each.number == now.origin - 1), OURS)
    return before._replace(number=now.number + 1, made_by=who, made_at=audit.now())


def _latest_of(known: Sequence[Kept], seen: int) -> Kept:
    now = known[0] if known else OURS
    if now.number != seen:
        raise InputError("rules.changed_meanwhile")
    if now.number >= MOST_VERSIONS:
        raise TooLarge("rules.too_many_versions", most=MOST_VERSIONS)
    return now


def _latest(space: Workspace, dataset: str) -> Kept:
    return _one(space, "dataset = ?", [dataset]) or OURS


def _one(space: Workspace, where: str, values: list[str]) -> Kept | None:
    sql = f"SELECT {COLUMNS} FROM rules WHERE {where} ORDER BY number DESC LIMIT 1"  # noqa: S608 - names of ours
    row = space.db.execute(sql, values).fetchone()
    return Kept(*row) if row else None


def _add(space: Workspace, dataset: str, made: Kept) -> None:
    space.db.table("rules").insert({"dataset": dataset, **made._asdict()})

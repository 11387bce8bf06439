"""Audiences: selections that were given a name, of a dataset. `dataset` is its mark, as for events."""

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import uuid4

from nps.notes import Refused, TooLarge
from workspace.access.actor import Actor
from workspace.access.permissions import Verb, needs
from workspace.store import audit
from workspace.store.database import Workspace, writing

LONGEST_NAME = 80
MOST_SELECTIONS = 200
Query = Mapping[str, Sequence[str]]


class Saved(NamedTuple):
    """A selection that was given a name; `query` is it as `nps.Selection.to_query` tells it."""

    id: str
    name: str
    query: Query


def named(name: str, query: Query) -> Saved:
    """A selection with its name as it is kept. Raises InputError for a name that is none."""
    name = " ".join("".join(sign if sign.isprintable() else " " for sign in name).split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Refused("selection.name", most=LONGEST_NAME)
    return Saved(uuid4().hex, name, query)


@needs(Verb.SEE_PEOPLE)
def saved(actor: Actor, space: Workspace, dataset: str) -> list[Saved]:
    """All of a dataset, by name."""
    rows = space.db.table("selections").rows_where("dataset = ?", [dataset], order_by="name")
    return [Saved(row["id"], row["name"], json.loads(row["query"])) for row in rows]


@needs(Verb.WORK)
def save(actor: Actor, space: Workspace, dataset: str, name: str, query: Query) -> None:
    """Give a selection a name; who had that name before gives way. Raises InputError for a name that is none."""
    made = named(name, query)
    with writing(space.db):
        table = space.db.table("selections")
        table.delete_where("dataset = ? AND name = ?", [dataset, made.name])
        if table.count_where("dataset = ?", [dataset]) >= MOST_SELECTIONS:
            raise TooLarge("selection.too_many", most=MOST_SELECTIONS)
        row = {"id": made.id, "dataset": dataset, "name": made.name, "query": json.dumps({**query})}
        table.insert({**row, "made_by": actor.name, "made_at": audit.now()})
        audit.record(actor, space, "save selection", {"dataset": dataset, "selection": made.id})


@needs(Verb.WORK)
def remove(actor: Actor, space: Workspace, selection: str) -> None:
    """Forget one, by id; nothing happens when there is none."""
    with writing(space.db):
        space.db.table("selections").delete_where("id = ?", [selection])
        audit.record(actor, space, "remove selection", {"selection": selection})


@needs(Verb.WORK)
def copy(actor: Actor, space: Workspace, dataset: str, to: str) -> None:
    """Have another dataset begin with those of this one."""
    for each in saved(actor, space, dataset):
        save(actor, space, to, each.name, each.query)

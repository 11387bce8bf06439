"""What a team set for a dataset, by name: JSON of which nothing is known here. `dataset` is its mark, as for events."""

from workspace.access.actor import Actor
from workspace.access.permissions import Verb, needs
from workspace.store import audit
from workspace.store.database import Workspace, writing


@needs(Verb.LOOK)
def setting(actor: Actor, space: Workspace, dataset: str, name: str) -> str | None:
    """What was set last; None where nothing was."""
    sql = "SELECT value FROM settings WHERE dataset = ? AND name = ?"
    row = space.db.execute(sql, [dataset, name]).fetchone()
    return row[0] if row else None


@needs(Verb.WORK)
def change(actor: Actor, space: Workspace, dataset: str, name: str, value: str) -> None:
    """Have this hold from now on, for everybody who sees the dataset."""
    with writing(space.db):
        _put(actor, space, dataset, name, value)
        audit.record(actor, space, "change settings", {"dataset": dataset, "setting": name})


@needs(Verb.WORK)
def copy(actor: Actor, space: Workspace, dataset: str, to: str) -> None:
    """Have another dataset begin with those of this one."""
    with writing(space.db):
        for row in space.db.table("settings").rows_where("dataset = ?", [dataset]):
            _put(actor, space, to, row["name"], row["value"])


def _put(actor: Actor, space: Workspace, dataset: str, name: str, value: str) -> None:
    row = {"dataset": dataset, "name": name, "value": value, "made_by": actor.name, "made_at": audit.now()}
    space.db.table("settings").insert(row, replace=True)

"""How files of a header were confirmed to be read, by whom: names of columns and settings, nothing of any row."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from workspace.access.actor import Actor
from workspace.access.permissions import Verb, needs
from workspace.store.database import Workspace, writing

MOST_READINGS = 500


class Confirmed(NamedTuple):
    """A mapping that somebody confirmed, and when."""

    mapping: dict[str, str | None]
    day: date


@needs(Verb.WORK)
def confirmed(actor: Actor, space: Workspace, table: str, columns: Iterable[str]) -> Confirmed | None:
    """How this person confirmed that files with these columns are read as that table; None when they never did."""
    return _latest(space, "header = ? AND who = ?", [_header(table, columns), actor.login])


@needs(Verb.WORK)
def offered(actor: Actor, space: Workspace, table: str, columns: Iterable[str]) -> Confirmed | None:
    """How somebody else confirmed it last; None when nobody did."""
    return _latest(space, "header = ? AND who <> ?", [_header(table, columns), actor.login])


@needs(Verb.WORK)
def confirm(
    actor: Actor,
    space: Workspace,
    table: str,
    columns: Iterable[str],
    mapping: Mapping[str, str | None],
    day: date,
) -> None:
    """Keep somebody's mapping for files with these columns, in any order. The oldest of more than 500 go."""
    row = {
        "header": _header(table, columns),
        "who": actor.login,
        "mapping": json.dumps(dict(mapping)),
        "confirmed": day.isoformat(),
    }
    with writing(space.db):
        space.db.table("readings").insert(row, replace=True)
        space.db.table("readings").delete_where(
            "rowid NOT IN (SELECT rowid FROM readings ORDER BY confirmed DESC, rowid DESC LIMIT ?)", [MOST_READINGS]
        )


@needs(Verb.WORK)
def forget(actor: Actor, space: Workspace, table: str, columns: Iterable[str]) -> None:
    """Forget what this person confirmed; nothing happens when that is nothing."""
    with writing(space.db):
        space.db.table("readings").delete_where("header = ? AND who = ?", [_header(table, columns), actor.login])


def _latest(space: Workspace, where: str, values: list[str]) -> Confirmed | None:
    for row in space.db.table("readings").rows_where(where, values, order_by="confirmed DESC, rowid DESC", limit=1):
        return Confirmed(json.loads(row["mapping"]), date.fromisoformat(row["confirmed"]))
    return None


def _header(table: str, columns: Iterable[str]) -> str:
    """The same for the same set of columns, whatever their order; nobody can read the names from it."""
    return hashlib.sha256(json.dumps([table, sorted({*columns})]).encode()).hexdigest()

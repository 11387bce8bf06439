"""Answers and usage that are older than their dataset keeps: counted first, then taken away for good."""

from datetime import datetime
from typing import NamedTuple

import duckdb

from workspace.access.actor import Actor
from workspace.access.permissions import Verb, needs
from workspace.delivery import kept as delivery
from workspace.follow_up import kept as follow_up
from workspace.store import audit, datasets, folders, rewriting
from workspace.store.database import Workspace
from workspace.store.datasets import Kept
from workspace.store.marks import Forgotten
from workspace.store.rewriting import connected
from workspace.store.versions import again, counting, drop_all_but, oldest, reading, swap

NOBODY_ERASED = Forgotten(b"", ())


class Expired(NamedTuple):
    """Rows of a dataset that are too old, by table; undated ones never are. And how many earlier versions hold such."""

    dataset: str
    name: str
    before: datetime
    rows: dict[str, int]
    versions: int


@needs(Verb.ADMINISTER)
def expired(actor: Actor, space: Workspace, now: datetime | None = None) -> list[Expired]:
    """What would go: a dry run."""
    every = [again(_found)(space, kept, now) for kept in datasets.listed(actor, space)]
    return [found for found in every if found]


@needs(Verb.ADMINISTER)
def expire(actor: Actor, space: Workspace, now: datetime | None = None) -> list[Expired]:
    """Take it away, with every earlier version of the dataset. What a backup holds is not ours to change."""
    gone = expired(actor, space, now)
    for each in gone:
        _expire(actor, space, each)
    if gone:
        folders.tidy(space)
    return gone


@again
def _expire(actor: Actor, space: Workspace, each: Expired) -> None:
    kept = datasets.find(actor, space, each.dataset)
    with connected() as con, folders.building(space.root) as tmp:
        with reading(space, kept.folder) as old:
            folders.filled(tmp, old)
        if what := rewriting.found(con, tmp, NOBODY_ERASED, each.before):
            rewriting.rewrite(con, tmp, what)
        with counting(space, con, tmp, None) as version:
            swap(space, version, kept.folder)
            follow_up.expire(space, kept.id, each.before)
            delivery.expire(space, kept.id, each.before)
            drop_all_but(space, kept.id, kept.number)
            audit.record(actor, space, "expire", {"dataset": kept.id, "rows": each.rows})


def _found(space: Workspace, kept: Kept, now: datetime | None) -> Expired | None:
    before = oldest(kept.retain_days, now)
    if before is None:
        return None
    listed = space.db.execute("SELECT folder FROM versions WHERE dataset = ?", [kept.id]).fetchall()
    with connected() as con:
        old = {folder: _old(space, con, folder, before) for (folder,) in listed}
    rows = {**old.pop(kept.folder, {}), **follow_up.old(space, kept.id, before)}
    rows |= delivery.old(space, kept.id, before)
    earlier = sum(any(each.values()) for each in old.values())
    return Expired(kept.id, kept.name, before, rows, earlier) if any(rows.values()) or earlier else None


def _old(space: Workspace, con: duckdb.DuckDBPyConnection, folder: str, before: datetime) -> dict[str, int]:
    with reading(space, folder) as place:
        what = rewriting.found(con, place, NOBODY_ERASED, before)
    return dict(what.old) if what else {}

"""Answers and usage that are older than their dataset keeps: counted first, then taken away for good."""

from datetime import datetime
from typing import NamedTuple

from workspace.access.actor import Actor
from workspace.access.permissions import Verb, needs
from workspace.store import audit, datasets, folders, rewriting
from workspace.store.database import Workspace
from workspace.store.datasets import Kept
from workspace.store.marks import Forgotten
from workspace.store.rewriting import Found, connected
from workspace.store.versions import again, counting, drop_all_but, oldest, reading, swap


class Expired(NamedTuple):
    """Rows of a dataset that are too old, by table; undated ones never are."""

    dataset: str
    name: str
    before: datetime
    rows: dict[str, int]


@needs(Verb.ADMINISTER)
def expired(actor: Actor, space: Workspace, now: datetime | None = None) -> list[Expired]:
    """What would go: a dry run. Only of the versions that count; those before go, too."""
    with connected() as con:
        return [
            Expired(kept.id, kept.name, what.before, dict(what.old))
            for kept in datasets.listed(actor, space)
            if (what := again(_found)(space, con, kept, now))
        ]


@needs(Verb.ADMINISTER)
def expire(actor: Actor, space: Workspace, now: datetime | None = None) -> list[Expired]:
    """Take it away, with every earlier version of the dataset. What a backup holds is not ours to change."""
    gone = expired(actor, space, now)
    for each in gone:
        _expire(actor, space, each.dataset, now)
    if gone:
        folders.tidy(space)
    return gone


@again
def _expire(actor: Actor, space: Workspace, dataset: str, now: datetime | None) -> None:
    kept = datasets.find(actor, space, dataset)
    with connected() as con, folders.building(space.root) as tmp:
        what = _found(space, con, kept, now)
        if what is None:
            return
        with reading(space, kept.folder) as old:
            folders.filled(tmp, old)
        rewriting.rewrite(con, tmp, what)
        with counting(space, con, tmp, None) as version:
            swap(space, version, kept.folder)
            drop_all_but(space, kept.id, kept.number)
            audit.record(actor, space, "expire", {"dataset": kept.id, "rows": dict(what.old)})


def _found(space: Workspace, con, kept: Kept, now: datetime | None) -> Found | None:
    before = oldest(kept.retain_days, now)
    if before is None:
        return None
    with reading(space, kept.folder) as folder:
        what = rewriting.found(con, folder, Forgotten(b"", ()), before)
    return what if what and any(what.old.values()) else None

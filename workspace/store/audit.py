"""Who did what and when: rows that none can be taken out of, as each holds the hash of the one before.

People stand in it as marks only; else it would bring back whoever was erased. That its tail was cut off it cannot show:
note the last hash elsewhere.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple

import pandas as pd

from workspace.access.actor import Actor
from workspace.access.permissions import Verb, needs
from workspace.store.database import Workspace, writing

FIRST = "0" * 64
COLUMNS = ("at", "actor", "did", "about")


class Checked(NamedTuple):
    """What a look at the whole audit found.

    rows    how many there are
    broken  the number of the first row that is not as it was written; None where all are
    last    the hash of the last, to be noted elsewhere
    """

    rows: int
    broken: int | None
    last: str


def now() -> str:
    """The moment as it is written down, in UTC."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def record(actor: Actor, space: Workspace, did: str, about: Mapping[str, object]) -> None:
    """Write a row, inside the transaction of what it tells of; `about` is what JSON can hold."""
    last = space.db.execute("SELECT hash FROM audit ORDER BY n DESC LIMIT 1").fetchone()
    before, told = last[0] if last else FIRST, (now(), actor.name, did, json.dumps(about, sort_keys=True))
    row = dict(zip((*COLUMNS, "before", "hash"), (*told, before, _hash(before, *told)), strict=True))
    space.db.table("audit").insert(row)


@needs(Verb.LOOK)
def tell(actor: Actor, space: Workspace, did: str, about: Mapping[str, object]) -> None:
    """Write a row of what changes nothing here: before a file leaves."""
    with writing(space.db):
        record(actor, space, did, about)


@needs(Verb.ADMINISTER)
def rows(actor: Actor, space: Workspace, most: int = 1_000) -> pd.DataFrame:
    """The latest rows, newest first: n, at, actor, did, about."""
    latest = space.db.table("audit").rows_where(order_by="n DESC", limit=most)
    return pd.DataFrame(latest, columns=["n", *COLUMNS])


@needs(Verb.ADMINISTER)
def verify(actor: Actor, space: Workspace) -> Checked:
    """Go through every row, oldest first."""
    before, count = FIRST, 0
    for row in space.db.table("audit").rows_where(order_by="n"):
        count += 1
        told = [row[column] for column in COLUMNS]
        if row["before"] != before or row["hash"] != _hash(before, *told):
            return Checked(count, row["n"], before)
        before = row["hash"]
    return Checked(count, None, before)


def _hash(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()

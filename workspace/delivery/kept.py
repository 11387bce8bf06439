"""What the outbox keeps of one person, and what of it is too old: for `privacy`, inside of what somebody asked for."""

import json
from collections.abc import Collection
from datetime import UTC, datetime

from workspace.delivery.outbox import moment
from workspace.store.database import Workspace
from workspace.store.marks import alike

TOLD = ("body", "due", "made_at", "sent_at", "remote_id")


def of_person(space: Workspace, words: Collection[str]) -> list[dict]:
    """Messages to or about somebody alone, by id: with where they went."""
    names = dict(space.db.execute("SELECT id, name FROM channels").fetchall())
    rows = space.db.table("outbox").rows_where("person_id IS NOT NULL", order_by="made_at, id")
    mine = [row for row in rows if alike(row["person_id"]) in words]
    told = [{name: row[name] for name in TOLD} | {"channel": names[row["channel"]]} for row in mine]
    return [{**row, "body": json.loads(row["body"])} for row in told]


def old(space: Workspace, dataset: str, before: datetime) -> dict[str, int]:
    """How many messages are too old, whether they arrived or not; nothing where none is."""
    sql = "SELECT count(*) FROM outbox WHERE dataset = ? AND made_at < ?"
    n = space.db.execute(sql, [dataset, _moment(before)]).fetchone()[0]
    return {"outbox": n} if n else {}


def expire(space: Workspace, dataset: str, before: datetime) -> None:
    """Take them away."""
    space.db.execute("DELETE FROM outbox WHERE dataset = ? AND made_at < ?", [dataset, _moment(before)])


def _moment(before: datetime) -> str:
    return moment(before.replace(tzinfo=UTC))

"""Changes of what several people work on: each says which version it was made of, and leaves its row of history.

Ask nobody: they are part of what somebody was asked for, inside of its transaction.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

import pandas as pd

from nps.notes import Refused
from workspace.access.actor import Actor
from workspace.follow_up.standing import moment
from workspace.follow_up.words import optional, prose
from workspace.store.database import Workspace

LONGEST_OWNER, LONGEST_CAUSE, LONGEST_NOTE, LONGEST_TITLE = 80, 200, 2_000, 200
KEYS = {"members": ("campaign", "person_id"), "tasks": ("id",)}
LONGEST = {"owner": LONGEST_OWNER, "cause": LONGEST_CAUSE, "title": LONGEST_TITLE}
DATES = ("due", "snoozed")
Key = tuple[str, ...]


def clean(
    values: Mapping[str, str | date | None], statuses: Iterable[str], may: Collection[str]
) -> dict[str, str | None]:
    """What is changed, as it is kept.

    may  columns that people change
    Raises Refused for another one, a status that is none, and what is resolved without a cause.
    """
    only(values, may)
    said = {name: _clean(name, value) for name, value in values.items()}
    if "status" in said and said["status"] not in statuses:
        raise Refused("follow_up.status")
    if said.get("status") == "resolved" and not said.get("cause"):
        raise Refused("follow_up.cause")
    return said


def only(values: Iterable[str], may: Collection[str]) -> None:
    """Raises Refused for a column that people do not change by themselves."""
    for name in values:
        if name not in may:
            raise Refused("follow_up.column", name=name)


def apply(
    actor: Actor,
    space: Workspace,
    table: str,
    seen: Mapping[Key, int],
    values: Mapping[str, str | None],
    note: str,
    now: datetime,
) -> list[Key]:
    """Change these rows, each of the version seen; those that somebody else changed meanwhile, which stay.

    values  may be empty, where there is only a note
    """
    said = prose(note, LONGEST_NOTE, "follow_up.note")
    late = []
    for key, version in seen.items():
        before = _row(space, table, key)
        if before is None or before["version"] != version:
            late.append(key)
            continue
        changed = {name: value for name, value in values.items() if before[name] != value}
        if changed:
            _put(space, table, key, {**changed, "version": version + 1})
        _tell(actor, space, table, key, {name: (before[name], value) for name, value in changed.items()}, said, now)
    return late


def history(space: Workspace, table: str, key: Key) -> pd.DataFrame:
    """What came of one, oldest first: at, actor, what (a column, or "note"), before, after, note."""
    columns = ["at", "actor", "what", "before", "after", "note"]
    where, values = _of(table, key)
    rows = space.db.table("history").rows_where(where, values, order_by="n")
    return pd.DataFrame(rows, columns=["n", *columns])[columns]


def _tell(
    actor: Actor,
    space: Workspace,
    table: str,
    key: Key,
    changed: Mapping[str, tuple[str | None, str | None]],
    said: str,
    now: datetime,
) -> None:
    """A row for each column that changed; the note stands at the first, or by itself."""
    whose = {"task": key[0]} if table == "tasks" else {"campaign": key[0], "person_id": key[1]}
    rows = [{"what": name, "before": old, "after": new} for name, (old, new) in changed.items()]
    rows = rows or ([{"what": "note"}] if said else [])
    for place, row in enumerate(rows):
        made = {"at": moment(now), "actor": actor.name, "note": said if said and place == 0 else None}
        space.db.table("history").insert({**whose, **row, **made})


def _of(table: str, key: Key) -> tuple[str, list[str]]:
    return ("task = ?", [*key]) if table == "tasks" else ("campaign = ? AND person_id = ?", [*key])


def _row(space: Workspace, table: str, key: Key) -> dict | None:
    where = " AND ".join(f"{name} = ?" for name in KEYS[table])
    return next(iter(space.db.table(table).rows_where(where, [*key])), None)


def _put(space: Workspace, table: str, key: Key, values: Mapping[str, str | int | None]) -> None:
    space.db.table(table).update(key if len(key) > 1 else key[0], {**values})


def _clean(name: str, value: str | date | None) -> str | None:
    if name in DATES:
        return None if value is None else f"{value:%Y-%m-%d}"
    if value is None and name != "owner":
        return None
    return optional(str(value or ""), LONGEST[name], "follow_up.text") if name in LONGEST else str(value)

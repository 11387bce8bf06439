"""What follow-up keeps of one person, and what of it is too old: for `privacy`, inside of what somebody asked for."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta

import pandas as pd

from workspace.follow_up import changes
from workspace.follow_up.standing import moment
from workspace.store import marks
from workspace.store.database import Workspace
from workspace.store.marks import alike

CONTACTS_DAYS = 365  # the least for which real contacts are known, however short a dataset keeps its answers
OLD = {  # table -> which of its rows are too old, of a dataset and before a moment
    "members": """answered_at < :before AND campaign IN (SELECT id FROM campaigns WHERE dataset = :dataset)""",
    "history": """at < :before AND (campaign IN (SELECT id FROM campaigns WHERE dataset = :dataset)
                  OR task IN (SELECT id FROM tasks WHERE dataset = :dataset))""",
    "tasks": "status = 'resolved' AND made_at < :before AND dataset = :dataset",
    "notes": "made_at < :before AND dataset = :dataset",
    "contacts": "at < :contacts AND dataset = :dataset",
}
IDS = {"members": "email", "tasks": "NULL", "notes": "NULL"}
TOLD = {
    "members": ("campaign", "email", "name", "account_id", "score", "answered_at", "arm", "status", "cause"),
    "tasks": ("title", "due", "status", "cause", "made_at"),
    "notes": ("note", "made_at"),
}


def pairs(space: Workspace) -> set[tuple[str, str]]:
    """Each id in a campaign, a task or a note, with its e-mail, or nothing: whom only a campaign knows still."""
    ids = " UNION ".join(f"SELECT person_id, {mail} FROM {table}" for table, mail in IDS.items())  # noqa: S608
    rows = space.db.execute(ids).fetchall()
    return {(alike(one), alike(mail or "")) for one, mail in rows if one is not None}


def of_person(space: Workspace, words: Collection[str]) -> dict[str, list[dict]]:
    """What campaigns, tasks and contacts hold of somebody, by ids and e-mails; nothing of colleagues."""
    told = {table: _of(space, table, words) for table in TOLD}
    names = dict(space.db.execute("SELECT id, name FROM campaigns").fetchall())
    told["members"] = [{**row, "campaign": names[row["campaign"]]} for row in told["members"]]
    key = marks.secret(space.root)
    mine = {marks.mark(key, word) for word in words}
    rows = space.db.table("contacts").rows_where(order_by="n")
    contacts = [row for row in rows if row["person_mark"] in mine or row["email_mark"] in mine]
    told["contacts"] = [{"at": row["at"], "channel": row["channel"]} for row in contacts]
    return {table: rows for table, rows in told.items() if rows}


def old(space: Workspace, dataset: str, before: datetime) -> dict[str, int]:
    """How many rows of which table are too old; only of those that have any."""
    values = _values(dataset, before)
    counted = {
        table: space.db.execute(f"SELECT count(*) FROM {table} WHERE {which}", values).fetchone()[0]  # noqa: S608
        for table, which in OLD.items()
    }
    return {table: n for table, n in counted.items() if n}


def expire(space: Workspace, dataset: str, before: datetime) -> None:
    """Take it away: of members the answer alone, as they stay in their campaign."""
    values = _values(dataset, before)
    for table, which in OLD.items():
        if table == "members":
            do = "UPDATE members SET score = NULL, response_id = NULL, answered_at = NULL"
        else:
            do = f"DELETE FROM {table}"  # noqa: S608 - names of ours
        space.db.execute(f"{do} WHERE {which}", values)


def _values(dataset: str, before: datetime) -> dict[str, str]:
    contacts = min(before.replace(tzinfo=UTC), datetime.now(UTC) - timedelta(days=CONTACTS_DAYS))
    return {"dataset": dataset, "before": moment(before), "contacts": moment(contacts)}


def _of(space: Workspace, table: str, words: Collection[str]) -> list[dict]:
    """Their rows, each with what came of it."""
    rows = space.db.table(table).rows_where("person_id IS NOT NULL")
    mine = [row for row in rows if {alike(row["person_id"]), alike(row.get("email") or "")} & {*words}]
    return [_known({name: row[name] for name in TOLD[table]}) | _history(space, table, row) for row in mine]


def _history(space: Workspace, table: str, row: Mapping[str, str]) -> dict:
    if table == "notes":
        return {}
    key = (row["id"],) if table == "tasks" else (row["campaign"], row["person_id"])
    told = changes.history(space, table, key).drop(columns="actor").to_dict("records")
    said = [_known(each) for each in told if each["what"] != "owner"]
    return {"history": said} if said else {}


def _known(row: Mapping) -> dict:
    return {name: value for name, value in row.items() if not pd.isna(value)}

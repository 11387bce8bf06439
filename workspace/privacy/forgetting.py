"""How every table of the database forgets somebody. A test compares it with the database itself."""

from collections.abc import Callable
from urllib.parse import unquote_plus

from workspace.store.database import Workspace
from workspace.store.marks import Forgotten

NAMELESS = "holds nobody"  # who answers surveys: ids and names of ours, moments, marks, hashes
MASK = "mask"  # text of somebody's own: without them
DELETE = "delete"  # a row that names them goes
THEIRS = "theirs"  # a row of whoever has this id, e-mail or mark goes, with what hangs on it

TABLES: dict[str, dict[str, str]] = {
    "datasets": {
        **dict.fromkeys(("id", "viewers", "made_by", "made_at", "opened_at"), NAMELESS),
        **{"name": MASK, "source": MASK},
    },
    "versions": dict.fromkeys(("dataset", "folder", "what", "rows", "sha256", "made_by", "made_at"), NAMELESS),
    "markers": {"dataset": NAMELESS, "day": NAMELESS, "name": DELETE},
    "readings": {"header": NAMELESS, "mapping": MASK, "confirmed": NAMELESS, "who": NAMELESS},
    "selections": {
        **dict.fromkeys(("id", "dataset", "made_by", "made_at"), NAMELESS),
        **{"name": DELETE, "query": DELETE},
    },
    "rules": {**dict.fromkeys(("dataset", "version", "made_by", "made_at"), NAMELESS), "rules": MASK},
    "settings": {**dict.fromkeys(("dataset", "name", "made_by", "made_at"), NAMELESS), "value": MASK},
    "campaigns": {
        **dict.fromkeys(("id", "dataset", "due", "removed", "state", "made_by", "made_at"), NAMELESS),
        **dict.fromkeys(("name", "goal", "question", "message", "owner", "why", "query", "off"), MASK),
    },
    "additions": {**dict.fromkeys(("campaign", "at", "made_by"), NAMELESS), "why": MASK, "query": MASK},
    "members": {
        **dict.fromkeys(("campaign", "answered_at", "arm", "status", "due", "contacted_at"), NAMELESS),
        **dict.fromkeys(("name", "account_id", "response_id", "cause", "owner", "remote_id", "trouble"), MASK),
        **{"person_id": THEIRS, "email": THEIRS},
    },
    "tasks": {
        **dict.fromkeys(("id", "dataset", "fact", "campaign", "due", "snoozed", "status"), NAMELESS),
        **dict.fromkeys(("made_by", "made_at"), NAMELESS),
        **dict.fromkeys(("title", "owner", "cause", "remote_id", "account_id"), MASK),
        "person_id": THEIRS,
    },
    "history": {
        **dict.fromkeys(("campaign", "task", "at", "actor", "what"), NAMELESS),
        **dict.fromkeys(("before", "after", "note"), MASK),
        "person_id": THEIRS,
    },
    "notes": {
        **dict.fromkeys(("dataset", "made_by", "made_at"), NAMELESS),
        **{"person_id": THEIRS, "account_id": MASK, "note": MASK},
    },
    "suppressed": {**dict.fromkeys(("kind", "mark", "until", "made_by", "made_at"), NAMELESS), "why": MASK},
    "contacts": {
        **dict.fromkeys(("dataset", "at", "campaign", "channel"), NAMELESS),
        **{"person_mark": THEIRS, "email_mark": THEIRS},
    },
    "decisions": {
        **dict.fromkeys(("id", "dataset", "kind", "verdict", "state", "until", "made_by", "made_at"), NAMELESS),
        **{"about": DELETE, "told": DELETE, "decided": MASK, "owner": MASK},
    },
    "channels": {
        **dict.fromkeys(("id", "kind", "secret_ref", "made_by", "made_at"), NAMELESS),
        **dict.fromkeys(("name", "address", "options"), NAMELESS),  # of the team
    },
    "outbox": {
        **dict.fromkeys(("id", "channel", "dataset", "campaign", "due", "holder", "until", "made_at"), NAMELESS),
        **{"sent_at": NAMELESS, "person_id": THEIRS, "body": MASK, "remote_id": MASK, "gave_up": MASK},
    },
    "playbooks": {
        **dict.fromkeys(("dataset", "since", "primed", "made_by", "made_at"), NAMELESS),
        **dict.fromkeys(("name", "condition", "action", "owner", "trouble"), MASK),
    },
    "firings": dict.fromkeys(("fact", "at", "did"), NAMELESS),
    "runs": dict.fromkeys(("slot", "holder", "until", "done_at"), NAMELESS),
    "sets": {
        **dict.fromkeys(("dataset", "id", "kind", "made_by", "made_at"), NAMELESS),
        **{"name": DELETE, "lines": DELETE},
    },
    "erased": {"mark": NAMELESS, "at": NAMELESS},
    "audit": dict.fromkeys(("at", "actor", "did", "about", "before", "hash"), NAMELESS),
    # whoever signs in is no customer: `users` takes them away
    "users": dict.fromkeys(("login", "name", "role", "password", "issuer", "subject", "made_at"), NAMELESS),
    "sessions": dict.fromkeys(("token_sha256", "made_at", "until", "way"), NAMELESS),
    "_sqlite_migrations": dict.fromkeys(("migration_set", "name", "applied_at"), NAMELESS),
}


def forget(space: Workspace, forgotten: Forgotten) -> None:
    """Have each table forget whoever is erased, inside of the transaction that says so."""
    for table, columns in TABLES.items():
        for column, how in columns.items():
            if how == THEIRS:
                _forget_rows_of(space, table, column, forgotten)
            elif how != NAMELESS:
                _forget(space, table, column, how, forgotten.removed)


def _forget_rows_of(space: Workspace, table: str, column: str, forgotten: Forgotten) -> None:
    """However short an id is: the cell holds it as it stands, or its mark."""
    sql = f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL"  # noqa: S608 - names of ours
    for (cell,) in space.db.execute(sql).fetchall():
        if cell in forgotten.gone or forgotten.names(cell):
            space.db.table(table).delete_where(f"{column} = ?", [cell])


def _forget(space: Workspace, table: str, column: str, how: str, removed: Callable[[str], str]) -> None:
    for row, text in _named(space, table, column, removed):
        if how == DELETE:
            space.db.table(table).delete_where("rowid = ?", [row])
        else:
            sql = f"UPDATE OR IGNORE {table} SET {column} = ? WHERE rowid = ?"  # noqa: S608 - names of ours
            less = removed(text)
            space.db.execute(sql, [less if less != text else removed(unquote_plus(text)), row])


def _named(space: Workspace, table: str, column: str, removed: Callable[[str], str]) -> list[tuple[int, str]]:
    """Rows that name somebody who is erased; in a link, too."""
    sql = f"SELECT rowid, {column} FROM {table} WHERE {column} IS NOT NULL"  # noqa: S608 - names of ours
    rows = space.db.execute(sql).fetchall()
    return [(row, text) for row, text in rows if removed(text) != text or removed(said := unquote_plus(text)) != said]

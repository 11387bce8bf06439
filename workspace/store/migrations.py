"""How the database came to its tables, step by step. A step that was released is never changed.

Ids are text unless said, times are UTC in ISO, what is structured is JSON as text.
"""

from sqlite_utils import Database, Migrations

MIGRATIONS = Migrations("workspace")


@MIGRATIONS()
def m001_markers(db: Database) -> None:
    """Events of a dataset: name and day."""
    db.table("markers").create(
        {"dataset": str, "day": str, "name": str}, pk=("dataset", "day", "name"), not_null={"dataset", "day", "name"}
    )


@MIGRATIONS()
def m002_readings(db: Database) -> None:
    """How files of a header were confirmed to be read: names of columns and settings, nothing of any row."""
    db.table("readings").create(
        {"header": str, "mapping": str, "confirmed": str}, pk="header", not_null={"header", "mapping", "confirmed"}
    )


@MIGRATIONS()
def m003_readings_by_person(db: Database) -> None:
    """Who confirmed a reading: one of each for a header. Of those kept before nobody knows who did."""
    table = db.table("readings")
    table.add_column("who", str, not_null_default="")
    table.transform(pk=("header", "who"))


@MIGRATIONS()
def m004_users(db: Database) -> None:
    """Who may sign in, and who has: of a session's cookie only its hash."""
    db.execute("""CREATE TABLE users (
        id INTEGER PRIMARY KEY, login TEXT NOT NULL UNIQUE, name TEXT NOT NULL DEFAULT '',
        role TEXT NOT NULL CHECK (role IN ('viewer', 'analyst', 'admin')), password TEXT,
        issuer TEXT, subject TEXT, active INTEGER NOT NULL DEFAULT 1, made_at TEXT NOT NULL,
        UNIQUE (issuer, subject))""")
    db.execute("""CREATE TABLE sessions (
        token_sha256 TEXT PRIMARY KEY, user INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        made_at TEXT NOT NULL, until TEXT NOT NULL, way TEXT NOT NULL)""")


@MIGRATIONS()
def m005_datasets(db: Database) -> None:
    """What is kept, in which versions, each a folder; and marks of people who were erased, that say who to nobody."""
    db.execute("""CREATE TABLE datasets (
        id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, current INTEGER NOT NULL, newest INTEGER NOT NULL,
        source TEXT, refresh_minutes INTEGER, retain_days INTEGER,
        viewers TEXT NOT NULL DEFAULT 'aggregate' CHECK (viewers IN ('aggregate', 'pseudonymous')),
        made_by TEXT NOT NULL, made_at TEXT NOT NULL, opened_at TEXT NOT NULL)""")
    db.execute("""CREATE TABLE versions (
        dataset TEXT NOT NULL REFERENCES datasets (id) ON DELETE CASCADE, number INTEGER NOT NULL,
        folder TEXT NOT NULL UNIQUE, what TEXT NOT NULL, rows TEXT NOT NULL, sha256 TEXT NOT NULL,
        made_by TEXT NOT NULL, made_at TEXT NOT NULL, PRIMARY KEY (dataset, number))""")
    db.execute("CREATE TABLE erased (mark TEXT PRIMARY KEY, at TEXT NOT NULL, finished INTEGER NOT NULL)")


@MIGRATIONS()
def m006_audit(db: Database) -> None:
    """Who did what: each row holds the hash of the one before, and none can be changed or taken away."""
    db.execute("""CREATE TABLE audit (
        n INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, did TEXT NOT NULL, about TEXT NOT NULL,
        before TEXT NOT NULL, hash TEXT NOT NULL)""")
    for change in ("UPDATE", "DELETE"):
        db.execute(f"""CREATE TRIGGER audit_no_{change.lower()} BEFORE {change} ON audit
            BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END""")


@MIGRATIONS()
def m007_selections(db: Database) -> None:
    """Selections that were given a name, of a dataset."""
    db.execute("""CREATE TABLE selections (
        id TEXT PRIMARY KEY, dataset TEXT NOT NULL, name TEXT NOT NULL, query TEXT NOT NULL,
        made_by TEXT NOT NULL, made_at TEXT NOT NULL, UNIQUE (dataset, name))""")


@MIGRATIONS()
def m008_rules(db: Database) -> None:
    """The rules by which comments of a dataset are read, version by version; empty: those that come with the product.

    origin: the number of the version that this one took back to, else its own
    """
    db.execute("""CREATE TABLE rules (
        dataset TEXT NOT NULL, number INTEGER NOT NULL, origin INTEGER NOT NULL, version TEXT NOT NULL,
        rules TEXT NOT NULL, made_by TEXT NOT NULL, made_at TEXT NOT NULL, PRIMARY KEY (dataset, number))""")


@MIGRATIONS()
def m009_settings(db: Database) -> None:
    """What a team set for a dataset, by name: JSON."""
    db.execute("""CREATE TABLE settings (
        dataset TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
        made_by TEXT NOT NULL, made_at TEXT NOT NULL, PRIMARY KEY (dataset, name))""")


@MIGRATIONS()
def m010_sets(db: Database) -> None:
    """Sets of people and metrics that were given a name, version by version: lines of conditions, as JSON."""
    db.execute("""CREATE TABLE sets (
        dataset TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('set', 'metric')), name TEXT NOT NULL, lines TEXT NOT NULL,
        made_by TEXT NOT NULL, made_at TEXT NOT NULL, PRIMARY KEY (dataset, id, version))""")

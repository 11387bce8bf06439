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


@MIGRATIONS()
def m011_follow_up(db: Database) -> None:
    """Whom a team writes to and why, what came of it, what is to be done, and what was decided.

    tasks.fact, suppressed.mark, contacts.*_mark  keyed hashes, which say who to nobody
    """
    db.execute("""CREATE TABLE campaigns (
        id TEXT PRIMARY KEY, dataset TEXT NOT NULL, name TEXT NOT NULL, goal TEXT NOT NULL, question TEXT NOT NULL,
        message TEXT NOT NULL, owner TEXT NOT NULL, due TEXT, why TEXT NOT NULL, query TEXT NOT NULL,
        off TEXT NOT NULL, removed TEXT NOT NULL, held_back REAL NOT NULL, seed INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('draft', 'running', 'closed')), version INTEGER NOT NULL DEFAULT 1,
        made_by TEXT NOT NULL, made_at TEXT NOT NULL)""")
    db.execute("""CREATE TABLE members (
        campaign TEXT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE, person_id TEXT NOT NULL,
        email TEXT, name TEXT, account_id TEXT, score INTEGER, response_id TEXT, answered_at TEXT, tier INTEGER,
        arm TEXT NOT NULL CHECK (arm IN ('contact', 'held back')),
        status TEXT NOT NULL CHECK (status IN ('to contact', 'contacted', 'replied', 'resolved', 'no answer')),
        cause TEXT, owner TEXT NOT NULL, due TEXT, contacted_at TEXT, remote_id TEXT, trouble TEXT,
        version INTEGER NOT NULL DEFAULT 1, PRIMARY KEY (campaign, person_id))""")
    db.execute("""CREATE TABLE tasks (
        id TEXT PRIMARY KEY, dataset TEXT NOT NULL, playbook INTEGER, fact TEXT,
        campaign TEXT REFERENCES campaigns (id) ON DELETE CASCADE, person_id TEXT, title TEXT NOT NULL, due TEXT,
        snoozed TEXT, owner TEXT NOT NULL DEFAULT '',
        status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'resolved')), cause TEXT, remote_id TEXT,
        version INTEGER NOT NULL DEFAULT 1, made_by TEXT NOT NULL, made_at TEXT NOT NULL, UNIQUE (playbook, fact))""")
    db.execute("""CREATE TABLE history (
        n INTEGER PRIMARY KEY, campaign TEXT, person_id TEXT, task TEXT REFERENCES tasks (id) ON DELETE CASCADE,
        at TEXT NOT NULL, actor TEXT NOT NULL, what TEXT NOT NULL, before TEXT, after TEXT, note TEXT,
        FOREIGN KEY (campaign, person_id) REFERENCES members (campaign, person_id) ON DELETE CASCADE)""")
    db.execute("""CREATE TABLE suppressed (
        kind TEXT NOT NULL CHECK (kind IN ('email', 'id', 'domain', 'account', 'hands off')), mark TEXT NOT NULL,
        why TEXT NOT NULL, until TEXT, made_by TEXT NOT NULL, made_at TEXT NOT NULL, PRIMARY KEY (kind, mark))""")
    db.execute("""CREATE TABLE contacts (
        n INTEGER PRIMARY KEY, dataset TEXT NOT NULL, person_mark TEXT NOT NULL, email_mark TEXT, at TEXT NOT NULL,
        campaign TEXT, channel TEXT NOT NULL)""")
    db.execute("""CREATE TABLE decisions (
        id TEXT PRIMARY KEY, dataset TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('finding', 'feature')),
        about TEXT NOT NULL, verdict TEXT CHECK (verdict IN ('fix', 'keep strong', 'promote', 'sunset', 'watch')),
        decided TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('open', 'done', 'dropped')), owner TEXT NOT NULL,
        until TEXT, version INTEGER NOT NULL DEFAULT 1, made_by TEXT NOT NULL, made_at TEXT NOT NULL,
        UNIQUE (dataset, kind, about))""")
    for table, columns in (
        ("history", "task"),
        ("history", "campaign, person_id"),
        ("contacts", "person_mark"),
        ("contacts", "email_mark"),
        ("tasks", "status, due"),
        ("members", "person_id"),
        ("campaigns", "dataset"),
    ):
        db.execute(f"CREATE INDEX {table}_by_{columns.replace(', ', '_')} ON {table} ({columns})")


@MIGRATIONS()
def m012_delivery(db: Database) -> None:
    """Where messages go, with secrets by their names only; and those that have not left yet, each under one key.

    outbox.id       the key; tells a receiver that it has this already
    outbox.body     what it says, as JSON; blank once it was delivered
    outbox.gave_up  a note: why it is not tried again until somebody says so
    """
    db.execute("""CREATE TABLE channels (
        id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL CHECK (kind IN ('mail', 'webhook', 'slack', 'hubspot', 'salesforce')),
        address TEXT NOT NULL, secret_ref TEXT NOT NULL, options TEXT NOT NULL DEFAULT '{}',
        personal INTEGER NOT NULL DEFAULT 0, active INTEGER NOT NULL DEFAULT 1,
        made_by TEXT NOT NULL, made_at TEXT NOT NULL)""")
    db.execute("""CREATE TABLE outbox (
        id TEXT PRIMARY KEY, channel TEXT NOT NULL REFERENCES channels (id) ON DELETE CASCADE, dataset TEXT NOT NULL,
        person_id TEXT, campaign TEXT, body TEXT NOT NULL, due TEXT NOT NULL, holder TEXT, until TEXT,
        tries INTEGER NOT NULL DEFAULT 0, made_at TEXT NOT NULL, sent_at TEXT, remote_id TEXT, gave_up TEXT)""")
    db.execute("CREATE INDEX outbox_due ON outbox (due) WHERE sent_at IS NULL AND gave_up IS NULL")


@MIGRATIONS()
def m013_playbooks(db: Database) -> None:
    """When what happens, what is done; which facts were acted on; and who looks at what at the moment.

    playbooks.primed  when it was first looked at: whatever holds then is nothing new
    firings.fact      names what happened once; people stand in it as marks
    firings.did       acted, quiet (it was so before), or over (the most of a day)
    """
    db.execute("""CREATE TABLE playbooks (
        id INTEGER PRIMARY KEY, dataset TEXT NOT NULL, name TEXT NOT NULL, condition TEXT NOT NULL,
        action TEXT NOT NULL, active INTEGER NOT NULL DEFAULT 1, since TEXT NOT NULL, primed TEXT,
        a_day INTEGER NOT NULL, owner TEXT NOT NULL, trouble TEXT, version INTEGER NOT NULL DEFAULT 1,
        made_by TEXT NOT NULL, made_at TEXT NOT NULL, UNIQUE (dataset, name))""")
    db.execute("""CREATE TABLE firings (
        playbook INTEGER NOT NULL REFERENCES playbooks (id) ON DELETE CASCADE, fact TEXT NOT NULL, at TEXT NOT NULL,
        did TEXT NOT NULL CHECK (did IN ('acted', 'quiet', 'over')), PRIMARY KEY (playbook, fact)) WITHOUT ROWID""")
    db.execute("CREATE INDEX firings_by_day ON firings (playbook, did, at)")
    db.execute("""CREATE TABLE runs (
        playbook INTEGER NOT NULL REFERENCES playbooks (id) ON DELETE CASCADE, slot TEXT NOT NULL, holder TEXT NOT NULL,
        until TEXT NOT NULL, done_at TEXT, PRIMARY KEY (playbook, slot)) WITHOUT ROWID""")


@MIGRATIONS()
def m014_notes(db: Database) -> None:
    """What colleagues wrote down of a person or an account, and tasks about an account."""
    db.execute("""CREATE TABLE notes (
        n INTEGER PRIMARY KEY, dataset TEXT NOT NULL, person_id TEXT, account_id TEXT, note TEXT NOT NULL,
        made_by TEXT NOT NULL, made_at TEXT NOT NULL, CHECK ((person_id IS NULL) != (account_id IS NULL)))""")
    for column in ("person_id", "account_id"):
        db.execute(f"CREATE INDEX notes_by_{column} ON notes ({column})")
    db.execute("ALTER TABLE tasks ADD COLUMN account_id TEXT")


@MIGRATIONS()
def m015_additions(db: Database) -> None:
    """Who was added to a campaign after it was made: how many, and whom they are of."""
    db.execute("""CREATE TABLE additions (
        n INTEGER PRIMARY KEY, campaign TEXT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE, at TEXT NOT NULL,
        made_by TEXT NOT NULL, people INTEGER NOT NULL, why TEXT NOT NULL, query TEXT NOT NULL)""")
    db.execute("CREATE INDEX additions_by_campaign ON additions (campaign)")


@MIGRATIONS()
def m016_findings(db: Database) -> None:
    """A finding is known by what it is about; how it was told when it was kept, with its figures, stands beside it.

    decisions.told  a note; of what was kept before, that is what it was known by
    """
    db.execute("ALTER TABLE decisions ADD COLUMN told TEXT")
    db.execute("UPDATE decisions SET told = about WHERE kind = 'finding'")

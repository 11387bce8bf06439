"""Data that is kept under a name: folders that never change, of which the rows here alone say which count."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from nps.intake import Manifest
from nps.notes import InputError, Refused
from workspace.access.actor import Actor
from workspace.access.permissions import Verb, needs
from workspace.store import audit, folders, merging
from workspace.store.database import DATASETS, Workspace, writing
from workspace.store.rewriting import connected
from workspace.store.versions import Changed, add, again, check_room, counting, drop_oldest, reading

LONGEST_NAME = 80
VIEWERS = ("aggregate", "pseudonymous")
BELONG = (
    "outbox",
    "playbooks",
    "markers",
    "selections",
    "rules",
    "settings",
    "tasks",
    "notes",
    "campaigns",
    "contacts",
    "decisions",
    "versions",
)

LISTED = """SELECT d.id, d.name, v.number, v.folder, v.what, v.rows, d.source, d.refresh_minutes, d.retain_days,
    d.viewers, v.made_by, v.made_at, d.opened_at, (SELECT count(*) FROM versions o WHERE o.dataset = d.id)
    FROM datasets d JOIN versions v ON v.dataset = d.id AND v.number = d.current"""


class Kept(NamedTuple):
    """A dataset as it is now.

    id        for links, markers, selections, rules and settings
    number    of the version that counts, made by `what`: kept, refreshed
    folder    of that version; another one as soon as somebody is erased in it
    rows      table -> how many
    source    of data from databases: the connection's name, the tables, and how they are read; no password
    versions  how many there are: one more than can be undone
    """

    id: str
    name: str
    number: int
    folder: str
    what: str
    rows: Mapping[str, int]
    source: Mapping[str, object] | None
    refresh_minutes: int | None
    retain_days: int | None
    viewers: str
    made_by: str
    made_at: str
    opened_at: str
    versions: int


@needs(Verb.LOOK)
def listed(actor: Actor, space: Workspace) -> list[Kept]:
    """All of them, those first that were opened last."""
    return [_kept(row) for row in space.db.execute(f"{LISTED} ORDER BY d.opened_at DESC, d.name")]


@needs(Verb.LOOK)
def find(actor: Actor, space: Workspace, dataset: str) -> Kept:
    """One of them, by id. Raises InputError when it is not kept any more."""
    for row in space.db.execute(f"{LISTED} WHERE d.id = ?", [dataset]):
        return _kept(row)
    raise InputError("dataset.gone")


@needs(Verb.LOOK)
def place(actor: Actor, space: Workspace, kept: Kept) -> Path:
    """Where its tables lie. Whoever finds them gone looks for the dataset again."""
    return space.root / DATASETS / kept.folder


@needs(Verb.WORK)
def keys(actor: Actor, space: Workspace, kept: Kept) -> str:
    """How its ids are matched: newer files have to be matched so, too."""
    with reading(space, kept.folder) as folder:
        return Manifest.read(folder).keys


@needs(Verb.LOOK)
def opened(actor: Actor, space: Workspace, dataset: str) -> None:
    """Note that it was opened: what was opened last is listed first."""
    with writing(space.db):
        space.db.execute("UPDATE datasets SET opened_at = ? WHERE id = ?", [audit.now(), dataset])


@needs(Verb.WORK)
def keep(actor: Actor, space: Workspace, landed: Path, name: str, source: Mapping[str, object] | None = None) -> str:
    """Keep what was read under a name; the id of the dataset. Raises InputError for a name that is none or taken."""
    return _keep(actor, space, landed, _name(name), source)


@again
def _keep(actor: Actor, space: Workspace, landed: Path, name: str, source: Mapping[str, object] | None) -> str:
    dataset, moment = uuid4().hex, audit.now()
    _check_free(space, name)
    with folders.building(space.root) as tmp, connected() as con:
        folders.filled(tmp, landed)
        check_room(space, tmp)
        with counting(space, con, tmp, None) as version:
            _check_free(space, name)
            space.db.execute(
                """INSERT INTO datasets (id, name, current, newest, source, made_by, made_at, opened_at)
                VALUES (?, ?, 1, 1, ?, ?, ?, ?)""",
                [dataset, name, source and json.dumps(source), actor.name, moment, moment],
            )
            add(actor, space, dataset, 1, "kept", version)
            audit.record(actor, space, "keep", {"dataset": dataset, "rows": json.loads(version.rows)})
    return dataset


@needs(Verb.WORK)
def refresh(actor: Actor, space: Workspace, dataset: str, landed: Path, seen: int) -> None:
    """Put a newer reading over what is kept: see `merging`; data from a database are read whole, so they replace it.

    seen  the number of the version that the person had before them
    Raises InputError where somebody else refreshed it meanwhile.
    """
    _refresh(actor, space, dataset, landed, seen)


@again
def _refresh(actor: Actor, space: Workspace, dataset: str, landed: Path, seen: int) -> None:
    now = _seen(actor, space, dataset, seen)
    if merging.is_counted(landed) != (now.source is not None):
        raise Refused("dataset.other_source")
    with folders.building(space.root) as tmp, connected() as con:
        if now.source is None:
            with reading(space, now.folder) as old:
                merging.merged(con, old, landed, tmp)
        else:
            folders.filled(tmp, landed)
        check_room(space, tmp)
        with counting(space, con, tmp, now.retain_days) as version:
            if _seen(actor, space, dataset, seen).folder != now.folder:
                raise Changed
            number = 1 + space.db.execute("SELECT newest FROM datasets WHERE id = ?", [dataset]).fetchone()[0]
            add(actor, space, dataset, number, "refreshed", version)
            space.db.execute("UPDATE datasets SET current = ?, newest = ? WHERE id = ?", [number, number, dataset])
            drop_oldest(space, dataset)
            about = {"dataset": dataset, "version": number, "rows": json.loads(version.rows)}
            audit.record(actor, space, "refresh", about)
    folders.tidy(space)


@needs(Verb.WORK)
def undo(actor: Actor, space: Workspace, dataset: str, seen: int) -> None:
    """Back to the version before. Raises InputError where there is none, or somebody changed it meanwhile."""
    with writing(space.db):
        _seen(actor, space, dataset, seen)
        before = "SELECT max(number) FROM versions WHERE dataset = ? AND number < ?"
        number = space.db.execute(before, [dataset, seen]).fetchone()[0]
        if number is None:
            raise InputError("dataset.nothing_to_undo")
        space.db.execute("UPDATE datasets SET current = ? WHERE id = ?", [number, dataset])
        space.db.execute("DELETE FROM versions WHERE dataset = ? AND number > ?", [dataset, number])
        audit.record(actor, space, "undo", {"dataset": dataset, "version": number})
    folders.tidy(space)


@needs(Verb.ADMINISTER)
def delete(actor: Actor, space: Workspace, dataset: str) -> None:
    """Delete it with all that belongs to it. Raises InputError when it is not there any more."""
    with writing(space.db):
        find(actor, space, dataset)
        for table in BELONG:
            space.db.table(table).delete_where("dataset = ?", [dataset])
        space.db.table("datasets").delete_where("id = ?", [dataset])
        audit.record(actor, space, "delete", {"dataset": dataset})
    folders.tidy(space)


@needs(Verb.WORK)
def rename(actor: Actor, space: Workspace, dataset: str, name: str) -> None:
    """Call it otherwise. Raises InputError for a name that is none or taken."""
    name = _name(name)
    with writing(space.db):
        if find(actor, space, dataset).name != name:
            _check_free(space, name)
            space.db.execute("UPDATE datasets SET name = ? WHERE id = ?", [name, dataset])
            audit.record(actor, space, "rename", {"dataset": dataset})


@needs(Verb.ADMINISTER)
def retain(actor: Actor, space: Workspace, dataset: str, days: int | None) -> None:
    """Keep answers and usage for so many days only, None: for good. Rows go with the next run of retention."""
    if days is not None and days < 1:
        raise Refused("dataset.days")
    _set(actor, space, dataset, "retain_days", days)


@needs(Verb.WORK)
def schedule(actor: Actor, space: Workspace, dataset: str, minutes: int | None) -> None:
    """Read its database anew whenever it is so old, None: only by hand. Raises Refused for what came as files."""
    if minutes is not None and (minutes < 1 or find(actor, space, dataset).source is None):
        raise Refused("dataset.no_schedule")
    _set(actor, space, dataset, "refresh_minutes", minutes)


@needs(Verb.ADMINISTER)
def show_viewers(actor: Actor, space: Workspace, dataset: str, what: str) -> None:
    """What viewers see of it: aggregate, or pseudonymous. Raises Refused for anything else."""
    if what not in VIEWERS:
        raise Refused("dataset.viewers")
    _set(actor, space, dataset, "viewers", what)


def _set(actor: Actor, space: Workspace, dataset: str, column: str, value: int | str | None) -> None:
    with writing(space.db):
        find(actor, space, dataset)
        space.db.table("datasets").update(dataset, {column: value})
        audit.record(actor, space, "change", {"dataset": dataset, column: value})


def _seen(actor: Actor, space: Workspace, dataset: str, number: int) -> Kept:
    now = find(actor, space, dataset)
    if now.number != number:
        raise InputError("dataset.changed_meanwhile", name=now.name)
    return now


def _name(text: str) -> str:
    name = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Refused("dataset.name", most=LONGEST_NAME)
    return name


def _check_free(space: Workspace, name: str) -> None:
    if space.db.execute("SELECT count(*) FROM datasets WHERE name = ?", [name]).fetchone()[0]:
        raise Refused("dataset.taken", name=name)


def _kept(row: tuple) -> Kept:
    kept = Kept(*row)
    return kept._replace(rows=json.loads(kept.rows), source=json.loads(kept.source) if kept.source else None)

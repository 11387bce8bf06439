"""Looks at every playbook once for each version of its data and each day, whoever else does so, too."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import groupby
from uuid import uuid4

import nps
from nps.measures import followed_up
from nps.notes import InputError, Note, note
from workspace.access.actor import Actor
from workspace.access.permissions import Verb, needs
from workspace.delivery import outbox
from workspace.playbooks import due, firing, panels, playbooks, rules
from workspace.playbooks.conditions import When
from workspace.playbooks.playbooks import Playbook
from workspace.playbooks.rules import Fact, World
from workspace.store import datasets, marks
from workspace.store.database import Workspace, writing
from workspace.store.datasets import Kept

LEASE = timedelta(minutes=10)
SIGNS = 32  # of a mark
PREVIEW_DAYS = 91
TAKEN = """SELECT count(*) FROM runs
    WHERE playbook = :playbook AND slot = :slot AND (done_at IS NOT NULL OR until > :now)"""
Open = Callable[[Actor, Workspace, Kept], nps.Panel]


@needs(Verb.WORK)
def once(actor: Actor, space: Workspace, now: datetime, opened: Open = panels.opened) -> list[Note]:
    """Look at all that nobody looked at yet; what came of it. Two that do it at once are harmless."""
    active = sorted((each for each in playbooks.listed(actor, space) if each.active), key=lambda each: each.dataset)
    told: list[Note] = []
    for dataset, of_it in groupby(active, key=lambda each: each.dataset):
        told += _of_dataset(actor, space, dataset, [*of_it], now, opened)
    return told


@needs(Verb.WORK)
def preview(
    actor: Actor, space: Workspace, kept: Kept, panel: nps.Panel, when: When, now: datetime, days: int = PREVIEW_DAYS
) -> list[datetime]:
    """When it would have fired in the last so many days, oldest first. Raises InputError for what cannot be told."""
    if when.checked().kind == "digest":
        return []
    world = _world(actor, space, kept, panel, now)._replace(since=now - timedelta(days=days))
    found = rules.facts(when, world)
    return [fact.at for fact in found if now - timedelta(days=days) <= fact.at <= now]


def _of_dataset(
    actor: Actor, space: Workspace, dataset: str, of_it: list[Playbook], now: datetime, opened: Open
) -> Iterator[Note]:
    try:
        kept = datasets.find(actor, space, dataset)
    except InputError:
        return  # it was deleted meanwhile, and they with it
    panel = cache(lambda: opened(actor, space, kept))
    for playbook in of_it:
        if _claimed(space, playbook, slot := _slot(playbook, kept, now), now):
            try:
                made = _looked_at(actor, space, playbook, _world(actor, space, kept, panel(), now), now)
            except InputError as why:
                _done(space, playbook, slot, now, why.note)
                yield note("playbook.not_run", name=playbook.name, why=why.note)
            else:
                _done(space, playbook, slot, now, None)
                if made:
                    yield note("playbook.ran", name=playbook.name, n=made)


def _looked_at(actor: Actor, space: Workspace, playbook: Playbook, world: World, now: datetime) -> int:
    since = datetime.fromisoformat(playbook.since) if playbook.when.kind == "answer" else None
    facts: list[Fact] = rules.facts(playbook.when, world._replace(since=since))
    page = ""
    if playbook.when.kind == "digest":
        page = due.page(actor, space, playbook.dataset, world.panel, now).decode()
    people = followed_up.of_answers(world.panel.answers) if playbook.then.campaign else None
    return firing.fire(actor, space, playbook, facts, now, page, people)


def _world(actor: Actor, space: Workspace, kept: Kept, panel: nps.Panel, now: datetime) -> World:
    key = marks.secret(space.root)
    watched = cache(lambda: panels.watched(actor, space, kept, panel))
    known = panels.with_sets(actor, space, kept, panel)
    return World(known, lambda text: marks.mark(key, f"fact\0{text}")[:SIGNS], watched, now)


def _slot(playbook: Playbook, kept: Kept, now: datetime) -> str:
    """What it looks at: another one as soon as the data, the playbook or the day is another."""
    told = f"{kept.folder} {playbook.version} {now.astimezone(UTC):%Y-%m-%d}"
    return hashlib.sha256(told.encode()).hexdigest()[:SIGNS]


def _claimed(space: Workspace, playbook: Playbook, slot: str, now: datetime) -> bool:
    """Whether nobody looks at this yet: whoever is stopped in between loses it after ten minutes."""
    given = {"playbook": playbook.id, "slot": slot, "holder": uuid4().hex, "now": outbox.moment(now)}
    given["until"] = outbox.moment(now + LEASE)
    if space.db.execute(TAKEN, given).fetchone()[0]:
        return False  # without a turn at writing
    with writing(space.db):
        if space.db.execute(TAKEN, given).fetchone()[0] or not _is_there(space, playbook):
            return False
        sql = "INSERT OR REPLACE INTO runs VALUES (:playbook, :slot, :holder, :until, NULL)"
        space.db.execute(sql, given)
    return True


def _is_there(space: Workspace, playbook: Playbook) -> bool:
    same = "SELECT count(*) FROM playbooks WHERE id = ? AND version = ? AND active"
    return bool(space.db.execute(same, [playbook.id, playbook.version]).fetchone()[0])


def _done(space: Workspace, playbook: Playbook, slot: str, now: datetime, trouble: Note | None) -> None:
    """It was looked at: what comes from now on is new; earlier looks need not be known."""
    moment = outbox.moment(now)
    with writing(space.db):
        space.db.execute("UPDATE runs SET done_at = ? WHERE playbook = ? AND slot = ?", [moment, playbook.id, slot])
        old = "DELETE FROM runs WHERE playbook = ? AND slot <> ? AND done_at IS NOT NULL"
        space.db.execute(old, [playbook.id, slot])
        primed = moment if trouble is None else None
        sql = "UPDATE playbooks SET primed = coalesce(primed, ?), trouble = ? WHERE id = ? AND version = ?"
        space.db.execute(sql, [primed, trouble and trouble.encoded, playbook.id, playbook.version])

"""A fact makes its task and its message in the transaction that says that it was acted on: so each is made once."""

import uuid
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pandas as pd

from nps.wording import _, several
from workspace.access.actor import Actor
from workspace.access.permissions import Verb, needs
from workspace.delivery import channels, outbox
from workspace.delivery.channels import CRM
from workspace.delivery.layouts import split
from workspace.delivery.letters import Letter
from workspace.follow_up import joining, tasks
from workspace.follow_up.joining import Added
from workspace.follow_up.tasks import Task
from workspace.playbooks.playbooks import Playbook
from workspace.playbooks.rules import PERSONAL, Fact
from workspace.store import audit
from workspace.store.database import Workspace, writing

ALIKE = "SELECT count(*) FROM firings WHERE playbook = ? AND fact BETWEEN ? AND ?"
AT_ONCE = 200  # facts of one transaction
NAMED = 20  # people named in one message
OURS = uuid.UUID("6e7073e0-6c65-4e73-8000-706c6179626b")


@needs(Verb.WORK)
def fire(
    actor: Actor,
    space: Workspace,
    playbook: Playbook,
    facts: Sequence[Fact],
    now: datetime,
    page: str = "",
    people: pd.DataFrame | None = None,
) -> int:
    """Act on whatever of this is new, once whoever else does it at the same moment; on how many.

    page    of a digest: attached to its message
    people  whoever it may be about, as a campaign takes them: where it adds them to one
    Raises InputError where its campaign is closed or gone; nothing is acted on then.
    """
    known = {name for (name,) in space.db.execute("SELECT fact FROM firings WHERE playbook = ?", [playbook.id])}
    fresh = [fact for fact in facts if fact.name not in known]
    parts = [fresh[first : first + AT_ONCE] for first in range(0, len(fresh), AT_ONCE)]
    return sum(_fire(actor, space, playbook, part, now, page, people) for part in parts)


def key_of(playbook: int, what: str) -> str:
    """What tells a receiver that it has this already."""
    return str(uuid.uuid5(OURS, f"{playbook}/{what}"))


def _fire(
    actor: Actor,
    space: Workspace,
    playbook: Playbook,
    facts: Sequence[Fact],
    now: datetime,
    page: str,
    people: pd.DataFrame | None,
) -> int:
    with writing(space.db):
        still = "SELECT primed FROM playbooks WHERE id = ? AND active AND version = ?"
        if (row := space.db.execute(still, [playbook.id, playbook.version]).fetchone()) is None:
            return 0  # it was changed, or taken away
        new = [fact for fact in facts if _is_new(space, playbook, fact, now, primed=row[0] is not None)]
        acted = _within_the_day(actor, space, playbook, new, now)
        for fact in acted:
            _task(actor, space, playbook, fact, now)
        if acted and playbook.then.channel:
            _tell(actor, space, playbook, acted, now, page)
        if acted and playbook.then.campaign and people is not None:
            wanted = people[people["person_id"].isin([fact.person_id for fact in acted])]
            added = Added(wanted, _("by the playbook “{name}”", name=playbook.name), playbook.when.query)
            joining.join(actor, space, playbook.dataset, playbook.then.campaign, added, now)
        if acted:
            about = {"playbook": playbook.id, "dataset": playbook.dataset, "facts": len(acted)}
            audit.record(actor, space, "act", about)
    return len(acted)


def _is_new(space: Workspace, playbook: Playbook, fact: Fact, now: datetime, *, primed: bool) -> bool:
    """Whether it is to be acted on: written down now, and no older than the playbook."""
    if fact.same and space.db.execute(ALIKE, [playbook.id, *fact.alike]).fetchone()[0]:
        return False
    since = datetime.fromisoformat(playbook.since)
    quiet = not primed if fact.noticed else fact.at < since
    row = [playbook.id, fact.name, outbox.moment(now), "quiet" if quiet else "acted"]
    return bool(space.db.execute("INSERT OR IGNORE INTO firings VALUES (?, ?, ?, ?)", row).rowcount) and not quiet


def _within_the_day(
    actor: Actor, space: Workspace, playbook: Playbook, new: Sequence[Fact], now: datetime
) -> list[Fact]:
    """As many as the day has room for; the others are told together, in one message and one task of the day."""
    began = outbox.moment(datetime.combine(now.date(), time(), UTC))
    counted = "SELECT count(*) FROM firings WHERE playbook = ? AND did = ? AND at >= ?"
    acted = space.db.execute(counted, [playbook.id, "acted", began]).fetchone()[0] - len(new)
    room = max(playbook.a_day - acted, 0)
    if over := new[room:]:
        for fact in over:
            sql = "UPDATE firings SET did = 'over' WHERE playbook = ? AND fact = ?"
            space.db.execute(sql, [playbook.id, fact.name])
        n = space.db.execute(counted, [playbook.id, "over", began]).fetchone()[0]
        _tell_of_the_others(actor, space, playbook, n, now)
    return [*new[:room]]


def _tell_of_the_others(actor: Actor, space: Workspace, playbook: Playbook, n: int, now: datetime) -> None:
    """One message, which leaves when the day is over, and one task."""
    day, then = f"over:{now:%Y-%m-%d}", playbook.then
    told = several("{name}: 1 more case today", "{name}: {n} more cases today", name=playbook.name, n=n)
    if then.task:
        _add_task(actor, space, playbook, Fact(day, now), told, now)
        sql = "UPDATE tasks SET title = ? WHERE playbook = ? AND fact = ? AND version = 1"
        space.db.execute(sql, [told, playbook.id, day])
    kind = space.db.execute("SELECT kind FROM channels WHERE id = ?", [then.channel]).fetchone()
    if kind and kind[0] not in CRM:
        key, body = key_of(playbook.id, day), Letter(told, link=_link(playbook), about={"count": n}).plain()
        due = datetime.combine(now.date() + timedelta(days=1), time(), UTC)
        outbox.put(space, then.channel, key, body, dataset=playbook.dataset, due=due)
        outbox.replace_body(space, key, body)


def _task(actor: Actor, space: Workspace, playbook: Playbook, fact: Fact, now: datetime) -> None:
    if playbook.then.task:
        _add_task(actor, space, playbook, fact, playbook.then.task, now)


def _add_task(actor: Actor, space: Workspace, playbook: Playbook, fact: Fact, title: str, now: datetime) -> None:
    key = key_of(playbook.id, fact.name)
    owners = playbook.then.owners or (playbook.owner,)
    owner = owners[uuid.UUID(key).int % len(owners)]
    about = {"person_id": fact.person_id, "account_id": fact.account or None}
    made = {"playbook": playbook.id, "fact": fact.name, "id": key}
    tasks.added(actor, space, Task(playbook.dataset, title, _due(playbook, now), owner, **about, **made), now)


def _tell(actor: Actor, space: Workspace, playbook: Playbook, facts: Sequence[Fact], now: datetime, page: str) -> None:
    """A CRM gets each person; any other channel one message for all of them."""
    channel = channels.find(actor, space, playbook.then.channel)
    if channel.kind in CRM:
        for fact in facts:
            if fact.person and fact.person[PERSONAL.index("email")]:
                about = {"dataset": playbook.dataset, "due": now, "person_id": fact.person_id}
                outbox.put(space, channel.id, key_of(playbook.id, fact.name), _errand(playbook, fact, now), **about)
        return
    letter = _letter(playbook, facts, page)
    letter = letter if channel.personal else letter.without_names()
    key = key_of(playbook.id, facts[0].name)
    outbox.put(space, channel.id, key, letter.plain(), dataset=playbook.dataset, due=now)


def _errand(playbook: Playbook, fact: Fact, now: datetime) -> dict[str, Any]:
    known = dict(zip(PERSONAL, fact.person, strict=True))
    first, last = split(known["name"], known["email"])
    who = {"person": known["person_id"], "first": first, "last": last, "email": known["email"]}
    who |= {"company": known["account"], "title": known["role"]}
    return who | {
        "subject": playbook.then.task or playbook.name,
        "text": fact.told,
        "due": _due(playbook, now).isoformat(),
    }


def _letter(playbook: Playbook, facts: Sequence[Fact], page: str) -> Letter:
    n = len(facts)
    subject = several("{name}: 1 new case", "{name}: {n} new cases", name=playbook.name, n=n)
    names = [fact.names or _named(fact) for fact in facts]
    text = "\n".join(fact.told for fact in facts if fact.told)
    known = tuple(name for name in names if name)
    shown = known[:NAMED] + ((_("and {n} more", n=len(known) - NAMED),) if len(known) > NAMED else ())
    about = {"playbook": playbook.name, "count": n, "at": max(fact.at for fact in facts).isoformat()}
    return Letter(playbook.name if page else subject, text, shown, _link(playbook), page, about)


def _named(fact: Fact) -> str:
    known = dict(zip(PERSONAL, fact.person, strict=True)) if fact.person else {}
    return known.get("name") or known.get("email") or known.get("person_id") or ""


def _link(playbook: Playbook) -> str:
    return f"/?data={playbook.dataset}"


def _due(playbook: Playbook, now: datetime) -> date:
    return now.date() + timedelta(days=playbook.then.days)

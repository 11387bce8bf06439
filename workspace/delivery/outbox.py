"""What has not left yet: rows that one worker at a time holds, each delivered under one key, however often it is tried.

A row is leased, sent outside of any transaction, and written down as sent, or as due again. Whoever is stopped in
between loses the lease, and somebody else sends it again, under the same key: so it arrives at least once.
"""

import json
import random
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import uuid4

import pandas as pd

from nps.notes import InputError, Note, Unreachable, decoded, note
from workspace.access.actor import Actor
from workspace.access.permissions import Verb, needs
from workspace.delivery import channels
from workspace.delivery.channels import Channel
from workspace.follow_up import members
from workspace.follow_up.campaign import find
from workspace.store import audit
from workspace.store.database import Workspace, writing

LEASE_SECONDS = 60.0  # a send takes at most half of that
MOST_TRIES = 8
PACE = {"slack": 1.0}  # seconds from one message of a channel to the next
TOGETHER = {"hubspot": 100, "salesforce": 200}  # rows of a channel that are sent at once
SHOWN = ("id", "channel", "dataset", "person_id", "campaign", "due", "tries", "made_at", "sent_at", "remote_id", "why")

FREE = "sent_at IS NULL AND gave_up IS NULL AND due <= :now AND (until IS NULL OR until < :now)"
FIRST = f"""{channels.LISTED}
    JOIN (SELECT channel, min(due) AS due FROM outbox WHERE {FREE} GROUP BY channel) waiting
    ON waiting.channel = channels.id WHERE active ORDER BY waiting.due LIMIT 1"""  # noqa: S608 - all of it is ours
TAKE = f"""UPDATE outbox SET holder = :me, until = :until, tries = tries + 1
    WHERE id IN (SELECT id FROM outbox WHERE channel = :channel AND {FREE} ORDER BY due, id LIMIT :most)
    RETURNING id, body, tries"""  # noqa: S608 - all of it is ours

WITHDRAWN = note("delivery.withdrawn")
OF_MEMBER = "SELECT campaign, person_id FROM outbox JOIN campaigns c ON c.id = campaign WHERE outbox.id = ?"


class Row(NamedTuple):
    """A message that is leased; `tries` counts this one."""

    key: str
    body: Mapping[str, Any]
    tries: int


class GivenUp(NamedTuple):
    """Messages of a channel that failed alike: why, when the latest was made, and their ids."""

    channel: str
    why: Note
    made_at: str
    ids: tuple[str, ...]


Outcome = str | InputError  # the id that it has there, or why it did not arrive
Send = Callable[[Channel, Sequence[Row]], Mapping[str, Outcome]]


def put(
    space: Workspace,
    channel: str,
    key: str,
    body: Mapping[str, Any],
    *,
    dataset: str,
    due: datetime,
    person_id: str | None = None,
    campaign: str | None = None,
) -> None:
    """Have this leave, once: inside of the transaction of what it tells of."""
    row = {"id": key, "channel": channel, "body": json.dumps(body, ensure_ascii=False), "due": moment(due)}
    about = {"dataset": dataset, "person_id": person_id, "campaign": campaign, "made_at": audit.now()}
    space.db.table("outbox").insert(row | about, ignore=True)


def replace_body(space: Workspace, key: str, body: Mapping[str, Any]) -> None:
    """Have a message that nobody has tried yet say this; inside of a transaction."""
    sql = "UPDATE outbox SET body = ? WHERE id = ? AND tries = 0"
    space.db.execute(sql, [json.dumps(body, ensure_ascii=False), key])


def moment(when: datetime) -> str:
    """As it is written down."""
    return when.astimezone(UTC).isoformat(timespec="milliseconds")


@needs(Verb.WORK)
def deliver(
    actor: Actor,
    space: Workspace,
    send: Send,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    lease: float = LEASE_SECONDS,
) -> dict[str, int]:
    """Send all that is due; how many were sent, put off and given up. Several that do it at once are harmless."""
    me, told = uuid4().hex, {"sent": 0, "again": 0, "gave_up": 0}
    while (leased := _leased(space, me, clock(), lease)) is not None:
        channel, rows = leased
        try:
            outcomes = send(channel, rows)
        except InputError as failed:
            outcomes = dict.fromkeys((row.key for row in rows), failed)
        with writing(space.db):
            for row in rows:
                told[_written(space, me, row, outcomes[row.key], clock())] += 1
            _told_at_members(actor, space, channel, {row.key: outcomes[row.key] for row in rows}, clock())
            _paced(space, channel, clock())
    return told


@needs(Verb.SEE_PEOPLE)
def rows(actor: Actor, space: Workspace, dataset: str, most: int = 1_000) -> pd.DataFrame:
    """Messages about a dataset, those that gave up first, then the latest: SHOWN; `why` is a sentence, or ""."""
    sql = """SELECT id, channel, dataset, person_id, campaign, due, tries, made_at, sent_at, remote_id, gave_up FROM
        outbox WHERE dataset = ? ORDER BY gave_up IS NULL, made_at DESC LIMIT ?"""
    found = space.db.execute(sql, [dataset, most]).fetchall()
    return pd.DataFrame([(*row[:-1], str(decoded(row[-1])) if row[-1] else "") for row in found], columns=[*SHOWN])


@needs(Verb.WORK)
def standing(actor: Actor, space: Workspace) -> pd.DataFrame:
    """How far messages of each channel are: channel, waiting, sent, gave_up; those that were taken back are neither."""
    sql = """SELECT channel, sum(sent_at IS NULL AND gave_up IS NULL), sum(sent_at IS NOT NULL),
        sum(sent_at IS NULL AND gave_up IS NOT NULL AND gave_up <> ?) FROM outbox GROUP BY channel"""
    found = space.db.execute(sql, [WITHDRAWN.encoded]).fetchall()
    return pd.DataFrame(found, columns=["channel", "waiting", "sent", "gave_up"])


@needs(Verb.WORK)
def given_up(actor: Actor, space: Workspace) -> list[GivenUp]:
    """What is not tried any more, those of one channel that failed alike together; the latest first."""
    sql = """SELECT channel, gave_up, max(made_at), json_group_array(id) FROM outbox
        WHERE sent_at IS NULL AND gave_up IS NOT NULL AND gave_up <> ? GROUP BY channel, gave_up ORDER BY 3 DESC"""
    rows = space.db.execute(sql, [WITHDRAWN.encoded]).fetchall()
    return [GivenUp(channel, decoded(why), at, tuple(json.loads(ids))) for channel, why, at, ids in rows]


@needs(Verb.WORK)
def again(actor: Actor, space: Workspace, *wanted: str) -> None:
    """Try messages that were given up once more; nothing happens where they were not."""
    with writing(space.db):
        sql = "UPDATE outbox SET gave_up = NULL, tries = 1, due = ? WHERE id = ? AND gave_up IS NOT NULL"
        space.db.conn.executemany(sql, [(audit.now(), key) for key in wanted])
        audit.record(actor, space, "send again", {"messages": len(wanted)})


@needs(Verb.WORK)
def take_back(actor: Actor, space: Workspace, *wanted: str) -> None:
    """Have messages not leave, where they have not."""
    with writing(space.db):
        sql = "UPDATE outbox SET gave_up = ?, body = '{}' WHERE id = ? AND sent_at IS NULL"
        space.db.conn.executemany(sql, [(WITHDRAWN.encoded, key) for key in wanted])
        audit.record(actor, space, "take back", {"messages": len(wanted)})


def _leased(space: Workspace, me: str, now: datetime, lease: float) -> tuple[Channel, list[Row]] | None:
    """The next channel with something due, and as much of that as it takes at once; None: nothing is."""
    given = {"now": moment(now), "me": me, "until": moment(now + timedelta(seconds=lease))}
    if space.db.execute(FIRST, {"now": given["now"]}).fetchone() is None:
        return None  # without a turn at writing
    with writing(space.db):
        if (found := space.db.execute(FIRST, {"now": given["now"]}).fetchone()) is None:
            return None
        channel = channels.of_row(found)
        more = {"channel": channel.id, "most": TOGETHER.get(channel.kind, 1)}
        rows = [Row(key, json.loads(body), tries) for key, body, tries in space.db.execute(TAKE, given | more)]
    return channel, rows


def _written(space: Workspace, me: str, row: Row, outcome: Outcome, now: datetime) -> str:
    """What came of it: sent, again or gave_up. Of what arrived nothing is kept but its id there."""
    if isinstance(outcome, str):
        sql = """UPDATE outbox SET sent_at = ?, remote_id = ?, body = '{}', gave_up = NULL, until = NULL
            WHERE id = ? AND sent_at IS NULL"""
        space.db.execute(sql, [moment(now), outcome, row.key])
        return "sent"
    if not isinstance(outcome, Unreachable) or row.tries >= MOST_TRIES:
        sql = "UPDATE outbox SET gave_up = ?, until = NULL WHERE id = ? AND holder = ? AND sent_at IS NULL"
        space.db.execute(sql, [outcome.note.encoded, row.key, me])
        return "gave_up"
    due = now + timedelta(seconds=_wait(row.tries, outcome.values.get("after")))
    sql = "UPDATE outbox SET due = ?, until = NULL WHERE id = ? AND holder = ? AND sent_at IS NULL"
    space.db.execute(sql, [moment(due), row.key, me])
    return "again"


def _told_at_members(
    actor: Actor, space: Workspace, channel: Channel, outcomes: Mapping[str, Outcome], now: datetime
) -> None:
    """Of who is in a campaign: the id that they have there, from when on they are contacted; or what went wrong."""
    told: dict[str, dict[str, Outcome]] = {}
    for key, outcome in outcomes.items():
        for campaign, person in space.db.execute(OF_MEMBER, [key]).fetchall():
            told.setdefault(campaign, {})[person] = outcome
    for campaign, of_people in told.items():
        there = {person: each for person, each in of_people.items() if isinstance(each, str)}
        members.answered(space, campaign, there, {who: str(why) for who, why in of_people.items() if who not in there})
        members.arrived(actor, space, find(actor, space, campaign), there, channel.kind, now)


def _wait(tries: int, asked: object) -> float:
    """Seconds until the next try: what the receiver asks for, else longer and longer, and not all at once."""
    if isinstance(asked, (int, float)):
        return float(asked)
    return 2**tries * random.uniform(0.5, 1.5)


def _paced(space: Workspace, channel: Channel, now: datetime) -> None:
    """What else waits for this channel waits for its turn."""
    if pause := PACE.get(channel.kind):
        sql = "UPDATE outbox SET due = max(due, ?) WHERE channel = ? AND sent_at IS NULL AND gave_up IS NULL"
        space.db.execute(sql, [moment(now + timedelta(seconds=pause)), channel.id])

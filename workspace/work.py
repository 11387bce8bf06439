"""What is done without anybody: tidying up, forgetting what is too old, reading databases anew when it is time, looking
at playbooks, and sending what has not left yet.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from nps import intake
from nps.engines import Connection
from nps.notes import InputError, Note, note
from workspace.access.actor import Actor
from workspace.access.permissions import Verb, needs
from workspace.delivery import outbox, sending
from workspace.delivery.settings import Settings
from workspace.playbooks import panels, runner
from workspace.privacy import erase, retention
from workspace.store import datasets, origins
from workspace.store.database import Workspace
from workspace.store.datasets import Kept


@needs(Verb.ADMINISTER)
def once(
    actor: Actor,
    space: Workspace,
    connections: Mapping[str, Connection],
    now: datetime | None = None,
    settings: Settings | None = None,
    opened: runner.Open = panels.opened,
) -> list[Note]:
    """Do all that is due; what was done, and what could not be. Two that do it at once are harmless.

    settings  where messages may go; None: none leaves
    opened    makes the panel of data that playbooks look at
    """
    now = now or datetime.now(UTC)
    erase.recover(actor, space)
    told = [
        note("work.expired", name=each.name, n=sum(each.rows.values())) for each in retention.expire(actor, space, now)
    ]
    told += _read_anew(actor, space, connections, now)
    return [*told, *runner.once(actor, space, now, opened), *(_delivered(actor, space, settings) if settings else ())]


def _delivered(actor: Actor, space: Workspace, settings: Settings) -> Iterator[Note]:
    counts = outbox.deliver(actor, space, sending.by(settings))
    if counts["sent"]:
        yield note("work.delivered", n=counts["sent"])
    if counts["gave_up"]:
        yield note("work.gave_up", n=counts["gave_up"])


def _read_anew(actor: Actor, space: Workspace, connections: Mapping[str, Connection], now: datetime) -> Iterator[Note]:
    for kept in datasets.listed(actor, space):
        if kept.source and kept.refresh_minutes and _age(kept, now) >= timedelta(minutes=kept.refresh_minutes):
            try:
                job = _read(kept, connections)
                datasets.refresh(actor, space, kept.id, job.folder, kept.number)
            except InputError as refused:
                yield note("work.not_read", name=kept.name, why=refused.note)
            else:
                yield note("work.read", name=kept.name)


def _age(kept: Kept, now: datetime) -> timedelta:
    return now - datetime.fromisoformat(kept.made_at)


def _read(kept: Kept, connections: Mapping[str, Connection]) -> intake.Job:
    """The database of a dataset, read and counted by a worker. Raises InputError."""
    source = kept.source
    more = {"window_days": source["window_days"], "before": None}
    job = intake.Job("count", origins.places(source, connections), source["mapping"], more=more)
    job.result()
    return job

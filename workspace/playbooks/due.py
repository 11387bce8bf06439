"""The digest of data that are kept, with what is due of campaigns and tasks: counts only."""

from collections.abc import Iterator
from datetime import datetime
from uuid import uuid4

import nps
from nps.notes import Refused
from nps.report import Listing
from nps.wording import _
from workspace.access.actor import Actor
from workspace.access.permissions import Verb, needs
from workspace.delivery import channels, outbox
from workspace.delivery.letters import Letter
from workspace.follow_up import inbox
from workspace.playbooks import digest
from workspace.playbooks.digest import Digest
from workspace.store import audit, datasets
from workspace.store.database import Workspace, writing
from workspace.store.markers import markers


@needs(Verb.SEE_PEOPLE)
def told(actor: Actor, space: Workspace, dataset: str, panel: nps.Panel, now: datetime) -> Digest:
    """The digest, piece by piece."""
    return digest.told(panel, markers(actor, space, dataset), [*listed(actor, space, dataset, now)])


@needs(Verb.SEE_PEOPLE)
def page(actor: Actor, space: Workspace, dataset: str, panel: nps.Panel, now: datetime) -> bytes:
    """The digest, as HTML."""
    return digest.page(told(actor, space, dataset, panel, now), now.date())


@needs(Verb.WORK)
def send(actor: Actor, space: Workspace, dataset: str, channel: str, panel: nps.Panel, now: datetime) -> None:
    """Have the digest leave by mail. Raises InputError for what is no mailbox that an administrator named."""
    to = channels.find(actor, space, channel)
    if to.kind != "mail":
        raise Refused("digest.no_mail")
    content, called = page(actor, space, dataset, panel, now), datasets.find(actor, space, dataset).name
    letter = Letter(_("{name}: what there is to know", name=called), page=content.decode())
    with writing(space.db):
        outbox.put(space, to.id, str(uuid4()), letter.plain(), dataset=dataset, due=now)
        audit.record(actor, space, "digest", {"dataset": dataset, "channel": to.id, "bytes": len(content)})


@needs(Verb.SEE_PEOPLE)
def listed(actor: Actor, space: Workspace, dataset: str, now: datetime) -> Iterator[Listing]:
    """What is due of campaigns and tasks, counted; nothing where nothing is open."""
    counts = inbox.due(actor, space, dataset, now.date())
    if len(counts):
        named = counts.assign(what=counts["what"].replace("", _("Tasks")))
        names = {"what": _("Campaign"), "open": _("Open"), "overdue": _("Overdue"), "soon": _("Due soon")}
        yield Listing("due", _("What is due"), named, names)

"""The digest of data that are kept, with what is due of campaigns and tasks: counts only."""

from collections.abc import Iterator
from datetime import datetime

import nps
from nps.report import Block, Listing
from nps.wording import _
from workspace.access.actor import Actor
from workspace.access.permissions import Verb, needs
from workspace.follow_up import inbox
from workspace.playbooks import digest
from workspace.store.database import Workspace
from workspace.store.markers import markers


@needs(Verb.SEE_PEOPLE)
def page(actor: Actor, space: Workspace, dataset: str, panel: nps.Panel, now: datetime) -> bytes:
    """The digest, as HTML."""
    return digest.page(panel, markers(actor, space, dataset), [*_due(actor, space, dataset, now)], now.date())


def _due(actor: Actor, space: Workspace, dataset: str, now: datetime) -> Iterator[Block]:
    counts = inbox.due(actor, space, dataset, now.date())
    if len(counts):
        named = counts.assign(what=counts["what"].replace("", _("Tasks")))
        names = {"what": _("Campaign"), "open": _("Open"), "overdue": _("Overdue"), "soon": _("Due soon")}
        yield Listing("due", _("What is due"), named, names)

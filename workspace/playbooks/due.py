"""The digest of data that are kept, with what is due of campaigns and tasks: counts only."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pandas as pd

import nps
from nps.report import Block, Listing
from nps.wording import _, several
from workspace.access.actor import Actor
from workspace.access.permissions import Verb, needs
from workspace.playbooks import digest
from workspace.store.database import Workspace
from workspace.store.markers import markers

SOON = timedelta(days=7)
CAMPAIGNS = """SELECT c.name, c.due, count(m.person_id) FROM campaigns c
    LEFT JOIN members m ON m.campaign = c.id AND m.arm = 'contact' AND m.status = 'to contact'
    WHERE c.dataset = ? AND c.state = 'running' GROUP BY c.id ORDER BY c.due IS NULL, c.due, c.name"""
TASKS = """SELECT count(*) FILTER (WHERE due < :today), count(*) FILTER (WHERE due BETWEEN :today AND :soon),
    count(*) FILTER (WHERE owner = '') FROM tasks WHERE dataset = :dataset AND status = 'open'"""


@needs(Verb.SEE_PEOPLE)
def page(actor: Actor, space: Workspace, dataset: str, panel: nps.Panel, now: datetime) -> bytes:
    """The digest, as HTML."""
    blocks = [*_tasks(space, dataset, now), *_campaigns(space, dataset)]
    return digest.page(panel, markers(actor, space, dataset), blocks, now.date())


def _tasks(space: Workspace, dataset: str, now: datetime) -> Iterator[Block]:
    given = {"dataset": dataset, "today": f"{now:%Y-%m-%d}", "soon": f"{now + SOON:%Y-%m-%d}"}
    counts = space.db.execute(TASKS, given).fetchone()
    if any(counts):
        names = _("Overdue"), several("Due within a day", "Due within {n} days", n=SOON.days), _("Nobody's")
        frame = pd.DataFrame({"what": names, "n": counts})
        yield Listing("tasks", _("Tasks"), frame, {"what": "", "n": _("Tasks")})


def _campaigns(space: Workspace, dataset: str) -> Iterator[Block]:
    if rows := space.db.execute(CAMPAIGNS, [dataset]).fetchall():
        frame = pd.DataFrame(rows, columns=["name", "due", "left"])
        names = {"name": _("Campaign"), "due": _("Due"), "left": _("Still to contact")}
        yield Listing("campaigns", _("Campaigns"), frame, names)

"""Campaigns as they are kept, and how they are found."""

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from nps.notes import InputError
from workspace.access.actor import Actor
from workspace.access.permissions import Verb, needs
from workspace.store.database import Workspace


class Campaign(NamedTuple):
    """A campaign as it is kept; `removed` is how many people each rule took out when it was made, the first that did.

    people   members, the held back included
    version  counts its changes: who changes it says which one they saw
    """

    id: str
    dataset: str
    name: str
    goal: str
    question: str
    message: str
    owner: str
    due: str | None
    why: str
    query: Mapping[str, Sequence[str]]
    off: Mapping[str, str]
    removed: Mapping[str, int]
    held_back: float
    seed: int
    state: str
    version: int
    made_by: str
    made_at: str
    people: int


COLUMNS = ", ".join(f"c.{name}" for name in Campaign._fields[:-1])
LISTED = f"SELECT {COLUMNS}, (SELECT count(*) FROM members m WHERE m.campaign = c.id) FROM campaigns c"  # noqa: S608


@needs(Verb.SEE_PEOPLE)
def listed(actor: Actor, space: Workspace, dataset: str) -> list[Campaign]:
    """All of a dataset, the newest first."""
    rows = space.db.execute(f"{LISTED} WHERE c.dataset = ? ORDER BY c.made_at DESC, c.name", [dataset])
    return [_campaign(row) for row in rows]


@needs(Verb.SEE_PEOPLE)
def find(actor: Actor, space: Workspace, campaign: str) -> Campaign:
    """One of them, by id. Raises InputError where it is not there any more."""
    for row in space.db.execute(f"{LISTED} WHERE c.id = ?", [campaign]):
        return _campaign(row)
    raise InputError("campaign.gone")


def _campaign(row: tuple) -> Campaign:
    kept = Campaign(*row)
    told = {name: json.loads(getattr(kept, name)) for name in ("query", "off", "removed")}
    return kept._replace(**told)

"""Who becomes a member of a campaign after it was made: the same rules are asked, and chance holds back as many."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

import numpy as np
import pandas as pd

from nps.notes import InputError, Refused, TooLarge
from workspace.access.actor import Actor
from workspace.access.permissions import Verb, needs
from workspace.follow_up import contact_rules, ruling, standing
from workspace.follow_up.campaign import Campaign, find
from workspace.follow_up.campaigns import LONGEST_WHY, MOST_PEOPLE, STATES, of_campaign
from workspace.follow_up.words import prose
from workspace.store import audit
from workspace.store.database import Workspace, writing

SIGNS = 12  # of a hash: enough to draw by
ADDED = ("at", "made_by", "people", "why", "query")


class Added(NamedTuple):
    """People who are added to a campaign, and why.

    why    whom they are, in words, and `query` as `nps.Selection.to_query` tells it, where they are of a selection
    """

    people: pd.DataFrame
    why: str = ""
    query: Mapping[str, Sequence[str]] = {}


class Joined(NamedTuple):
    """What comes of adding people: how many of them join, and are in it already; whom each rule removes of the others,
    as `contact_rules.who_may`."""

    n: int
    there: int
    removed: pd.DataFrame


@needs(Verb.WORK)
def preview(actor: Actor, space: Workspace, dataset: str, campaign: str, people: pd.DataFrame, now: datetime) -> Joined:
    """What would come of `add` at this moment. Raises InputError as it does."""
    of = open_one(actor, space, dataset, campaign)
    may, there, removed = _ruled(actor, space, of, people, now)
    return Joined(len(may), there, removed)


@needs(Verb.WORK)
def add(actor: Actor, space: Workspace, dataset: str, campaign: str, added: Added, now: datetime) -> Joined:
    """Add people, as `campaigns.make` takes them, but whom the rules remove and who is in it.

    Raises InputError for a campaign that is closed, gone or of other data.
    """
    with writing(space.db):
        return join(actor, space, dataset, campaign, added, now)


def join(actor: Actor, space: Workspace, dataset: str, campaign: str, added: Added, now: datetime) -> Joined:
    """The same inside of the transaction of what it is part of."""
    of = open_one(actor, space, dataset, campaign)
    may, there, removed = _ruled(actor, space, of, added.people, now)
    if of.people + len(may) > MOST_PEOPLE:
        raise TooLarge("campaign.too_many", most=MOST_PEOPLE)
    drawn = [_draw(of.seed, each) < of.held_back for each in sorted(may["person_id"].astype(str))]
    space.db.table("members").insert_all(of_campaign(of._asdict(), may, np.array(drawn, bool)))
    first = contact_rules.told(removed).set_index("rule")["first"]
    counted = Counter(of.removed) + Counter({rule: int(n) for rule, n in first.items()})
    space.db.table("campaigns").update(campaign, {"removed": json.dumps(counted)})
    if len(may):
        _tell(actor, space, campaign, len(may), added, now)
    audit.record(actor, space, "join campaign", {"campaign": campaign, "people": len(may)})
    return Joined(len(may), there, removed)


@needs(Verb.SEE_PEOPLE)
def additions(actor: Actor, space: Workspace, campaign: str) -> pd.DataFrame:
    """Who was added after it was made, the latest first: ADDED, of which query is a mapping."""
    rows = space.db.table("additions").rows_where("campaign = ?", [campaign], order_by="n DESC")
    found = pd.DataFrame(rows, columns=["n", "campaign", *ADDED])[[*ADDED]]
    return found.assign(query=found["query"].map(json.loads))


@needs(Verb.WORK)
def open_one(actor: Actor, space: Workspace, dataset: str, campaign: str) -> Campaign:
    """A campaign of these data that people can join. Raises InputError where it is none."""
    of = find(actor, space, campaign)
    if of.dataset != dataset:
        raise InputError("campaign.gone")
    if of.state == STATES[-1]:
        raise Refused("campaign.closed", name=of.name)
    return of


def _ruled(
    actor: Actor, space: Workspace, of: Campaign, people: pd.DataFrame, now: datetime
) -> tuple[pd.DataFrame, int, pd.DataFrame]:
    """Who may join, how many are in it, and whom each rule removes of the others."""
    ids, mails = _there(space, of.id)
    people = people.drop_duplicates("person_id", keep="last")
    fresh = people[~people["person_id"].astype(str).isin(ids)].reset_index(drop=True)
    removed = _removed(actor, space, of, fresh, mails, now)
    return fresh[contact_rules.allowed(removed)], len(people) - len(fresh), removed


def _removed(
    actor: Actor, space: Workspace, of: Campaign, fresh: pd.DataFrame, mails: set[str], now: datetime
) -> pd.DataFrame:
    """As `contact_rules.who_may`; the address of a member is that of somebody else, too."""
    rules = ruling.rules_of(actor, space, of.dataset)._replace(off=of.off)
    removed = contact_rules.who_may(standing.known(actor, space, of.dataset, fresh, now, of.id), rules, now)
    taken = contact_rules.addresses(fresh).isin(mails) & ("same_email" not in of.off)
    return removed.assign(same_email=removed["same_email"] | taken)


def _there(space: Workspace, campaign: str) -> tuple[set[str], set[str]]:
    """Ids and addresses of its members."""
    rows = space.db.execute("SELECT person_id, email FROM members WHERE campaign = ?", [campaign]).fetchall()
    known = pd.DataFrame(rows, columns=["person_id", "email"], dtype=object)
    return {*known["person_id"]}, {*contact_rules.addresses(known).dropna()}


def _tell(actor: Actor, space: Workspace, campaign: str, n: int, added: Added, now: datetime) -> None:
    row = {"campaign": campaign, "at": standing.moment(now), "made_by": actor.name, "people": n}
    row |= {"why": prose(added.why, LONGEST_WHY, "campaign.text"), "query": json.dumps({**added.query})}
    space.db.table("additions").insert(row)


def _draw(seed: int, person: str) -> float:
    """A number from 0 to 1, the same whenever it is asked for."""
    return int(sha256(f"{seed} {person}".encode()).hexdigest()[:SIGNS], 16) / 16**SIGNS

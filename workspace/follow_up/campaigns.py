"""Making and changing campaigns. The people are fixed at the moment one is made."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import uuid4

import numpy as np
import pandas as pd

from nps.notes import InputError, NothingLeft, Refused, TooLarge
from workspace.access.actor import Actor
from workspace.access.permissions import Verb, needs
from workspace.follow_up import contact_rules, ruling, standing
from workspace.follow_up.campaign import Campaign, find
from workspace.follow_up.changes import only
from workspace.follow_up.words import checked, line, optional, prose
from workspace.store import audit
from workspace.store.database import Workspace, writing

LONGEST_NAME, LONGEST_LINE, LONGEST_MESSAGE, LONGEST_WHY = 80, 200, 5_000, 2_000
MOST_PEOPLE, MOST_HELD_BACK = 100_000, 0.5
STATES = ("draft", "running", "closed")
CHANGED = ("name", "goal", "question", "message", "owner", "due")
OF_MEMBERS = ("person_id", "email", "name", "account_id", "score", "response_id", "answered_at", "tier")


@dataclass(frozen=True)
class Draft:
    """A campaign before it is made.

    why        whom it is for, in words, and `query` as `nps.Selection.to_query` tells it, where it is of a selection
    message    may hold placeholders: see `words.checked`
    held_back  the share (0..0.5) of those who may be written to that is not, drawn at random, to compare with
    seed       of that draw; None: one is made up, and kept
    off        rule -> why it is turned off: an administrator's to say
    """

    name: str
    why: str
    goal: str = ""
    question: str = ""
    message: str = ""
    owner: str = ""
    due: date | None = None
    query: Mapping[str, Sequence[str]] = field(default_factory=dict)
    held_back: float = 0.0
    seed: int | None = None
    off: Mapping[str, str] = field(default_factory=dict)


@needs(Verb.WORK)
def make(actor: Actor, space: Workspace, dataset: str, draft: Draft, people: pd.DataFrame, now: datetime) -> str:
    """Make a campaign of these people but whom the rules remove; its id. It begins as a draft.

    people  a row each: person_id, email, and what is known of OF_MEMBERS, opted_out
    Raises InputError for a name that is none, a placeholder that is unknown, and where nobody is left.
    """
    people = people.drop_duplicates("person_id", keep="last").reset_index(drop=True)
    row, off = _row(dataset, draft, people), ruling.reasons(actor, draft.off)
    with writing(space.db):
        _check_free(space, dataset, row["name"])
        removed = ruling.preview(actor, space, dataset, people, off, now)
        may = people.loc[removed.index[contact_rules.allowed(removed)]]
        if may.empty:
            raise NothingLeft("campaign.nobody")
        first = contact_rules.told(removed).set_index("rule")["first"]
        row |= {"removed": json.dumps({rule: int(n) for rule, n in first.items() if n}), "off": json.dumps(off)}
        row |= {"made_by": actor.name, "made_at": standing.moment(now)}
        space.db.table("campaigns").insert(row)
        space.db.table("members").insert_all(of_campaign(row, may, held_back(row, len(may))))
        about = {"campaign": row["id"], "dataset": dataset, "people": len(may)}
        about |= {"off": ruling.in_audit(space, off, people)} if off else {}
        audit.record(actor, space, "make campaign", about)
    return row["id"]


@needs(Verb.WORK)
def change(actor: Actor, space: Workspace, campaign: str, seen: int, **values: str | date | None) -> None:
    """Change some of CHANGED.

    seen  the version that the person had before them
    Raises InputError where somebody else changed it meanwhile.
    """
    only(values, CHANGED)
    with writing(space.db):
        now = _seen(actor, space, campaign, seen)
        clean = {name: _clean(name, value) for name, value in values.items()}
        if clean.get("name", now.name) != now.name:
            _check_free(space, now.dataset, str(clean["name"]))
        space.db.table("campaigns").update(campaign, {**clean, "version": seen + 1})
        audit.record(actor, space, "change campaign", {"campaign": campaign, "changed": sorted(clean)})


@needs(Verb.WORK)
def turn(actor: Actor, space: Workspace, campaign: str, seen: int, state: str) -> None:
    """Start it, close it, or make a draft of it again. Raises InputError as `change` does."""
    if state not in STATES:
        raise Refused("campaign.state")
    with writing(space.db):
        _seen(actor, space, campaign, seen)
        space.db.table("campaigns").update(campaign, {"state": state, "version": seen + 1})
        audit.record(actor, space, "turn campaign", {"campaign": campaign, "state": state})


@needs(Verb.ADMINISTER)
def remove(actor: Actor, space: Workspace, campaign: str) -> None:
    """Delete it with its members, their history and its tasks. Whom it contacted stays known to the rules."""
    with writing(space.db):
        space.db.table("campaigns").delete_where("id = ?", [campaign])
        audit.record(actor, space, "remove campaign", {"campaign": campaign})


def _row(dataset: str, draft: Draft, people: pd.DataFrame) -> dict:
    """What is kept of a draft, cleaned."""
    if not 0 <= draft.held_back <= MOST_HELD_BACK:
        raise Refused("campaign.held_back_share", most=MOST_HELD_BACK)
    if len(people) > MOST_PEOPLE:
        raise TooLarge("campaign.too_many", most=MOST_PEOPLE)
    words = {name: _clean(name, getattr(draft, name)) for name in CHANGED}
    return {
        **{"id": uuid4().hex, "dataset": dataset, "state": STATES[0], **words},
        **{"why": prose(draft.why, LONGEST_WHY, "campaign.text"), "query": json.dumps({**draft.query})},
        **{"held_back": draft.held_back, "seed": secrets.randbelow(2**31) if draft.seed is None else draft.seed},
    }


def _clean(name: str, value: str | date | None) -> str | None:
    """One of CHANGED as it is kept. Raises InputError for a text that is too long, or a name that is none."""
    if name == "due":
        return None if value is None else f"{value:%Y-%m-%d}"
    if name == "message":
        return checked(prose(str(value), LONGEST_MESSAGE, "campaign.text"))
    if name == "name":
        return line(str(value), LONGEST_NAME, "campaign.name")
    return optional(str(value), LONGEST_LINE, "campaign.text")


def of_campaign(row: Mapping, people: pd.DataFrame, held: np.ndarray) -> list[dict]:
    """Members as they are kept: a row per person, in the order of their ids.

    held  bool (n,) in that order: who is held back
    """
    known = people.assign(**{name: None for name in OF_MEMBERS if name not in people})[[*OF_MEMBERS]]
    known = known.astype({"person_id": str}).sort_values("person_id")
    known["answered_at"] = pd.to_datetime(known["answered_at"], utc=True).map(standing.moment, na_action="ignore")
    fixed = {"campaign": row["id"], "status": "to contact", "owner": row["owner"], "due": row["due"]}
    return [
        {**each, **fixed, "arm": "held back" if back else "contact"}
        for each, back in zip(known.astype(object).where(known.notna(), None).to_dict("records"), held, strict=True)
    ]


def held_back(row: Mapping, n: int) -> np.ndarray:
    """Who is, of so many: the first of an order that the seed draws. bool (n,)"""
    held = np.zeros(n, bool)
    held[np.random.default_rng(row["seed"]).permutation(n)[: round(row["held_back"] * n)]] = True
    return held


def _check_free(space: Workspace, dataset: str, name: str) -> None:
    if space.db.table("campaigns").count_where("dataset = ? AND name = ?", [dataset, name]):
        raise Refused("campaign.taken", name=name)


def _seen(actor: Actor, space: Workspace, campaign: str, version: int) -> Campaign:
    now = find(actor, space, campaign)
    if now.version != version:
        raise InputError("campaign.changed_meanwhile", name=now.name)
    return now

"""People of a campaign as a file for another tool, or handed over to a CRM: contact rules are asked again for each."""

import hashlib
import uuid
from datetime import date, datetime
from typing import Any

import pandas as pd

from nps.notes import Refused
from workspace.access import users
from workspace.access.actor import Actor
from workspace.access.permissions import Verb, needs
from workspace.delivery import channels, layouts, outbox
from workspace.delivery.channels import CRM
from workspace.delivery.layouts import Wanted, split
from workspace.follow_up import campaign as campaigns
from workspace.follow_up import members
from workspace.follow_up.campaign import Campaign
from workspace.store import audit, marks
from workspace.store.database import Workspace, writing

OURS = uuid.UUID("6e7073e0-6c65-4e73-8000-6c697374735f")


@needs(Verb.SEE_PEOPLE)
def file(
    actor: Actor, space: Workspace, campaign: str, wanted: Wanted, now: datetime, people: pd.DataFrame | None = None
) -> bytes:
    """Who may be contacted at this moment, as it is wanted; written down before it leaves.

    people  what is known of them by now, see `members.leaving`
    Raises InputError where the campaign does not run, or for a layout that there is none of.
    """
    of = campaigns.find(actor, space, campaign)
    allowed, _removed = members.leaving(actor, space, campaign, now, people)
    account = allowed["account_id" if wanted.without_names else "account"]  # of an id a mark stays the same
    listed = allowed.rename(columns={"person_id": "person"}).assign(account=account, why=of.why)
    listed = listed.assign(owner=_owners(actor, space, allowed["owner"]))
    frame = layouts.laid_out(listed, wanted, marks.secret(space.root))
    content = layouts.content(frame, wanted)
    about = {"campaign": campaign, "layout": wanted.layout, "rows": len(frame), "columns": [*map(str, frame.columns)]}
    about |= {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    with writing(space.db):
        members.addressed(space, campaign, allowed)
        audit.record(actor, space, "download", about)
    return content


@needs(Verb.WORK)
def hand_over(
    actor: Actor,
    space: Workspace,
    campaign: str,
    channel: str,
    subject: str,
    now: datetime,
    people: pd.DataFrame | None = None,
) -> int:
    """Have a contact and a task of each go to a CRM, once however often it is asked for; how many go.

    subject  of the task
    What came of each is told at its member: `remote_id`, or `trouble`.
    """
    if channels.find(actor, space, channel).kind not in CRM:
        raise Refused("channel.no_crm")
    of = campaigns.find(actor, space, campaign)
    with writing(space.db):
        allowed, _removed = members.leaving(actor, space, campaign, now, people)
        able = allowed[allowed["remote_id"].isna() & allowed["email"].notna()]
        members.addressed(space, campaign, able)
        for row in able.to_dict("records"):
            key = str(uuid.uuid5(OURS, f"{campaign}/{channel}/{row['person_id']}"))
            about = {"dataset": of.dataset, "campaign": campaign, "person_id": row["person_id"], "due": now}
            outbox.put(space, channel, key, _errand(of, row, subject, now.date()), **about)
        audit.record(actor, space, "hand over", {"campaign": campaign, "channel": channel, "people": len(able)})
    return len(able)


def _owners(actor: Actor, space: Workspace, owners: pd.Series) -> pd.Series:
    """By login, as other tools know them: nothing of who is a browser only."""
    known = {actor.name: "", **users.colleagues(actor, space)}
    return owners.map(lambda name: known.get(name, name))


def _errand(of: Campaign, row: dict[str, Any], subject: str, today: date) -> dict[str, str]:
    known = {name: "" if pd.isna(value) else str(value) for name, value in row.items()}
    first, last = split(known["name"], known["email"])
    who = {"person": known["person_id"], "first": first, "last": last, "email": known["email"]}
    who |= {"company": known["account"], "title": ""}
    return who | {"subject": subject or of.name, "text": of.why, "due": known["due"] or today.isoformat()}

"""Where messages go. A channel knows its secret by name only; who may say where something goes is an administrator."""

import json
from collections.abc import Mapping
from typing import NamedTuple
from uuid import uuid4

from nps.notes import InputError, Refused
from workspace.access.actor import Actor
from workspace.access.permissions import Verb, needs
from workspace.delivery import http, mail
from workspace.delivery.letters import line
from workspace.delivery.settings import Settings
from workspace.store import audit
from workspace.store.database import Workspace, writing

LONGEST_NAME = 80
KINDS = ("mail", "webhook", "slack", "hubspot", "salesforce")
CRM = ("hubspot", "salesforce")
LISTED = "SELECT id, name, kind, address, secret_ref, options, personal, active FROM channels"


class Channel(NamedTuple):
    """Where messages go.

    address     mail: of the recipient; webhook, hubspot, salesforce: https://...; slack: none, as its secret is one
    secret_ref  the name of a secret: a token; of slack, and of a webhook without address, the whole address
    options     of a CRM: prefix; version, field
    personal    whether its messages may have names in them
    """

    id: str
    name: str
    kind: str
    address: str = ""
    secret_ref: str = ""
    options: Mapping[str, str] = {}
    personal: bool = False
    active: bool = True


@needs(Verb.WORK)
def listed(actor: Actor, space: Workspace) -> list[Channel]:
    """All of them, by name."""
    return [of_row(row) for row in space.db.execute(f"{LISTED} ORDER BY name")]


@needs(Verb.WORK)
def find(actor: Actor, space: Workspace, channel: str) -> Channel:
    """One of them, by id. Raises InputError when it is not there any more."""
    for row in space.db.execute(f"{LISTED} WHERE id = ?", [channel]):
        return of_row(row)
    raise InputError("channel.gone")


@needs(Verb.ADMINISTER)
def keep(actor: Actor, space: Workspace, settings: Settings, channel: Channel) -> str:
    """Have this channel, new where its id is ""; its id. Raises InputError for what nothing could be sent to."""
    channel = channel._replace(id=channel.id or uuid4().hex, name=line(channel.name, LONGEST_NAME + 1))
    _check(settings, channel)
    row = channel._asdict() | {"options": json.dumps({**channel.options}), "personal": _of_people(channel)}
    with writing(space.db):
        same = "SELECT count(*) FROM channels WHERE name = ? AND id <> ?"
        if space.db.execute(same, [channel.name, channel.id]).fetchone()[0]:
            raise Refused("channel.name", most=LONGEST_NAME)
        made = {"made_by": actor.name, "made_at": audit.now()}
        space.db.table("channels").upsert(row | made, pk="id")
        told = {"channel": channel.id, "kind": channel.kind, "personal": _of_people(channel), "active": channel.active}
        audit.record(actor, space, "keep channel", told)
    return channel.id


@needs(Verb.ADMINISTER)
def remove(actor: Actor, space: Workspace, channel: str) -> None:
    """Take it away, with all that has not left by it; nothing happens when there is none."""
    with writing(space.db):
        space.db.table("channels").delete_where("id = ?", [channel])
        audit.record(actor, space, "remove channel", {"channel": channel})


def address_of(settings: Settings, channel: Channel) -> str:
    """Where its messages are sent: for programs only, as it may be a secret. Raises Refused where there is none."""
    address = channel.address or settings.secret(channel.secret_ref)
    http.target(settings, address)
    return address


def _of_people(channel: Channel) -> bool:
    """A CRM is about people, whatever was said."""
    return channel.personal or channel.kind in CRM


def _check(settings: Settings, channel: Channel) -> None:
    if not 1 <= len(channel.name) <= LONGEST_NAME:
        raise Refused("channel.name", most=LONGEST_NAME)
    if channel.kind not in KINDS:
        raise Refused("channel.kind")
    if channel.kind == "mail":
        mail.recipient(channel.address)
        return
    if channel.kind == "slack" and channel.address:
        raise Refused("channel.query")
    if channel.kind in CRM and not channel.address:
        raise Refused("channel.address")
    if "?" in channel.address:
        raise Refused("channel.query")
    if not channel.secret_ref and (channel.kind != "webhook" or not channel.address):
        raise Refused("channel.secret")
    address_of(settings, channel)


def of_row(row: tuple) -> Channel:
    """A channel, of a row as `LISTED` gives it."""
    channel = Channel(*row)
    return channel._replace(
        options=json.loads(channel.options), personal=bool(channel.personal), active=bool(channel.active)
    )

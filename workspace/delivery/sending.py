"""Hands a message to the channel that it is for: what each kind of channel does with it."""

from collections.abc import Mapping, Sequence

from workspace.delivery import http, mail
from workspace.delivery.channels import CRM, Channel, address_of
from workspace.delivery.crm import Errand
from workspace.delivery.hubspot import HubSpot
from workspace.delivery.letters import Letter, chat, posted
from workspace.delivery.outbox import Outcome, Row, Send
from workspace.delivery.salesforce import Salesforce
from workspace.delivery.settings import Settings

OF_KIND = {"hubspot": HubSpot, "salesforce": Salesforce}


def by(settings: Settings) -> Send:
    """Sends rows of a channel; what came of each, by key. Raises InputError where nothing arrived."""

    def send(channel: Channel, rows: Sequence[Row]) -> Mapping[str, Outcome]:
        if channel.kind in CRM:
            there = OF_KIND[channel.kind]
            crm = there(settings, address_of(settings, channel), settings.secret(channel.secret_ref), channel.options)
            return crm.hand_over([Errand(row.key, row.body, row.tries - 1) for row in rows])
        return {row.key: letter(settings, channel, row) for row in rows}

    return send


def letter(settings: Settings, channel: Channel, row: Row) -> str:
    """Sends one letter; the id that it has there, where it has one."""
    told = Letter.of(row.body)
    told = told._replace(link=settings.address + told.link if told.link and settings.address else "")
    told = told if channel.personal else told.without_names()
    if channel.kind == "mail":
        return mail.send(settings, channel.address, told, row.key)
    url = address_of(settings, channel)
    if channel.kind == "slack":
        http.ask(settings, "POST", url, chat(told), key=row.key)
    else:
        token = settings.secret(channel.secret_ref) if channel.address and channel.secret_ref else ""
        http.ask(settings, "POST", url, posted(told, row.key), key=row.key, token=token)
    return ""

"""Where messages go, and what has not left; each change is asked for as whoever sees the page."""

from collections.abc import Callable

import pandas as pd

import nps
from nps.notes import note
from pages.session import access, keys
from pages.session.kept import space
from pages.session.notices import say
from workspace.access.permissions import Verb, may
from workspace.delivery import channels, outbox, settings, trying
from workspace.delivery.channels import CRM as CRM
from workspace.delivery.channels import KINDS as KINDS
from workspace.delivery.channels import LONGEST_NAME as LONGEST_NAME
from workspace.delivery.channels import Channel as Channel
from workspace.delivery.outbox import GivenUp as GivenUp
from workspace.delivery.settings import Settings

NEW = Channel("", "", "mail")
OPTIONS = {"hubspot": ("prefix",), "salesforce": ("field", "version")}
SHOWN = keys.of_widget("channel_shown")


def may_change() -> bool:
    """Whether whoever sees the page says where messages go."""
    return may(access.actor(), Verb.ADMINISTER)


def listed() -> list[Channel]:
    """All of them, by name."""
    with space() as known:
        return channels.listed(access.actor(), known)


def mailboxes() -> dict[str, str]:
    """Those that take a digest, by id."""
    return {each.id: each.name for each in listed() if each.kind == "mail" and each.active}


def standing() -> pd.DataFrame:
    """How far messages of each are, by channel: as `outbox.standing`."""
    with space() as known:
        return outbox.standing(access.actor(), known).set_index("channel")


def given_up() -> list[GivenUp]:
    """What is not tried any more."""
    with space() as known:
        return outbox.given_up(access.actor(), known)


def allowed() -> Settings | nps.InputError:
    """What whoever runs the server wrote, or why it cannot be read."""
    try:
        return settings.of_secrets()
    except nps.InputError as unreadable:
        return unreadable


def look_at(channel: str | None) -> None:
    """Open one, or a new one (""); None: none."""
    SHOWN.put(channel)


def shown(known: list[Channel]) -> Channel | None:
    """The one that is open: NEW for one that is made."""
    wanted = SHOWN.get()
    return NEW if wanted == "" else next((each for each in known if each.id == wanted), None)


def keep(channel: Channel) -> None:
    """Have it from now on: for callbacks."""

    def do() -> None:
        with space() as known:
            SHOWN.put(channels.keep(access.actor(), known, settings.of_secrets(), channel))
        say(note("channel.kept", name=channel.name))

    _said(do)


def remove(channel: Channel) -> None:
    """Take it away, with what has not left by it."""

    def do() -> None:
        with space() as known:
            channels.remove(access.actor(), known, channel.id)
        SHOWN.take()

    _said(do)


def test(channel: Channel) -> None:
    """Send a test message, and say what came of it."""

    def do() -> None:
        with space() as known:
            trying.send(access.actor(), known, settings.of_secrets(), channel.id)
        say(note("channel.tested", name=channel.name))

    _said(do)


def again(given: GivenUp) -> None:
    """Try these once more."""
    _with(outbox.again, *given.ids)


def take_back(given: GivenUp) -> None:
    """Have these not leave."""
    _with(outbox.take_back, *given.ids)


def _with(do: Callable[..., None], *more: str) -> None:
    def done() -> None:
        with space() as known:
            do(access.actor(), known, *more)

    _said(done)


def _said(do: Callable[[], None]) -> None:
    try:
        do()
    except nps.InputError as refused:
        say(refused.note)

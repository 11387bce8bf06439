"""All that the app sends to the browser of somebody, message by message."""

from collections.abc import Iterable

from streamlit.testing.v1 import local_script_runner

from web import identity
from web.identity import Visitor
from workspace.access.actor import Actor, Role


def by(monkeypatch, role: Role = Role.VIEWER) -> list:
    """Whoever opens the app has this role from now on; what they are sent, in its order, as it comes."""
    heard = []
    parse = local_script_runner.parse_tree_from_messages
    monkeypatch.setattr(
        local_script_runner, "parse_tree_from_messages", lambda messages: heard.extend(messages) or parse(messages)
    )
    monkeypatch.setattr(identity, "of_page", lambda: Visitor(Actor("vera", role, 7), "owner"))
    return heard


def shown(messages: Iterable) -> list:
    """What of it is shown: not what is known of the session, as the address that was asked for."""
    return [message for message in messages if message.WhichOneof("type") == "delta"]


def words_in(messages: Iterable, words: Iterable[str]) -> list[str]:
    """Which of these words, in lower case, stand anywhere in it."""
    raw = b"".join(message.SerializeToString() for message in messages).lower()
    return [word for word in words if word.encode() in raw]

"""The connections that an administrator wrote into secrets.toml."""

from nps import engines
from nps.engines import Connection
from workspace import configured


def of_secrets() -> dict[str, Connection]:
    """By name."""
    return {name: engines.from_secrets(name, section) for name, section in configured.section("connections").items()}

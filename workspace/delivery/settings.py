"""Where this server may deliver to, and with which secrets: what whoever runs it wrote, as no page can change it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from nps.notes import InputError, Refused
from workspace import configured

SECURITY = ("starttls", "tls", "none")
ENVIRONMENT = "NPS_LENS_SECRET_"


class MailServer(NamedTuple):
    """A server that takes mail.

    security  starttls, tls from the first byte on, or none: then there is no password
    password  the name of a secret
    """

    server: str
    sender: str
    port: int = 587
    security: str = "starttls"
    user: str = ""
    password: str = ""


@dataclass(frozen=True)
class Settings:
    """What may be delivered to.

    hosts         names of hosts, all small letters
    inside        those of them that may lie in this server's own networks
    secrets       by name
    address       at which people open NPS Lens, for links in messages; "" where nobody said
    certificates  a file of authorities to trust in place of the usual ones
    """

    hosts: frozenset[str] = frozenset()
    inside: frozenset[str] = frozenset()
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    mail: MailServer | None = None
    address: str = ""
    certificates: str | None = None

    def secret(self, name: str) -> str:
        """A secret by its name: of the environment, else of secrets.toml. Raises Refused where there is none."""
        found = os.environ.get(ENVIRONMENT + name.upper().replace("-", "_")) or self.secrets.get(name)
        if not found:
            raise Refused("delivery.no_secret", name=name)
        return found.strip()


def of_secrets() -> Settings:
    """The section `delivery` of secrets.toml. Raises InputError where it cannot be read."""
    told = configured.section("delivery")
    try:
        inside = _hosts(told.get("inside", []))
        return Settings(
            hosts=_hosts(told.get("hosts", [])) | inside,
            inside=inside,
            secrets={name: str(secret) for name, secret in told.get("secrets", {}).items()},
            mail=_mail(told.get("mail")),
            address=str(told.get("address", "")).rstrip("/"),
            certificates=told.get("certificates"),
        )
    except (TypeError, AttributeError) as unreadable:
        raise InputError("delivery.settings") from unreadable


def _hosts(names: list[str]) -> frozenset[str]:
    if isinstance(names, str):
        raise TypeError
    return frozenset(name.strip().lower() for name in names)


def _mail(told: Mapping[str, object] | None) -> MailServer | None:
    if told is None:
        return None
    server = MailServer(**told)
    if server.security not in SECURITY or (server.password and server.security == "none"):
        raise TypeError
    return server

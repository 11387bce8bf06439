"""How people sign in, as the administrator set it in the environment. What does not fit together refuses to start."""

import importlib.util
import ipaddress
import os
import sys
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import urlsplit

from streamlit import config

from nps.notes import InputError
from workspace.store.database import open_workspace, place
from workspace.store.mounts import refuse_network

SHORTEST_SECRET = 32


class Login(StrEnum):
    """The ways to sign in: none, for one person at this machine; the app's own passwords; a provider; a proxy."""

    NONE = "none"
    PASSWORD = "password"
    OIDC = "oidc"
    PROXY = "proxy"

    @property
    def has_page(self) -> bool:
        """Whether people sign in on a page of ours."""
        return self in (Login.PASSWORD, Login.OIDC)


class Proxy(NamedTuple):
    """A proxy that knows who people are: the header in which it says so, and what proves that it is the proxy."""

    header: str
    secret: str


class Provider(NamedTuple):
    """An OpenID provider, and as what this server is known there."""

    issuer: str
    client: str
    secret: str
    trusts_email: bool


def login() -> Login:
    """The way to sign in. Raises InputError for a word that is none."""
    said = os.environ.get("NPS_LENS_LOGIN") or Login.NONE
    if said not in [*Login]:
        raise InputError("login.mode", mode=said)
    return Login(said)


def proxy() -> Proxy:
    """Who vouches for people. Raises InputError where the secret is missing, or can be guessed."""
    secret = _needed("NPS_LENS_PROXY_SECRET")
    if len(secret) < SHORTEST_SECRET:
        raise InputError("login.proxy_secret")
    return Proxy(os.environ.get("NPS_LENS_PROXY_HEADER") or "X-Forwarded-Email", secret)


def provider() -> Provider:
    """Where people sign in. Raises InputError for an address at which others could listen."""
    issuer = _needed("NPS_LENS_OIDC_ISSUER").rstrip("/")
    parts = urlsplit(issuer)
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_loopback(parts.hostname or "")):
        raise InputError("login.issuer")
    client, secret = (_needed(f"NPS_LENS_OIDC_{name}") for name in ("CLIENT", "SECRET"))
    return Provider(issuer, client, secret, os.environ.get("NPS_LENS_OIDC_TRUSTS_EMAIL") == "yes")


def base() -> str:
    """What stands before every path of this server: "" or "/lens"."""
    return f"/{path}" if (path := config.get_option("server.baseUrlPath").strip("/")) else ""


def start() -> None:
    """End the process, with one sentence, where it must not serve like this."""
    try:
        check()
        refuse_network(place())
        if login() is not Login.NONE:
            with open_workspace(place()):  # those who sign in are written there
                return
    except (InputError, OSError) as unfit:
        sys.exit(str(unfit))


def check() -> None:
    """Raises InputError for settings that would let somebody in, or could let nobody in."""
    mode = login()
    if mode is Login.NONE and not _only_this_machine():
        raise InputError("login.none_from_outside")
    if mode is Login.PROXY:
        proxy()
    if mode is Login.OIDC:
        provider()
        if not importlib.util.find_spec("authlib"):
            raise InputError("login.no_package")


def _needed(name: str) -> str:
    if not (value := os.environ.get(name)):
        raise InputError("login.setting", mode=login().value, name=name)
    return value


def from_outside(server: tuple[str, int | None] | None) -> bool:
    """Whether a request where nobody signs in came by an address that others can reach; it may be served otherwise."""
    return login() is Login.NONE and server is not None and not _is_loopback(server[0].removeprefix("::ffff:"))


def _only_this_machine() -> bool:
    """Whether the address it listens at, and every name it answers to, are of this machine alone; no name is any."""
    names = config.get_option("server.allowedHosts")
    return bool(names) and all(map(_is_loopback, (config.get_option("server.address") or "", *names)))


def _is_loopback(name: str) -> bool:
    if name.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False

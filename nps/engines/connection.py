"""Where a database is, who asks, and which hosts may be asked."""

import ipaddress
import re
import socket
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, unquote, urlsplit

from nps.sources import InputError

ALIASES = {"postgresql": "postgres", "mariadb": "mysql", "pyspark": "spark", "sql": ""}
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.\-]{0,251}[A-Za-z0-9])?|[0-9A-Fa-f:.]{2,45}")


@dataclass(frozen=True)
class Connection:
    """Where a database is and who asks.

    engine   a name of `engines.ENGINES`
    options  what else the engine's driver is told: warehouse, role, http_path, master...
    trusted  whether the administrator wrote it: then any host and any file will do
    Neither the password nor the options are part of its text.
    """

    engine: str
    host: str = ""
    port: int | None = None
    database: str = ""
    schema: str = ""
    username: str = ""
    password: str = field(default="", repr=False)
    options: tuple[tuple[str, str | int | bool], ...] = field(default=(), repr=False)
    trusted: bool = False


def from_secrets(name: str, section: Mapping) -> Connection:
    """A `[connections.NAME]` section of secrets.toml, by Streamlit's convention: keys, or one `url`.

    Raises InputError when it cannot be told which engine is meant.
    """
    said = {key.casefold(): value for key, value in section.items()}
    said = _of_url(str(said.pop("url"))) | said if "url" in said else said
    words = [str(said.pop(key, "")).casefold().partition("+")[0] for key in ("dialect", "type", "engine")]
    said.pop("driver", None)
    engine = next((known for word in (*words, name.casefold()) if (known := ALIASES.get(word, word))), "")
    fields = {
        "host": said.pop("host", said.pop("server_hostname", "")),
        "database": said.pop("database", said.pop("path", "")),
        "schema": said.pop("schema", ""),
        "username": said.pop("username", said.pop("user", "")),
        "password": said.pop("password", said.pop("access_token", "")),
    }
    port = said.pop("port", None)
    options = dict(said.pop("query", {})) | dict(said.pop("options", {})) | said
    return Connection(
        engine,
        port=int(port) if port else None,
        options=tuple(sorted(options.items())),
        trusted=True,
        **{key: str(value) for key, value in fields.items()},
    )


def _of_url(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    found = {
        "dialect": parts.scheme,
        "host": parts.hostname or "",
        "port": parts.port,
        "database": unquote(parts.path.removeprefix("/")),
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "query": dict(parse_qsl(parts.query)),
    }
    return {key: value for key, value in found.items() if value}


def pinned(connection: Connection, allowed: Collection[str] = ()) -> Connection:
    """The same connection at a checked address, for people who typed the host: what was checked is what is asked.

    allowed  hosts that the administrator lets people enter, whatever network they are in
    Raises InputError for a host that is none, is unknown, or lies in this server's own networks.
    """
    host = connection.host.strip().casefold()
    if connection.trusted or host in {name.casefold() for name in allowed}:
        return connection
    if not _HOST.fullmatch(host):
        raise InputError("The host is a name like db.example.com or an address like 203.0.113.7, nothing more.")
    try:
        found = socket.getaddrinfo(host, connection.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):  # a part of the name is empty, or too long
        raise InputError(f"There is no host called {host}. Check the spelling, or ask your administrator.") from None
    addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    if not all(_public(address) for address in addresses):
        raise InputError(
            f"{host} is inside this server's own network, where only an administrator may point it. Ask them to add "
            "the connection to secrets.toml, or the host to NPS_LENS_DATABASE_HOSTS."
        )
    return replace(connection, options=(*connection.options, ("hostaddr", str(addresses[0]))))


def _public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None) or address
    return address.is_global and inner.is_global and not inner.is_multicast and not inner.is_reserved

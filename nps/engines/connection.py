"""Where a database is, who asks, and which hosts may be asked."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, unquote, urlsplit

from nps.engines.addresses import public_address
from nps.notes import Refused

ALIASES = {"postgresql": "postgres", "mariadb": "mysql", "pyspark": "spark", "sql": ""}


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
    values = {key.casefold(): value for key, value in section.items()}
    values = _of_url(str(values.pop("url"))) | values if "url" in values else values
    words = [str(values.pop(key, "")).casefold().partition("+")[0] for key in ("dialect", "type", "engine")]
    values.pop("driver", None)
    engine = next((alias for word in (*words, name.casefold()) if (alias := ALIASES.get(word, word))), "")
    fields = {
        "host": values.pop("host", values.pop("server_hostname", "")),
        "database": values.pop("database", values.pop("path", "")),
        "schema": values.pop("schema", ""),
        "username": values.pop("username", values.pop("user", "")),
        "password": values.pop("password", values.pop("access_token", "")),
    }
    port = values.pop("port", None)
    options = dict(values.pop("query", {})) | dict(values.pop("options", {})) | values
    return Connection(
        engine,
        port=int(port) if port else None,
        options=tuple(sorted(options.items())),
        trusted=True,
        **{key: str(value) for key, value in fields.items()},
    )


def _of_url(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    named = {
        "dialect": parts.scheme,
        "host": parts.hostname or "",
        "port": parts.port,
        "database": unquote(parts.path.removeprefix("/")),
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "query": dict(parse_qsl(parts.query)),
    }
    return {key: value for key, value in named.items() if value}


def pinned(connection: Connection, allowed: Collection[str] = ()) -> Connection:
    """The same connection at a checked address, for people who typed the host: what was checked is what is asked.

    allowed  hosts that the administrator lets people enter, whatever network they are in
    Raises InputError for a host that is none, is unknown, or lies in this server's own networks.
    """
    host = connection.host.strip().casefold()
    if connection.trusted or host in {name.casefold() for name in allowed}:
        return connection
    return replace(connection, options=(*connection.options, ("hostaddr", public_address(host, connection.port))))


def check_typed(connection: Connection) -> None:
    """Raise InputError where what people typed has no user or password, as a driver takes this server's own then."""
    if not connection.username.strip() or not connection.password:
        raise Refused("connection.no_user")
    texts = (connection.host, connection.database, connection.schema, connection.username, connection.password)
    if not all(text.isprintable() for text in texts) or not _is_port(connection.port):
        raise Refused("connection.unseen_signs")


def _is_port(port: object) -> bool:
    return port is None or (isinstance(port, int) and 1 <= port <= 65535)

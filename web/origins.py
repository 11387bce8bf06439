"""Whether a request names this server, and comes from a page of it: where other sites end."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from streamlit import config, net_util
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}

net_util.get_external_ip = lambda: None  # Streamlit would ask a web service for it whenever a foreign page knocks


def foreign(headers: Headers) -> int | None:
    """400 for a name that is not this server's, 403 for a page of another origin, port included; else None."""
    if not is_host_allowed(headers.get("host")):
        return 400
    origin = headers.get("origin")
    if origin is None or _site(origin) in _own_sites(headers.get("host", ""), origin):
        return None
    return 403


def _own_sites(host: str, origin: str) -> set[tuple]:
    """Where our page may come from: the host that was asked, or one that the administrator names."""
    named = [f"{origin.partition('://')[0]}://{host}", *config.get_option("server.corsAllowedOrigins")]
    if config.is_manually_set("browser.serverAddress"):
        named.append(f"https://{config.get_option('browser.serverAddress')}")
    return {_site(name) for name in named} - {None}


def _site(origin: str) -> tuple[str, int] | None:
    """Host and port; None when it is no origin."""
    try:
        parts = urlsplit(origin)
        return (parts.hostname, parts.port or PORTS[parts.scheme]) if parts.hostname else None
    except (ValueError, KeyError):
        return None

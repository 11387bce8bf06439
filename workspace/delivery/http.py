"""The one way in which anything leaves by HTTP.

To a host that is listed, to the address that was judged, over TLS that is checked against the name; never redirected,
by no proxy of the environment, and within a time. What is raised names neither body nor token nor path.
"""

import http.client
import json
import socket
import ssl
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import SplitResult, urlencode, urlsplit

from nps.engines.addresses import is_public
from nps.notes import Refused, Unreachable
from workspace.delivery.limit import limit
from workspace.delivery.settings import Settings

CONNECT_SECONDS, READ_SECONDS, ALL_SECONDS = 5.0, 10.0, 25.0
MOST_BYTES = 64 * 1024
LONGEST_WAIT = 300  # seconds
AGAIN = {408, 425, 429, 500, 502, 503, 504}
MOVED = range(300, 400)
JSON, FORM = "application/json", "application/x-www-form-urlencoded"


def ask(
    settings: Settings,
    method: str,
    url: str,
    body: object = None,
    *,
    key: str = "",
    token: str = "",
    form: bool = False,
    most: int = MOST_BYTES,
) -> Any:
    """What is answered, as JSON; {} where that is none, or longer than `most` bytes.

    key   tells the receiver that it has this already
    form  the body is a form, not JSON
    Raises Unreachable for what may do another time (its value `after`: seconds that the receiver asks for), Refused
    for what will not do until somebody changes something.
    """
    to = target(settings, url)
    host = str(to.hostname)
    wire = _Pinned(host, to.port or 443, address_of(settings, host, to.port or 443), settings.certificates)
    content = None if body is None else (urlencode(body) if form else json.dumps(body)).encode()  # type: ignore[arg-type]
    head = {"User-Agent": "NPS Lens", "Accept": JSON} | ({"Content-Type": FORM if form else JSON} if content else {})
    head |= {"Idempotency-Key": key} if key else {}
    head |= {"Authorization": f"Bearer {token}"} if token else {}
    path = (to.path or "/") + (f"?{to.query}" if to.query else "")
    with limit(ALL_SECONDS, host, lambda: wire.open_one):
        status, after, raw = _asked(wire, method, path, content, head, most)
    _judge(host, status, after)
    return _read(raw, most)


def target(settings: Settings, url: str) -> SplitResult:
    """The parts of an address. Raises Refused for one that may not be delivered to."""
    try:
        to = urlsplit(url)
        port = to.port
    except ValueError:
        raise Refused("delivery.not_https") from None
    plain = url.isascii() and url.isprintable() and not {" ", "\\", "#"} & {*url}
    if not plain or to.scheme != "https" or not to.hostname or "@" in to.netloc or port == 0:
        raise Refused("delivery.not_https")
    if to.hostname not in settings.hosts:
        raise Refused("delivery.not_listed", host=to.hostname)
    return to


def address_of(settings: Settings, host: str, port: int) -> str:
    """The address to connect to: every one of the host is public, unless it may lie inside."""
    try:
        found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise Unreachable("delivery.unknown_host", host=host) from None
    if host not in settings.inside and not all(map(is_public, found)):
        raise Refused("delivery.inside", host=host)
    return found[0]


def retry_after(text: str | None, now: datetime | None = None) -> float | None:
    """Seconds, at most 300, from seconds or a date; None where it says nothing."""
    text = (text or "").strip()
    if text.isascii() and text.isdecimal():
        return float(min(int(text[:6]), LONGEST_WAIT))
    with suppress(ValueError):
        then = parsedate_to_datetime(text)
        wait = (then if then.tzinfo else then.replace(tzinfo=UTC)) - (now or datetime.now(UTC))
        return min(max(wait.total_seconds(), 0.0), LONGEST_WAIT)
    return None


class _Pinned(http.client.HTTPSConnection):
    """TLS is checked against the name, the connection goes to the address that was judged."""

    def __init__(self, host: str, port: int, address: str, certificates: str | None) -> None:
        super().__init__(host, port)
        self.address, self.open_one = address, None
        self.trusted = ssl.create_default_context(cafile=certificates)

    def connect(self) -> None:
        plain = socket.create_connection((self.address, self.port), CONNECT_SECONDS)
        try:
            self.sock = self.open_one = self.trusted.wrap_socket(
                plain, server_hostname=self.host, do_handshake_on_connect=False
            )
        except BaseException:
            plain.close()
            raise
        self.sock.do_handshake()
        self.sock.settimeout(READ_SECONDS)


def _asked(
    wire: _Pinned, method: str, path: str, content: bytes | None, head: dict[str, str], most: int
) -> tuple[int, str | None, bytes]:
    """Status, Retry-After and body, of which one byte more than `most` at most."""
    try:
        wire.request(method, path, content, head)
        answer = wire.getresponse()
        return answer.status, answer.getheader("Retry-After"), answer.read(most + 1)
    except ssl.SSLCertVerificationError:
        raise Unreachable("delivery.certificate", host=wire.host) from None
    except (OSError, http.client.HTTPException):
        raise Unreachable("delivery.no_answer", host=wire.host) from None
    finally:
        wire.close()


def _judge(host: str, status: int, after: str | None) -> None:
    if status in AGAIN:
        if (seconds := retry_after(after)) is not None:
            raise Unreachable("delivery.busy", host=host, status=status, after=seconds)
        raise Unreachable("delivery.again", host=host, status=status)
    if status in MOVED:
        raise Refused("delivery.moved", host=host)
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        raise Refused("delivery.not_allowed", host=host, status=status)
    if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        raise Refused("delivery.status", host=host, status=status)


def _read(raw: bytes, most: int) -> Any:
    if len(raw) > most:
        return {}
    try:
        return json.loads(raw)
    except ValueError:
        return {}

"""Who may talk to this server: what one browser made is for that browser alone, and what is not known is closed."""

import secrets
from urllib.parse import urlsplit

from google.protobuf.message import DecodeError
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config, net_util
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from nps.notes import note
from web import uploads
from web.owners import Downloads, Sessions, addresses, browser_of, new_cookie, session_opened

OPEN = (("health",), ("static",))
CLOSED = (("_stcore", "metrics"), ("_stcore", "agent"), ("auth",), ("oauth2callback",))
NO_PAGES = ("_stcore", "media", "component", "static")
ASKED = {"rerun_script", "stop_script", "file_urls_request", "backend_operation_request", "app_heartbeat"}
STREAM, UPLOAD = ("_stcore", "stream"), ("_stcore", "upload_file")
PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}
REFUSALS = {
    400: note("request.other_name"),
    401: note("request.no_cookie"),
    403: note("request.not_yours"),
    404: note("request.nothing_here"),
}

net_util.get_external_ip = lambda: None  # Streamlit would ask a web service for it whenever a foreign page knocks


class Guard:
    """ASGI middleware in front of everything that Streamlit serves."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.sessions, self.downloads = Sessions(uploads.forget), Downloads()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        browser = browser_of(headers.get("cookie", ""))
        if status := foreign(headers) or self._refusal(scope, headers, browser):
            await _refuse(status, scope, receive, send)
        elif scope["type"] == "websocket":
            await self._socket(scope, receive, send, browser or secrets.token_hex())
        elif browser is None and _is_page(scope, headers, path_parts(scope)):
            await self.app(scope, receive, _with_cookie(scope, send))
        else:
            await self.app(scope, receive, send)

    def _refusal(self, scope: Scope, headers: Headers, browser: str | None) -> int | None:
        """The status that refuses a request of our own page, or None."""
        parts = path_parts(scope)
        if _within(parts, CLOSED) or (scope["type"] == "websocket" and parts != STREAM):
            return 404
        if scope["type"] == "websocket" or _within(parts, OPEN) or _is_page(scope, headers, parts):
            return None
        if browser is None:
            return 401
        return None if self._owns(browser, parts) else 403

    def _owns(self, browser: str, parts: tuple[str, ...]) -> bool:
        if _within(parts, [UPLOAD]):
            return len(parts) == 4 and self.sessions.belongs(parts[2], browser)
        if _within(parts, [("media",)]):
            return self.downloads.belongs("/" + "/".join(parts), browser)
        return True

    async def _socket(self, scope: Scope, receive: Receive, send: Send, browser: str) -> None:
        """Hear which session this is, and which addresses it is told."""
        scope, there = self._own_session_only(scope, browser)
        greeted = False

        async def send_and_note(message: Message) -> None:
            nonlocal greeted
            blob = message.get("bytes") or b""
            if not greeted or b"/media/" in blob:
                told = ForwardMsg.FromString(blob)
                for address in addresses(told):
                    self.downloads.tell(address, browser)
                if session := session_opened(told):
                    greeted = True
                    there.add(session)
                    self.sessions.connected(session, browser)
            await send(message)

        try:
            await self.app(scope, only_asked(receive), send_and_note)
        finally:
            for session in there:
                self.sessions.disconnected(session)

    def _own_session_only(self, scope: Scope, browser: str) -> tuple[Scope, set[str]]:
        """The third subprotocol names the session to come back to: it stays where it is the browser's own."""
        named = [part.strip() for part in Headers(scope=scope).get("sec-websocket-protocol", "").split(",")]
        own = {session for session in named[2:3] if self.sessions.belongs(session, browser)}
        for session in own:
            self.sessions.connected(session, browser)
        kept = named[: 3 if own else 2]
        scope = {**scope, "headers": list(scope["headers"]), "subprotocols": kept}
        if any(named):
            MutableHeaders(scope=scope)["sec-websocket-protocol"] = ", ".join(kept)
        return scope, own


def only_asked(receive: Receive) -> Receive:
    """What our page asks for; others would empty everybody's caches, or tell of the server's source."""

    async def receive_asked() -> Message:
        while not _is_asked((message := await receive()).get("bytes")):
            pass
        return message

    return receive_asked


def _is_asked(frame: bytes | None) -> bool:
    """False for what our page never sends; Streamlit ends the socket at what is no message at all."""
    try:
        return not frame or BackMsg.FromString(frame).WhichOneof("type") in ASKED
    except DecodeError:
        return True


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


def path_parts(scope: Scope) -> tuple[str, ...]:
    """The path below where this server is mounted."""
    path = tuple(part for part in scope["path"].removeprefix(scope.get("root_path", "")).split("/") if part)
    base = tuple(part for part in config.get_option("server.baseUrlPath").split("/") if part)
    return path[len(base) :] if base and path[: len(base)] == base else path


def _within(parts: tuple[str, ...], places) -> bool:
    return any(parts[: len(place)] == place for place in places)


def _is_page(scope: Scope, headers: Headers, parts: tuple[str, ...]) -> bool:
    wanted = scope["method"] in ("GET", "HEAD") and "text/html" in headers.get("accept", "")
    return wanted and parts[:1] not in [(name,) for name in NO_PAGES]


def _with_cookie(scope: Scope, send: Send) -> Send:
    async def send_with_cookie(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.append("Set-Cookie", new_cookie(scope["scheme"] == "https"))
            headers["Cache-Control"] = "private, no-cache"  # no cache may hand it to others
        await send(message)

    return send_with_cookie


async def _refuse(status: int, scope: Scope, receive: Receive, send: Send) -> None:
    """In a sentence; whoever is refused sends no more."""
    await PlainTextResponse(str(REFUSALS[status]), status, {"Connection": "close"})(scope, receive, send)

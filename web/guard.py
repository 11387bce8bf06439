"""Who may talk to this server: what is not known is closed, and what somebody made is for them alone.

Where people sign in, anonymous visitors get the page to do so and nothing else. Where nobody does, a page gives its
browser a cookie, and what that browser made is for that browser alone.
"""

import secrets
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from nps.notes import note
from web import identity, settings, uploads
from web.identity import Visitor
from web.origins import foreign
from web.owners import Downloads, Sessions, new_cookie
from web.routes import CLOSED, MEDIA, METRICS, STREAM, UPLOAD, Parts, is_open, is_page, path_parts, within
from web.settings import Login
from web.sockets import Sockets
from workspace.access.actor import Actor, Role
from workspace.access.permissions import Verb, may

REFUSALS = {
    400: note("request.other_name"),
    401: note("request.no_cookie"),
    403: note("request.not_yours"),
    404: note("request.nothing_here"),
}


class Guard:
    """ASGI middleware in front of everything that Streamlit serves."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.sessions, self.downloads = Sessions(uploads.forget), Downloads()
        self.sockets = Sockets(app, self.sessions, self.downloads)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers, parts = Headers(scope=scope), path_parts(scope)
        if status := foreign(headers) or (403 if settings.from_outside(scope.get("server")) else None):
            await _refuse(status, scope, receive, send)
            return
        visitor = None if is_open(scope, parts) else identity.of_request(headers)
        if status := self._refusal(scope, parts, visitor):
            await _refuse(status, scope, receive, send)
        elif scope["type"] == "websocket":
            await self.sockets.serve(scope, receive, send, visitor or _bare())
        elif visitor is None and is_page(scope, headers, parts) and settings.login() is Login.NONE:
            await self.app(scope, receive, _with_cookie(scope, send))
        else:
            await self.app(scope, receive, send)

    def _refusal(self, scope: Scope, parts: Parts, visitor: Visitor | None) -> int | None:
        """The status that refuses a request of our own page, or None."""
        if any(within(parts, place) for place in CLOSED) or (within(parts, METRICS) and not _sees_metrics(visitor)):
            return 404
        if scope["type"] == "websocket" and parts != STREAM:
            return 404
        if is_open(scope, parts) or (visitor is None and _needs_nobody(scope, parts)):
            return None
        if visitor is None:
            return 401
        return None if self._may(visitor, parts) else 403

    def _may(self, visitor: Visitor, parts: Parts) -> bool:
        if within(parts, UPLOAD):
            own = len(parts) == 4 and self.sessions.belongs(parts[2], visitor.owner)
            return own and may(visitor.actor, Verb.WORK)
        if within(parts, MEDIA):
            return self.downloads.belongs("/" + "/".join(parts), visitor.owner)
        return True


def _needs_nobody(scope: Scope, parts: Parts) -> bool:
    """Where nobody signs in, pages are for whoever comes, and a socket without a cookie sees them."""
    if settings.login() is not Login.NONE:
        return False
    return scope["type"] == "websocket" or is_page(scope, Headers(scope=scope), parts)


def _sees_metrics(visitor: Visitor | None) -> bool:
    return settings.login() is not Login.NONE and visitor is not None and may(visitor.actor, Verb.ADMINISTER)


def _bare() -> Visitor:
    """A browser without a cookie: it can give and fetch nothing."""
    nobody = secrets.token_hex()
    return Visitor(Actor(nobody, Role.ADMIN), nobody)


def _with_cookie(scope: Scope, send: Send) -> Send:
    async def send_with_cookie(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.append("Set-Cookie", new_cookie(scope["scheme"] == "https"))
            headers["Cache-Control"] = "private, no-cache"  # no cache may hand it to others
        await send(message)

    return send_with_cookie


async def _refuse(status: int, scope: Scope, receive: Receive, send: Send) -> None:
    """In a sentence, or by the page to sign in; whoever is refused sends no more."""
    page = is_page(scope, Headers(scope=scope), path_parts(scope))
    if status == 401 and page and settings.login().has_page:
        query = f"?{asked}" if (asked := scope["query_string"].decode("latin-1")) else ""
        wanted = quote(scope["path"] + query, safe="")
        await RedirectResponse(f"{settings.base()}/login?next={wanted}", 303)(scope, receive, send)
        return
    told = note("login.by_proxy") if status == 401 and settings.login() is Login.PROXY else REFUSALS[status]
    await PlainTextResponse(str(told), status, {"Connection": "close"})(scope, receive, send)

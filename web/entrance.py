"""What every way to sign in ends at: the page with what went wrong, or a session and where somebody wanted to."""

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import parse_qs, quote

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from nps.notes import note
from nps.wording import _
from web import settings
from web.login_page import field, form, link, page
from web.owners import COOKIE
from web.settings import Login
from workspace.access import sessions
from workspace.access.actor import Actor
from workspace.store.database import Workspace, open_workspace, place

T = TypeVar("T")
MOST_BODY = 16 * 1024
_HASHING = CapacityLimiter(2)  # each takes 32 MB, and a core for half a second


def asked(request: Request, problem: str | None = None, status: int = 200, name: str = "") -> Response:
    """The page to sign in, with what went wrong."""
    told = note(problem) if problem else None
    to = f"?next={quote(wanted(request), safe='')}"
    if settings.login() is Login.OIDC:
        company = link(f"{settings.base()}/login/oidc{to}", _("Sign in with your company account"))
        return page(_("Sign in"), company, told=told, status=status)
    fields = (
        field("login", _("E-mail address"), "text", "username", name, first=not name),
        field("password", _("Password"), "password", "current-password", first=bool(name)),
    )
    return page(_("Sign in"), form(to, _("Sign in"), *fields), told=told, status=status)


async def signed_in(request: Request, user: Actor, to: str) -> Response:
    """Begin a session, and go where somebody wanted to."""
    way = settings.login().value
    token = await in_workspace(lambda space: sessions.begin(Actor.SYSTEM, space, user, way))
    answer = RedirectResponse(to, 303)
    kept = {"max_age": int(sessions.LASTS.total_seconds()), "httponly": True, "samesite": "lax"}
    answer.set_cookie(COOKIE, token, secure=request.url.scheme == "https", **kept)
    return answer


async def said_in(request: Request) -> dict[str, str] | None:
    """The fields of a form; None for more than any form of ours holds: it is not read to its end."""
    body = b""
    async for block in request.stream():
        body += block
        if len(body) > MOST_BODY:
            return None
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[0] for name, values in fields.items()}


async def in_workspace(do: Callable[[Workspace], T]) -> T:
    """What comes of it in a thread of its own: others are served meanwhile."""

    def done() -> T:
        with open_workspace(place()) as space:
            return do(space)

    return await to_thread.run_sync(done, limiter=_HASHING)


def wanted(request: Request) -> str:
    """Where somebody was going to when they were asked to sign in."""
    return own_path(request.query_params.get("next", "")) or f"{settings.base()}/"


def own_path(text: str) -> str | None:
    """A path of this server; None for anything that a browser might take for another's."""
    own = text.startswith("/") and not text.startswith("//")
    return text if own and text.isprintable() and "\\" not in text else None

"""Signing in and out, and a password of one's own: pages without a script, for people whom somebody invited."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from nps.notes import InputError, note
from nps.wording import _
from web import identity, settings
from web.entrance import asked, in_workspace, said_in, signed_in, wanted
from web.identity import Visitor
from web.login_page import field, form, link, page, words
from web.owners import COOKIE
from web.settings import Login
from web.sockets import look_again
from web.tries import Tries
from workspace.access import sessions, users, ways
from workspace.access.actor import Actor

_TRIES = Tries()


def routes() -> list[BaseRoute]:
    """What is added to the server where people sign in at it."""
    if not settings.login().has_page:
        return []
    found = [("/logout", signing_out, ["GET", "POST"])]
    if settings.login() is Login.OIDC:
        from web import oidc  # here, as its packages are needed for nothing else

        found += [("/login", signing_in, ["GET"]), *oidc.ROUTES]
    else:
        found += [("/login", signing_in, ["GET", "POST"]), ("/password", own_password, ["GET", "POST"])]
    return [Route(settings.base() + path, ask, methods=methods, name=ask.__name__) for path, ask, methods in found]


async def signing_in(request: Request) -> Response:
    """The page; or somebody's try to sign in."""
    visitor = identity.of_request(request.headers)
    if request.method == "POST":
        return await _try(request)
    return _already(visitor, request) if visitor else asked(request)


def _already(visitor: Visitor, request: Request) -> Response:
    told = words(_("You are signed in as {login}.", login=visitor.actor.login))
    out = form(f"{settings.base()}/logout", _("Sign out"), quiet=True)
    return page("NPS Lens", told, link(wanted(request), _("Open NPS Lens")), out)


async def _try(request: Request) -> Response:
    said = await said_in(request)
    if said is None:
        return Response(status_code=413, headers={"Connection": "close"})
    name = said.get("login", "")
    marks = f"login {users.folded(name)}", f"address {request.client.host if request.client else ''}"
    if not _TRIES.one_more(*marks):
        return asked(request, "login.too_often", 429, name)
    user = await in_workspace(lambda space: ways.by_password(Actor.SYSTEM, space, name, said.get("password", "")))
    if user is None:
        return asked(request, "login.wrong", 401, name)
    _TRIES.forgive(*marks)
    return await signed_in(request, user, wanted(request))


async def signing_out(request: Request) -> Response:
    """End this session, in every tab; for whoever only comes by, the page that asks."""
    visitor = identity.of_request(request.headers)
    if request.method != "POST" or visitor is None:
        return RedirectResponse(f"{settings.base()}/login", 303)
    await in_workspace(lambda space: sessions.end(visitor.actor, space, visitor.owner))
    look_again()
    answer = RedirectResponse(f"{settings.base()}/login", 303)
    answer.delete_cookie(COOKIE, httponly=True, samesite="lax", secure=request.url.scheme == "https")
    return answer


async def own_password(request: Request) -> Response:
    """A new password of one's own; it signs out everywhere."""
    if request.method == "GET":
        return _new_password()
    said, visitor = await said_in(request), identity.of_request(request.headers)
    if visitor is None:
        return RedirectResponse(f"{settings.base()}/login", 303)
    if said is None or not _TRIES.one_more(mark := f"login {visitor.actor.login}"):
        return _new_password("login.too_often", 429)
    present, new = said.get("password", ""), said.get("new", "")
    try:
        await in_workspace(lambda space: users.change_own_password(visitor.actor, space, present, new))
    except InputError as refused:
        return _new_password(refused, 400)
    look_again()
    _TRIES.forgive(mark)
    return RedirectResponse(f"{settings.base()}/login", 303)


def _new_password(problem: InputError | str | None = None, status: int = 200) -> Response:
    told = problem.note if isinstance(problem, InputError) else note(problem) if problem else None
    fields = (
        field("password", _("Present password"), "password", "current-password", first=True),
        field("new", _("New password, 10 characters or more"), "password", "new-password"),
    )
    back = f'<a class="button quiet" href="{settings.base() or "/"}">{_("Back")}</a>'
    after = words(_("Then you are signed out everywhere, and sign in with the new one."))
    return page(_("Change your password"), form("", _("Change"), *fields), back, after, told=told, status=status)

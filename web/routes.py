"""The paths of this server, told apart: open to anybody, there for nobody, pages, and whose the rest is."""

from starlette.datastructures import Headers
from starlette.types import Scope

from web import settings

Parts = tuple[str, ...]
OPEN, STATIC = {("health",)}, ("static",)  # code of components comes late, also after signing out
SIGNING_IN = {("login",), ("login", "oidc"), ("login", "oidc", "callback")}
CLOSED = (("_stcore", "agent"), ("auth",), ("oauth2callback",))
METRICS = ("_stcore", "metrics")
STREAM, UPLOAD, MEDIA = ("_stcore", "stream"), ("_stcore", "upload_file"), ("media",)
NO_PAGES = ("_stcore", "media", "component", "static")


def path_parts(scope: Scope) -> Parts:
    """The path below where this server is mounted."""
    path = tuple(part for part in scope["path"].removeprefix(scope.get("root_path", "")).split("/") if part)
    base = tuple(part for part in settings.base().split("/") if part)
    return path[len(base) :] if base and path[: len(base)] == base else path


def is_open(scope: Scope, parts: Parts) -> bool:
    """Whether anybody may ask for it: what is asked for by its one spelling, and files of pages."""
    if scope["type"] != "http":
        return False
    if within(parts, STATIC):
        return True
    spelled = scope["path"].endswith("/" + "/".join(parts)) and "//" not in scope["path"]
    return spelled and parts in (OPEN | SIGNING_IN if settings.login().has_page else OPEN)


def is_page(scope: Scope, headers: Headers, parts: Parts) -> bool:
    """Whether a browser wants to show what it gets."""
    wanted = scope["type"] == "http" and scope["method"] in ("GET", "HEAD") and "text/html" in headers.get("accept", "")
    return wanted and parts[:1] not in [(name,) for name in NO_PAGES]


def within(parts: Parts, place: Parts) -> bool:
    """Whether a path is that one or below it."""
    return parts[: len(place)] == place

"""Who talks to this server, asked again for every request: of a session, of what a proxy says, or just a browser.

The workspace is held open for that, by one connection for all threads: a look-up takes some tens of microseconds.
"""

import os
import secrets
from collections.abc import Mapping
from contextlib import ExitStack
from threading import Lock
from typing import NamedTuple

import streamlit as st
from starlette.datastructures import Headers

from web import settings
from web.owners import browser_of
from web.settings import Login
from workspace.access import sessions, ways
from workspace.access.actor import Actor, Role
from workspace.store.database import Workspace, open_workspace, place


class Visitor(NamedTuple):
    """Who talks to us.

    owner  what sockets, uploads and downloads belong to: the browser, the session or the name that a proxy gives
    """

    actor: Actor
    owner: str


def of_request(headers: Headers) -> Visitor | None:
    """Who sends a request; None for nobody, and where a proxy's header comes twice: one of them is not the proxy's."""
    if settings.login() is Login.PROXY and len(headers.getlist(settings.proxy().header)) > 1:
        return None
    return _of(headers)


def of_page() -> Visitor | None:
    """Who sees the page that runs right now."""
    return _of(st.context.headers)


def again(owner: str) -> Visitor | None:
    """Who that is by now: None for whoever was signed out, or may not come in any more."""
    mode = settings.login()
    if mode is Login.NONE:
        return Visitor(Actor(owner, Role.ADMIN), owner)
    if mode is Login.PROXY:
        actor = _HELD.ask(ways.by_name, owner)
        return Visitor(actor, actor.login) if actor else None
    actor = _HELD.ask(sessions.whose, owner)
    return Visitor(actor, owner) if actor else None


def _of(headers: Mapping[str, str]) -> Visitor | None:
    if settings.login() is not Login.PROXY:
        browser = browser_of(headers.get("cookie", ""))
        return again(browser) if browser else None
    proxy = settings.proxy()
    proved = secrets.compare_digest(headers.get("x-proxy-secret", "").encode(), proxy.secret.encode())
    name = headers.get(proxy.header, "")
    return again(name) if proved and name else None


class _Held:
    """The workspace, opened when it is first asked, and anew where another one is named."""

    def __init__(self) -> None:
        self._lock, self._opened = Lock(), ExitStack()
        self._named: str | None = None
        self._space: Workspace | None = None

    def ask(self, find, *values: str) -> Actor | None:
        """What a function of the workspace finds, for one at a time."""
        with self._lock:
            named = os.environ.get("NPS_LENS_WORKSPACE", "")
            if self._named != named:
                self._opened.close()
                self._space = self._opened.enter_context(open_workspace(place(), any_thread=True))
                self._named = named
            return find(Actor.SYSTEM, self._space, *values)


_HELD = _Held()

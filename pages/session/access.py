"""Who this session is, asked again for every run, and which pages are theirs."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic
from typing import NamedTuple

import streamlit as st

from nps.notes import Refused
from pages.session import keys
from web import identity, settings
from web.identity import Visitor
from web.settings import Login
from web.sockets import ASKED_AGAIN, look_again
from workspace.access import sessions
from workspace.access.actor import Actor
from workspace.access.permissions import Verb, may
from workspace.store.database import open_workspace, place

NEEDS = {  # address of a page -> what whoever opens it may do; pages that are not named are everybody's
    **dict.fromkeys(("map", "reasons", "people", "person", "accounts", "follow_up"), Verb.SEE_PEOPLE),
    "data": Verb.WORK,
    "team": Verb.ADMINISTER,
}
NAMED = ("accounts", "follow_up")  # pages that say nothing without names


class _Asked(NamedTuple):
    """Who a run is for, and when that was asked."""

    visitor: Visitor | None = None
    at: float = float("-inf")


_ASKED: ContextVar[_Asked | None] = ContextVar("asked", default=None)


@contextmanager
def a_run() -> Iterator[None]:
    """As long as this lasts, who somebody is, is asked once a second, however often it matters."""
    before = _ASKED.set(_Asked())
    try:
        yield
    finally:
        _ASKED.reset(before)


def visitor() -> Visitor | None:
    """Who sees this page; None for whoever was signed out. Where nobody signs in, a browser, else this session."""
    if (known := _ASKED.get()) is None:
        return _visitor()
    if monotonic() - known.at >= ASKED_AGAIN:
        known = _Asked(_visitor(), monotonic())
        _ASKED.set(known)
    return known.visitor


def _visitor() -> Visitor | None:
    if (found := identity.of_page()) or has_people():
        return found
    return identity.again(keys.WHO.get() or keys.WHO.put(secrets.token_hex(16)))


def actor() -> Actor:
    """Who asks the workspace. Raises Refused for whoever was signed out."""
    if (found := visitor()) is None:
        raise Refused("access.signed_out")
    return found.actor


def opens(page: str, asking: Actor | None = None) -> bool:
    """Whether the page of this address is there for whoever asks; once known, they need not be asked for again."""
    if page == "team" and not has_people():
        return False
    needed = NEEDS.get(page, Verb.LOOK)
    without_names = needed is Verb.SEE_PEOPLE and page not in NAMED and _shows_viewers_all()
    return may(asking or actor(), needed) or without_names


def sees_people() -> bool:
    """Whether they see names, addresses, comments as written, and lists of people."""
    return may(actor(), Verb.SEE_PEOPLE)


def sees_merged() -> bool:
    """Whether they see nothing but merged figures, without a filter: viewers, unless these data show them more."""
    return not sees_people() and not _shows_viewers_all()


def sees_masked() -> bool:
    """Whether they see every page without names: viewers, of data that show them so much."""
    return not sees_people() and _shows_viewers_all()


def _shows_viewers_all() -> bool:
    """Whether the data at hand show viewers every page, without names; only what is kept can."""
    return getattr(getattr(keys.DATASET.get(), "data", None), "viewers", None) == "pseudonymous"


def works() -> bool:
    """Whether they bring data and mark events."""
    return may(actor(), Verb.WORK)


def has_people() -> bool:
    """Whether people sign in here, or a proxy says who they are."""
    return settings.login() is not Login.NONE


def has_passwords() -> bool:
    """Whether they sign in by a password that is kept here."""
    return settings.login() is Login.PASSWORD


def can_sign_out() -> bool:
    """Whether they signed in here; behind a proxy, it is the proxy that knows them."""
    return settings.login().has_page


def sign_out() -> None:
    """End this session, in every tab."""
    if found := visitor():
        with open_workspace(place()) as space:
            sessions.end(found.actor, space, found.owner)
        look_again()


def say_signed_out() -> None:
    """All that is shown to whoever is nobody any more."""
    st.title(str(Refused("access.signed_out")), anchor=False)


def password_page() -> str:
    """Where one changes one's password."""
    return f"{settings.base()}/password"

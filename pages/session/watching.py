"""How accounts and people are watched: what the team set for the data at hand, and what comes of it."""

from functools import cache
from typing import Any

import streamlit as st

import nps
from nps.chosen.watched import Watched
from nps.chosen.watching import Watching
from nps.measures.health import Weights
from nps.notes import note
from nps.steps import Onboarding
from nps.wording import _
from pages.session import access, keys, views
from pages.session.data import SAMPLE, dataset
from pages.session.notices import say
from workspace.store import settings as kept
from workspace.store.database import open_workspace, place

PARAMETER, NAME = "hw", "watching"  # in links; in the workspace


def begin(asked: str | None) -> None:
    """A session's first run: the weights of a link hold for this session, whatever the team's are."""
    if asked is None:
        return
    try:
        keys.WEIGHTS.put(Weights.parse(asked))
    except nps.InputError as unreadable:
        say(unreadable.note)


def in_link() -> dict[str, list[str]]:
    """What a link says of it; nothing where the weights are the team's own."""
    own = keys.WEIGHTS.get()
    return {PARAMETER: [str(own)]} if own else {}


def look_again() -> None:
    """Each run looks again what others have changed meanwhile."""
    keys.WATCHING.take()


def settings() -> Watching:
    """What holds for the data at hand, for everybody who sees them, under this session's weights. Of the sample each
    has their own."""
    known = keys.WATCHING.get() or keys.WATCHING.put(_settings())
    return known._replace(weights=keys.WEIGHTS.get() or known.weights)


def change(**fields: Any) -> None:
    """Have these hold from now on, for everybody who sees the data; `weights` for this session alone."""
    if weights := fields.pop("weights", None):
        keys.WEIGHTS.put(weights)
    if fields:
        _keep(_settings()._replace(**fields))


def keep_weights() -> None:
    """Have the weights of this session hold for everybody who sees the data."""
    _keep(_settings()._replace(weights=settings().weights))
    keys.WEIGHTS.take()


def missing(panel: nps.Panel) -> str | None:
    """Why nothing can be said of how they stand; None where something can."""
    if not panel.has_usage:
        return _("These data have no usage: how use changes is not known.")
    if panel.who is None:
        return _("The usage is where it cannot be asked by week: connect or bring the data again.")
    if _weekly(panel).as_of is None:
        return _("The usage has no dates: how use changes is not known.")
    return None


def watched(panel: nps.Panel, of: str = "account") -> Watched | None:
    """How accounts, or people ("person"), stand under `settings`, once for all who may see it; None: see `missing`."""
    if missing(panel):
        return None
    now = settings()
    with st.spinner(_("Counting use by week…")):
        return _watched(panel, of, now.keys, now.onboarding)


def _weekly(panel: nps.Panel) -> Any:
    with st.spinner(_("Counting use by week…")):
        return panel.weekly()


@st.cache_resource(max_entries=8, ttl=views.SECONDS, show_spinner=False, hash_funcs=views.TOLD_APART)
def _watched(panel: nps.Panel, of: str, features: tuple, onboarding: Onboarding | None) -> Watched:
    return panel.watched(onboarding=onboarding, of=of, keys=features)


def _settings() -> Watching:
    if dataset() is None:
        return keys.SAMPLE_WATCHING.get() or _of_sample()
    with open_workspace(place()) as space:
        text = kept.setting(access.actor(), space, dataset().fingerprint, NAME)
    return Watching.from_json(text) if text else Watching()


@cache
def _of_sample() -> Watching:
    path = SAMPLE / "watching.json"
    return Watching.from_json(path.read_text("utf-8")) if path.exists() else Watching()


def _keep(now: Watching) -> None:
    """Of the sample, for this session."""
    keys.WATCHING.take()
    if dataset() is None:
        keys.SAMPLE_WATCHING.put(now)
    else:
        with open_workspace(place()) as space:
            kept.change(access.actor(), space, dataset().fingerprint, NAME, now.to_json())
    say(note("watching.kept"))

"""What a view shows, made once for everybody who may see it: figures as frames, charts ready to be sent.

A view is a function of who is chosen and of values that can be told apart. It is known by the panel, the filters, the
region, the language and those values. Each visitor is given a copy: nothing that a page changes reaches others.
"""

import json
from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar

import pandas as pd
import streamlit as st

import nps
from nps.chosen.listed import Wanted
from nps.chosen.watched import Watched
from nps.chosen.watching import Watching
from nps.comments import Rules
from nps.steps import Onboarding
from nps.wording import language

KEPT = 128  # of each kind of view, the latest; a view takes 5 to 35 kB
FEW = 16  # of each kind that is large
SECONDS = 3600  # after which what was made of somebody's data is forgotten

Asked = ParamSpec("Asked")
Made = TypeVar("Made")


def known_by(chosen: nps.Chosen) -> tuple[str, str, bool, str]:
    """What tells views of the chosen apart."""
    return chosen.panel.uid, _query(chosen.selection), chosen.by_use, language()


@lru_cache(KEPT)
def _query(selection: nps.Selection) -> str:
    return json.dumps(selection.to_query(), sort_keys=True)


def known_data(panel: nps.Panel) -> tuple[str, str]:
    """What tells panels apart, and what is said of them."""
    return panel.uid, language()


def known_as(watched: Watched) -> str:
    """What tells apart how accounts or people are watched."""
    onboarding = watched.onboarding and watched.onboarding.onboarding
    return repr((known_data(watched.panel), watched.of, watched.keys, onboarding, watched.suppress))


_watching = lru_cache(KEPT)(Watching.to_json)
TOLD_APART = {
    **{nps.Chosen: known_by, nps.Panel: known_data, Watched: known_as, Onboarding: repr},
    **{Rules: lambda rules: rules.version, Watching: _watching},
    Wanted: lambda wanted: (wanted.code, _watching(wanted.now), wanted.heavy, wanted.words),
    pd.DataFrame: lambda events: repr(events.to_dict("list")),  # of some rows
}


def shared(make: Callable[Asked, Made]) -> Callable[Asked, Made]:
    """A view that is made once; whoever asks meanwhile waits for it."""
    return st.cache_data(make, max_entries=KEPT, ttl=SECONDS, show_spinner=False, hash_funcs=TOLD_APART)


def held(make: Callable[Asked, Made]) -> Callable[Asked, Made]:
    """The same for what is too large to be copied for each visitor: nobody changes it."""
    return st.cache_resource(make, max_entries=FEW, ttl=SECONDS, show_spinner=False, hash_funcs=TOLD_APART)

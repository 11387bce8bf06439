"""What is decided of something: the fields of a form, and what they say."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from hashlib import blake2s

import pandas as pd
import streamlit as st

from nps.notes import Note, decoded
from nps.wording import _, several
from pages.parts import owners, show
from pages.session import deciding, keys
from pages.session.deciding import FEATURE

FIELDS = ("verdict", "decided", "state", "owner", "until")


def fields(kind: str, key: str, now: pd.Series | None) -> None:
    """What to do and why, by whom and until when; of what was decided before its state, too.

    now  what was decided before
    """
    if kind == FEATURE:
        verdicts = {verdict: deciding.named(verdict) for verdict in deciding.VERDICTS}
        place = 0 if now is None else deciding.VERDICTS.index(now["verdict"])
        st.selectbox(_("What to do"), verdicts, place, verdicts.get, key=_name(key, "verdict"))
    label = _("Why, and how") if kind == FEATURE else _("What was decided")
    said = "" if now is None else now["decided"]
    st.text_area(label, said, height=68, max_chars=deciding.LONGEST_DECIDED, key=_name(key, "decided"))
    known = {owners.NOBODY: _("Nobody"), **owners.names()}
    if now is not None:
        known.setdefault(now["owner"], now["owner"])
    place = 1 if now is None else [*known].index(now["owner"])
    st.selectbox(_("Owner"), known, place, known.get, key=_name(key, "owner"))
    until = date.fromisoformat(now["until"]) if now is not None and now["until"] else None
    st.date_input(_("Until"), until, key=_name(key, "until"))
    if now is not None:
        _state(key, now["state"])


def form(rows: pd.DataFrame, kind: str) -> None:
    """Change one, or the state of several; or take them away."""
    seen = dict(zip(rows["id"], rows["version"].map(int), strict=True))
    key = f"decided_{blake2s(repr(seen).encode(), digest_size=6).hexdigest()}"
    with st.form(key, border=True):
        if len(rows) == 1:
            fields(kind, key, rows.iloc[0])
        else:
            st.caption(several("1 decision is changed.", "{n} decisions are changed alike.", n=len(rows)))
            _state(key, None)
        with st.container(horizontal=True):
            change = {"on_click": deciding.change, "args": (seen, partial(given, key)), "key": "change_decided"}
            st.form_submit_button(_("Change"), type="primary", **change)
            remove = {"on_click": deciding.remove, "args": (seen,), "key": "remove_decided"}
            st.form_submit_button(_("Take away"), icon=":material/delete:", type="tertiary", **remove)


def then_and_now(decision: pd.Series, found: Note | None) -> None:
    """A finding as it was when it was kept, and as it is now; None: no more than chance."""
    then = str(decoded(decision["told"]))
    show.text(_("Then: {told}", told=then))
    if found is None:
        show.text(_("Now it is no more than chance."))
    else:
        show.text(_("Now: the same") if str(found) == then else _("Now: {told}", told=found))


def _state(key: str, now: str | None) -> None:
    states = {state: deciding.named(state) for state in deciding.STATES}
    how = {"format_func": states.get, "default": now or deciding.STATES[0], "required": True}
    st.segmented_control(_("State"), states, key=_name(key, "state"), **how)


def given(key: str) -> Mapping[str, str | date | None]:
    """What the fields say that are there."""
    there = {field: keys.of_widget(_name(key, field)) for field in FIELDS}
    return {field: each.get() for field, each in there.items() if each.known}


def _name(key: str, field: str) -> str:
    return f"{key}_{field}"

"""Whom a page is narrowed to, by what holds for them. Names of customers are options, never labels."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from itertools import groupby

import streamlit as st

import nps
from nps.selection import Choice
from nps.selection.clauses import Mention, Theme, Used, Who, Word
from nps.wording import _, names, narrowing
from pages.parts import builder, popover
from pages.session import filters, keys, options, screen
from pages.session.region import clear_region

SUBJECTS = {
    Used.keyword: lambda: _("Used"),
    Who.keyword: lambda: _("What they did"),
    Theme.keyword: lambda: _("Reasons they give"),
    Mention.keyword: lambda: _("Features they name"),
    Word.keyword: lambda: _("Words they wrote"),
}
ROOM, FEW = 46, 2  # pixels of a row of what people are narrowed to; chips that it has room for
KEPT = {"persist_state": "session"}  # as the Data page shows none of it


def place(label: str, name: str, icon: str) -> AbstractContextManager[bool]:
    """A place to open, and whether it is; on phones all stands in one already."""
    if screen.narrow():
        return nullcontext(enter_result=True)
    return popover.opened(label, name, icon=f":material/{icon}:", type="tertiary")


def people(panel: nps.Panel) -> None:
    """A picker for each thing that people can be told apart by, its values with how many people have them."""
    active = keys.PEOPLE.get()
    every = list(dict.fromkeys([*options.people_options(panel), *active]))
    if not every and panel.who is None:
        return
    label = _("{n} filters of people", n=len(active)) if len(active) > 1 else _("1 filter of people")
    with place(label if active else _("Everybody"), "people", "group") as opened:
        if opened:
            _pickers(panel, every, active)
            builder.builder(panel)


def _pickers(panel: nps.Panel, every: Sequence[Choice], active: Sequence[Choice]) -> None:
    counts = options.people_counted(panel)
    for n, (about, choices) in enumerate(_by_subject(every)):
        st.text(SUBJECTS[about]() if about in SUBJECTS else names.segment(about))
        _picker(n, choices, active, counts)
    st.caption(_("Several values of one kind widen. Different kinds narrow, and so does all that they did."))


def _picker(n: int, choices: Sequence[Choice], active: Sequence[Choice], counts: dict) -> None:
    key = keys.of_widget(f"people_{n}")
    key.follow([choice for choice in choices if choice in active])
    said = {choice: narrowing.counted(str(choice.label), counts.get(choice)) for choice in choices}
    st.multiselect(
        *(_("Values of filter {n}", n=n + 1), choices),  # a label is Markdown, hidden or not
        format_func=said.get,
        key=key.name,
        label_visibility="collapsed",
        placeholder=_("Everybody"),
        on_change=_picked,
        args=(key, tuple(choices)),
    )


def _picked(key: keys.Key, offered: tuple[Choice, ...]) -> None:
    others = [choice for choice in keys.PEOPLE.get() if choice not in offered]
    keys.PEOPLE.put([*others, *(key.get() or ())])


def _by_subject(choices: Sequence[Choice]) -> list[tuple[str, list[Choice]]]:
    return [(about[-1], list(each)) for about, each in groupby(choices, key=lambda choice: choice.about)]


def row(panel: nps.Panel, *, shows_region: bool) -> None:
    """Whom the page is narrowed to, by what holds for them and by what is drawn on the map; a click lets it go."""
    active, drawn = list(keys.PEOPLE.get()), _drawn() if shows_region else nps.Selection()
    parts = bool(active) + (drawn != nps.Selection())
    if not parts:
        return
    room = "content" if len(active) > FEW else parts * ROOM if screen.step() == "XS" else ROOM
    with st.container(height=room, border=False):
        place = st.container(horizontal=True, vertical_alignment="center", gap="small", key="narrowed")
    with place:
        if active:
            _chips(panel, active)
        if drawn != nps.Selection():
            how = {"icon": ":material/close:", "key": "clear_region", "type": "tertiary"}
            st.button(drawn.describe(keys.MEASURE.get()), on_click=clear_region, **how)


def _drawn() -> nps.Selection:
    chosen = filters.selection()
    return nps.Selection(chosen.activity, chosen.score, like_promoters=chosen.like_promoters)


def _chips(panel: nps.Panel, active: Sequence[Choice]) -> None:
    """The values that people are narrowed to; the cross on one takes it away."""
    said = {choice: str(choice.under(panel).describe()) for choice in active}
    how = {"label_visibility": "collapsed", "width": 320 if len(active) < 2 else 480, **KEPT}
    st.multiselect(_("Only these people"), active, format_func=said.get, key=keys.PEOPLE.name, **how)

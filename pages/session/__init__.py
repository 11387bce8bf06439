"""What the session of a visitor holds, and the order of everything in a run; nobody else knows how it is held."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

import streamlit as st

from nps.wording import speak
from pages.session import (
    access,
    asking,
    data,
    databases,
    datasets,
    kept,
    links,
    moving,
    notices,
    readings,
    ruled,
    screen,
    shown,
    stopped,
    watching,
)
from web import spoken, values

T = TypeVar("T")


def run(pages: Callable[[], Sequence], line: Callable[[], T], instead: Callable[[], bool], share: Callable[[T], None]):
    """One run: take over what a link or a worker brings, then show the filters and the page that is open.

    All that is said in it is in the visitor's language. What runs by itself, as a fragment, a callback or a download,
    is outside of it: a fragment and a download are told the language, and a callback leaves a note.

    pages    makes what `st.navigation` takes
    line     shows the filters; what it returns is a place for `share`, which is told what the page shows
    instead  shows what to do where the page has nothing to show, if that is so; Data and Team are always shown
    """
    values.guard()
    with access.a_run(), speak(spoken.of_visitor()):
        _run(pages, line, instead, share)


def _run(pages: Callable[[], Sequence], line: Callable[[], T], instead: Callable[[], bool], share: Callable[[T], None]):
    if (visitor := access.visitor()) is None:
        access.say_signed_out()
        return
    moving.begin()
    screen.begin()
    links.begin()
    kept.begin()
    datasets.adopt()
    readings.adopt()
    databases.adopt()
    ruled.begin()
    watching.look_again()
    if access.sees_merged():
        data.without_filters()
    page = st.navigation([each for each in pages() if access.opens(each.url_path, visitor.actor)], position="top")
    links.leave()
    links.enter(page.url_path)
    shown.begin()
    if page.url_path != links.DATA:
        asking.leave()
    place = line()
    notices.announce(partial(links.go, links.DATA, view="rows"))
    try:
        if page.url_path in links.WITHOUT_FILTERS or not instead():
            stopped.to_its_end(page.run)
    finally:  # also where a page fails
        links.write_link()
        share(place)
        screen.stand()
    moving.drawn()

"""What the session of a visitor holds, and the order of everything in a run; nobody else knows how it is held."""

from collections.abc import Callable, Sequence

import streamlit as st

from nps.wording import speak
from pages.session import asking, databases, links, notices, readings
from web import spoken, values


def run(pages: Callable[[], Sequence], beside: Callable[[], None], instead: Callable[[], bool]) -> None:
    """One run: take over what a link or a worker brings, then show the filters and the page that is open.

    All that is said in it is in the visitor's language. What runs by itself, as a fragment, a callback or a download,
    is outside of it: a fragment and a download are told the language, and a callback leaves a note.

    pages    makes what `st.navigation` takes
    beside   shows the filters
    instead  shows what to do where the page has nothing to show, if that is so; the Data page is always shown
    """
    values.guard()
    with speak(spoken.of_visitor()):
        _run(pages, beside, instead)


def _run(pages: Callable[[], Sequence], beside: Callable[[], None], instead: Callable[[], bool]) -> None:
    links.begin()
    readings.adopt()
    databases.adopt()
    page = st.navigation(pages())
    links.enter(page.url_path)
    if page.url_path != links.DATA:
        asking.leave()
    st.title(page.title)
    beside()
    notices.announce()
    links.write_link()
    if page.url_path == links.DATA or not instead():
        page.run()

"""What the session of a visitor holds, and the order of everything in a run; nobody else knows how it is held."""

from collections.abc import Callable, Sequence

import streamlit as st

from pages.session import asking, databases, links, notices, readings
from web import values


def run(pages: Sequence, beside: Callable[[], None], instead: Callable[[], bool]) -> None:
    """One run: take over what a link or a worker brings, then show the filters and the page that is open.

    pages    as `st.navigation` takes them
    beside   shows the filters
    instead  shows what to do where the page has nothing to show, if that is so; the Data page is always shown
    """
    values.guard()
    links.begin()
    readings.adopt()
    databases.adopt()
    page = st.navigation(pages)
    links.enter(page.title)
    if page.title != "Data":
        asking.leave()
    st.title(page.title)
    beside()
    notices.announce()
    links.write_link()
    if page.title == "Data" or not instead():
        page.run()

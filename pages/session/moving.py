"""Parts of a page that run by themselves, outside of `session.run`, in the language of the page that they stand on."""

from collections.abc import Callable
from functools import partial, wraps
from typing import ParamSpec

import streamlit as st

from nps.wording import language, speak
from pages.session import access, filters, keys, links, screen, stopped

Given = ParamSpec("Given")
BY_PAGE = ()  # for what a part is drawn that its page draws


def moving(every: float) -> Callable[[Callable[Given, None]], Callable[Given, None]]:
    """A part that runs every so many seconds."""

    def made(part: Callable[Given, None]) -> Callable[Given, None]:
        @st.fragment(run_every=every)
        def spoken(page: str, *given: Given.args, **named: Given.kwargs) -> None:
            with access.a_run(), speak(page):
                if access.visitor() is None:
                    st.rerun()  # the main script says so
                part(*given, **named)

        return wraps(part)(lambda *given, **named: spoken(language(), *given, **named))

    return made


def following(part: Callable[Given, None]) -> Callable[Given, None]:
    """A part that holds all that follows the region of the map: what is done in it runs it alone, and not its page.

    Where that changes more than the region, as filters or the page that is open, the whole page runs instead.
    """

    @st.fragment
    def alone(spoken: str, *given: Given.args, **named: Given.kwargs) -> None:
        if keys.DRAWN.get() == BY_PAGE:
            keys.DRAWN.take()
            _told(partial(part, *given, **named))
            return
        if (drawn := keys.DRAWN.get()) is None or drawn != _around() or keys.GOING.known or keys.NOTICE.known:
            st.rerun()
        leaves = keys.SHOWN.get()
        screen.begin()
        with access.a_run(), speak(spoken):
            _told(partial(part, *given, **named))
            links.write_link()
        keys.SHOWN.put(leaves)  # what leaves the page is asked for outside of this part: the whole page runs by then

    def of_page(*given: Given.args, **named: Given.kwargs) -> None:
        keys.DRAWN.put(BY_PAGE)
        alone(language(), *given, **named)

    return wraps(part)(of_page)


def _told(part: Callable[[], None]) -> None:
    stopped.to_its_end(part)
    screen.stand()


def begin() -> None:
    """A page is not drawn yet."""
    keys.DRAWN.take()


def drawn() -> None:
    """It is."""
    keys.DRAWN.put(_around())


def _around() -> tuple | None:
    """What a page was drawn for, but for the region; None for whoever was signed out."""
    visitor = access.visitor()
    return visitor and (visitor.actor, filters.selection().filters, screen.step())

"""How a page ends early. `st.stop` would end the whole run, in which the link is written only after the page."""

from collections.abc import Callable
from typing import NoReturn

from nps.notes import InputError
from pages.session import notices


class Stopped(Exception):
    """Nothing more is on this page."""


def stop() -> NoReturn:
    """End the page here; its link is written, and what it shows can be shared."""
    raise Stopped


def to_its_end(part: Callable[[], None]) -> None:
    """Run a page, or what is drawn of it, until it is over, stops, or is refused by a database that it asks, say."""
    try:
        part()
    except Stopped:
        pass
    except InputError as refused:
        notices.refused(refused)

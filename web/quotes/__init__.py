"""What people wrote, with the words marked that tell what it is about. A component of ours, see `web.component`."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import streamlit as st

from web.component import component

NAME, LIST = "quotes", '<ol class="quotes"></ol>'
LONGEST = 1200  # characters of a comment that are sent


class Quote(NamedTuple):
    """What one person wrote.

    score   blank where the page says it already
    group   Detractor, Passive or Promoter
    who     what they are called, or blank
    facts   what else is said of them
    pieces  the comment in pieces, each with whether it is marked
    tags    what it is about
    """

    score: str
    group: str
    who: str
    facts: tuple[str, ...]
    pieces: tuple[tuple[str, bool], ...]
    tags: tuple[str, ...]


def show(quotes: Sequence[Quote], key: str, opened: Callable[[], None] | None = None) -> None:
    """A list of them; a click on who wrote one calls `opened`, and `place` tells of which."""
    rows = [quote._asdict() | {"pieces": _cut(quote.pieces), "opens": opened is not None} for quote in quotes]
    with st.container(key=f"quotes_{key}"):
        component(NAME, LIST)(key=key, data={"quotes": rows}, on_opened_change=opened or (lambda: None))


def _cut(pieces: Sequence[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """At most LONGEST characters of it."""
    kept, left = [], LONGEST
    for text, marked in pieces:
        if left <= 0:
            break
        kept.append((text if len(text) <= left else f"{text[:left]}…", marked))
        left -= len(text)
    return kept


def place(told: object, quotes: int) -> int | None:
    """Which of so many was clicked, by what the component tells; a browser can tell anything."""
    said = getattr(told, "opened", None)
    return said if type(said) is int and 0 <= said < quotes else None

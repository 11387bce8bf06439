"""A part of a page that is shown at once, or where it takes long when somebody opens it."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from pages.parts import show


@contextmanager
def asked(title: str, key: str, *, quick: bool) -> Iterator[bool]:
    """A place under a title; whether it is to be filled."""
    if quick:
        show.heading(title)
        yield True
        return
    with st.expander(title, key=key, on_change="rerun") as opened:
        yield opened.open

"""Popovers that are filled when they are opened, so that a run does not pay for what nobody looks at.

Only for those whose label stays as it is: with another label it would be another one, and close.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from pages.session import keys


@contextmanager
def opened(label: str, name: str, **how: object) -> Iterator[bool]:
    """A place to open, and whether it is; `how` as `st.popover` takes it."""
    place = st.popover(label, key=keys.of_widget(f"open_{name}").name, on_change="rerun", **how)
    with place:
        yield bool(place.open)

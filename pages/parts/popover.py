"""Popovers that are filled when they are opened, so that a run does not pay for what nobody looks at."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from pages.session import keys


def is_open(name: str) -> bool:
    """Whether this one is open, wherever on the page it stands."""
    return bool(keys.of_widget(f"open_{name}").get())


@contextmanager
def opened(label: str, name: str, **how: object) -> Iterator[bool]:
    """A place to open, and whether it is; `how` as `st.popover` takes it.

    While it is open its label stays, whatever is chosen in it: with another label it would be another one, and close.
    """
    key, labels = keys.of_widget(f"open_{name}"), keys.LABELS.get()
    if not key.get() or name not in labels:
        labels = keys.LABELS.put({**labels, name: label})
    place = st.popover(labels[name], key=key.name, on_change="rerun", **how)
    with place:
        yield bool(place.open)

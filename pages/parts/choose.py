"""One of several: codes with labels, or names, which may be a customer's. What is not offered is forgotten."""

from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

from nps.wording import names
from pages.session import keys
from pages.session.links import starts


def choice(label: str, options: Mapping[str, str], key: str, default: str | None = None, **more: object) -> str:
    """One of these codes, each with its label; until somebody chooses the default, which is the first."""
    begins = default or next(iter(options))
    keys.of_widget(key).fit(options)
    return st.segmented_control(
        label, list(options), format_func=options.get, default=begins, key=key, required=True, **more
    )


def picked(options: Sequence[str], key: str) -> str | None:
    """What is picked of these names, whether or not the widget stands on the page; None where there are none."""
    first = next(iter(options), None)
    keys.of_widget(key).fit(options)
    starts(key, first)
    return keys.of_widget(key).get() or first


def pick(label: str, options: Sequence[str], key: str, **more: object) -> str | None:
    """One of these names, which may be a customer's; kept while the session lasts."""
    picked(options, key)
    return st.selectbox(label, options, key=key, persist_state="session", **more)


def segment(label: str, segments: Iterable[str], key: str) -> str | None:
    """What people are divided by, by its name."""
    called = {name: names.segment(name) for name in segments}
    return pick(label, list(called), key, format_func=called.get)

"""How a page ends early. `st.stop` would end the whole run, in which the link is written only after the page."""

from typing import NoReturn


class Stopped(Exception):
    """Nothing more is on this page."""


def stop() -> NoReturn:
    """End the page here; its link is written, and what it shows can be shared."""
    raise Stopped

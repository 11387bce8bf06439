"""How a page says that it has shown all there is: what comes after a page in a run goes on, as after no `st.stop`."""

from typing import NoReturn


class Stopped(Exception):
    """Nothing more is on this page."""


def stop() -> NoReturn:
    """End the page here; its link is written, and what it shows can be shared."""
    raise Stopped

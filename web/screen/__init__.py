"""What a script cannot know or say: how wide the page is, in six steps, and what is selected, for screen readers.

A component of ours, see `web.component`.
"""

import streamlit as st

from web.component import component

STEPS = ("XL", "L", "ML", "M", "S", "XS")  # from 1,880, 1,430, 1,200, 1,000, 600 and 0 px, as screen.js has them
NAME, COOKIE, SEEN = "screen", "nps_lens_width", "nps_lens_seen"
LIVE = '<div aria-live="polite"></div>'


def ask(step: str, said: str, language: str, *, seen: bool) -> str:
    """Stands on the page, unseen; the step that the browser told, else the one given. A change of it is another run.

    said  what is read out when it changes
    seen  whether the browser is to remember that its user needs no introduction
    """
    with st.container(key=NAME):
        data = {"said": said, "theme": st.context.theme.type, "step": step, "language": language, "seen": seen}
        told = component(NAME, LIVE)(key="screen_told", data=data, default={"step": step}, on_step_change=lambda: None)
    return told.step if told.step in STEPS else step


def seen() -> bool:
    """Whether the browser remembers that its user needs no introduction."""
    return st.context.cookies.get(SEEN) == "map"


def guessed() -> str:
    """The step of a browser that has not told: that of its last visit; else a phone's, or a desk's."""
    known = st.context.cookies.get(COOKIE)
    if known in STEPS:
        return known
    return "XS" if "Mobi" in st.context.headers.get("User-Agent", "") else "L"

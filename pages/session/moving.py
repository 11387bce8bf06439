"""Parts of a page that run by themselves."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st

from nps.wording import language, speak
from pages.session import access

Given = ParamSpec("Given")


def moving(every: float) -> Callable[[Callable[Given, None]], Callable[Given, None]]:
    """A part that runs every so many seconds, outside of `session.run`, in the language of the page it stands on."""

    def made(part: Callable[Given, None]) -> Callable[Given, None]:
        @st.fragment(run_every=every)
        def spoken(page: str, *given: Given.args, **named: Given.kwargs) -> None:
            if access.visitor() is None:
                st.rerun()  # the main script says so
            with speak(page):
                part(*given, **named)

        return wraps(part)(lambda *given, **named: spoken(language(), *given, **named))

    return made

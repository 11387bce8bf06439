"""What there is to say at the top of the next page."""

import re
from collections.abc import Callable

import streamlit as st

from nps.notes import InputError, Note
from nps.wording import _
from pages.session import keys

MARKED = re.compile(r"([\\`*_\[\]<>$~#|]|:(?=\w))")


def say(told: Note) -> None:
    """Something of ours for the top of the next page."""
    keys.NOTICE.put(told)


def plain(told: Note) -> str:
    """A sentence in which what somebody wrote, as the name of a playbook, is no Markdown."""
    return MARKED.sub(r"\\\1", str(told))


def announce(see_rows: Callable[[], None]) -> None:
    """Show what there is to say, once; beside what came of files a way to what came of their rows."""
    if told := keys.ANNOUNCED.put(keys.NOTICE.take()):
        with st.container(horizontal=True, vertical_alignment="center", key="notice"):
            st.info(plain(told))
            if told.code.startswith("data.in_use"):
                st.button(_("See every row"), on_click=see_rows, type="tertiary", key="see_rows")


def refused(wrong: InputError) -> None:
    """What stands on a page in place of what it cannot show."""
    st.error(plain(wrong.note), icon=":material/error:")


def say_again() -> None:
    """What was announced in this run stands in the next one, too: that one comes by itself."""
    if told := keys.ANNOUNCED.get():
        say(told)

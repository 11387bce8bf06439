"""What there is to say at the top of the next page."""

import streamlit as st

from nps.notes import Note
from pages.session import keys


def say(told: Note) -> None:
    """Something of ours for the top of the next page."""
    keys.NOTICE.put(told)


def announce() -> None:
    """Show what there is to say, once."""
    if told := keys.ANNOUNCED.put(keys.NOTICE.take()):
        st.info(str(told))


def say_again() -> None:
    """What was announced in this run stands in the next one, too: that one comes by itself."""
    if told := keys.ANNOUNCED.get():
        say(told)

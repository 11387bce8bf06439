"""What there is to say at the top of the next page."""

import streamlit as st

from pages.session import keys


def say(sentence: str) -> None:
    """A sentence of ours for the top of the next page."""
    keys.NOTICE.put(sentence)


def announce() -> None:
    """Show what there is to say, once."""
    if sentence := keys.ANNOUNCED.put(keys.NOTICE.take()):
        st.info(sentence)


def say_again() -> None:
    """What was announced in this run stands in the next one, too: that one comes by itself."""
    if sentence := keys.ANNOUNCED.get():
        say(sentence)

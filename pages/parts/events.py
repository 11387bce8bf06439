"""Events that people mark on the trend, kept with the data."""

import streamlit as st

import nps
from nps.wording import _
from pages.parts import show
from pages.session import access, kept, keys


def events() -> None:
    """Add and remove them, where that is one's to do."""
    if not access.works():
        return
    with st.expander(_("Events on the trend")):
        with st.form("add_event", border=False, clear_on_submit=True):
            day, name, add = st.columns([1, 2, 1], vertical_alignment="bottom")
            day.date_input(_("Day"), key=keys.EVENT_DAY.name)
            name.text_input(_("What happened"), key=keys.EVENT_NAME.name, placeholder=_("Release 2.0"), max_chars=80)
            add.form_submit_button(_("Add"), on_click=_add)
        if problem := keys.EVENT_PROBLEM.take():
            show.problem(problem)
        for event in kept.events().itertuples():
            said, remove = st.columns([4, 1], vertical_alignment="center")
            with said:
                show.text(_("{day}  {event}", day=event.day, event=event.name))
            gone = {"on_click": kept.remove_event, "args": (event.day, event.name)}
            remove.button(_("Remove"), key=f"remove_event_{event.Index}", **gone)


def _add() -> None:
    try:
        kept.add_event(keys.EVENT_DAY.get(), keys.EVENT_NAME.get())
    except nps.InputError as wrong:
        keys.EVENT_PROBLEM.put(wrong.note)

"""A task, made by hand."""

import streamlit as st

from nps.wording import _
from pages.parts import owners, popover
from pages.session import following, tasking

TITLE, OWNER, DUE = "task_title", "task_owner", "task_due"


def new(person: str | None = None, account: str | None = None) -> None:
    """Write one down, of a person, an account or of none."""
    with popover.opened(_("New task"), "new_task", icon=":material/add_task:", type="tertiary") as opened:
        if not opened:
            return
        known = {owners.NOBODY: _("Nobody"), **owners.names()}
        with st.form("new_task", border=False, clear_on_submit=True):
            st.text_input(_("What is to be done"), key=TITLE, max_chars=following.LONGEST_TITLE)
            st.selectbox(_("Owner"), [*known], index=1, format_func=known.get, key=OWNER)
            st.date_input(_("Due"), value=None, key=DUE)
            given = TITLE, OWNER, DUE, person, account
            st.form_submit_button(_("Add"), on_click=tasking.make, args=given, type="primary", key="add_task")

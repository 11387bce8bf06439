"""For who asks what is kept of them, or to be forgotten: an administrator does it on the page of that person."""

import streamlit as st

from nps.wording import _
from pages.parts import popover, show
from pages.session import keys, privacy


def ways(person: str) -> None:
    """Hand out all that is kept of this person, or erase them; where that is not possible, nothing."""
    if not privacy.is_possible():
        return
    with popover.opened(_("Privacy"), "privacy", icon=":material/shield_person:", type="tertiary") as opened:
        if opened:
            _ways(person)


def _ways(person: str) -> None:
    st.caption(_("All that every dataset keeps of this person, and of nobody else."))
    file = privacy.everything(person)
    show.download(_("Download it (JSON)"), "person.json", "application/json", file, "export_person")
    st.caption(
        _(
            "Erasing takes this person out of every dataset and version, and out of what others wrote. Files that are "
            "brought later are kept without them. It cannot be undone."
        )
    )
    st.text_input(_("Type their id to confirm"), key=keys.ERASE_CONFIRMED.name)
    erase = {"on_click": privacy.erase, "args": (person,), "key": "erase_person", "icon": ":material/delete_forever:"}
    st.button(_("Erase this person"), **erase)
    if problem := keys.ERASE_PROBLEM.take():
        show.problem(problem)

"""What Follow-up is, where there are no kept data that it could be of, and the way to some."""

import streamlit as st

from nps.wording import _
from pages.parts import show
from pages.session import links, opened


def told() -> None:
    """Two sentences, and a button."""
    what = _(
        "Here is what you do about answers: campaigns that write to people as far as these may be contacted, tasks, "
        "playbooks that do something by themselves, and what was decided."
    )
    if opened.can_be_kept():
        kept, label, icon = _("It belongs to data that are kept."), _("Keep these data"), ":material/save:"
    else:
        kept = _("It belongs to data that are kept; this is the made-up sample.")
        label, icon = _("Bring your own data"), ":material/upload_file:"
    show.headline(_("Nothing is followed up yet"), what, kept)
    how = {"on_click": links.go, "args": (links.DATA,), "type": "primary", "key": "follow_up_data"}
    st.button(label, icon=icon, **how)

"""How a list of accounts leaves: whom of it one may write to, the list itself, and a campaign of its people."""

from functools import partial

import streamlit as st

import nps
from nps.chosen.listed import Wanted
from nps.chosen.watched import Watched
from nps.wording import _
from pages.parts import accounts_frames, follow, show


def leaves(chosen: nps.Chosen, accounts: Watched | None, watched: Watched | None, wanted: Wanted) -> None:
    """Two files, and a campaign."""
    asked, code = (chosen, accounts, watched, wanted), wanted.code
    with st.container(horizontal=True):
        left_out = _("Who does not want to be contacted is left out. Of accounts, all people that are known.")
        how = {"help": left_out, "type": "primary"}
        people, listed = (partial(make, *asked) for make in (accounts_frames.reachable, accounts_frames.as_file))
        show.people_file(_("Contacts of this list"), people, f"contacts-{code}.csv", "accounts_contacts", **how)
        show.people_file(_("This list"), listed, f"accounts-{code}.csv", "accounts_file", type="tertiary")
        whom = partial(accounts_frames.for_campaign, *asked)
        follow.up("accounts", whom, accounts_frames.whom(chosen, wanted), {})

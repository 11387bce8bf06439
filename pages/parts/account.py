"""Who is signed in, and the way out."""

import streamlit as st

from nps.wording import _, names
from pages.parts import popover
from pages.session import access, screen


def menu() -> None:
    """Beside Share; where there is no room for it, in the drawer with the pages."""
    if not access.has_people():
        return
    if screen.narrow():
        with st.sidebar:
            _entries()
    else:
        how = {"icon": ":material/account_circle:", "type": "tertiary"}
        with popover.opened(_("Account"), "account", **how) as opened:
            if opened:
                _entries()


def _entries() -> None:
    actor = access.actor()
    st.text(actor.login)
    st.caption(names.role(actor.role.value))
    if access.has_passwords():
        st.link_button(_("Change password"), access.password_page(), icon=":material/key:", type="tertiary")
    if access.can_sign_out():
        st.button(_("Sign out"), on_click=access.sign_out, icon=":material/logout:", key="sign_out")

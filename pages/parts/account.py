"""Who is signed in, and the way out."""

import streamlit as st

from nps.wording import _, names
from pages.session import access


def menu() -> None:
    """A menu beside Share, where people sign in."""
    if not access.has_people():
        return
    actor = access.actor()
    with st.popover("", icon=":material/account_circle:", help=_("Your account"), type="tertiary", key="account"):
        st.text(actor.login)
        st.caption(names.role(actor.role.value))
        if access.has_passwords():
            st.link_button(_("Change password"), access.password_page(), icon=":material/key:", type="tertiary")
        if access.can_sign_out():
            st.button(_("Sign out"), on_click=access.sign_out, icon=":material/logout:", key="sign_out")

"""Which database: one of the administrator's, or one that is entered here."""

import streamlit as st

import nps
from nps import engines
from nps.engines import Connection
from nps.wording import _
from pages.parts import show
from pages.session import databases

TYPED = {name: engine.label for name, engine in engines.ENGINES.items() if engine.typed}


def chosen() -> Connection | None:
    """One of the administrator's, or one that is entered here."""
    known, name = databases.connections(), None
    if known:
        labels = {name: _("(entered here)") if name == databases.ENTERED else name for name in known}
        choose = {"index": None, "placeholder": _("Choose a connection"), "persist_state": "session"}
        name = st.selectbox(_("Connection"), list(known), format_func=labels.get, key="connection", **choose)
    _enter()
    return known.get(name)


def _enter() -> None:
    with st.popover(_("Enter a connection"), icon=":material/add_link:"), st.form("enter_connection", border=False):
        left, right = st.columns(2)
        said = {
            "engine": left.selectbox(_("Database"), list(TYPED), format_func=TYPED.get, key="enter_engine"),
            "host": right.text_input(_("Host"), max_chars=253),
            "port": left.number_input(_("Port"), 1, 65535, value=None, placeholder=_("the usual one")),
            "database": right.text_input(_("Name of the database"), max_chars=200),
            "schema": left.text_input(_("Schema (optional)"), max_chars=200),
            "username": right.text_input(_("User who may only read"), max_chars=200),
            "password": left.text_input(_("Password"), type="password", max_chars=200, autocomplete="off"),
        }
        st.caption(
            _("A connection entered here is forgotten with this session. The password is sent to that host only.")
        )
        if st.form_submit_button(_("Connect"), key="connect"):
            try:
                databases.enter(said)
                st.rerun()
            except nps.InputError as refused:
                show.problem(refused.note)

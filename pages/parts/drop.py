"""Places to drop files, or to name files on the server, for each table."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import nps
from nps.wording import _
from pages.parts import show
from pages.session.data import TABLES
from pages.session.files import arrived, let_go, refused, server_file, server_files
from pages.session.held import Brought


def titles() -> dict[str, str]:
    """What the places for the tables are called."""
    return {
        "responses": _("Responses"),
        "usage": _("Usage (optional)"),
        "people": _("People (optional)"),
        "accounts": _("Accounts (optional)"),
    }


def ask(places: Sequence[DeltaGenerator]) -> dict[str, list[Brought]]:
    """Places to drop files for each table, several of one kind as monthly exports, or to name files on the server."""
    files, uploads, offered = {}, [], server_files()
    for place, table in zip(places, TABLES, strict=True):
        widget = f"upload_{table}"
        with place:
            dropped, named = _dropped(table, widget, offered)
        uploads += dropped
        try:
            brought = arrived(dropped, widget) + [server_file(name) for name in named]
        except nps.InputError as gone:
            show.problem(gone.note)
        else:
            files |= {table: brought} if brought else {}
    for reason in refused():
        show.problem(_("A file was not taken. {reason}", reason=reason))
    let_go(uploads)
    return files


def _dropped(table: str, widget: str, offered: list[str]) -> tuple[list, list[str]]:
    """What was dropped for a table, and which files on the server were named."""
    help = {
        "responses": _("Who answered, when, the score from 0 to 10, the comment. One row per answer."),
        "usage": _("Who used what, when. One row per event, per day, per person, or one column per feature."),
        "people": _("Name, e-mail, account, role, plan. One row per person."),
        "accounts": _("Account, plan, revenue, seats, renewal, when it left. One row per account."),
    }
    dropped, named = st.file_uploader(titles()[table], accept_multiple_files=True, key=widget), []
    if offered:
        label, choose = _("Or files on the server"), _("Choose")
        named = st.multiselect(label, offered, key=f"server_{table}", placeholder=choose)
    st.caption(help[table])
    return dropped, named

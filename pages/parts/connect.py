"""Connect a database: which connection, which tables or SELECTs, how their columns are read; and read it again."""

from collections.abc import Mapping

import streamlit as st

import nps
from nps import engines
from nps.engines import Connection, Stored
from nps.notes import Note, table_named
from nps.wording import _
from pages.parts import columns, show, upload
from pages.session import data, databases, keys

TYPED = {name: engine.label for name, engine in engines.ENGINES.items() if engine.typed}


def ask() -> dict[str, Stored]:
    """A connection, and what stands in it for each table: table -> where it lies."""
    known, name = databases.connections(), None
    if known:
        labels = {name: _("(entered here)") if name == databases.ENTERED else name for name in known}
        choose = {"index": None, "placeholder": _("Choose a connection")}
        name = st.selectbox(_("Connection"), list(known), format_func=labels.get, key="connection", **choose)
    _enter()
    if name not in known:
        return {}
    try:
        names = databases.table_names(known[name])
    except nps.InputError as refused:
        show.problem(refused.note)
        return {}
    asked = {}
    for column, table in zip(st.columns(3), data.TABLES, strict=True):
        with column:
            asked[table] = _place(table, known[name], names)
    return {table: stored for table, stored in asked.items() if stored}


def confirm(tables: Mapping[str, Stored]) -> None:
    """Show how each table would be read, take corrections, and load it when the user says so."""
    try:
        previews = databases.previews(tables) if tables else {}
    except nps.InputError as refused:
        show.problem(refused.note)
        return
    if refused := {table: seen for table, seen in previews.items() if isinstance(seen, nps.InputError)}:
        for table, reason in refused.items():
            _problem(table, reason)
        return
    said = {table: _confirmed(table, previews[table], databases.mark(stored)) for table, stored in tables.items()}
    if tables and "responses" not in tables:
        st.info(_("Add the responses: the scores are what everything else is compared with."))
    if "responses" in tables:
        use = {"on_click": databases.use, "args": (tables, said)}
        st.button(_("Use these tables"), type="primary", key="use_tables", **use)
    if problem := keys.CONNECT_PROBLEM.take():
        show.problem(problem)


def _confirmed(table: str, preview: nps.Preview, mark: str) -> dict[str, str | None]:
    if preview.problem:
        _problem(table, preview.problem)
    with st.expander(_("How the columns of the {table} are read", table=table_named(table)), expanded=True):
        return columns.corrected(table, preview, mark)


def _problem(table: str, reason: str | Note) -> None:
    show.problem(_("{table}: {reason}", table=upload.titles()[table], reason=reason))


def offer_refresh() -> None:
    """When what is shown was read, as each window is read when it is asked for, and a button that reads what is new."""
    if databases.shown():
        read = _("Read from the database on {time:%Y-%m-%d %H:%M:%S} UTC.", time=data.panel().read_at)
        st.caption(read)
        st.button(_("Read what is new"), key="refresh", icon=":material/refresh:", on_click=databases.refresh)


def _enter() -> None:
    with st.expander(_("Enter a connection")), st.form("enter_connection", border=False):
        grid = st.columns(3)
        said = {
            "engine": grid[0].selectbox(_("Database"), list(TYPED), format_func=TYPED.get, key="enter_engine"),
            "host": grid[1].text_input(_("Host"), max_chars=253),
            "port": grid[2].number_input(_("Port"), 1, 65535, value=None, placeholder=_("the usual one")),
            "database": grid[0].text_input(_("Name of the database"), max_chars=200),
            "schema": grid[1].text_input(_("Schema (optional)"), max_chars=200),
            "username": grid[2].text_input(_("User who may only read"), max_chars=200),
            "password": grid[0].text_input(_("Password"), type="password", max_chars=200, autocomplete="off"),
        }
        if st.form_submit_button(_("Connect"), key="connect"):
            try:
                databases.enter(said)
                st.rerun()
            except nps.InputError as refused:
                show.problem(refused.note)
    st.caption(_("A connection entered here is forgotten with this session. The password is sent to that host only."))


def _place(table: str, connection: Connection, names: list[str]) -> Stored | None:
    choose = {"index": None, "placeholder": _("Choose a table")}
    picked = st.selectbox(upload.titles()[table], names, key=f"table_{table}", **choose)
    with st.expander(_("Or a SELECT")):
        label = _("SELECT for the {table}", table=table_named(table))
        select = st.text_area(label, key=f"select_{table}", label_visibility="collapsed")
    if select.strip():
        return Stored(connection, select=select.strip())
    return Stored(connection, table=picked) if picked else None

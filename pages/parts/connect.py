"""Connect a database: which connection, which tables or SELECTs, how their columns are read; and read it again."""

from collections.abc import Mapping

import streamlit as st

import nps
from nps import engines
from nps.engines import Connection, Stored
from pages.parts import columns, show, upload
from pages.session import data, databases, keys

TYPED = {name: engine.label for name, engine in engines.ENGINES.items() if engine.typed}


def ask() -> dict[str, Stored]:
    """A connection, and what stands in it for each table: table -> where it lies."""
    known, name = databases.connections(), None
    if known:
        name = st.selectbox("Connection", list(known), index=None, placeholder="Choose a connection", key="connection")
    _enter()
    if name not in known:
        return {}
    try:
        names = databases.table_names(known[name])
    except nps.InputError as refused:
        show.problem(str(refused))
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
        show.problem(str(refused))
        return
    if refused := {table: seen for table, seen in previews.items() if isinstance(seen, str)}:
        for table, reason in refused.items():
            show.problem(f"{upload.TITLES[table]}: {reason}")
        return
    said = {table: _confirmed(table, previews[table], databases.mark(stored)) for table, stored in tables.items()}
    if tables and "responses" not in tables:
        st.info("Add the responses: the scores are what everything else is compared with.")
    if "responses" in tables:
        st.button("Use these tables", type="primary", key="use_tables", on_click=databases.use, args=(tables, said))
    if problem := keys.CONNECT_PROBLEM.take():
        show.problem(problem)


def _confirmed(table: str, preview: nps.Preview, mark: str) -> dict[str, str | None]:
    if preview.problem:
        show.problem(f"{upload.TITLES[table]}: {preview.problem}")
    with st.expander(f"How the columns of the {table} are read", expanded=True):
        return columns.corrected(table, preview, mark)


def offer_refresh() -> None:
    """When what is shown was read, as each window is read when it is asked for, and a button that reads what is new."""
    if databases.shown():
        st.caption(f"Read from the database on {data.panel().read_at:%Y-%m-%d %H:%M:%S} UTC.")
        st.button("Read what is new", key="refresh", icon=":material/refresh:", on_click=databases.refresh)


def _enter() -> None:
    with st.expander("Enter a connection"), st.form("enter_connection", border=False):
        grid = st.columns(3)
        said = {
            "engine": grid[0].selectbox("Database", list(TYPED), format_func=TYPED.get, key="enter_engine"),
            "host": grid[1].text_input("Host", max_chars=253),
            "port": grid[2].number_input("Port", 1, 65535, value=None, placeholder="the usual one"),
            "database": grid[0].text_input("Name of the database", max_chars=200),
            "schema": grid[1].text_input("Schema (optional)", max_chars=200),
            "username": grid[2].text_input("User who may only read", max_chars=200),
            "password": grid[0].text_input("Password", type="password", max_chars=200, autocomplete="off"),
        }
        if st.form_submit_button("Connect", key="connect"):
            try:
                databases.enter(said)
                st.rerun()
            except nps.InputError as refused:
                show.problem(str(refused))
    st.caption("A connection entered here is forgotten with this session. The password is sent to that host only.")


def _place(table: str, connection: Connection, names: list[str]) -> Stored | None:
    picked = st.selectbox(upload.TITLES[table], names, index=None, placeholder="Choose a table", key=f"table_{table}")
    with st.expander("Or a SELECT"):
        select = st.text_area(f"SELECT for the {table}", key=f"select_{table}", label_visibility="collapsed")
    if select.strip():
        return Stored(connection, select=select.strip())
    return Stored(connection, table=picked) if picked else None

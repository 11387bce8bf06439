"""Tables of a database: which of them or which SELECTs, how their columns are read; and to read them again."""

from collections.abc import Mapping

import streamlit as st

import nps
from nps.engines import Connection, Stored
from nps.notes import Note, table_named
from nps.wording import _
from pages.parts import check, columns, drop, show
from pages.session import data, databases, keys


def tables(chosen: Connection | None) -> dict[str, Stored]:
    """What stands in it for each table: table -> where it lies."""
    if chosen is None:
        return {}
    try:
        names = databases.table_names(chosen)
    except nps.InputError as refused:
        show.problem(refused.note)
        return {}
    asked = {}
    for column, table in zip(st.columns(len(data.TABLES)), data.TABLES, strict=True):
        with column:
            asked[table] = _place(table, chosen, names)
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
    first = st.container()
    said = {table: _confirmed(table, previews[table], databases.mark(stored)) for table, stored in tables.items()}
    with first:
        for table, seen in previews.items():
            check.told(drop.titles()[table], seen, said[table])
        if tables and "responses" not in tables:
            st.info(_("Add the responses: the scores are what everything else is compared with."))
        if "responses" in tables:
            use = {"on_click": databases.use, "args": (tables, said)}
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.button(_("Use these tables"), type="primary", key="use_tables", **use)
                check.opted_out(said.values())
        if problem := keys.CONNECT_PROBLEM.take():
            show.problem(problem)


def _confirmed(table: str, preview: nps.Preview, mark: str) -> dict[str, str | None]:
    label = _("How the columns of the {table} are read", table=table_named(table))
    with st.expander(label, expanded=check.asks(preview)):
        return columns.corrected(table, preview, mark)


def _problem(table: str, reason: str | Note) -> None:
    show.problem(_("{table}: {reason}", table=drop.titles()[table], reason=reason))


def offer_refresh() -> None:
    """When what is shown was read, as each window is read when it is asked for, and a button that reads what is new."""
    if databases.shown():
        read = _("Read from the database on {time:%Y-%m-%d %H:%M:%S} UTC.", time=data.panel().read_at)
        st.caption(read)
        st.button(_("Read what is new"), key="refresh", icon=":material/refresh:", on_click=databases.refresh)


def _place(table: str, connection: Connection, names: list[str]) -> Stored | None:
    choose = {"index": None, "placeholder": _("Choose a table"), "persist_state": "session"}
    picked = st.selectbox(drop.titles()[table], names, key=f"table_{table}", **choose)
    with st.expander(_("Or a SELECT")):
        label = _("SELECT for the {table}", table=table_named(table))
        how = {"label_visibility": "collapsed", "persist_state": "session"}
        select = st.text_area(label, key=f"select_{table}", **how)
    if select.strip():
        return Stored(connection, select=select.strip())
    return Stored(connection, table=picked) if picked else None

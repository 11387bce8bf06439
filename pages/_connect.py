"""Connect a database: which connection, which tables or SELECTs, how their columns are read; and read it again."""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import streamlit as st

import nps
from nps import engines
from nps.engines import Connection, Stored
from pages import _columns, _shared, _show, _upload

TYPED = {name: engine.label for name, engine in engines.ENGINES.items() if engine.typed}
ENTERED = "(entered here)"


@dataclass(frozen=True)
class Connected:
    """Tables of a database, how their columns are read, and when that was: what makes its panels."""

    tables: tuple[tuple[str, Stored], ...]
    mapping: str
    read_at: str

    def panel(self, window_days: int, measure: str) -> nps.Panel:
        """The panel under a window and a measure; the database is asked once for each window."""
        found = _loaded(self, window_days)
        return found.measured(measure) if measure in found.measures else found


@st.cache_resource(scope="session", max_entries=4, show_spinner="Asking the database…")
def _loaded(connected: Connected, window_days: int, _earlier: nps.Panel | None = None) -> nps.Panel:
    mapping = json.loads(connected.mapping)
    return nps.load(**dict(connected.tables), window_days=window_days, mapping=mapping, earlier=_earlier)


@st.cache_resource(scope="session", ttl=300, show_spinner="Looking for tables…")
def _table_names(connection: Connection) -> list[str]:
    return engines.table_names(connection)


@st.cache_resource(scope="session", max_entries=12, ttl=300, show_spinner="Reading the first rows…")
def _preview(table: str, stored: Stored) -> nps.Preview:
    return nps.preview(stored, table)


def ask() -> dict[str, Stored]:
    """A connection, and what stands in it for each table: table -> where it lies."""
    known, name = _connections(), None
    if known:
        name = st.selectbox("Connection", list(known), index=None, placeholder="Choose a connection", key="connection")
    _enter()
    if name not in known:
        return {}
    try:
        names = _table_names(known[name])
    except nps.InputError as refused:
        _show.problem(str(refused))
        return {}
    asked = {}
    for column, table in zip(st.columns(3), _shared.TABLES, strict=True):
        with column:
            asked[table] = _place(table, known[name], names)
    return {table: stored for table, stored in asked.items() if stored}


def confirm(tables: Mapping[str, Stored]) -> None:
    """Show how each table would be read, take corrections, and load it when the user says so."""
    said = {}
    for table, stored in tables.items():
        try:
            preview = _preview(table, stored)
        except nps.InputError as refused:
            _show.problem(f"{_upload.TITLES[table]}: {refused}")
            return
        if preview.problem:
            _show.problem(f"{_upload.TITLES[table]}: {preview.problem}")
        with st.expander(f"How the columns of the {table} are read", expanded=True):
            said[table] = _columns.corrected(table, preview, _mark(stored))
    if tables and "responses" not in tables:
        st.info("Add the responses: the scores are what everything else is compared with.")
    if "responses" in tables:
        st.button("Use these tables", type="primary", key="use_tables", on_click=_use, args=(tables, said))
    if problem := st.session_state.pop("connect_problem", None):
        _show.problem(problem)


def offer_refresh() -> None:
    """When the database was read, and a button that reads what is new."""
    shown = _shared.dataset()
    if shown and isinstance(shown.data, Connected):
        st.caption(f"Read from the database on {shown.data.read_at} UTC.")
        st.button("Read what is new", key="refresh", icon=":material/refresh:", on_click=_refresh)


def _connections() -> dict[str, Connection]:
    """Those of secrets.toml by name, then the one entered in this session."""
    sections = st.secrets.get("connections", {}) if st.secrets.load_if_toml_exists() else {}
    known = {name: engines.from_secrets(name, section.to_dict()) for name, section in sections.items()}
    return known | ({ENTERED: st.session_state["entered"]} if "entered" in st.session_state else {})


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
                st.session_state["entered"] = engines.pinned(Connection(**said), _hosts())
                st.rerun()
            except nps.InputError as refused:
                _show.problem(str(refused))
    st.caption("A connection entered here is forgotten with this session. The password is sent to that host only.")


def _hosts() -> list[str]:
    """Hosts inside the server's own network that the administrator lets people enter."""
    return os.environ.get("NPS_LENS_DATABASE_HOSTS", "").split()


def _place(table: str, connection: Connection, names: list[str]) -> Stored | None:
    picked = st.selectbox(_upload.TITLES[table], names, index=None, placeholder="Choose a table", key=f"table_{table}")
    with st.expander("Or a SELECT"):
        select = st.text_area(f"SELECT for the {table}", key=f"select_{table}", label_visibility="collapsed")
    if select.strip():
        return Stored(connection, select=select.strip())
    return Stored(connection, table=picked) if picked else None


def _use(tables: Mapping[str, Stored], mapping: Mapping[str, Mapping[str, str | None]]) -> None:
    said = json.dumps(mapping)
    connected = Connected(tuple(sorted(tables.items())), said, _now())
    mark = hashlib.sha256("".join([*map(_mark, tables.values()), said]).encode()).hexdigest()[:16]
    name = ", ".join(stored.table or "a SELECT" for stored in tables.values())
    try:
        _shared.use(_shared.Dataset(name, mark, connected))
    except nps.InputError as refused:
        st.session_state["connect_problem"] = str(refused)


def _refresh() -> None:
    """The same tables read again; filters and region stay."""
    shown, window = _shared.dataset(), _shared.window()
    again = replace(shown.data, read_at=_now())
    try:
        _loaded(again, window, _loaded(shown.data, window))
    except nps.InputError as refused:
        st.session_state["connect_problem"] = str(refused)
        return
    st.session_state["dataset"] = replace(shown, data=again)


def _now() -> str:
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}"


def _mark(stored: Stored) -> str:
    """What tells places apart; without the password."""
    return hashlib.sha256(repr(stored).encode()).hexdigest()[:16]

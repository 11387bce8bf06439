"""Connect a database: which connection, which tables or SELECTs, how their columns are read; and read it again."""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial

import streamlit as st

import nps
from nps import engines, intake, lens
from nps.engines import Connection, Stored
from nps.joined import closed, continued
from pages.parts import columns, show, upload
from pages.session import asking, data

PANELS_KEPT = 4
TYPED = {name: engine.label for name, engine in engines.ENGINES.items() if engine.typed}
ENTERED = "(entered here)"


@dataclass(frozen=True)
class Connected:
    """Tables of a database, how their columns are read, and when that was asked for: what makes its panels."""

    tables: tuple[tuple[str, Stored], ...]
    mapping: str
    read_at: str
    earlier: "Connected | None" = field(default=None, compare=False, repr=False)
    panels: dict[int, nps.Panel] = field(default_factory=dict, compare=False, repr=False)

    def panel(self, window_days: int, measure: str) -> nps.Panel:
        """The panel under a window and a measure; the database is asked once for each window."""
        if window_days not in self.panels:
            self.panels[window_days] = self._asked(window_days)
            for oldest in list(self.panels)[:-PANELS_KEPT]:
                del self.panels[oldest]
        found = self.panels[window_days]
        return found.measured(measure) if measure in found.measures else found

    def _asked(self, window_days: int) -> nps.Panel:
        known = continued(self.earlier.panels.get(window_days) if self.earlier else None, window_days)
        more = {"window_days": window_days, "before": known and known.keys}
        start = asking.job(
            "count", dict(self.tables), json.loads(self.mapping), more=more, closed=known and closed(known)
        )
        mark = _digest(self.tables, self.mapping, self.read_at, window_days)
        return asking.answer(mark, start, partial(_counted, window_days=window_days))


def _counted(job: intake.Job, window_days: int) -> nps.Panel:
    job.result()
    return lens.opened(job.folder, window_days)


def _table_names(connection: Connection) -> list[str]:
    start = asking.job("tables", {"usage": Stored(connection)})
    return asking.remembered(_digest("tables", connection, connection.password), start, intake.Job.result)


def _previews(tables: Mapping[str, Stored]) -> dict[str, nps.Preview | str]:
    start = asking.job("preview", tables)
    mark = _digest("preview", tables, [stored.connection.password for stored in tables.values()])
    return asking.remembered(mark, start, intake.Job.previews)


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
        previews = _previews(tables) if tables else {}
    except nps.InputError as refused:
        show.problem(str(refused))
        return
    if refused := {table: seen for table, seen in previews.items() if isinstance(seen, str)}:
        for table, reason in refused.items():
            show.problem(f"{upload.TITLES[table]}: {reason}")
        return
    said = {table: _confirmed(table, previews[table], _mark(stored)) for table, stored in tables.items()}
    if tables and "responses" not in tables:
        st.info("Add the responses: the scores are what everything else is compared with.")
    if "responses" in tables:
        st.button("Use these tables", type="primary", key="use_tables", on_click=_use, args=(tables, said))
    if problem := st.session_state.pop("connect_problem", None):
        show.problem(problem)


def _confirmed(table: str, preview: nps.Preview, mark: str) -> dict[str, str | None]:
    if preview.problem:
        show.problem(f"{upload.TITLES[table]}: {preview.problem}")
    with st.expander(f"How the columns of the {table} are read", expanded=True):
        return columns.corrected(table, preview, mark)


def adopt() -> None:
    """Look at what was asked for, once it is there: at the start of a run, before anything is shown of another."""
    wanted = st.session_state.get("connecting")
    if wanted is None:
        return
    try:
        wanted.data.panel(data.window(), data.DEFAULTS["measure"])
        if wanted.data.earlier:
            st.session_state["dataset"] = replace(wanted, data=replace(wanted.data, earlier=None))
        else:
            data.use(wanted)
    except nps.InputError as refused:
        st.session_state["connect_problem"] = str(refused)
    del st.session_state["connecting"]


def offer_refresh() -> None:
    """When what is shown was read, as each window is read when it is asked for, and a button that reads what is new."""
    shown = data.dataset()
    if shown and isinstance(shown.data, Connected):
        st.caption(f"Read from the database on {data.panel().read_at:%Y-%m-%d %H:%M:%S} UTC.")
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
                typed = engines.pinned(Connection(**said), _hosts())
                engines.check_typed(typed)
                st.session_state["entered"] = typed
                st.rerun()
            except nps.InputError as refused:
                show.problem(str(refused))
    st.caption("A connection entered here is forgotten with this session. The password is sent to that host only.")


def _hosts() -> list[str]:
    """Hosts inside the server's own network that the administrator lets people enter."""
    return os.environ.get("NPS_LENS_DATABASE_HOSTS", "").split()


def _place(table: str, connection: Connection, names: list[str]) -> Stored | None:
    picked = st.selectbox(upload.TITLES[table], names, index=None, placeholder="Choose a table", key=f"table_{table}")
    with st.expander("Or a SELECT"):
        select = st.text_area(f"SELECT for the {table}", key=f"select_{table}", label_visibility="collapsed")
    if select.strip():
        return Stored(connection, select=select.strip())
    return Stored(connection, table=picked) if picked else None


def _use(tables: Mapping[str, Stored], mapping: Mapping[str, Mapping[str, str | None]]) -> None:
    said = json.dumps(mapping)
    connected = Connected(tuple(sorted(tables.items())), said, _now())
    mark = _digest(tables, said)
    name = ", ".join(stored.table or "a SELECT" for stored in tables.values())
    st.session_state["connecting"] = data.Dataset(name, mark, connected)


def _refresh() -> None:
    """The same tables read again; filters and region stay."""
    shown = data.dataset()
    again = Connected(shown.data.tables, shown.data.mapping, _now(), shown.data)
    st.session_state["connecting"] = replace(shown, data=again)


def _now() -> str:
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}"


def _mark(stored: Stored) -> str:
    """What tells places apart; without the password."""
    return _digest(stored)


def _digest(*said: object) -> str:
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]

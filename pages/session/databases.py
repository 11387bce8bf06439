"""Databases that this session reads: which connections it has, what stands in them, and what is read of them."""

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
from nps.notes import Refused, note
from pages.session import arriving, asking, data, filters, keys
from pages.session.held import Dataset
from workspace.store import origins

PANELS_KEPT = 4
ENTERED = "(entered here)"


@dataclass(frozen=True)
class Connected:
    """Tables of a database, how their columns are read, and when that was asked for: what makes its panels."""

    tables: tuple[tuple[str, Stored], ...]
    mapping: str
    read_at: str
    earlier: "Connected | None" = field(default=None, compare=False, repr=False)
    panels: dict[int, nps.Panel] = field(default_factory=dict, compare=False, repr=False)
    jobs: dict[int, intake.Job] = field(default_factory=dict, compare=False, repr=False)

    def panel(self, window_days: int, measure: str) -> nps.Panel:
        """The panel under a window and a measure; the database is asked once for each window."""
        if window_days not in self.panels:
            self.panels[window_days] = self._asked(window_days)
            for oldest in list(self.panels)[:-PANELS_KEPT]:
                del self.panels[oldest], self.jobs[oldest]
        found = self.panels[window_days]
        return found.measured(measure) if measure in found.measures else found

    def _asked(self, window_days: int) -> nps.Panel:
        known = continued(self.earlier.panels.get(window_days) if self.earlier else None, window_days)
        more = {"window_days": window_days, "before": known and known.keys}
        start = asking.job(
            "count", dict(self.tables), json.loads(self.mapping), more=more, closed=known and closed(known)
        )
        mark = _digest(self.tables, self.mapping, self.read_at, window_days)
        return asking.answer(mark, start, partial(self._counted, window_days=window_days))

    def _counted(self, job: intake.Job, window_days: int) -> nps.Panel:
        """What was read lies on disk for as long as it is looked at, as it may be kept."""
        job.result()
        self.jobs[window_days] = job
        return lens.panel_of_folder(job.folder, window_days, stored=dict(self.tables))

    def told(self, window_days: int) -> dict[str, object]:
        """Where it comes from, without passwords. Raises nps.InputError for a connection that was entered here."""
        (connection,) = {stored.connection for _, stored in self.tables}
        name = next((name for name, known in connections().items() if known == connection and name != ENTERED), None)
        if name is None:
            raise Refused("dataset.entered")
        return origins.told(name, dict(self.tables), json.loads(self.mapping), window_days)


def connections() -> dict[str, Connection]:
    """Those of secrets.toml by name, then the one entered in this session."""
    sections = st.secrets.get("connections", {}) if st.secrets.load_if_toml_exists() else {}
    known = {name: engines.from_secrets(name, section.to_dict()) for name, section in sections.items()}
    return known | ({ENTERED: entered} if (entered := keys.ENTERED.get()) else {})


def enter(said: Mapping[str, object]) -> None:
    """A connection that is forgotten with this session. Raises nps.InputError for one that nobody may enter."""
    typed = engines.pinned(Connection(**said), _hosts())
    engines.check_typed(typed)
    keys.ENTERED.put(typed)


def _hosts() -> list[str]:
    """Hosts inside the server's own network that the administrator lets people enter."""
    return os.environ.get("NPS_LENS_DATABASE_HOSTS", "").split()


def table_names(connection: Connection) -> list[str]:
    """What stands in a database. Raises nps.InputError."""
    start = asking.job("tables", {"usage": Stored(connection)})
    return asking.remembered(_digest("tables", connection, connection.password), start, intake.Job.result)


def previews(tables: Mapping[str, Stored]) -> dict[str, nps.Preview | nps.InputError]:
    """How each would be read, or why one cannot be. Raises nps.InputError."""
    start = asking.job("preview", tables)
    mark = _digest("preview", tables, [stored.connection.password for stored in tables.values()])
    return asking.remembered(mark, start, intake.Job.previews)


def use(tables: Mapping[str, Stored], mapping: Mapping[str, Mapping[str, str | None]]) -> None:
    """Look at these tables, read in this way, from the next run on."""
    said = json.dumps(mapping)
    connected = Connected(tuple(sorted(tables.items())), said, _now())
    mark = _digest(tables, said)
    name = note("database.tables", names=tuple(stored.table or note("database.select") for stored in tables.values()))
    keys.CONNECTING.put(Dataset(name, mark, connected))


def adopt() -> None:
    """Look at what was asked for, once it is there: at the start of a run, before anything is shown of another."""
    wanted = keys.CONNECTING.get()
    if wanted is None:
        return
    try:
        wanted.data.panel(filters.window(), keys.MEASURE.default)
        if wanted.data.earlier:
            data.use_again(replace(wanted, data=replace(wanted.data, earlier=None)))
        else:
            data.use(wanted)
            arriving.arrived()
    except nps.InputError as refused:
        keys.CONNECT_PROBLEM.put(refused.note)
    keys.CONNECTING.take()


def shown() -> bool:
    """Whether a database is looked at."""
    return isinstance(data.dataset() and data.dataset().data, Connected)


def refresh() -> None:
    """The same tables read again; filters and region stay."""
    before = data.dataset()
    again = Connected(before.data.tables, before.data.mapping, _now(), before.data)
    keys.CONNECTING.put(replace(before, data=again))


def _now() -> str:
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}"


def mark(stored: Stored) -> str:
    """What tells places apart; without the password."""
    return _digest(stored)


def _digest(*said: object) -> str:
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]

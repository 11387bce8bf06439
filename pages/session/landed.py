"""Tables that were read: on disk for who brought the same bytes, panels of them in memory while they fit."""

import itertools
import threading
import time
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import streamlit as st

import nps
from nps import intake, lens
from nps.runs import Told, untold
from nps.wording import _
from web import memory

PANELS_KEPT = 4
MOST_BYTES = 96 * 1024**2  # of answers and usage; what is counted of them takes about as much again

_LANDED: "weakref.WeakValueDictionary[str, Landed]" = weakref.WeakValueDictionary()
_OPENING = threading.Lock()  # one at a time: joining takes several times the memory of what comes of it
_TURNS = itertools.count()  # a run may wait more than once


class Folder(NamedTuple):
    """Tables that lie in a folder whoever looks at them, as those that are kept do.

    opened  the panel of them, by window and measure
    """

    folder: Path
    opened: Callable[[int, str], nps.Panel]


class Landed:
    """Checked tables on disk, and panels of them in memory.

    Nobody but its sessions holds it; with the last of them it goes, its files too.
    """

    def __init__(self, job: intake.Job | Folder) -> None:
        self._job = job
        self._panels: dict[tuple[int, str], nps.Panel] = {}
        self.asked = 0.0

    def panel(self, window_days: int, measure: str) -> nps.Panel:
        """The panel under a window and a measure; opened again when those of others needed its room meanwhile."""
        if found := self._panels.get((window_days, measure)):
            self.asked = time.monotonic()
            return found
        place = st.empty()
        with place.container(key=f"joining_{next(_TURNS)}"), st.spinner(_("Joining answers with usage…")):
            made = self.joined(window_days, measure, st.empty().progress)
        place.empty()
        return made

    def joined(self, window_days: int, measure: str, told: Told = untold) -> nps.Panel:
        """The same, where nobody waits before a page; how far it is, is `told` of many people."""
        wanted, self.asked = (window_days, measure), time.monotonic()
        with _OPENING:
            found = self._panels.get(wanted) or self._made(window_days, measure, told)
            latest = {**self._panels, wanted: found}
            self._panels = dict([*latest.items()][-PANELS_KEPT:])
            make_room(self)
        return found

    @property
    def folder(self) -> Path:
        """Where they lie."""
        return self._job.folder

    @property
    def bytes(self) -> int:
        """What its panels take, about; those of one window share most of it."""
        return sum({days: _bytes(panel) for (days, _), panel in self._panels.items()}.values())

    def close(self) -> None:
        """Have its tables on disk only. Who looks at a panel right now goes on."""
        self._panels = {}

    def _made(self, window_days: int, measure: str, told: Told) -> nps.Panel:
        if alike := next((made for (days, _), made in self._panels.items() if days == window_days), None):
            return alike.measured(measure)
        if isinstance(self._job, Folder):
            return self._job.opened(window_days, measure)
        return lens.panel_of_folder(self.folder, window_days=window_days, measure=measure, told=told)


def known(mark: str, job: intake.Job | Folder | None = None) -> Landed | None:
    """What somebody has read already, or what lies there now; for as long as the caller holds it."""
    return _LANDED.setdefault(mark, Landed(job)) if job else _LANDED.get(mark)


def make_room(latest: Landed, most: int = MOST_BYTES) -> None:
    """Close what was asked for longest ago, until the rest fits beside the latest."""
    left = most - latest.bytes
    for other in sorted(_LANDED.values(), key=lambda other: other.asked, reverse=True):
        if other is not latest:
            left -= other.bytes
            if left < 0:
                other.close()
    memory.give_back()


def _bytes(panel: nps.Panel) -> int:
    return int(panel.answers.memory_usage().sum()) + sum(part.nbytes for part in panel.pairs)

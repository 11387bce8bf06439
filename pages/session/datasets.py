"""Data that are kept under a name: opened by whoever looks at them, refreshed and taken back."""

from collections.abc import Callable
from pathlib import Path

import nps
from nps import intake
from nps.notes import note
from pages.session import access, asking, data, databases, filters, kept, keys
from pages.session.held import Dataset
from pages.session.notices import say
from pages.session.opened import Opened, linked, look_again
from workspace.store import datasets, markers, origins, rules, selections, sets, settings
from workspace.store.datasets import Kept


def adopt() -> None:
    """At the start of a run: open what a link or a click asks for, read anew what was asked for, leave what is gone."""
    try:
        if wanted := keys.KEPT_WANTED.take() or linked():
            _open(wanted)
        if again := keys.KEPT_READ.get():
            _read_anew(*again)
            keys.KEPT_READ.take()
    except nps.InputError as refused:
        keys.KEPT_READ.take()
        if keys.AWAITED.take():
            data.use_sample()
        say(refused.note)
    try:
        _look()
    except nps.InputError as gone:
        data.use_sample()
        say(gone.note)


def _look() -> None:
    """See whether what is looked at is still there, for whom it is. Raises nps.InputError when it is not."""
    at_hand = data.dataset()
    if at_hand and isinstance(at_hand.data, Opened):
        _fit_window(at_hand.data.now())
        at_hand.data.panel(filters.window(), keys.MEASURE.get())


def _open(wanted: str) -> None:
    with kept.space() as space:
        found = datasets.find(access.actor(), space, wanted)
        datasets.opened(access.actor(), space, wanted)
    _fit_window(found)
    data.use(Dataset(found.name, wanted, Opened(wanted)))


def _fit_window(found: Kept) -> None:
    """What was counted in a database was counted for one window."""
    if found.source:
        keys.WINDOW.put(found.source["window_days"])


def _read_anew(wanted: str, seen: int) -> None:
    """Have a worker read its database again, and put that in its place. Raises nps.InputError."""
    with kept.space() as space:
        source = datasets.find(access.actor(), space, wanted).source
    more = {"window_days": source["window_days"], "before": None}
    start = asking.job("count", origins.places(source, databases.connections()), source["mapping"], more=more)
    asking.answer(f"kept {wanted} {seen}", start, lambda job: _take(job, (wanted, seen)))


def _take(job: intake.Job, into: tuple[str, int]) -> None:
    job.result()
    refreshed(into, job.folder)
    say(data.in_use())


def ask_for(wanted: str) -> None:
    """Look at this dataset from the next run on."""
    keys.KEPT_WANTED.put(wanted)


def ask_anew(wanted: str, seen: int) -> None:
    """Read the database of this dataset again, from the next run on."""
    keys.KEPT_READ.put((wanted, seen))


def keep(name: str) -> None:
    """Keep what is looked at under a name; filters, region and events stay."""

    def do() -> None:
        before, window = data.dataset(), filters.window()
        connected = isinstance(before.data, databases.Connected)
        folder = before.data.jobs[window].folder if connected else before.data.folder
        source = before.data.told(window) if connected else None
        with kept.space() as space:
            made = datasets.keep(access.actor(), space, folder, name, source)
            markers.copy_markers(access.actor(), space, before.fingerprint, made)
            for each in (selections, rules, settings, sets):
                each.copy(access.actor(), space, before.fingerprint, made)
        say(note("dataset.kept", name=look_again(Opened(made))))

    _changed(do)


def refreshed(into: tuple[str, int], folder: Path) -> None:
    """Put what was read over a dataset, by the version that was looked at. Raises nps.InputError."""
    with kept.space() as space:
        datasets.refresh(access.actor(), space, into[0], folder, into[1])


def undo(wanted: str, seen: int) -> None:
    """Back to the version before."""
    _changed(lambda: _with(datasets.undo, wanted, seen))


def rename(wanted: str, name: str) -> None:
    """Call it otherwise."""

    def do() -> None:
        _with(datasets.rename, wanted, name)
        look_again(data.dataset().data)

    _changed(do)


def delete(wanted: str) -> None:
    """Delete it for everybody, and look at the sample."""

    def do() -> None:
        _with(datasets.delete, wanted)
        data.use_sample()

    _changed(do)


def _with(change: Callable, wanted: str, *more: object) -> None:
    with kept.space() as space:
        change(access.actor(), space, wanted, *more)


def _changed(do: Callable[[], None]) -> None:
    """Do it, or have the page say why not: for callbacks."""
    try:
        do()
    except nps.InputError as refused:
        keys.KEPT_PROBLEM.put(refused.note)

"""Data that are kept, as they are now, and the panels of them."""

from functools import partial
from pathlib import Path

import nps
from pages.session import access, kept, keys, landed, ruled
from pages.session.data import dataset, use_again
from pages.session.held import Dataset
from workspace.access.actor import Actor
from workspace.access.permissions import Verb, may
from workspace.playbooks import panels as at_work
from workspace.store import datasets, panels
from workspace.store.database import Workspace
from workspace.store.datasets import Kept

TRIES, ID = 3, 32  # an id has so many signs
LONGEST_NAME = datasets.LONGEST_NAME


class Opened:
    """A dataset that is kept, as it is now: what others change of it is there in the next run."""

    def __init__(self, dataset: str) -> None:
        self.dataset = dataset
        self._landed: landed.Landed | None = None

    def now(self) -> Kept:
        """What counts of it at this moment. Raises nps.InputError when it was deleted."""
        return self._now()[0]

    @property
    def viewers(self) -> str:
        """What it shows viewers: aggregate or pseudonymous; the least where it was deleted."""
        try:
            return self.now().viewers
        except nps.InputError:
            return "aggregate"

    @property
    def window_days(self) -> int:
        """The days that it is counted for unless somebody chooses otherwise."""
        source = self.now().source
        return source["window_days"] if source else keys.WINDOW.default

    def panel(self, window_days: int, measure: str, tries: int = TRIES) -> nps.Panel:
        """The panel of the version that counts; one folder is opened once for all who look at it."""
        now, folder = self._now()
        self._landed = landed.known(f"kept {now.folder}", landed.Folder(folder, partial(_opened, access.actor(), now)))
        try:
            return self._landed.panel(window_days, measure)
        except (OSError, nps.InputError):
            if not tries or self.now().folder == now.folder:
                raise
        return self.panel(window_days, measure, tries - 1)

    def _now(self) -> tuple[Kept, Path]:
        with kept.space() as space:
            now = datasets.find(access.actor(), space, self.dataset)
            return now, datasets.place(access.actor(), space, now)


def _opened(actor: Actor, now: Kept, window_days: int, measure: str) -> nps.Panel:
    with kept.space() as space:
        return panels.panel(actor, space, now, window_days, measure)


def for_work(actor: Actor, space: Workspace, kept: Kept) -> nps.Panel:
    """The panel of data as the server's own work looks at them: the one that sessions share, where any has them open.

    Raises nps.InputError or OSError where somebody is faster in changing them.
    """
    shared = landed.known(f"kept {kept.folder}")
    if shared is None:
        return at_work.opened(actor, space, kept)
    days = kept.source["window_days"] if kept.source else keys.WINDOW.default
    return ruled.by(shared.joined(days, keys.MEASURE.default), at_work.rules_of(actor, space, kept))


def linked() -> str | None:
    """The dataset that a link asks for; None where it asks for files, whose mark is shorter."""
    awaited = keys.AWAITED.get()
    return awaited if awaited and len(awaited) == ID else None


def look_again(opened: Opened) -> str:
    """Look at this under the name that it has now, which is returned; filters and region stay."""
    name = opened.now().name
    use_again(Dataset(name, opened.dataset, opened))
    return name


def shown() -> Kept | None:
    """The kept data that are looked at; None where that is something else, or is deleted."""
    at_hand = dataset()
    if at_hand is None or not isinstance(at_hand.data, Opened):
        return None
    try:
        return at_hand.data.now()
    except nps.InputError:
        return None


def listed() -> list[Kept]:
    """All of them, those first that were opened last."""
    with kept.space() as space:
        return datasets.listed(access.actor(), space)


def can_be_kept() -> bool:
    """Whether what is looked at is not kept yet, and could be."""
    at_hand = dataset()
    return at_hand is not None and not isinstance(at_hand.data, Opened)


def way(wanted: str) -> str:
    """How ids of a dataset are matched. Raises nps.InputError when it was deleted."""
    with kept.space() as space:
        return datasets.keys(access.actor(), space, datasets.find(access.actor(), space, wanted))


def may_delete() -> bool:
    """Whether this visitor may delete for good."""
    return may(access.actor(), Verb.ADMINISTER)

"""Panels of what is kept, as files that are mapped: opened at once, and shared by all who look, in every process."""

import shutil
from contextlib import suppress
from pathlib import Path

from nps import lens, shelf
from nps.notes import TooLarge
from nps.panel import Panel
from workspace.access.actor import Actor
from workspace.access.permissions import Verb, needs
from workspace.store import datasets, folders
from workspace.store.database import PANELS, Workspace, writing
from workspace.store.datasets import Kept
from workspace.store.versions import has_room

OF_ONE = 3  # of one version of a dataset: windows and measures that somebody looked at


@needs(Verb.LOOK)
def panel(actor: Actor, space: Workspace, kept: Kept, window_days: int, measure: str) -> Panel:
    """The panel of the version that counts: mapped, where somebody opened it before; else made, and put there.

    Raises InputError or OSError where somebody is faster in changing it, see `lens.panel_of_folder`.
    """
    folder = datasets.place(actor, space, kept)
    place = space.root / PANELS / kept.folder / f"{window_days} {measure}"
    if mapped := lens.panel_on_shelf(place, folder):
        return mapped
    made = lens.panel_of_folder(folder, window_days, measure)
    with suppress(TooLarge):  # then it is made again the next time
        _put(space, made, place)
    return made


def _put(space: Workspace, made: Panel, place: Path) -> None:
    """Put it on the shelf, in the transaction in which its dataset still counts; there is room for a few."""
    with folders.building(space.root) as tmp:
        shelf.write(made, tmp)
        for file in tmp.iterdir():
            file.chmod(0o600)
        if not has_room(space, tmp):
            return
        with writing(space.db):
            if folders.counts(space, place.parent.name):
                place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                others = sorted(place.parent.iterdir(), key=lambda other: (other != place, -other.stat().st_mtime))
                for other in (each for at, each in enumerate(others) if each == place or at >= OF_ONE - 1):
                    shutil.rmtree(other)
                tmp.rename(place)

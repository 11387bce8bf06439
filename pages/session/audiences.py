"""Audiences of the data at hand: selections by name. Those of the sample are forgotten with the session."""

import nps
from pages.session import access, keys
from pages.session.data import dataset
from pages.session.filters import selection, show_selection
from pages.session.kept import space
from workspace.store import selections
from workspace.store.selections import LONGEST_NAME as LONGEST_NAME
from workspace.store.selections import Saved as Saved


def saved() -> list[Saved]:
    """By name."""
    if dataset() is None:
        return sorted(keys.SAMPLE_AUDIENCES.get().values(), key=lambda each: each.name)
    with space() as opened:
        return selections.saved(access.actor(), opened, dataset().fingerprint)


def save() -> None:
    """Give what is selected the name that was typed, or have the page say why not: for callbacks."""
    name, query = keys.AUDIENCE_NAME.get(), selection().to_query()
    try:
        if dataset() is None:
            made = selections.named(name, query)
            keys.SAMPLE_AUDIENCES.put({**keys.SAMPLE_AUDIENCES.get(), made.name: made})
        else:
            with space() as opened:
                selections.save(access.actor(), opened, dataset().fingerprint, name, query)
        keys.AUDIENCE_NAME.put("")
    except nps.InputError as wrong:
        keys.AUDIENCE_PROBLEM.put(wrong.note)


def remove(audience: Saved) -> None:
    """Forget it."""
    if dataset() is None:
        kept = keys.SAMPLE_AUDIENCES.get()
        keys.SAMPLE_AUDIENCES.put({name: each for name, each in kept.items() if name != audience.name})
        return
    with space() as opened:
        selections.remove(access.actor(), opened, audience.id)


def show(audience: Saved) -> None:
    """Select whom it selects."""
    show_selection(nps.Selection.from_query(audience.query))

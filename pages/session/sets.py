"""Sets of people and metrics of the data at hand, by name. Those of the sample are forgotten with the session."""

from collections.abc import Sequence

import nps
from nps.notes import note
from nps.selection.clauses import Who
from nps.who.built import DEEPEST, Shelved
from nps.who.metric import Metric
from nps.who.text import parsed, printed
from nps.who.values import Saved
from pages.session import access, keys
from pages.session.notices import say
from workspace.store import sets
from workspace.store.database import open_workspace, place
from workspace.store.sets import LONGEST_NAME as LONGEST_NAME
from workspace.store.sets import METRIC as METRIC
from workspace.store.sets import SET as SET
from workspace.store.sets import Kept as Kept


def under(panel: nps.Panel) -> nps.Panel:
    """The panel, which finds what was saved under its name."""
    if panel.who:
        panel.who.saved = shelved
    return panel


def known(kind: str) -> list[Kept]:
    """The latest version of each of a kind, by name."""
    if keys.DATASET.get() is None:
        newest = {each.id: each for each in keys.SAMPLE_SETS.get() if each.kind == kind}
        return sorted(newest.values(), key=lambda each: each.name)
    with open_workspace(place()) as space:
        return sets.latest(access.actor(), space, keys.DATASET.get().fingerprint, kind)


def line(kept: Kept) -> str:
    """A set as a condition."""
    return f"saved.{kept.id}~{kept.version}"


def metric(kept: Kept) -> Metric:
    """A metric that is kept."""
    return Metric.of(kept.lines[0])


def plain(lines: Sequence[str]) -> tuple[str, ...]:
    """The same conditions, with those of sets in the place of these. Raises InputError where there is no such set."""
    return tuple(each for line in lines for each in _own(line, DEEPEST))


def _own(line: str, deep: int) -> list[str]:
    term = parsed(line)
    if not isinstance(term, Saved) or deep == 0:
        return [line]
    return [each for inner in shelved(term).terms for each in _own(printed(inner), deep - 1)]


def shelved(saved: Saved) -> Shelved:
    """A version of a set that a link asks for. Raises InputError where the data at hand have none."""
    found = _found(saved)
    if found is None:
        raise nps.InputError("who.not_saved", id=saved.id)
    return Shelved(found.name, tuple(map(parsed, found.lines)))


def name_of(kind: str) -> str:
    """The widget that the name of one is typed into."""
    return f"name_{kind}"


def save(kind: str, lines: Sequence[str]) -> None:
    """Give conditions the name that was typed, or have the page say why not: for callbacks.

    Those of a set stand there from then on, none of them in widgets, which forget when they are not shown.
    """
    typed = keys.of_widget(name_of(kind))
    name = typed.get() or ""
    try:
        if kind == SET:
            Who.of(lines)
        if keys.DATASET.get() is None:
            made = sets.named(known(kind), kind, name, lines)
            others = (each for each in keys.SAMPLE_SETS.get() if each != made)
            keys.SAMPLE_SETS.put((*others, made))
        else:
            with open_workspace(place()) as space:
                made = sets.save(access.actor(), space, keys.DATASET.get().fingerprint, kind, name, lines)
        typed.put("")
        if kind == SET:
            keys.BUILDING.put(tuple(lines))
        say(note(f"set.kept_{kind}", name=made.name, version=made.version))
    except nps.InputError as wrong:
        say(wrong.note)


def remove(kept: Kept) -> None:
    """Forget it, with all of its versions."""
    if keys.DATASET.get() is None:
        keys.SAMPLE_SETS.put(tuple(each for each in keys.SAMPLE_SETS.get() if each.id != kept.id))
        return
    with open_workspace(place()) as space:
        sets.remove(access.actor(), space, keys.DATASET.get().fingerprint, kept.id)


def _found(saved: Saved) -> Kept | None:
    if keys.DATASET.get() is None:
        mine = keys.SAMPLE_SETS.get()
        return next((each for each in mine if (each.id, each.version) == (saved.id, saved.version)), None)
    with open_workspace(place()) as space:
        return sets.find(access.actor(), space, keys.DATASET.get().fingerprint, saved.id, saved.version)

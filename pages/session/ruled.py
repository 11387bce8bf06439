"""By which rules comments are read: those that hold for the data at hand, or an earlier version of a link."""

from collections import OrderedDict
from functools import lru_cache
from threading import Lock
from weakref import WeakKeyDictionary

import nps
from nps.comments import Rules, editing
from nps.notes import note
from pages.session import access, keys
from pages.session.notices import say
from workspace.store import rules
from workspace.store.database import open_workspace, place
from workspace.store.marks import REMOVED
from workspace.store.rules import OURS, Kept

PARAMETER, KEPT = "rules", 4  # in links; panels of one data under different rules

_UNDER: "WeakKeyDictionary[nps.Panel, OrderedDict[str, nps.Panel]]" = WeakKeyDictionary()
_MAKING = Lock()


def begin() -> None:
    """Each run looks again what others have changed meanwhile; what a link asks for and is not there is said."""
    keys.RULES_NOW.take()
    asked = keys.RULES_ASKED.get()
    if asked is None or keys.AWAITED.get() is not None:
        return
    if asked == version(current()):
        keys.RULES_ASKED.take()
    elif _asked(asked) is None:
        keys.RULES_ASKED.take()
        say(note("rules.not_there"))


def leave() -> None:
    """Other data have other rules: nothing that was begun for these holds for them."""
    keys.RULES_NOW.take()
    keys.RULES_DRAFT.take()


def current() -> Kept:
    """The version that holds for the data at hand, for everybody who sees them. Of the sample each has their own."""
    known = keys.RULES_NOW.get()
    return keys.RULES_NOW.put(_current()) if known is None else known


def held() -> Kept:
    """The version that this session reads by: the current one, unless it looks at an earlier one."""
    asked = keys.RULES_ASKED.get()
    return (asked and _asked(asked)) or current()


def is_earlier() -> bool:
    """Whether it looks at other rules than the current ones."""
    return keys.RULES_ASKED.get() is not None


def version(kept: Kept) -> str:
    """The mark of a version in links."""
    return kept.version or _ours().version


def rules_of(kept: Kept) -> Rules:
    """What a version says."""
    return _read(kept.rules) if kept.rules else _ours()


def in_link() -> dict[str, list[str]]:
    """What a link says of them; nothing where our own hold."""
    now = keys.RULES_ASKED.get() or current().version
    return {PARAMETER: [now]} if now else {}


def under(panel: nps.Panel) -> nps.Panel:
    """The panel under the rules of this session: the same one for all who look at it under the same rules."""
    return by(panel, rules_of(held()))


def by(panel: nps.Panel, wanted: Rules) -> nps.Panel:
    """The panel by these rules: the same one for all who look at it by them."""
    if panel.rules.version == wanted.version:
        return panel
    with _MAKING:
        made = _UNDER.setdefault(panel, OrderedDict())
        found = made[wanted.version] = made.pop(wanted.version, None) or panel.with_rules(wanted)
        while len(made) > KEPT:
            made.popitem(last=False)
    return found


@lru_cache(1)
def _ours() -> Rules:
    return Rules.default()


@lru_cache(32)
def _read(text: str) -> Rules:
    return editing.read(text, REMOVED)


def _current() -> Kept:
    if keys.DATASET.get() is None:
        return next(iter(keys.SAMPLE_RULES.get()), OURS)
    with open_workspace(place()) as space:
        return rules.current(access.actor(), space, keys.DATASET.get().fingerprint)


def _asked(asked: str) -> Kept | None:
    """The version with this mark; None where there is none."""
    if asked == _ours().version:
        return OURS
    if keys.DATASET.get() is None:
        return next((each for each in keys.SAMPLE_RULES.get() if each.version == asked), None)
    with open_workspace(place()) as space:
        return rules.find(access.actor(), space, keys.DATASET.get().fingerprint, asked)

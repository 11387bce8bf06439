"""Other rules for comments, as a draft that nobody else sees until it is kept; and the versions there were."""

from collections.abc import Callable

import nps
from nps.comments import Rules
from nps.comments.rules import LONGEST, MOST_ENTRIES
from nps.notes import Refused, note
from nps.wording import _
from pages.session import access, keys, ruled
from pages.session.data import dataset
from pages.session.held import Draft
from pages.session.kept import space
from pages.session.notices import say
from workspace.access import users
from workspace.access.permissions import Verb, may
from workspace.privacy.masking import masked
from workspace.store import rules
from workspace.store.rules import Kept as Kept

LONGEST_TYPED = MOST_ENTRIES * (LONGEST + 2)  # characters in one field
SHORT = 12  # signs of a browser's mark


def held() -> Rules:
    """The rules that this session reads by."""
    return ruled.rules_of(ruled.held())


def draft() -> Rules | None:
    """What they would become; None where nobody has changed anything."""
    made = keys.RULES_DRAFT.get()
    return made.rules if made else None


def edited() -> Rules:
    """What is changed next: the draft, or what holds."""
    return draft() or held()


def change(make: Callable[[Rules], Rules]) -> bool:
    """Change the draft, or have the page say why not: for callbacks. Whether it is changed."""
    try:
        before = keys.RULES_DRAFT.get() or Draft(held(), ruled.current().number)
        made = make(before.rules)
    except nps.InputError as wrong:
        keys.RULES_PROBLEM.put(wrong.note)
        return False
    if made == held():
        discard()
    else:
        keys.RULES_DRAFT.put(Draft(made, before.seen))
    return True


def plain(text: str) -> str:
    """What somebody typed. Raises Refused for what tells who somebody is: rules outlive people."""
    if masked(text) != text:
        raise Refused("rules.personal")
    return text


def typed(text: str) -> list[str]:
    """The same, of several with commas or lines between. Raises InputError for more than any theme can have."""
    if len(text) > LONGEST_TYPED:
        raise nps.InputError("rules.too_many_entries", most=MOST_ENTRIES)
    parts = plain(text).replace("\n", ",").split(",")
    return [each for each in map(str.strip, parts) if each]


def discard() -> None:
    """Forget the draft."""
    keys.RULES_DRAFT.take()


def keep() -> None:
    """Have the draft hold for everybody who sees this data, or have the page say why not."""
    if wanted := keys.RULES_DRAFT.get():
        made = wanted.rules
        given = ("", "") if made.are_ours else (made.version, made.to_json())
        if not _done(rules.keep, rules.changed, *given, wanted.seen):
            keys.RULES_NOW.take()
            keys.RULES_DRAFT.put(Draft(made, ruled.current().number))  # who looks again may repeat it


def again() -> None:
    """Have the earlier rules that this session looks at hold for everybody, or have the page say why not."""
    keys.RULES_DRAFT.put(Draft(held(), ruled.current().number))
    keep()


def undo(seen: int) -> None:
    """Back to what held before the latest change, or have the page say why not."""
    _done(rules.undo, rules.undone, seen)


def history() -> list[Kept]:
    """All versions of the data at hand, the latest first."""
    if dataset() is None:
        return [*keys.SAMPLE_RULES.get()]
    with space() as opened:
        return rules.history(access.actor(), opened, dataset().fingerprint)


def who(kept: Kept) -> str:
    """Who made a version, as far as that can be told to whoever asks; nothing where it was themselves."""
    me = access.actor()
    if kept.made_by == me.name:
        return ""
    if not may(me, Verb.ADMINISTER):
        return _("somebody else")
    with space() as opened:
        return users.names(me, opened).get(kept.made_by, kept.made_by[:SHORT])


def look_at(version: str | None) -> None:
    """Read by another version from the next run on; None: by the current one. Nothing is changed for others."""
    if version is None:
        keys.RULES_ASKED.take()
    else:
        keys.RULES_ASKED.put(version)


def _done(keep: Callable[..., None], make: Callable[..., Kept], *given: object) -> bool:
    """Have a version hold; of the sample, versions are this session's own. Whether it does."""
    try:
        if dataset() is None:
            known = keys.SAMPLE_RULES.get()
            keys.SAMPLE_RULES.put((make(known, *given, access.actor().name), *known))
        else:
            with space() as opened:
                keep(access.actor(), opened, dataset().fingerprint, *given)
    except nps.InputError as refused:
        keys.RULES_PROBLEM.put(refused.note)
        return False
    discard()
    look_at(None)
    keys.RULES_NOW.take()
    say(note("rules.kept"))
    return True

"""What an administrator does for one person whom kept data know: hand out what is kept, and erase them."""

import json
from collections.abc import Callable

import nps
from nps.notes import note
from pages.session import access, kept, keys, leaving, links, opened
from pages.session.notices import say
from workspace.privacy import erase as erasing
from workspace.privacy import export


def is_possible() -> bool:
    """Whether what is looked at is kept, and whoever looks may do this."""
    return opened.may_delete() and opened.shown() is not None


def everything(person: str) -> Callable[[], bytes]:
    """Makes the file of all that is kept of somebody when it is asked for."""
    actor = access.actor()

    def made() -> bytes:
        with kept.space() as space:
            return json.dumps(export.export(actor, space, person), indent=1, ensure_ascii=False).encode()

    return leaving.of_person("person.json", made)


def erase(person: str) -> None:
    """Erase them from all that is kept, where their id was typed to confirm it: for callbacks."""
    if keys.ERASE_CONFIRMED.get().strip() != person:
        keys.ERASE_PROBLEM.put(note("erase.not_confirmed"))
        return
    try:
        with kept.space() as space:
            finished = erasing.erase(access.actor(), space, person)
    except nps.InputError as refused:
        keys.ERASE_PROBLEM.put(refused.note)
        return
    keys.PERSON.take()
    links.go(links.PEOPLE)
    say(note("erase.finished" if finished else "erase.begun"))

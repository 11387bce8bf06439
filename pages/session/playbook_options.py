"""What a playbook can be made of: whose answers, channels that are told, campaigns that people join."""

import nps
from nps.selection import Selection
from pages.session import access, campaigning, filters, sets
from pages.session.audiences import saved
from pages.session.kept import space
from workspace.delivery import channels

EVERYBODY, NOW, AS_IT_IS = "everybody", "now", "before"


def told() -> dict[str, str]:
    """What a message can go to: the name of each channel, by id."""
    with space() as known:
        return {each.id: each.name for each in channels.listed(access.actor(), known) if each.active}


def joined() -> dict[str, str]:
    """What people can be added to: the name of each campaign that is not closed, by id."""
    return {each.id: each.name for each in campaigning.open_ones().values()}


def bases() -> dict[str, tuple[str, nps.Selection]]:
    """Whose answers a playbook can be about: what the filters say, audiences and sets; each with its name."""
    known = {NOW: ("", filters.selection())} if filters.selection() != Selection() else {}
    known |= {f"audience {each.id}": (each.name, Selection.from_query(each.query)) for each in saved()}
    of_sets = {f"set {each.id}": (each.name, Selection(who=[sets.line(each)])) for each in sets.known(sets.SET)}
    return known | of_sets

"""Days before and after which answers can be compared: the latest change, events, and the middle of all."""

from datetime import date, timedelta
from typing import NamedTuple

import nps
from nps.wording import _
from pages.parts.overview import Days, turned
from pages.session import kept


class Moment(NamedTuple):
    """A day, how it is offered, and the periods before and since."""

    day: date
    said: str
    before: Days
    after: Days


def moments(chosen: nps.Chosen) -> dict[str, Moment]:
    """By a code that fits into a link: the latest change, events, the latest first, and the middle. None undated."""
    limits = chosen.selection.period or chosen.panel.period
    if limits is None or limits[0] >= limits[1]:
        return {}
    found, known = turned(chosen), {}
    if found is not None:
        said = _("The latest change, {day}", day=found.began)
        known["change"] = Moment(found.began, said, found.before, found.after)
    for event in sorted(kept.events().itertuples(index=False), key=lambda event: event.day, reverse=True):
        if limits[0] < (day := event.day.date()) <= limits[1]:
            said = _("{event}, {day}", event=event.name, day=day)
            known[f"{day} {event.name}"] = _split(day, said, limits)
    middle = limits[0] + (limits[1] - limits[0] + timedelta(days=1)) / 2
    return known | {"middle": _split(middle, _("The middle, {day}", day=middle), limits)}


def _split(day: date, said: str, limits: Days) -> Moment:
    return Moment(day, said, (limits[0], day - timedelta(days=1)), (day, limits[1]))

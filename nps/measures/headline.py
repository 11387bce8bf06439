"""The one sentence of a page: how the score moved for good, by how much, and whose own change differs from the others'.

A value of a segment is named only where its own change is not that of everyone else; that alone it makes up a large
part of a change says nothing, as large groups always do.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
import pandas as pd

from nps.cube import Cube
from nps.measures import score
from nps.measures.rules import ENOUGH_WEEKS, GREY_BELOW, SURE_BELOW
from nps.measures.turns import ALL, Turn

Days = tuple[date, date]


class Mover(NamedTuple):
    """Whose own change differs: a value of a segment, and its part of the whole change in points."""

    segment: str
    value: str
    points: float


class Headline(NamedTuple):
    """How the score moved since it last turned; scores and points are -100..100.

    direction      rose or fell, since the day when that began
    before, after  the days compared: as many before as since, or all there are
    nps_before     the score before, nps_after since; points their difference, low and high its 95% interval
    mover          whom it names; None where nobody's own change differs
    """

    direction: str
    began: date
    before: Days
    after: Days
    nps_before: float
    nps_after: float
    points: float
    low: float
    high: float
    mover: Mover | None


class Turned(NamedTuple):
    """When the score last changed its direction: which way, since when, and the day on which the watch told."""

    direction: str
    began: date
    told: date


def turned(alarms: pd.DataFrame) -> Turned | None:
    """Alarms of one direction are one until the score turns. None without any.

    alarms  oldest first, as `alarms.table` has them
    """
    if alarms.empty:
        return None
    run = (alarms["direction"] != alarms["direction"].shift()).cumsum()
    first = alarms[run == run.iloc[-1]].iloc[0]
    return Turned(first["direction"], first["began"].date(), first["at"].date())


def sides(turn: Turned, first: date, last: date) -> tuple[Days, Days] | None:
    """The days before and since, as many before, or all there are; None where there are none before.

    Since is after the watch told, where that is four weeks and more: what made it tell is larger than it was by chance.
    """
    later = turn.told + timedelta(days=1)
    since = later if last - turn.told >= timedelta(weeks=ENOUGH_WEEKS) else turn.began
    start = max(first, turn.began - (last - turn.began) - timedelta(days=1))
    return ((start, turn.began - timedelta(days=1)), (since, last)) if first < turn.began <= last else None


def of(
    turned: Turned, days: tuple[Days, Days], during: Callable[[Days], Cube], part: Callable[[str, str], float]
) -> Headline | None:
    """The headline; None where the score came back, so that there is nothing left of the change.

    during  counts of the answers between two days
    part    what a value of a segment makes up of the change, in points
    """
    turn = Turn(*(during(period) for period in reversed(days)))
    found, (now, was) = turn.change(ALL, ALL)
    if not found.points * {"rose": 1, "fell": -1}[turned.direction] > 0:
        return None
    mover = _mover(turn, np.sign(found.points), part)
    return Headline(
        turned.direction, turned.began, *days, float(score.net(was)), float(score.net(now)), *found[:3], mover
    )


def _mover(turn: Turn, way: float, part: Callable[[str, str], float]) -> Mover | None:
    """Who changed otherwise than everyone else, the same way as the whole, with the largest part of it."""
    found = list(looks(turn))
    q = score.benjamini_hochberg(np.array([p for _, _, _, p in found]))
    own = [look for look, sure in zip(found, q, strict=True) if sure < SURE_BELOW and look[2] * way > 0]
    movers = [Mover(segment, value, part(segment, value)) for segment, value, _, _ in own]
    return max((mover for mover in movers if mover.points * way > 0), key=lambda m: abs(m.points), default=None)


def looks(turn: Turn) -> Iterator[tuple[str, str, float, float]]:
    """Every value with enough answers on both sides: segment, value, its change, p of its difference from others."""
    for name in turn.after.panel.segments:
        codes = [cube.codes(name) for cube in turn]
        for code, value in enumerate(turn.after.values(name)):
            has = [each == code for each in codes]
            if min(mask.sum() for mask in has) >= GREY_BELOW and any((~mask).any() for mask in has):
                yield name, str(value), turn.change(*has)[0].points, turn.otherwise(*has)

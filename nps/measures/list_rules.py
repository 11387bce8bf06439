"""Every number of the lists of accounts and people: whoever looks at them reads and changes it."""

from typing import NamedTuple


class MayLeave(NamedTuple):
    """What gives points, and from how many on somebody is listed.

    lower, half  of what is usual, below which use has fallen: a point, and two more
    people       of what is usual, below which fewer people are active
    answer       the latest answer that is no more than this
    """

    lower: float = 0.75
    half: float = 0.5
    people: float = 0.7
    answer: int = 6
    lower_points: int = 1
    half_points: int = 2
    people_points: int = 1
    answer_points: int = 1
    key_points: int = 1
    trouble_points: int = 1
    least: int = 3


class MayGrow(NamedTuple):
    """What counts for growth, and how much of it is enough."""

    more: float = 1.25
    new: int = 3
    seats: float = 0.9
    points: int = 2
    least: int = 3


class MayBuy(NamedTuple):
    """What counts for buying, of those on these plans, and how much of it is enough."""

    plans: tuple[str, ...] = ()
    people: int = 2
    days: int = 3
    onboarding: float = 0.5
    least: int = 3


class Advocates(NamedTuple):
    """Who may be asked to speak up: all of it has to hold."""

    answer: int = 9
    activity: float = 60.0
    points: int = 2


class Rules(NamedTuple):
    """Every number of the lists."""

    leave: MayLeave = MayLeave()
    grow: MayGrow = MayGrow()
    buy: MayBuy = MayBuy()
    advocates: Advocates = Advocates()


DEFAULT = Rules()

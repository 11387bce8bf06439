"""In which time something has to happen, as values."""

from dataclasses import dataclass
from datetime import date

from nps.notes import InputError

MOST_DAYS = 3650


def checked_days(days: int) -> None:
    """Raise InputError for what is no number of days that somebody could mean."""
    if isinstance(days, bool) or not isinstance(days, int) or not 1 <= days <= MOST_DAYS:
        raise InputError("who.days", most=MOST_DAYS)


@dataclass(frozen=True)
class Ever:
    """Whenever it was; what has no date counts, too."""


@dataclass(frozen=True)
class _Days:
    days: int

    def __post_init__(self) -> None:
        checked_days(self.days)


@dataclass(frozen=True)
class Last(_Days):
    """In so many days before `as_of`, that moment included: as_of - days < at <= as_of."""


@dataclass(frozen=True)
class Joined(_Days):
    """In so many days from joining on: joined_at <= at < joined_at + days. Of whom that is unknown nothing counts."""


@dataclass(frozen=True)
class Before(_Days):
    """In so many days before an answer: responded_at - days < at <= responded_at. It holds for answers, not people."""


@dataclass(frozen=True)
class Between:
    """From one day to another (UTC), both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise InputError("selection.period")


Window = Ever | Last | Joined | Before | Between
EVER = Ever()

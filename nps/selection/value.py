"""Filters and a region, as one small value that fits into a link."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from enum import StrEnum
from html import escape
from typing import Any, Literal, cast

import pandas as pd

from nps.joined import MEASURES
from nps.selection.region import ALL_ACTIVITY, ALL_SCORES, STEP, Region
from nps.sources import InputError

_WHERE = "is."
Wanted = tuple[tuple[str, tuple[str, ...]], ...]


class Repeats(StrEnum):
    """Which answers of a person count: the latest in the period, or every one."""

    LATEST = "latest"
    ALL = "all"


@dataclass(frozen=True, repr=False)
class Selection:
    """Filters and region. Equal selections are equal values: hashable, and the same link.

    activity  percentile points, multiples of 5, e.g. (90, 100)
    score     bounds included, e.g. (7, 8)
    where     segment -> wanted values, e.g. {"role": ["Admin"]}
    period    first and last day (UTC) of the answers, both included; None for all
    survey    the survey's name, or several names that count together, "(none)" for answers without one; None for all
    repeats   "latest": each person's latest answer in the period counts; "all": every answer does
    alike     only people who use the product like promoters do, see `measures.likeness.alike`
    """

    activity: tuple[int, int] = ALL_ACTIVITY
    score: tuple[int, int] = ALL_SCORES
    where: Mapping[str, Sequence[str]] | Wanted = ()
    period: tuple[date, date] | None = None
    survey: str | Sequence[str] | None = None
    repeats: Repeats | Literal["latest", "all"] = Repeats.LATEST
    alike: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "activity", _bounds(self.activity, ALL_ACTIVITY, STEP, "Activity"))
        object.__setattr__(self, "score", _bounds(self.score, ALL_SCORES, 1, "Score"))
        object.__setattr__(self, "where", _normal(self.where))
        object.__setattr__(self, "period", _days(self.period))
        object.__setattr__(self, "survey", _names(self.survey))
        object.__setattr__(self, "repeats", _which(self.repeats))

    def __repr__(self) -> str:
        """What is narrowed, as it can be written in Python."""
        narrowed = [each for each in fields(self) if getattr(self, each.name) != each.default]
        return f"Selection({', '.join(f'{each.name}={_plain(getattr(self, each.name))!r}' for each in narrowed)})"

    def _repr_html_(self) -> str:
        """The same, for a notebook."""
        return f"<code>{escape(repr(self))}</code>"

    @property
    def wanted(self) -> Wanted:
        """The segments and their wanted values, both in order: what `where` is once it is made."""
        return cast(Wanted, self.where)

    @property
    def region(self) -> Region:
        """What is drawn on the map."""
        return Region(self.activity, self.score)

    @property
    def previous(self) -> tuple[date, date] | None:
        """As many days just before the period; None without one, or where the calendar does not reach."""
        if self.period is None:
            return None
        first, last = self.period
        if first.toordinal() <= (last - first).days + 1:
            return None
        return first - (last - first) - timedelta(days=1), first - timedelta(days=1)

    @property
    def filters(self) -> "Selection":
        """The same filters with nothing drawn on the map."""
        return self.within(Region())

    def within(self, region: Region) -> "Selection":
        """The same filters with another region."""
        return replace(self, activity=region.activity, score=region.score)

    def describe(self, measure: str) -> str:
        """The selection in words, for contact lists and captions."""
        parts = []
        if self.activity != ALL_ACTIVITY:
            low, high = map(_ordinal, self.activity)
            parts.append(f"{MEASURES[measure].lower()} between the {low} and {high} percentile")
        if self.score != ALL_SCORES:
            parts.append(f"score {_range(self.score)}")
        parts += [f"{segment}: {', '.join(values)}" for segment, values in self.wanted]
        if self.period:
            parts.append("answered {} to {}".format(*self.period))
        if self.survey is not None:
            parts.append(f"survey: {', '.join(self.survey)}")
        if self.alike:
            parts.append("use the product like promoters do")
        return "; ".join(parts) or "everybody"

    def to_query(self) -> dict[str, list[str]]:
        """As parameters of a link; whatever is not narrowed is left out."""
        query = {
            "activity": [] if self.activity == ALL_ACTIVITY else ["{}-{}".format(*self.activity)],
            "score": [] if self.score == ALL_SCORES else ["{}-{}".format(*self.score)],
            "period": [] if self.period is None else ["{}..{}".format(*self.period)],
            "survey": list(self.survey or ()),
            "repeats": [] if self.repeats == Repeats.LATEST else [str(self.repeats)],
            "alike": ["promoter"] if self.alike else [],
        }
        query |= {f"{_WHERE}{segment}": list(values) for segment, values in self.wanted}
        return {name: values for name, values in query.items() if values}

    @classmethod
    def from_query(cls, query: Mapping[str, Sequence[str]]) -> "Selection":
        """The selection of a link. Raises InputError for a link that nobody could have copied from us."""
        first = {name: values[0] for name, values in query.items() if values}
        try:
            return cls(
                activity=_pair(first["activity"]) if "activity" in first else ALL_ACTIVITY,
                score=_pair(first["score"]) if "score" in first else ALL_SCORES,
                where={name.removeprefix(_WHERE): v for name, v in query.items() if name.startswith(_WHERE) and v},
                period=_dates(first["period"]) if "period" in first else None,
                survey=query.get("survey"),
                repeats=_which(first.get("repeats", Repeats.LATEST)),
                alike=first.get("alike") == "promoter",
            )
        except (ValueError, TypeError) as wrong:
            raise InputError("This link's filters could not be read, so everything is shown.") from wrong


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Repeats) else value


def _which(said: str) -> Repeats:
    if said not in [*Repeats]:
        raise InputError("Repeated answers count either as “latest” or as “all”.")
    return Repeats(said)


def _bounds(pair: Sequence[int], limits: tuple[int, int], step: int, name: str) -> tuple[int, int]:
    low, high = int(pair[0]), int(pair[1])
    whole = (low, high) == tuple(pair) and low % step == 0 and high % step == 0
    if not (whole and limits[0] <= low <= high <= limits[1]) or (step > 1 and low == high):
        steps = f" in steps of {step}" if step > 1 else ""
        raise InputError(f"{name} goes from {limits[0]} to {limits[1]}{steps}, the lower number first.")
    return low, high


def _normal(where: Mapping[str, Sequence[str]] | Wanted) -> Wanted:
    pairs: Iterable[tuple[str, Sequence[str]]] = where.items() if isinstance(where, Mapping) else where
    several = ((segment, [values] if isinstance(values, str) else values) for segment, values in pairs)
    wanted = ((segment, tuple(sorted({str(value) for value in values}))) for segment, values in several)
    return tuple(sorted((segment, values) for segment, values in wanted if values))


def _names(survey: str | Sequence[str] | None) -> tuple[str, ...] | None:
    """Names once each, in the order of the alphabet; no name at all is no filter."""
    names = (survey,) if isinstance(survey, str) else survey or ()
    return tuple(sorted({str(name) for name in names})) or None


def _days(period: Sequence[Any] | None) -> tuple[date, date] | None:
    if period is None:
        return None
    first, last = (pd.Timestamp(day).date() for day in period)
    if first > last:
        raise InputError("The period ends before it begins.")
    return first, last


def _range(pair: tuple[int, int]) -> str:
    return str(pair[0]) if pair[0] == pair[1] else f"{pair[0]} to {pair[1]}"


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _dates(text: str) -> tuple[date, date]:
    first, last = map(date.fromisoformat, text.split(".."))
    return first, last


def _pair(text: str) -> tuple[int, int]:
    low, high = text.split("-")
    return int(low), int(high)

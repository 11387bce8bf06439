"""Filters and a region, as one small value that fits into a link."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import reduce
from html import escape
from typing import Any, Literal, TypeVar

from nps.joined import Joined
from nps.notes import InputError, Note, note
from nps.selection import clauses as kinds
from nps.selection import links
from nps.selection.clauses import Clause, LikePromoters, Period, Segment, Survey
from nps.selection.region import ALL_ACTIVITY, ALL_SCORES, STEP, Region

Kind = TypeVar("Kind", bound=Clause)


class Repeats(StrEnum):
    """Which answers of a person count: the latest in the period, or every one."""

    LATEST = "latest"
    ALL = "all"


@dataclass(frozen=True, init=False, repr=False)
class Selection:
    """Filters and region. Equal selections are equal values: hashable, and the same link.

    activity  percentile points, multiples of 5, e.g. (90, 100)
    score     bounds included, e.g. (7, 8)
    repeats   "latest": each person's latest answer in the period counts; "all": every answer does
    clauses   the filters, at most one about the same thing, in the order of their kinds

    Filters are made by the keywords of their kinds, see `nps.selection.clauses`:
    """

    activity: tuple[int, int]
    score: tuple[int, int]
    repeats: Repeats
    clauses: tuple[Clause, ...]

    def __init__(
        self,
        activity: Sequence[int] = ALL_ACTIVITY,
        score: Sequence[int] = ALL_SCORES,
        *,
        repeats: Repeats | Literal["latest", "all"] = Repeats.LATEST,
        clauses: Iterable[Clause] = (),
        **narrowed: Any,
    ) -> None:
        """A keyword stands in place of whatever `clauses` have of its kind."""
        object.__setattr__(self, "activity", _bounds(activity, ALL_ACTIVITY, STEP, _activity))
        object.__setattr__(self, "score", _bounds(score, ALL_SCORES, 1, _score))
        object.__setattr__(self, "repeats", _which(repeats))
        others = (clause for clause in clauses if clause.keyword not in narrowed)
        object.__setattr__(self, "clauses", _merged([*others, *_named(narrowed)]))

    def __repr__(self) -> str:
        """What is narrowed, as it can be written in Python."""
        values = {"activity": self.activity, "score": self.score, "repeats": self.repeats.value}
        whole = {"activity": ALL_ACTIVITY, "score": ALL_SCORES, "repeats": Repeats.LATEST}
        narrowed = {name: value for name, value in values.items() if value != whole[name]}
        narrowed |= {kind.keyword: kind.value_of(own) for kind in kinds.KINDS if (own := self.of(kind))}
        return f"Selection({', '.join(f'{name}={value!r}' for name, value in narrowed.items())})"

    def _repr_html_(self) -> str:
        """The same, for a notebook."""
        return f"<code>{escape(repr(self))}</code>"

    def of(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """Its filters of a kind."""
        return tuple(clause for clause in self.clauses if isinstance(clause, kind))

    @property
    def where(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Segments and their wanted values, both in order."""
        return Segment.value_of(self.of(Segment))

    @property
    def period(self) -> tuple[date, date] | None:
        """The first and the last day of the answers; None for all."""
        return Period.value_of(self.of(Period))

    @property
    def survey(self) -> tuple[str, ...] | None:
        """The surveys that count, in order; None for all."""
        return Survey.value_of(self.of(Survey))

    @property
    def like_promoters(self) -> bool:
        """Whether only people count who use the product like promoters do."""
        return LikePromoters.value_of(self.of(LikePromoters))

    def changed(self, **changes: Any) -> "Selection":
        """The same with other values for some of the keywords that make a selection."""
        return replace(self, **changes)

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
        return self.changed(activity=region.activity, score=region.score)

    def region_described(self, measure: str) -> Note:
        """What is drawn on the map, whatever the filters."""
        return Selection(self.activity, self.score, like_promoters=self.like_promoters).describe(measure)

    def describe(self, measure: str, panel: Joined | None = None) -> Note:
        """Who is meant, for contact lists and captions; the activity on the map is by this measure.

        panel  in whose words it is told: themes, and sets that were saved, are called as they are there
        """
        (least, most), (low, high) = self.activity, self.score
        parts = [] if self.activity == ALL_ACTIVITY else [note(f"whom.{measure}", low=least, high=most)]
        if self.score != ALL_SCORES:
            parts.append(note("whom.score", score=low) if low == high else note("whom.scores", low=low, high=high))
        parts += [(clause.under(panel) if panel else clause).describe() for clause in self.clauses]
        if not parts:
            return note("whom.everybody")
        return reduce(lambda one, other: note("whom.and", one=one, other=other), parts)

    def to_query(self) -> dict[str, list[str]]:
        """As parameters of a link; whatever is not narrowed is left out."""
        query = {
            "activity": [] if self.activity == ALL_ACTIVITY else ["{}-{}".format(*self.activity)],
            "score": [] if self.score == ALL_SCORES else ["{}-{}".format(*self.score)],
            "repeats": [] if self.repeats == Repeats.LATEST else [self.repeats.value],
        }
        for clause in self.clauses:
            query |= clause.to_query()
        narrowed = {name: values for name, values in query.items() if values}
        return links.written(narrowed, max((clause.since for clause in self.clauses), default=1))

    @classmethod
    def from_query(cls, query: Mapping[str, Sequence[str]]) -> "Selection":
        """The selection of a link. Raises InputError for a link that nobody could have copied from us."""
        try:
            there = links.current(query)
            return cls(
                activity=_pair(there["activity"][0]) if "activity" in there else ALL_ACTIVITY,
                score=_pair(there["score"][0]) if "score" in there else ALL_SCORES,
                repeats=_which(there.get("repeats", [Repeats.LATEST])[0]),
                clauses=[clause for kind in kinds.KINDS for clause in kind.from_query(there)],
            )
        except (ValueError, TypeError) as wrong:
            raise InputError("selection.link") from wrong


def _explained(kind: type[Clause]) -> str:
    return f"    {kind.keyword:<14}  {str(kind.__doc__).splitlines()[0]}\n"


Selection.__doc__ = f"{str(Selection.__doc__).rstrip()}\n\n{''.join(map(_explained, kinds.KINDS))}"


def _named(narrowed: Mapping[str, Any]) -> list[Clause]:
    """The clauses that these keywords make."""
    known = {kind.keyword: kind for kind in kinds.KINDS}
    if unknown := narrowed.keys() - known:
        raise TypeError(note("selection.no_filter", name=tuple(sorted(unknown)), filters=tuple(known)))
    return [clause for keyword, value in narrowed.items() for clause in known[keyword].of(value)]


def _merged(clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    """One clause about each thing, in the order of their kinds."""
    one: dict[tuple[str, ...], Clause] = {}
    for clause in clauses:
        one[clause.about] = one[clause.about].with_other(clause) if clause.about in one else clause
    order = [kind.keyword for kind in kinds.KINDS]
    return tuple(sorted(one.values(), key=lambda clause: (order.index(clause.keyword), clause.about)))


def _which(said: str) -> Repeats:
    if said not in [*Repeats]:
        raise InputError("selection.repeats")
    return Repeats(said)


def _bounds(
    pair: Sequence[int], limits: tuple[int, int], step: int, refused: Callable[[], InputError]
) -> tuple[int, int]:
    low, high = int(pair[0]), int(pair[1])
    whole = (low, high) == tuple(pair) and low % step == 0 and high % step == 0
    if not (whole and limits[0] <= low <= high <= limits[1]) or (step > 1 and low == high):
        raise refused()
    return low, high


def _activity() -> InputError:
    return InputError("selection.activity", low=ALL_ACTIVITY[0], high=ALL_ACTIVITY[1], step=STEP)


def _score() -> InputError:
    return InputError("selection.score", low=ALL_SCORES[0], high=ALL_SCORES[1])


def _pair(text: str) -> tuple[int, int]:
    low, high = text.split("-")
    return int(low), int(high)

"""Steps that newcomers take, told by what they use: when who took which, as Ibis expressions.

One row leaves for each person and step taken.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_

import ibis
import pandas as pd
from ibis.expr.types import Table

from nps import engines
from nps.notes import InputError
from nps.spells import EPOCH, days_between

MEASURES, STARTS = ("uses", "days"), ("joined", "first use")
Feature = tuple[str, str]  # kind, name


@dataclass(frozen=True)
class Step:
    """A step: any of these features, so many uses or different days (UTC) of them in all.

    within_days  in which who takes it is expected to
    """

    name: str
    features: tuple[Feature, ...]
    at_least: int = 1
    measure: str = "uses"
    within_days: int = 14

    def __post_init__(self) -> None:
        if not self.features or self.at_least < 1 or self.within_days < 1 or self.measure not in MEASURES:
            raise InputError("steps.step", name=self.name)


@dataclass(frozen=True)
class Onboarding:
    """Steps, whether each counts only after the one before, and what the days are counted from."""

    steps: tuple[Step, ...]
    ordered: bool = False
    start: str = "joined"

    def __post_init__(self) -> None:
        if not self.steps or self.start not in STARTS:
            raise InputError("steps.onboarding")

    @property
    def longest(self) -> int:
        """Days in which all steps are expected."""
        return max(step.within_days for step in self.steps)


def taken(usage: Table, onboarding: Onboarding) -> pd.DataFrame:
    """When who took which step, of dated use: person_id, step (its number), at.

    usage  the table of `tables.usage`
    """
    found = [each.to_pandas().assign(step=number) for number, each in enumerate(expressions(usage, onboarding))]
    return pd.concat(found, ignore_index=True)[["person_id", "step", "at"]]


def first_uses(usage: Table) -> pd.DataFrame:
    """When everybody used anything first: person_id, at."""
    dated = usage.filter(usage["at"].notnull())
    return dated.group_by("person_id").aggregate(at=dated["at"].min()).to_pandas()


def early(usage: Table, starts: pd.DataFrame, days: int) -> pd.DataFrame:
    """Uses of each feature in the first days: person_id, kind, feature, uses.

    starts  person_id, start
    """
    parts = [_early(usage, part, days).to_pandas() for part in engines.beside(starts[["person_id", "start"]], usage)]
    return pd.concat(parts, ignore_index=True)


def expressions(usage: Table, onboarding: Onboarding) -> Iterator[Table]:
    """Of each step who took it, and when: person_id, at."""
    dated, before = usage.filter(usage["at"].notnull()), None
    for step in onboarding.steps:
        events = dated.filter(reduce(or_, [_is(dated, feature) for feature in step.features]))
        events = events.select("person_id", "at", "uses")
        if onboarding.ordered and before is not None:
            earlier = before.rename(earlier="at")
            later = events.join(earlier, "person_id")
            events = later.filter(later["at"] > later.earlier).select("person_id", "at", "uses")
        before = _taken(events, step)
        yield before


def _is(usage: Table, feature: Feature) -> ibis.expr.types.BooleanValue:
    kind, name = feature
    return (usage.kind == kind) & (usage.feature == name)


def _taken(events: Table, step: Step) -> Table:
    """The first event with which a step is taken: person_id, at."""
    if step.at_least > 1 and step.measure == "uses":
        running = ibis.cumulative_window(group_by="person_id", order_by="at")
        events = events.mutate(total=events.uses.sum().over(running))
        events = events.filter(events.total >= step.at_least)
    elif step.at_least > 1:
        days = events.mutate(day=days_between(ibis.literal(EPOCH, "timestamp"), events["at"]))
        days = days.group_by("person_id", "day").aggregate(at=days["at"].min())
        days = days.mutate(number=ibis.row_number().over(group_by="person_id", order_by="day"))
        events = days.filter(days.number == step.at_least - 1)
    return events.group_by("person_id").aggregate(at=events["at"].min())


def _early(usage: Table, starts: Table, days: int) -> Table:
    joined = usage.join(starts, "person_id")
    since = days_between(joined.start, joined["at"])
    joined = joined.filter((since >= 0) & (since < days))
    return joined.group_by("person_id", "kind", "feature").aggregate(uses=joined.uses.sum())

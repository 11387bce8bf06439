"""Where the usage of a panel lies: what every such place can be asked."""

import time
from abc import ABC
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from threading import RLock
from typing import NamedTuple

import ibis
import numpy as np
import pandas as pd
from ibis.expr.types import Table

from nps import daily, quality, steps, weekly
from nps.notes import InputError
from nps.steps import Onboarding
from nps.tables import uses_alone
from nps.weekly import Weekly
from nps.who import cached
from nps.who.built import Built, Counted, Shelved
from nps.who.columns import Columns, Lying
from nps.who.tables import Tables, assert_utc, beside
from nps.who.text import printed
from nps.who.values import Feature, Named, Saved, leaves

STEPS_KEPT = 4
YEAR = 365  # days of somebody's use that are told
LIVES_KEPT, LIFE_SECONDS = 64, 900


class Respondents(NamedTuple):
    """The panel that is asked.

    answers  as `Tables` has them
    named    numbers of the answers whose comment names something
    rules    the version of the rules by which it does
    """

    answers: pd.DataFrame
    named: Callable[[Named], np.ndarray]
    rules: str


class Known(NamedTuple):
    """The last moment of the usage, and its features."""

    last: pd.Timestamp | None
    features: frozenset[Feature]


class Steps(NamedTuple):
    """What newcomers are told of by.

    taken  person_id, step, at: see `steps.taken`
    first  person_id -> when each used anything first
    last   the last moment of the usage
    by     what they are told by: see `quality.key`
    """

    taken: pd.DataFrame
    first: pd.Series
    last: pd.Timestamp
    by: str


class Life(NamedTuple):
    """What somebody used.

    days   of the last year, see `nps.daily`
    first  the day of the first use, and of the last; None where there is none, or it is not asked for
    as_of  the last day of the usage of everybody
    """

    days: pd.DataFrame
    first: date | None
    last: date | None
    as_of: date


class Place(Columns, ABC):
    """Usage and people where they lie. What was asked is kept under `version`, which never stands for other data."""

    all_time = True  # whether the past of somebody is asked for as far as it goes, or a year of it
    version: str
    saved: Callable[[Saved], Shelved]  # a set that was saved; raises InputError where there is none

    def __init__(self) -> None:
        super().__init__()
        self._lock = RLock()
        self._known: Known | None = None
        self._asking = RLock()
        self._weekly: Weekly | None = None
        self._steps: dict[Onboarding, Steps] = {}
        self._lives: dict[str, tuple[float, Life | None]] = {}
        self.saved = _not_saved

    @contextmanager
    def tables(self, panel: Respondents) -> Iterator[Tables]:
        """What conditions are asked of."""
        with self.opened() as lying:
            answers, known = _beside(panel.answers, lying), self._facts(lying.usage)
            people = lying.people if lying.people is not None and "person_id" in lying.people.columns else None
            as_of = known.last if known.last is not None else _latest(panel.answers["responded_at"])
            usage = None if lying.usage is None else _of_people(lying.usage, people, answers)
            yield Tables(answers, usage, people, as_of, panel.named, known.features)

    def ids(self, built: Built, panel: Respondents) -> np.ndarray:
        """Numbers of the panel's people, or answers, that it holds for: int32, sorted. Kept, while there is room."""

        def ask() -> np.ndarray:
            with self.tables(panel) as tables:
                return built.ids(tables)

        rules = panel.rules if any(isinstance(leaf, Named) for leaf in leaves(built.terms)) else ""
        return cached.LATEST.get(cached.key(self.version, rules, *map(printed, built.terms)), ask)

    def count(self, built: Built, panel: Respondents) -> Counted:
        """How many people it holds for, whether they answered or not."""
        with self.tables(panel) as tables:
            return built.count(tables)

    def weekly(self) -> Weekly:
        """Use by week of everybody, nothing where there is no usage. Asked once: it goes through all of it."""
        with self._asking:
            if self._weekly is None:
                with self.opened() as lying:
                    self._weekly = weekly.nothing() if lying.usage is None else _weekly(*_by_whom(lying.usage))
            return self._weekly

    def daily(self, ids: Sequence[str], start: date, end: date) -> pd.DataFrame:
        """What these people used day by day, see `nps.daily`; of accounts, where they keep it. Raises InputError."""
        with self.usage() as (usage, _):
            return daily.daily(usage, ids, start, end)

    def features(self) -> list[Feature]:
        """Everything that anybody used at any time, sorted. Raises InputError where there is no usage."""
        with self.usage() as (usage, _):
            return sorted(self._facts(usage).features)

    def life(self, person_id: str) -> Life | None:
        """What somebody used; None where there is no usage, it has no dates, or is kept by account.

        Of the latest few it is known for a quarter of an hour, and never stored.
        """
        told, now = self._lives.get(person_id), time.monotonic()
        if told is None or now - told[0] > LIFE_SECONDS:
            told = now, self._life(person_id)
            self._lives = dict([*self._lives.items(), (person_id, told)][-LIVES_KEPT:])
        return told[1]

    def _life(self, person_id: str) -> Life | None:
        with self.opened() as lying:
            if (usage := lying.usage) is None or quality.key(usage) != "person_id":
                return None
            if (as_of := self._facts(usage).last) is None:
                return None
            days = daily.daily(usage, [person_id], (as_of - timedelta(days=YEAR - 1)).date(), as_of.date())
            first, last = daily.seen(usage, person_id) if self.all_time else (pd.NaT, days["day"].max())
            return Life(days, _day(first), _day(last), as_of.date())

    def steps(self, onboarding: Onboarding) -> Steps:
        """Who took which of its steps, and when. Asked once for each of the latest few. Raises InputError."""
        with self._asking:
            if onboarding not in self._steps:
                with self.usage() as (usage, by):
                    first = steps.first_uses(usage).set_index("person_id")["at"]
                    asked = Steps(steps.taken(usage, onboarding), first, usage["at"].max().to_pandas(), by)
                self._steps = dict([*self._steps.items(), (onboarding, asked)][-STEPS_KEPT:])
            return self._steps[onboarding]

    def early(self, starts: pd.DataFrame, days: int) -> pd.DataFrame:
        """Uses of each feature in the first days: see `steps.early`. Raises InputError."""
        with self.usage() as (usage, _):
            return steps.early(usage, starts, days)

    @contextmanager
    def usage(self) -> Iterator[tuple[Table, str]]:
        """The usage, by whom it is kept called person_id, and what that is."""
        with self.opened() as lying:
            if lying.usage is None:
                raise InputError("who.no_usage")
            yield _by_whom(lying.usage)

    def _facts(self, usage: Table | None) -> Known:
        """What is known of all of the usage, asked once."""
        with self._lock:
            if self._known is None:
                self._known = Known(None, frozenset()) if usage is None else _told(usage)
            return self._known


def _beside(answers: pd.DataFrame, lying: Lying) -> Table:
    """The answers in the engine of the others, whose days are of UTC."""
    table = next((each for each in lying if each is not None), None)
    if table is None:
        return ibis.memtable(answers)
    assert_utc(table)
    return beside(answers, table)


def _not_saved(saved: Saved) -> Shelved:
    raise InputError("who.not_saved", id=saved.id)


def _by_whom(usage: Table) -> tuple[Table, str]:
    """Usage by whom it is kept, called person_id, and what that is."""
    by, usage = quality.key(usage), uses_alone(usage)
    return usage if by == "person_id" else usage.rename(person_id=by), by


def _weekly(usage: Table, by: str) -> Weekly:
    return weekly.weekly(usage)._replace(by=by)


def _of_people(usage: Table, people: Table | None, answers: Table) -> Table:
    """Usage of accounts is use of each of their people."""
    by = quality.key(usage)
    if by == "person_id":
        return usage
    listed = answers if people is None or by not in people.columns else people
    members = listed.filter(listed[by].notnull()).select("person_id", by).distinct()
    return usage.inner_join(members, by)


def _told(usage: Table) -> Known:
    last = usage["at"].max().to_pandas()
    names = usage.select("kind", "feature").distinct().to_pandas()
    features = frozenset(zip(names["kind"], names["feature"], strict=True))
    return Known(None if pd.isna(last) else pd.Timestamp(last), features)


def _day(at: pd.Timestamp) -> date | None:
    return None if pd.isna(at) else pd.Timestamp(at).date()


def _latest(answered: pd.Series) -> pd.Timestamp | None:
    last = answered.max()
    return None if pd.isna(last) else pd.Timestamp(last)

"""Where the usage of a panel lies: what every such place can be asked."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import RLock
from typing import NamedTuple

import ibis
import numpy as np
import pandas as pd
from ibis.expr.types import Table

from nps import quality
from nps.notes import InputError
from nps.who import cached
from nps.who.built import Built, Counted
from nps.who.tables import Tables, assert_utc, beside
from nps.who.text import printed
from nps.who.values import Feature, Named, Saved, Term, leaves

MEMORY_MB = 1024  # of DuckDB; what does not fit goes to disk


class Lying(NamedTuple):
    """Usage and people in one engine; None where there is no such thing beside the other."""

    usage: Table | None
    people: Table | None


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


class Place(ABC):
    """Usage and people where they lie. What was asked is kept under `version`, which never stands for other data."""

    version: str
    saved: Callable[[Saved], tuple[Term, ...]]  # what stands for a set that was saved; raises InputError

    def __init__(self) -> None:
        self._lock = RLock()
        self._known: Known | None = None
        self.saved = _not_saved

    @abstractmethod
    def opened(self) -> "Iterator[Lying]":
        """A context in which they can be asked. Raises InputError."""

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


def _not_saved(saved: Saved) -> tuple[Term, ...]:
    raise InputError("who.not_saved", id=saved.id)


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


def _latest(answered: pd.Series) -> pd.Timestamp | None:
    last = answered.max()
    return None if pd.isna(last) else pd.Timestamp(last)

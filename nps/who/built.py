"""A set of conditions, asked of tables wherever they lie: only numbers leave, or which of the panel's people hold."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

import ibis
import numpy as np
from ibis.expr.types import Table

from nps.notes import InputError
from nps.who import sets
from nps.who.sets import Sets
from nps.who.tables import Tables, inside
from nps.who.values import AllOf, AnyOf, Not, Saved, Term, denied, of_answers
from nps.who.windows import Before, Window

DEEPEST = 8  # of what was saved in what was saved


class Counted(NamedTuple):
    """Numbers of people.

    people         in the set
    joined_inside  of them, who joined inside of a window in which they did not do something: they had less time to
    no_usage       of them, who never used anything that is known
    respondents    of them, who answered
    """

    people: int
    joined_inside: int
    no_usage: int
    respondents: int


class Shelved(NamedTuple):
    """A set that was saved: what it is called, and the conditions that it stands for."""

    name: str
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Built:
    """All of these conditions together; of none, everybody."""

    terms: tuple[Term, ...] = ()

    @property
    def of_answers(self) -> bool:
        """Whether it holds for answers, and so only for who answered."""
        return of_answers(self.terms)

    def expanded(self, saved: Callable[[Saved], Shelved]) -> "Built":
        """The same with what was saved in the place of its name. Raises InputError where there is no such thing."""
        return replace(self, terms=tuple(_expanded(term, saved, DEEPEST) for term in self.terms))

    def found(self, tables: Tables) -> Table:
        """Those it holds for: person_id, or answer."""
        return Sets(tables, self.of_answers).any(AllOf(self.terms))

    def ids(self, tables: Tables) -> np.ndarray:
        """Numbers of the panel's people, or answers, that it holds for: int32, sorted."""
        answers, number = tables.answers, "answer" if self.of_answers else "person"
        holding = inside(answers, self.found(tables), "answer" if self.of_answers else "person_id")
        return np.sort(holding.select(number).distinct().to_pandas()[number].to_numpy(np.int32))

    def count(self, tables: Tables) -> Counted:
        """How many they are, as one row of numbers."""
        counted = self.counts(tables).to_pandas().fillna(0).iloc[0]
        return Counted(*(int(counted[name]) for name in Counted._fields))

    def counts(self, tables: Tables) -> Table:
        """One row: the columns of `Counted`."""
        found = self.found(tables)
        if self.of_answers:
            found = inside(tables.answers, found, "answer").select("person_id").distinct()
        told = self._told(tables)
        for name, some in told.items():
            flagged = some.select("person_id").distinct().mutate(**{name: ibis.literal(1)})
            found = found.left_join(flagged, "person_id").drop("person_id_right")
        sums = {name: found[name].sum() if name in told else ibis.literal(0) for name in Counted._fields}
        idle = found.used.isnull().sum() if "used" in told else found.count()
        return found.aggregate(**sums | {"people": found.count(), "no_usage": idle})

    def _told(self, tables: Tables) -> dict[str, Table]:
        """Of whom else something is counted: name -> person_id."""
        told = {"respondents": tables.answers}
        if tables.usage is not None:
            told["used"] = tables.usage
        if joined := self._joined_inside(tables):
            told["joined_inside"] = ibis.union(*joined)
        return told

    def _joined_inside(self, tables: Tables) -> list[Table]:
        windows = {*denied(self.terms)}
        if not windows or tables.people is None or "joined_at" not in tables.people.columns:
            return []
        return [_who_joined(tables, window).select("person_id") for window in windows]


def _who_joined(tables: Tables, window: Window) -> Table:
    """Who joined after a window of theirs began, and before it would be over."""
    joiners = tables.joiners
    if isinstance(window, Before):
        answers = tables.answers.join(joiners, "person_id")
        return answers.filter(answers.joined_at > answers.responded_at - ibis.interval(hours=24 * window.days))
    return joiners.filter(joiners.joined_at > ibis.literal(sets.began(window, tables.as_of), "timestamp"))


def _expanded(term: Term, saved: Callable[[Saved], Shelved], deepest: int) -> Term:
    if not deepest:
        raise InputError("who.saved_in_saved")
    if isinstance(term, Saved):
        return AllOf(tuple(_expanded(each, saved, deepest - 1) for each in saved(term).terms))
    if isinstance(term, Not):
        return Not(_expanded(term.clause, saved, deepest))
    if isinstance(term, AnyOf):
        return AnyOf(tuple(_expanded(each, saved, deepest) for each in term.clauses))
    return term

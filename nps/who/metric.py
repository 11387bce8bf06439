"""A number to be followed over time, of the people that conditions hold for: as a value."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pandas as pd

from nps.notes import InputError, Note, note
from nps.who.text import coded, name_of, parsed, printed
from nps.who.values import Account, AllOf, AnyOf, Feature, Not, Saved, Term, features_of, leaves, of_answers
from nps.who.windows import Between, Ever, Last
from nps.who.words import told

WHAT = ("people", "share", "uses", "nps")
EVERY = {"week": "W-SUN", "month": "M"}


@dataclass(frozen=True)
class Metric:
    """What is counted of whom, how often.

    what   people: how many; share: percent of those who used anything then; uses: how many a person, of the features
           that the conditions name, else of all; nps: of the answers of that time
    terms  conditions on people. One without a window is asked of each week or month; its “last d days” end with it
    every  week (to Sunday) or month
    by     a column of the people, for a line for each of its values
    """

    what: str
    terms: tuple[Term, ...]
    every: str = "week"
    by: str = ""

    def __post_init__(self) -> None:
        if self.what not in WHAT or self.every not in EVERY or not self.terms or of_answers(self.terms):
            raise InputError("who.metric", what=WHAT, every=tuple(EVERY))
        if any(isinstance(leaf, Saved) for leaf in leaves(self.terms)):
            raise InputError("who.metric_saved")

    def __str__(self) -> str:
        """One line, which `of` reads."""
        return "/".join([self.what, self.every, coded(self.by), *map(printed, self.terms)])

    @classmethod
    def of(cls, line: str) -> "Metric":
        """What a line says. Raises InputError."""
        what, every, by, *terms = [*line.split("/"), "", ""][: max(3, line.count("/") + 1)]
        return cls(what, tuple(map(parsed, terms)), every, name_of(by) if by else "")

    @property
    def told(self) -> Note:
        """In words: “people a week: used Export”."""
        whom = told(AllOf(self.terms))
        said = note(f"metric.{self.what}", every=note(f"metric.{self.every}"), whom=whom)
        return note("metric.by", metric=said, column=self.by) if self.by else said

    @property
    def features(self) -> tuple[Feature, ...]:
        """The features whose uses are counted; none: all."""
        return tuple(dict.fromkeys(feature for leaf in leaves(self.terms) for feature in features_of(leaf)))

    def during(self, days: Between) -> tuple[Term, ...]:
        """Its conditions, asked of some days."""
        return tuple(_during(term, days) for term in self.terms)

    def periods(self, first: date, last: date) -> Iterator[Between]:
        """Each week or month of which every day lies between these two, both included."""
        for period in pd.period_range(first, last, freq=EVERY[self.every]):
            days = Between(period.start_time.date(), period.end_time.date())
            if first <= days.first and days.last <= last:
                yield days


def _during(term: Term, days: Between) -> Term:
    if isinstance(term, (AnyOf, AllOf)):
        return replace(term, clauses=tuple(_during(each, days) for each in term.clauses))
    if isinstance(term, (Not, Account)):
        return replace(term, clause=_during(term.clause, days))
    window = getattr(term, "window", None)
    if isinstance(window, Ever):
        return replace(term, window=days)
    if isinstance(window, Last):
        return replace(term, window=Between(days.last - timedelta(days=window.days - 1), days.last))
    return term

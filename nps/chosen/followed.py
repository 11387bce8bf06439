"""A metric of people by week or month, counted where the usage lies."""

from collections.abc import Callable, Iterator
from datetime import date

import ibis
import numpy as np
import pandas as pd
from ibis.expr.types import Table

from nps.chosen.chosen import Chosen
from nps.joined import Joined
from nps.notes import InputError
from nps.selection import Selection
from nps.selection.clauses.who import Asked, Who
from nps.who.built import Built
from nps.who.metric import Metric
from nps.who.sets import Sets
from nps.who.tables import Tables, inside, said
from nps.who.text import printed
from nps.who.values import Did, Is, Term
from nps.who.windows import Between

Figures = tuple[int, int, float, float, float]  # people, of, number, low, high
Number = Callable[[Metric, Between, list[str]], dict[str, Figures]]
COLUMNS = ["period", "value", "people", "of", "number", "low", "high"]
MOST_VALUES = 12


def followed(panel: Joined, metric: Metric, most: int | None = None) -> pd.DataFrame:
    """One row for each whole week or month of the usage, and value of `metric.by`.

    most    so many weeks or months, the latest; None: all
    period  its first day
    value   of the column that it is told apart by, those of most people; "" without one
    people  that the conditions hold for then; of nps, who answered
    of      how many the number is of: for share whoever used anything then, else `people`
    number  what the metric counts; NaN where it is of nobody
    low, high  the 95% interval of nps, else NaN
    Raises InputError.
    """
    asked = Asked(panel)
    with asked.place.tables(asked.respondents) as tables:
        values = _values(tables, metric.by) if metric.by else [""]
        periods = [*_periods(tables, metric)][-(most or 0) :]
        number = _nps(panel) if metric.what == "nps" else _counted(tables)
        rows = [
            (days.first, value, *figures) for days in periods for value, figures in number(metric, days, values).items()
        ]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"period": "datetime64[us]"})


def _periods(tables: Tables, metric: Metric) -> Iterator[Between]:
    table, at = (tables.answers, "responded_at") if tables.usage is None else (tables.usage, "at")
    first, last = table.aggregate(first=table[at].min(), last=table[at].max()).to_pandas().iloc[0]
    return iter(()) if pd.isna(last) else metric.periods(_day(first), _day(last))


def _day(moment: pd.Timestamp) -> date:
    return pd.Timestamp(moment).date()


def _values(tables: Tables, column: str) -> list[str]:
    people = tables.listed
    kind = people[column].type() if column in people.columns else None
    if kind is None or not (kind.is_string() or kind.is_boolean()):
        raise InputError("selection.no_segment", name=column)
    counted = people.group_by(value=said(people[column])).aggregate(people=people.count()).to_pandas()
    most = counted.sort_values(["people", "value"], ascending=[False, True])["value"].head(MOST_VALUES)
    return sorted(most)


def _nps(panel: Joined) -> Number:
    """NPS of the answers of some days, asked for each value by itself."""

    def number(metric: Metric, days: Between, values: list[str]) -> dict[str, Figures]:
        return {value: _score(panel, metric, days, value) for value in values}

    return number


def _score(panel: Joined, metric: Metric, days: Between, value: str) -> Figures:
    terms = (*metric.during(days), *([Is(metric.by, (value,))] if metric.by else []))
    lines = Who(Who.keyword, tuple(map(printed, terms)))
    told = Chosen(panel, Selection(clauses=[lines], period=(days.first, days.last))).score
    return told.responses, told.responses, told.nps, told.low, told.high


def _counted(tables: Tables) -> Number:
    """People, or what they used, of some days: of all values at once."""

    def number(metric: Metric, days: Between, values: list[str]) -> dict[str, Figures]:
        terms = metric.during(days)
        people = _people(tables, terms, metric.by)
        of, told = people, people
        if metric.what == "share":
            active = Did(window=days)
            of, people = _people(tables, (active,), metric.by), _people(tables, (active, *terms), metric.by)
            told = people * 100
        elif metric.what == "uses":
            told = _uses(tables, metric, terms, days)
        figures = {}
        for value in values:
            n, whole = int(people.get(value, 0)), int(of.get(value, 0))
            number = float(n) if metric.what == "people" else _over(float(told.get(value, 0)), whole)
            figures[value] = (n, whole, number, np.nan, np.nan)
        return figures

    return number


def _people(tables: Tables, terms: tuple[Term, ...], by: str) -> pd.Series:
    """How many people fulfil conditions: value -> number."""
    found = _apart(tables, Built(terms).found(tables), by)
    return found.group_by("value").aggregate(n=found.count()).to_pandas().set_index("value")["n"]


def _uses(tables: Tables, metric: Metric, terms: tuple[Term, ...], days: Between) -> pd.Series:
    """How many uses people who fulfil conditions have in some days: value -> number."""
    found = _apart(tables, Built(terms).found(tables), metric.by)
    rows = Sets(tables).used(metric.features, days).inner_join(found, "person_id")
    return rows.group_by("value").aggregate(n=rows.uses.sum()).to_pandas().set_index("value")["n"]


def _apart(tables: Tables, found: Table, by: str) -> Table:
    """These people with what they are told apart by: person_id, value."""
    if not by:
        return found.select("person_id").distinct().mutate(value=ibis.literal(""))
    people = tables.listed
    return inside(people.select("person_id", value=said(people[by])), found, "person_id")


def _over(number: float, of: int) -> float:
    return number / of if of else np.nan

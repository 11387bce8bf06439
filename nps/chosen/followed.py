"""A metric of people by week or month, counted where the usage lies."""

from collections.abc import Iterator
from datetime import date

import numpy as np
import pandas as pd

from nps.banding import NONE
from nps.chosen.chosen import Chosen
from nps.joined import Joined
from nps.notes import InputError
from nps.selection import Selection
from nps.selection.clauses.who import Asked, Who
from nps.who.built import Built
from nps.who.metric import Metric
from nps.who.tables import Tables
from nps.who.text import printed
from nps.who.values import Did, Is, Term
from nps.who.windows import Between

COLUMNS = ["period", "value", "people", "number", "low", "high"]
MOST_VALUES = 12


def followed(panel: Joined, metric: Metric) -> pd.DataFrame:
    """One row for each whole week or month of the usage, and value of `metric.by`.

    period  its first day
    value   of the column that it is told apart by, those of most people; "" without one
    people  that the conditions hold for then; of nps, who answered
    number  what the metric counts; NaN where it is of nobody
    low, high  the 95% interval of nps, else NaN
    Raises InputError.
    """
    asked = Asked(panel)
    with asked.place.tables(asked.respondents) as tables:
        apart = _apart(tables, metric.by)
        rows = [
            (days.first, value, *_number(panel, tables, metric, days, of))
            for days in _periods(tables, metric)
            for value, of in apart
        ]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"period": "datetime64[us]"})


def _periods(tables: Tables, metric: Metric) -> Iterator[Between]:
    table, at = (tables.answers, "responded_at") if tables.usage is None else (tables.usage, "at")
    first, last = table.aggregate(first=table[at].min(), last=table[at].max()).to_pandas().iloc[0]
    return iter(()) if pd.isna(last) else metric.periods(_day(first), _day(last))


def _day(moment: pd.Timestamp) -> date:
    return pd.Timestamp(moment).date()


def _apart(tables: Tables, by: str) -> list[tuple[str, tuple[Term, ...]]]:
    """Each value, and the condition that people have it."""
    return [(value, (Is(by, (value,)),)) for value in _values(tables, by)] if by else [("", ())]


def _values(tables: Tables, column: str) -> list[str]:
    people = tables.listed
    if column not in people.columns or not people[column].type().is_string():
        raise InputError("selection.no_segment", name=column)
    counted = people.group_by(value=people[column].fill_null(NONE)).aggregate(people=people.count()).to_pandas()
    most = counted.sort_values(["people", "value"], ascending=[False, True])["value"].head(MOST_VALUES)
    return sorted(most)


def _number(
    panel: Joined, tables: Tables, metric: Metric, days: Between, of: tuple[Term, ...]
) -> tuple[int, float, float, float]:
    """people, number, low, high, of those who fulfil `of`."""
    terms = (*metric.during(days), *of)
    if metric.what == "nps":
        lines = Who(Who.keyword, tuple(map(printed, terms)))
        told = Chosen(panel, Selection(clauses=[lines], period=(days.first, days.last))).score
        return told.responses, told.nps, told.low, told.high
    if metric.what == "share":
        active = Did(window=days)
        people, active_people = (Built((active, *each)).count(tables).people for each in (terms, of))
        return people, _over(100 * people, active_people), np.nan, np.nan
    people = Built(terms).count(tables).people
    if metric.what == "people":
        return people, float(people), np.nan, np.nan
    return people, _over(Built(terms).uses(tables, metric.features, days), people), np.nan, np.nan


def _over(number: float, of: int) -> float:
    return number / of if of else np.nan

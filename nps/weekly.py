"""Use by week, of everybody who used anything: as Ibis expressions, so that no single use leaves where it lives.

A day is one of UTC, a week seven of them; weeks are counted back from the last day that is looked at. What is asked of
some weeks adds up from these rows: uses, and different days, as no day is in two weeks.
"""

from contextlib import nullcontext
from datetime import date
from typing import NamedTuple

import ibis
import numpy as np
import pandas as pd
from ibis.expr.types import Table, Value

from nps.spells import EPOCH, days_between

WEEK = 7  # days
MONTH = 4  # weeks: what somebody does lately
TYPES = {"week": np.int16, "person": np.int32, "feature": np.int32, "uses": float, "days": np.int8}


class Weekly(NamedTuple):
    """Use by week. Of dated use only; empty where none has a date.

    as_of   the last day that counts; None without one
    people  the id of everybody who used anything, sorted: (P,); of every account where use is kept by them
    names   kind, feature: sorted, each once
    used    week (0: the last one), person, feature (rows of those two), uses, days (different ones); sorted
    active  week, person, days, whatever they used; sorted
    by      what `people` are told by: see `quality.key`
    """

    as_of: date | None
    people: pd.Index
    names: pd.DataFrame
    used: pd.DataFrame
    active: pd.DataFrame
    by: str = "person_id"

    def at(self, week: int) -> "Weekly":
        """What was known so many weeks ago: weeks are counted back from then, and nothing later is in it."""
        used, active = (rows.iloc[rows["week"].searchsorted(week) :] for rows in (self.used, self.active))
        used, active = (rows.assign(week=rows["week"] - np.int16(week)) for rows in (used, active))
        as_of = self.as_of and (pd.Timestamp(self.as_of) - pd.Timedelta(weeks=week)).date()
        return self._replace(as_of=as_of, used=used, active=active)


def lately(rows: pd.DataFrame, weeks: int) -> pd.DataFrame:
    """Rows of `Weekly.used` or `Weekly.active` in the last weeks."""
    return rows.iloc[: rows["week"].searchsorted(weeks)]


def weekly(usage: Table, as_of: date | None = None) -> Weekly:
    """Use by week up to a day, that of the last use without one.

    usage  the table of `tables.usage`
    """
    dated = usage.filter(usage["at"].notnull())
    as_of = as_of or _last(dated)
    if as_of is None:
        return nothing()
    people, names, by_day = by_days(dated, as_of)
    with by_day.cache() if by_day.get_backend().name == "duckdb" else nullcontext(by_day) as once:
        used, active = (_typed(rows.to_pandas()) for rows in by_week(once, as_of))
    ids = pd.Index(people.to_pandas().sort_values("person")["person_id"])
    called = names.to_pandas().sort_values("feature", ignore_index=True)[["kind", "name"]]
    return Weekly(as_of, ids, called.rename(columns={"name": "feature"}), used, active)


def by_days(dated: Table, as_of: date) -> tuple[Table, Table, Table]:
    """Up to a day: person_id, person; kind, name, feature; and by those numbers person, feature, day, uses.

    Numbers go by the order of the engine, so that it groups numbers, and no text of a row leaves it.
    """
    days = dated.mutate(day=_day(dated["at"])).filter(lambda rows: rows.day <= _number(as_of))
    days = days.select("person_id", "kind", "day", "uses", name="feature")
    people = _numbered(days.group_by("person_id").aggregate(rows=days.count()), "person", "person_id")
    names = _numbered(days.group_by("kind", "name").aggregate(rows=days.count()), "feature", "kind", "name")
    coded = days.join(people, "person_id").join(names, ["kind", "name"]).select("person", "feature", "day", "uses")
    return people, names, coded.group_by("person", "feature", "day").aggregate(uses=coded.uses.sum())


def by_week(by_day: Table, as_of: date) -> tuple[Table, Table]:
    """`Weekly.used` and `Weekly.active`, in their order, of what `by_days` counted."""
    weeks = by_day.mutate(week=((_number(as_of) - by_day.day) / WEEK).floor().cast("int32"))
    used = weeks.group_by("week", "person", "feature").aggregate(uses=weeks.uses.sum(), days=weeks.count())
    any_use = weeks.select("week", "person", "day").distinct()
    active = any_use.group_by("week", "person").aggregate(days=any_use.count())
    return used.order_by("week", "person", "feature"), active.order_by("week", "person")


def nothing() -> Weekly:
    """No use that is known with its date."""
    used = _typed(pd.DataFrame(columns=[*TYPES]))
    names = pd.DataFrame({"kind": [], "feature": []}, dtype="str")
    return Weekly(None, pd.Index([], dtype="str"), names, used, used[["week", "person", "days"]])


def _last(dated: Table) -> date | None:
    last = dated["at"].max().to_pandas()
    return None if pd.isna(last) else pd.Timestamp(last).date()


def _day(at: Value) -> Value:
    return days_between(ibis.literal(EPOCH, "timestamp"), at)


def _number(day: date) -> int:
    return (pd.Timestamp(day) - EPOCH).days


def _numbered(each: Table, number: str, *by: str) -> Table:
    """Each with its number from 0 on, in the order of these columns."""
    return each.select(*by, **{number: ibis.row_number().over(order_by=[each[name] for name in by])})


def _typed(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.astype({name: kind for name, kind in TYPES.items() if name in rows})

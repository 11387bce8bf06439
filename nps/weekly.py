"""Use by week, of everybody who used anything: as Ibis expressions, so that no single use leaves where it lives.

A day is one of UTC, a week seven of them; weeks are counted back from the last day that is looked at. What is asked of
some weeks adds up from these rows: uses, and different days, as no day is in two weeks.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

import ibis
import numpy as np
import pandas as pd
from ibis.expr.types import Table, Value

from nps import packed
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
    people, names, days = numbered(dated, as_of)
    if dated.get_backend().name == "duckdb":
        with people.cache() as people, names.cache() as names:
            return _named(as_of, people, names, *_counted_here(days, people, names, as_of))
    return _named(as_of, people, names, *counted_there(days, people, names, as_of))


def numbered(dated: Table, as_of: date) -> tuple[Table, Table, Table]:
    """Up to a day: person_id, person; kind, name, feature; and person_id, kind, name, day, uses of each use.

    Numbers go by the order of the engine, so that it groups numbers, and no text of a row leaves it.
    """
    days = dated.mutate(day=_day(dated["at"])).filter(lambda rows: rows.day <= _number(as_of))
    days = days.select("person_id", "kind", "day", "uses", name="feature")
    people = _numbered(days.group_by("person_id").aggregate(rows=days.count()), "person", "person_id")
    names = _numbered(days.group_by("kind", "name").aggregate(rows=days.count()), "feature", "kind", "name")
    return people, names, days


def by_week(days: Table, people: Table, names: Table, as_of: date) -> tuple[Table, Table]:
    """`Weekly.used` and `Weekly.active`, in their order, of what `numbered` tells."""
    coded = _coded(days, people, names)
    by_day = coded.group_by("person", "feature", "day").aggregate(uses=coded.uses.sum())
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


def _named(as_of: date, people: Table, names: Table, used: pd.DataFrame, active: pd.DataFrame) -> Weekly:
    ids = pd.Index(people.to_pandas().sort_values("person")["person_id"])
    called = names.to_pandas().sort_values("feature", ignore_index=True)[["kind", "name"]]
    return Weekly(as_of, ids, called.rename(columns={"name": "feature"}), _typed(used), _typed(active))


def counted_there(days: Table, people: Table, names: Table, as_of: date) -> list[pd.DataFrame]:
    """Counted by the engine that holds the uses: see `by_week`."""
    return [rows.to_pandas() for rows in by_week(days, people, names, as_of)]


def _counted_here(days: Table, people: Table, names: Table, as_of: date) -> Iterable[pd.DataFrame]:
    """The same, faster: one number leaves the engine for each use. Where they would be too large, counted there."""
    bits = packed.Bits.of(int(people.count().to_pandas()), int(names.count().to_pandas()))
    if not bits.fit:
        return counted_there(days, people, names, as_of)
    coded = _coded(days, people, names)
    ago = (_number(as_of) - coded.day).cast("int64")
    key = (ago // WEEK).cast("int64") * (1 << bits.week) + coded.person * (1 << bits.person)
    key += coded.feature * (1 << packed.OF_DAY) + ago % WEEK
    rows = coded.select(key=key.cast("int64"), uses=coded.uses.cast("float64"))
    return packed.by_week(*packed.taken(rows.to_pyarrow()), bits)


def _coded(days: Table, people: Table, names: Table) -> Table:
    return days.join(people, "person_id").join(names, ["kind", "name"]).select("person", "feature", "day", "uses")


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

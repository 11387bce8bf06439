"""Use by week: which week a use falls into, what is a different day, and what was known some weeks ago."""

from datetime import date

import ibis
import numpy as np
import pandas as pd
import pytest
import sqlglot

from nps import packed, weekly

DIALECTS = ("postgres", "mysql", "clickhouse", "trino", "snowflake", "bigquery", "databricks")
COLUMNS = ["person_id", "kind", "feature", "at", "uses"]
TYPES = dict(zip(COLUMNS, ["string"] * 3 + ["timestamp", "float64"], strict=True))
USES = [
    ("ann", "feature", "Export", "2025-03-09 23:59", 2.0),
    ("ann", "feature", "Export", "2025-03-09 08:00", 1.0),
    ("ann", "page", "Export", "2025-03-09 08:00", 1.0),
    ("ann", "feature", "Export", "2025-03-03 00:00", 1.0),
    ("ann", "feature", "Export", "2025-03-02 23:59", 1.0),
    ("bob", "feature", "Board", "2025-02-24 12:00", 5.0),
    ("bob", "feature", "Board", "2025-02-23 12:00", 7.0),
    ("cy", "feature", "Board", None, 9.0),
]


def table(rows: list[tuple]) -> ibis.Table:
    frame = pd.DataFrame(rows, columns=COLUMNS).assign(at=lambda frame: pd.to_datetime(frame["at"]))
    return ibis.memtable(frame, schema=TYPES)


def numbers(usage: ibis.Table, day: date) -> tuple[ibis.Table, ibis.Table, ibis.Table]:
    people, names, days = weekly.numbered(usage, day)
    return days, people, names


def compiles(expression: ibis.Table, dialect: str) -> bool:
    """Whether it is one query of that dialect."""
    parsed = sqlglot.parse_one(ibis.to_sql(expression, dialect=dialect), read=dialect)
    return isinstance(parsed, sqlglot.exp.Query)


def told(found: weekly.Weekly) -> list[tuple]:
    """person, kind, feature, week, uses, days."""
    names = found.names.iloc[found.used["feature"]].reset_index(drop=True)
    rows = found.used.reset_index(drop=True).assign(
        person=found.people[found.used["person"]], kind=names["kind"], feature=names["feature"]
    )
    return sorted(rows[["person", "kind", "feature", "week", "uses", "days"]].itertuples(index=False, name=None))


def test_a_week_is_seven_days_that_end_on_the_last_day_of_use():
    found = weekly.weekly(table(USES))
    assert found.as_of == date(2025, 3, 9)
    assert told(found) == [
        ("ann", "feature", "Export", 0, 4.0, 2),
        ("ann", "feature", "Export", 1, 1.0, 1),
        ("ann", "page", "Export", 0, 1.0, 1),
        ("bob", "feature", "Board", 1, 5.0, 1),
        ("bob", "feature", "Board", 2, 7.0, 1),
    ]


def test_a_day_of_several_features_is_one_active_day():
    found = weekly.weekly(table(USES))
    rows = found.active.assign(person=found.people[found.active["person"]])
    assert sorted(rows[["person", "week", "days"]].itertuples(index=False, name=None)) == [
        ("ann", 0, 2),
        ("ann", 1, 1),
        ("bob", 1, 1),
        ("bob", 2, 1),
    ]


def test_use_after_the_chosen_day_does_not_count_nor_does_use_without_a_date():
    found = weekly.weekly(table(USES), date(2025, 3, 2))
    assert told(found) == [
        ("ann", "feature", "Export", 0, 1.0, 1),
        ("bob", "feature", "Board", 0, 5.0, 1),
        ("bob", "feature", "Board", 1, 7.0, 1),
    ]
    assert weekly.weekly(table(USES[-1:])).as_of is None
    assert len(weekly.nothing().used) == len(weekly.nothing().people) == 0


@pytest.mark.parametrize("back", [0, 1, 2, 5])
def test_what_was_known_some_weeks_ago_is_what_use_up_to_then_tells(back):
    rng = np.random.default_rng(4)
    days = pd.Timestamp("2025-03-09 12:00") - pd.to_timedelta(rng.integers(0, 60, 80), unit="D")
    drawn = zip(rng.choice(["ann", "bob"], 80), rng.choice(["Board", "Export"], 80), days, strict=True)
    rows = [(who, "feature", what, f"{at:%Y-%m-%d %H:%M}", 1.0) for who, what, at in drawn]
    rows += [("ann", "feature", "Board", "2025-03-09 12:00", 1.0)]
    then = weekly.weekly(table(rows)).at(back)
    assert then.as_of == (pd.Timestamp("2025-03-09") - pd.Timedelta(weeks=back)).date()
    assert told(then) == told(weekly.weekly(table(rows), then.as_of))


@pytest.mark.parametrize("uses", ["one", "many", "far too many people"])
@pytest.mark.parametrize("seed", range(4))
def test_what_is_counted_here_is_what_an_engine_counts(seed, uses, monkeypatch):
    if uses == "far too many people":
        monkeypatch.setattr(packed.Bits, "fit", False)
    rng, size = np.random.default_rng(seed), 1 + seed * 200
    ago = pd.to_timedelta(rng.integers(0, 60 * 24 * 400, size), unit="min")
    at = (pd.Timestamp("2025-03-09 12:00") - ago).strftime("%Y-%m-%d %H:%M")
    times = np.ones(size) if uses == "one" else rng.integers(0, 5, size) + rng.random(size)
    people, kinds, names = (
        rng.choice(each, size) for each in (["ann", "Bob", "\u00e9"], ["feature", "page"], ["A", "b", "C"])
    )
    usage = table([*zip(people, kinds, names, at, times, strict=True)])
    here = weekly.weekly(usage)
    there = weekly.counted_there(*numbers(usage, here.as_of), here.as_of)
    for found, wanted in zip((here.used, here.active), there, strict=True):
        pd.testing.assert_frame_equal(found, wanted, check_dtype=False, rtol=1e-12)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_it_is_counted_in_every_database(dialect):
    day = date(2025, 3, 1)
    days, people, names = numbers(ibis.table(TYPES, "usage"), day)
    asked = (people, names, *weekly.by_week(days, people, names, day))
    assert [compiles(each, dialect) for each in asked] == [True] * 4

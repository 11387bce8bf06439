"""What somebody used day by day, and what they stopped using."""

from datetime import date

import ibis
import pandas as pd
import pytest
from test_weekly import DIALECTS, TYPES, compiles

from nps import daily

END = date(2025, 6, 30)
WITH_MINUTES = TYPES | {"minutes": "float64"}


def used(*rows: tuple[str, str, str]) -> ibis.Table:
    frame = pd.DataFrame([(*row, 2.0, 1.5) for row in rows], columns=["person_id", "feature", "at", "uses", "minutes"])
    return ibis.memtable(frame.assign(kind="feature", at=pd.to_datetime(frame["at"])))


TABLE = used(
    ("ann", "Board", "2025-06-30 23:59:59"),
    ("ann", "Board", "2025-06-30 00:00:00"),
    ("ann", "Export", "2025-06-29 12:00:00"),
    ("ann", "Board", "2025-06-01 00:00:00"),
    ("ann", "Board", "2025-05-31 23:59:59"),
    ("ann", "Board", "2025-07-01 00:00:00"),
    ("bob", "Board", "2025-06-30 12:00:00"),
    ("o'Brien", "Board", "2025-06-30 12:00:00"),
)


def told(rows: pd.DataFrame) -> list[tuple]:
    return [(row.person_id, f"{row.day:%m-%d}", row.feature, row.uses) for row in rows.itertuples()]


def test_days_are_those_of_the_people_that_were_asked_for():
    found = daily.daily(TABLE, ["ann", "o'Brien"], date(2025, 6, 1), END)
    assert told(found) == [
        ("ann", "06-01", "Board", 2.0),
        ("ann", "06-29", "Export", 2.0),
        ("ann", "06-30", "Board", 4.0),
        ("o'Brien", "06-30", "Board", 2.0),
    ]
    assert found["minutes"].tolist() == [1.5, 1.5, 3.0, 1.5]


def test_of_many_rows_weeks_are_told(monkeypatch):
    monkeypatch.setattr(daily, "MOST_ROWS", 2)
    found = daily.daily(TABLE, ["ann"], date(2025, 6, 1), END)
    assert told(found) == [
        ("ann", "06-02", "Board", 2.0),
        ("ann", "06-30", "Board", 4.0),
        ("ann", "06-30", "Export", 2.0),
    ]


def days(first: str, count: int, feature: str = "Export") -> pd.DataFrame:
    return pd.DataFrame(
        {"day": pd.date_range(first, periods=count), "kind": "feature", "feature": feature, "uses": 1.0}
    )


@pytest.mark.parametrize(
    ("first", "count", "listed"),
    [("2025-05-25", 9, True), ("2025-05-25", 8, False), ("2025-05-26", 9, False), ("2025-03-02", 9, False)],
    ids=["three expected, and none", "fewer expected", "used within 28 days", "only long ago"],
)
def test_what_has_stopped_is_what_chance_would_hardly_leave_out(first, count, listed):
    assert len(daily.stopped(days(first, count), END)) == listed


def test_what_has_stopped_is_told_with_its_days():
    rows = pd.concat([days("2025-05-01", 12), days("2025-04-01", 30, "Timer"), days("2025-04-01", 91, "Board")])
    found = daily.stopped(rows, END)
    assert found["feature"].tolist() == ["Timer", "Export"]
    assert found["expected"].tolist() == [10, 4]
    assert found["last_at"].iloc[0] == pd.Timestamp("2025-04-30")


@pytest.mark.parametrize("dialect", DIALECTS)
def test_days_are_counted_in_every_database(dialect):
    asked = daily.by_day(ibis.table(WITH_MINUTES, "usage"), ["o'Brien"], date(2025, 6, 1), END)
    assert compiles(asked, dialect)
    assert compiles(daily.by_week(asked, END), dialect)

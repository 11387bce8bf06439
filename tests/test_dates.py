"""A column that has nothing but the usual writings of dates is read by a cast alone, to the same moments."""

from itertools import product

import ibis
import pandas as pd
import pytest

from nps.literals import dates

USUAL = ["2025-03-01", "2025-03-01 13:16:17", "2025-03-01 13:16:17.25", "2025-03-01T13:16:17Z", None]
OTHERS = [
    "2025-3-1",
    "2025-03-01 13:16",
    "2025-03-01 13:16:17+02",
    "1970-01-01",
    "2300-01-01",
    "01.03.2025",
    "soon",
    "",
]


def cells(*texts: str | None) -> ibis.Table:
    return ibis.memtable(pd.DataFrame({"cell": pd.Series(texts, dtype="string")}))


def counted(table: ibis.Table) -> int:
    """How many cells are written in a usual way, or blank."""
    return int(dates.usual(table.cell).count().to_pandas())


def moments(table: ibis.Table, form: dates.Form) -> list[pd.Timestamp]:
    return table.select("cell", at=dates.moment(table.cell, form)).to_pandas().sort_values("cell")["at"].to_list()


@pytest.mark.parametrize("text", USUAL)
def test_usual_writings_are_counted_without_a_look_at_patterns(text):
    assert counted(cells(text)) == 1


@pytest.mark.parametrize("text", OTHERS)
def test_all_others_are_left_to_patterns(text):
    assert counted(cells("2025-03-01", text)) == 1


def test_the_cast_reads_day_clock_zone_and_decimals():
    read = moments(cells(*USUAL), dates.Form(dates.QUICK))
    second = pd.Timestamp("2025-03-01 13:16:17")
    assert read[:4] == [second.normalize(), second, second + pd.Timedelta("250ms"), second]
    assert read[4] is pd.NaT


def test_whatever_the_usual_count_takes_is_read_the_same_by_the_cast():
    days = [
        "1970-12-31",
        "1971-01-01",
        "2025-02-29",
        "2024-02-29",
        "2199-12-31",
        "2200-01-01",
        "2025-13-01",
        "2025-1-1",
    ]
    clocks = ["00:00", "13:16", "23:59:59", "24:00:00", "13:60:00", "13:16:60", "13:16:5"]
    decimals, zones = ["", ".", ".5", ".123456", ".1234567", ",5"], ["", "Z", "z", "ZZ", " UTC", "+01", "-01:30", " "]
    table = cells(*days, *map("".join, product(days, " Tt_", clocks, decimals, zones)))
    usual = table.filter(dates.usual(table.cell).notnull())
    assert usual.count().to_pandas() > 100
    assert moments(usual, dates.Form(dates.QUICK)) == moments(usual, dates.Form())

"""Cells that say that there is no date, and moments that cannot be meant.

The first moment of 1970 is how some tools write that there is none; the first days of 1900 and 1904, or the days
before, are what spreadsheets make of a blank cell.
"""

import ibis
import pandas as pd
from ibis.expr.types import BooleanValue, Column, StringValue, Value

from nps.literals import nothing

AGE = ibis.timestamp("1971-01-01"), ibis.timestamp("2199-12-31 23:59:59.999999")
AHEAD = pd.Timedelta(days=366)
_WRITTEN = (
    *("1970-01-01", "0000-00-00", "0001-01-01", "1904-01-01", "1900-01-0[01]", "1899-12-3[01]"),
    *("0?[01][-/.]0?1[-/.]1900", "0?1[-/.]0?[01][-/.]1900", "3[01][-/.]12[-/.]1899", "12[-/.]3[01][-/.]1899"),
)
NULL = rf"^(0([.,]0+)?|({'|'.join(_WRITTEN)})([ t]0?0:00(:00([.]0+)?)?)?( ?12:00(:00)? ?am)? ?(z|utc|[+]00:?00)?)$"
_DAYS = [ibis.date(day) for day in ("1899-12-30", "1899-12-31", "1900-01-01", "1904-01-01", "1970-01-01")]
_NOTHING = rf"^({nothing.ANY})?$"  # no IN: DuckDB makes a join of a long one, for all rows beforehand


def is_missing(cell: Column) -> BooleanValue:
    """Blank, or a word or date that stands for none."""
    if cell.type().is_temporal():
        return cell.isnull() | cell.cast("date").isin(_DAYS)
    if not cell.type().is_string():
        return cell.isnull()
    written = said_of(cell).lower()
    return (written.re_search(_NOTHING) | written.re_search(NULL)).fill_null(True)


def likely(moment: Value) -> Value:
    """The moment of something that has happened; NULL for one before 1971 or more than a year ahead.

    A year, as clocks go wrong and questions are planned; it would stretch every period and trend.
    """
    latest = ibis.literal(pd.Timestamp.now("UTC").tz_localize(None).floor("D") + AHEAD, "timestamp")
    return moment.between(AGE[0], latest).ifelse(moment, None)


def said_of(cell: Column) -> StringValue:
    """A cell as text, without the spaces that spreadsheets and phones put there."""
    return cell.cast("string").replace("\u00a0", " ").replace("\u202f", " ").replace("\u200e", "").strip()

"""Whether 03/04/2026 is in March or April, where no date of the file has a day above 12: by range, then by language."""

from collections import Counter
from collections.abc import Iterable

import ibis
import pandas as pd
from ibis.expr.types import Column

from nps.columns import names
from nps.literals import dates
from nps.notes import Note, note
from nps.sources import Source

FEWEST_DATES = 5  # of twelve or fewer, by chance once in a hundred
BY_CHANCE, MONTHS, DAYS = 0.01, 12, 30
_MADE = ("iso", "serial", "spoken")  # as spreadsheets write dates that they took for such
NARROWER = 3  # times: answers and uses lie close together, and a wrong reading scatters them over the year


def by_evidence(source: Source, column: str, usual: str) -> tuple[str, bool, Note | None]:
    """The order of a column whose dates fit both: the one that has none ahead, else by language, else of less range,
    else the usual one; whether it must be asked, and what to say of it."""
    ends = _ends(source.table[column])
    if order := _none_ahead(ends):
        return order, False, note("dates.by_range", column=column, order=named(order))
    if order := by_language(source.columns):
        return order, False, note("dates.by_language", column=column, order=named(order))
    if order := _closest(ends):
        return order, False, note("dates.by_range", column=column, order=named(order))
    return usual, True, None


def named(order: str) -> Note:
    """What an order of dates is called in a sentence."""
    return note(f"dates.{order.replace(' ', '_')}")


def half_swapped(cell: Column, column: str, tally: Counter) -> Note | None:
    """What to say of dates of which a spreadsheet took those that it could for the other order; else nothing.

    Those that it could not are text with a day above 12; all that are written in another way have a day up to 12.

    tally  how many dates of each kind the column has
    """
    text, others = sum(tally[order] for order in dates.ORDERS), [kind for kind in _MADE if tally[kind]]
    made = sum(tally[kind] for kind in others)
    chance = (MONTHS / DAYS) ** made * (1 - MONTHS / DAYS) ** text
    if not text or not made or tally["either"] or tally["dotted"] or chance > BY_CHANCE:
        return None
    if dates.moment(cell, dates.Form(tuple(others))).day().max().to_pandas() > MONTHS:
        return None
    return note("dates.half_swapped", column=column, text=text, made=made)


def by_range(cell: Column, now: pd.Timestamp | None = None) -> str | None:
    """The order in which no date lies ahead, where the other one has such; else the one of far less range.

    now  this moment when not given
    """
    ends = _ends(cell, now)
    return _none_ahead(ends) or _closest(ends)


def _ends(cell: Column, now: pd.Timestamp | None = None) -> pd.Series:
    """Of either order the first and the last date, how many lie ahead, and the last day of a month."""
    tomorrow = ibis.literal((now or pd.Timestamp.now("UTC").tz_localize(None)) + pd.Timedelta(days=1), "timestamp")
    read = {order: dates.moment(cell, dates.Form(dates.NUMERIC, order)) for order in dates.ORDERS}
    ends = {f"{order} ahead": (moments > tomorrow).sum().fill_null(0) for order, moments in read.items()}
    ends |= {f"{order} {end}": getattr(moments, end)() for order, moments in read.items() for end in ("min", "max")}
    ends |= {f"{order} day": moments.day().max() for order, moments in read.items()}
    return cell.as_table().aggregate(dates=cell.nunique(), **ends).to_pandas().iloc[0]


def _none_ahead(ends: pd.Series) -> str | None:
    sound = [order for order in dates.ORDERS if not ends[f"{order} ahead"]]
    return sound[0] if len(sound) == 1 else None


def _closest(ends: pd.Series) -> str | None:
    """The order of far less range; where the other one has firsts of months alone, those may be meant."""
    spans = {order: ends[f"{order} max"] - ends[f"{order} min"] for order in dates.ORDERS}
    near, far = sorted(dates.ORDERS, key=spans.get)
    told = ends["dates"] >= FEWEST_DATES and NARROWER * spans[near] < spans[far] and ends[f"{far} day"] > 1
    return near if told else None


def by_language(headers: Iterable[str]) -> str | None:
    """Day first where the headers are in a language other than English, all of which write it so."""
    return "day first" if names.foreign(headers) else None

"""What some people used on which day, in a part of their past: as Ibis expressions, so that no single use leaves."""

from collections.abc import Sequence
from datetime import date

import ibis
import pandas as pd
from ibis.expr.types import Table

from nps.spells import EPOCH, days_between

MOST_ROWS = 20_000  # from which on weeks are told instead of days
LATELY, BEFORE = 28, 84  # days without a use after which something may have stopped; before them, that tell its pace
EXPECTED = 3.0  # days on which it would have been used: then chance has none at all in 5 of 100 cases (Poisson)


def daily(usage: Table, person_ids: Sequence[str], start: date, end: date) -> pd.DataFrame:
    """Uses from one day to another, both included: person_id, day, kind, feature, uses, minutes; oldest first.

    usage  the table of `tables.usage`
    Of more than 20,000 rows weeks are told, by the last day of each, counted back from `end`.
    """
    asked = by_day(usage, person_ids, start, end)
    rows = asked.limit(MOST_ROWS + 1).to_pandas()
    if len(rows) > MOST_ROWS:
        rows = by_week(asked, end).to_pandas()
    rows = rows.assign(day=EPOCH + pd.to_timedelta(rows["day"].astype("int64"), unit="D"))
    return rows.sort_values(["person_id", "day", "kind", "feature"], ignore_index=True)


def by_day(usage: Table, person_ids: Sequence[str], start: date, end: date) -> Table:
    """person_id, day (since 1970), kind, feature, uses, minutes."""
    first, last = (
        ibis.literal(pd.Timestamp(day), "timestamp") for day in (start, pd.Timestamp(end) + pd.Timedelta(days=1))
    )
    own = usage.filter(usage["person_id"].isin([*person_ids]) & (usage["at"] >= first) & (usage["at"] < last))
    own = own.mutate(day=days_between(ibis.literal(EPOCH, "timestamp"), own["at"]))
    each = own.group_by("person_id", "day", "kind", "feature")
    return each.aggregate(uses=own.uses.sum(), minutes=own.minutes.sum())


def by_week(days: Table, end: date) -> Table:
    """The same by week, as the last day of each."""
    last = (pd.Timestamp(end) - EPOCH).days
    weeks = days.mutate(day=last - 7 * ((last - days.day) / 7).floor().cast("int32"))
    each = weeks.group_by("person_id", "day", "kind", "feature")
    return each.aggregate(uses=weeks.uses.sum(), minutes=weeks.minutes.sum())


def seen(usage: Table, person_id: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    """When somebody was seen first and last; NaT where that is not known."""
    own = usage.filter(usage["person_id"] == person_id)
    return tuple(own.aggregate(first=own["at"].min(), last=own["at"].max()).to_pandas().iloc[0])


def stopped(days: pd.DataFrame, end: date) -> pd.DataFrame:
    """What somebody used, and has not in the last 28 days: kind, feature, days_before, expected, last_at.

    days         of one person, see `daily`
    days_before  different days of use in the 84 before; expected: a third of them. Listed from 3 expected days on
    """
    last = pd.Timestamp(end)
    ago = (last - days["day"]).dt.days
    rows = days.assign(ago=ago)[(ago >= 0) & (ago < LATELY + BEFORE)]
    each = rows.groupby(["kind", "feature"], as_index=False).agg(
        days_before=("day", "nunique"), last_at=("day", "max"), since=("ago", "min")
    )
    each = each.assign(expected=each["days_before"] * LATELY / BEFORE)
    found = each[(each["since"] >= LATELY) & (each["expected"] >= EXPECTED)]
    columns = ["kind", "feature", "days_before", "expected", "last_at"]
    return found.sort_values(["expected", "last_at"], ascending=False, ignore_index=True)[columns]

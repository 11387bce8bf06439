"""When people used what, kept so small that use after any day can still be told: as Ibis expressions, like a rollup."""

import ibis
import numpy as np
import pandas as pd
from ibis.expr.types import Table, Value

from nps import engines

DAY = 24 * 60 * 60  # seconds
EPOCH = pd.Timestamp("1970-01-01")
DAYS = 90  # after a day, within which use can be told
COLUMNS = ["person", "feature", "first", "last"]


def days_between(earlier: Value, later: Value) -> Value:
    """Whole 24 hours from one moment to another."""
    return ((later.epoch_seconds() - earlier.epoch_seconds()) / DAY).floor().cast("int32")


def spells(answers: pd.DataFrame, names: pd.DataFrame, usage: Table) -> pd.DataFrame:
    """First and last day of use in each 90 days, from the first answer on: person, feature, first, last.

    answers      person_id, responded_at; person is the number of each different one, in their order
    names        kind, feature; feature is the row among them
    first, last  days since 1970
    """
    since = answers["responded_at"].min()
    if pd.isna(since) or names.empty:
        return nothing()
    people = answers[["person_id"]].drop_duplicates(ignore_index=True).reset_index(names="person")
    features = names.reset_index(names="code")
    usage = usage.filter(usage["at"] >= ibis.literal(since.normalize(), "timestamp"))
    parts = [
        _spells(usage, persons, coded).to_pandas()
        for persons in engines.beside(people, usage)
        for coded in engines.beside(features, usage)
    ]
    return pd.concat(parts, ignore_index=True).astype(np.int32)[COLUMNS]


def nothing() -> pd.DataFrame:
    """No use that is known with its date."""
    return pd.DataFrame(columns=COLUMNS, dtype=np.int32)


def users_after(spells: pd.DataFrame, feature: int, day: pd.Timestamp) -> np.ndarray:
    """Who used a feature within 90 days from a day on, that day included: numbers of persons.

    Exact: uses of one row lie under 90 days apart, so one of them is among those days if and only if the row begins
    before they end and ends after they begin.
    """
    start = (day - EPOCH).days
    own = spells[spells["feature"] == feature]
    return np.unique(own["person"][(own["first"] < start + DAYS) & (own["last"] >= start)])


def _spells(usage: Table, people: Table, features: Table) -> Table:
    used = usage.join(people, "person_id").join(features, ["kind", "feature"])
    days = used.select("person", feature="code", day=days_between(ibis.literal(EPOCH, "timestamp"), used["at"]))
    blocks = days.mutate(block=(days.day / DAYS).floor())
    each = blocks.group_by("person", "feature", "block").aggregate(first=blocks.day.min(), last=blocks.day.max())
    return each.select(*COLUMNS)

"""Usage before each response, as Ibis expressions that run where the usage lives.

Only small results leave that engine: a row per answer and feature, a row per answer, a row per active person.
"""

from typing import NamedTuple

import ibis
import pandas as pd
from ibis.expr.types import Table, Value


class Rollup(NamedTuple):
    """pairs: answer, kind, feature, uses. activity: answer, active_days, uses, minutes, features_used.

    everybody  the same measures, a row for each person who used anything in the window before the last answer
    """

    pairs: pd.DataFrame
    activity: pd.DataFrame
    everybody: pd.DataFrame | None = None


def before_each(answers: pd.DataFrame, usage: Table, window_days: int) -> Rollup:
    """What each answer's person used in the window before it.

    answers      answer (its number), person_id, responded_at (UTC)
    usage        the usage table of `tables.usage`
    window_days  usage counts when responded_at - window < at <= responded_at; usage without dates always counts
    """
    with in_window(ibis.memtable(answers), usage, window_days).cache() as used:
        pairs = used.group_by("answer", "kind", "feature").aggregate(uses=used.uses.sum())
        activity = used.group_by("answer").aggregate(**_activity(used))
        at_the_end = active(usage, answers["responded_at"].max(), window_days)
        return Rollup(pairs.to_pandas(), activity.to_pandas(), at_the_end.to_pandas())


def active(usage: Table, end: pd.Timestamp, window_days: int) -> Table:
    """Who could have answered at `end`: one row of measures per person who used anything in the window before it."""
    if not pd.isna(end):
        start = ibis.literal(end - pd.Timedelta(days=window_days), "timestamp")
        recent = (usage["at"] > start) & (usage["at"] <= ibis.literal(end, "timestamp"))
        usage = usage.filter(recent | usage["at"].isnull())
    return usage.group_by("person_id").aggregate(**_activity(usage)).drop("person_id")


def _activity(used: Table) -> dict[str, Value]:
    return {
        "active_days": used["at"].date().nunique(),
        "uses": used.uses.sum(),
        "minutes": used.minutes.sum(),
        "features_used": ibis.struct({"kind": used.kind, "feature": used.feature}).nunique(),
    }


def in_window(answers: Table, usage: Table, window_days: int) -> Table:
    """Usage joined to every answer it counts for: answer, kind, feature, at, uses, minutes."""
    earliest = answers.responded_at - ibis.interval(days=window_days)
    answers = answers.mutate(earliest=earliest)
    counts = (usage["at"] > answers.earliest) & (usage["at"] <= answers.responded_at)
    undated = usage["at"].isnull() | answers.responded_at.isnull()
    joined = answers.join(usage, [answers.person_id == usage.person_id, counts | undated])
    return joined.select("answer", "kind", "feature", "at", "uses", "minutes")

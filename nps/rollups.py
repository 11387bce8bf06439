"""Usage before each response, as Ibis expressions that run where the usage lives.

Only small results leave that engine: a row per answer and feature, a row per answer, a row per active person.
"""

from typing import NamedTuple

import ibis
import numpy as np
import pandas as pd
from ibis.expr.types import Table


class Rollup(NamedTuple):
    """What leaves the engine.

    names      kind, feature: in this order, each once
    pairs      answer, feature (its row in `names`), uses; by feature, then by answer
    activity   answer, active_days, uses, minutes, features_used
    everybody  the same measures, a row for each person who used anything in the window before the last answer
    """

    names: pd.DataFrame
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
        names = used.select("kind", "feature").distinct().to_pandas()
        names = names.sort_values(["kind", "feature"], ignore_index=True)
        at_the_end = active(usage, answers["responded_at"].max(), window_days)
        return Rollup(names, _pairs(used, names), measured(used, "answer").to_pandas(), at_the_end.to_pandas())


def _pairs(used: Table, names: pd.DataFrame) -> pd.DataFrame:
    """As in `Rollup`; features leave the engine as codes, not as text."""
    uses = used.group_by("answer", "kind", "feature").aggregate(uses=used.uses.sum())
    codes = ibis.memtable(names.assign(code=np.arange(len(names), dtype=np.int32)))
    coded = uses.join(codes, ["kind", "feature"]).select("answer", "uses", feature="code")
    return coded.order_by("feature", "answer").to_pandas()


def active(usage: Table, end: pd.Timestamp, window_days: int) -> Table:
    """Who could have answered at `end`: one row of measures per person who used anything in the window before it."""
    if not pd.isna(end):
        start = ibis.literal(end - pd.Timedelta(days=window_days), "timestamp")
        recent = (usage["at"] > start) & (usage["at"] <= ibis.literal(end, "timestamp"))
        usage = usage.filter(recent | usage["at"].isnull())
    return measured(usage, "person_id").drop("person_id")


def measured(used: Table, whose: str) -> Table:
    """The measures of activity of each answer or person: whose, active_days, uses, minutes, features_used.

    What is different is grouped first and counted then, which engines do in less time and memory than counting it
    within each group.
    """
    by_feature = used.group_by(whose, "kind", "feature").aggregate(uses=used.uses.sum(), minutes=used.minutes.sum())
    sums = by_feature.group_by(whose).aggregate(
        uses=by_feature.uses.sum(), minutes=by_feature.minutes.sum(), features_used=by_feature.count()
    )
    by_day = used.select(whose, day=used["at"].date()).distinct()
    days = by_day.group_by(whose).aggregate(active_days=by_day.day.count())
    return sums.join(days, whose).select(whose, "active_days", "uses", "minutes", "features_used")


def in_window(answers: Table, usage: Table, window_days: int) -> Table:
    """Usage joined to every answer it counts for: answer, kind, feature, at, uses, minutes."""
    earliest = answers.responded_at - ibis.interval(days=window_days)
    answers = answers.mutate(earliest=earliest)
    counts = (usage["at"] > answers.earliest) & (usage["at"] <= answers.responded_at)
    undated = usage["at"].isnull() | answers.responded_at.isnull()
    joined = answers.join(usage, [answers.person_id == usage.person_id, counts | undated])
    return joined.select("answer", "kind", "feature", "at", "uses", "minutes")

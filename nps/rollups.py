"""Usage before each response, as Ibis expressions that run where the usage lives.

Only small results leave that engine: a row per answer and feature, a row per answer, a row per active person.
"""

from typing import NamedTuple

import ibis
import numpy as np
import pandas as pd
from ibis.expr.types import Table, Value

DAY = 24 * 60 * 60  # seconds


class Rollup(NamedTuple):
    """What leaves the engine.

    names      kind, feature: in this order, each once
    pairs      answer, feature (its row in `names`), uses; by feature, then by answer
    activity   answer, active_days, uses, minutes, features_used
    everybody  the same measures, a row for each person who used anything in the window before the last answer
    just_before  what was used in the last day before answering, and how often: see `just_before`
    """

    names: pd.DataFrame
    pairs: pd.DataFrame
    activity: pd.DataFrame
    everybody: pd.DataFrame | None = None
    just_before: pd.DataFrame | None = None


def before_each(answers: pd.DataFrame, usage: Table, window_days: int) -> Rollup:
    """What each answer's person used in the window before it.

    answers      answer (its number), person_id, responded_at (UTC), survey
    usage        the usage table of `tables.usage`
    window_days  usage counts when responded_at - window < at <= responded_at; usage without dates always counts
    """
    with in_window(ibis.memtable(answers), usage, window_days).cache() as used:
        names = used.select("kind", "feature").distinct().to_pandas()
        names = names.sort_values(["kind", "feature"], ignore_index=True)
        at_the_end = active(usage, answers["responded_at"].max(), window_days)
        pairs, activity = _pairs(used, names), measured(used, "answer").to_pandas()
        moments = just_before(used, window_days).to_pandas()
        return Rollup(names, pairs, activity, at_the_end.to_pandas(), moments)


def _pairs(used: Table, names: pd.DataFrame) -> pd.DataFrame:
    """As in `Rollup`; features leave the engine as codes, not as text."""
    uses = used.group_by("answer", "kind", "feature").aggregate(uses=used.uses.sum())
    codes = ibis.memtable(names.assign(code=np.arange(len(names), dtype=np.int32)))
    coded = uses.join(codes, ["kind", "feature"]).select("answer", "uses", feature="code")
    return coded.order_by("feature", "answer").to_pandas()


def just_before(used: Table, window_days: int) -> Table:
    """Uses in the last 24 hours before answering against all days: survey, kind, feature, just, expected, variance.

    A day is one of the window's 24-hour slots that end at the answer. Were an answer no likelier after one of them
    than after another, who used the feature on k of w days would have used it on the last with probability p = k / w.

    just      answers whose person used it on the last day
    expected  the sum of p over all answers
    variance  the sum of p (1 - p)
    w         the window, or the days since the first known use where that is later
    Dated usage and answers only; kind and feature are missing in the rows that count any use at all.
    """
    dated = used.filter(used["at"].notnull() & used.responded_at.notnull())
    first = dated["at"].min().as_scalar()
    ago = _days_between(dated["at"], dated.responded_at)
    window = ibis.least(_days_between(first, dated.responded_at) + 1, window_days)
    dated = dated.mutate(ago=ibis.least(ago, window_days - 1), window=window)
    return ibis.union(_just_before(dated, "kind", "feature"), _just_before(dated))


def _just_before(dated: Table, *by: str) -> Table:
    each = dated.group_by("survey", "answer", *by).aggregate(
        just=(dated.ago == 0).any(), p=dated.ago.nunique() / dated.window.max().cast("float64")
    )
    sums = each.group_by("survey", *by).aggregate(
        just=each.just.sum(), expected=each.p.sum(), variance=(each.p * (1 - each.p)).sum()
    )
    absent = {name: ibis.null("string") for name in ("kind", "feature") if name not in by}
    return sums.mutate(**absent).select("survey", "kind", "feature", "just", "expected", "variance")


def _days_between(earlier: Value, later: Value) -> Value:
    """Whole 24 hours from one moment to another."""
    return ((later.epoch_seconds() - earlier.epoch_seconds()) / DAY).floor().cast("int64")


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
    """Usage joined to every answer it counts for: answer, survey, responded_at, kind, feature, at, uses, minutes."""
    earliest = answers.responded_at - ibis.interval(days=window_days)
    answers = answers.mutate(earliest=earliest)
    counts = (usage["at"] > answers.earliest) & (usage["at"] <= answers.responded_at)
    undated = usage["at"].isnull() | answers.responded_at.isnull()
    joined = answers.join(usage, [answers.person_id == usage.person_id, counts | undated])
    return joined.select("answer", "survey", "responded_at", "kind", "feature", "at", "uses", "minutes")

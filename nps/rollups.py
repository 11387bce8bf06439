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
    asked = ibis.memtable(answers)
    with in_window(asked, usage, window_days).cache() as named:
        names = named.select("kind", "feature").distinct().to_pandas()
        names = names.sort_values(["kind", "feature"], ignore_index=True)
        with _coded(named, names).cache() as used:
            pairs = used.group_by("feature", "answer").aggregate(uses=used.uses.sum()).order_by("feature", "answer")
            activity = measured(used, "answer", "feature").to_pandas()
            moments = just_before(used, asked, window_days).to_pandas()
            pairs = pairs.to_pandas()
    at_the_end = active(usage, answers["responded_at"].max(), window_days).to_pandas()
    moments = moments.assign(**names.reindex(moments.pop("feature")).set_axis(moments.index))
    return Rollup(names, pairs, activity, at_the_end, moments)


def _coded(used: Table, names: pd.DataFrame) -> Table:
    """Usage whose `feature` is its row in `names`: text is slow to group by."""
    codes = ibis.memtable(names.assign(code=np.arange(len(names), dtype=np.int32)))
    coded = used.join(codes, ["kind", "feature"])
    return coded.select("answer", "at", "ago", "uses", "minutes", feature="code")


def just_before(used: Table, answers: Table, window_days: int) -> Table:
    """Uses in the last 24 hours before answering against all days: survey, feature, just, expected, variance.

    A day is one of the window's 24-hour slots that end at the answer. Were an answer no likelier after one of them
    than after another, who used the feature on k of w days would have used it on the last with probability p = k / w.

    just      answers whose person used it on the last day
    expected  the sum of p over all answers
    variance  the sum of p (1 - p)
    w         the window, or the days since the first known use where that is later
    Dated usage and answers only; the feature is missing in the rows that count any use at all.
    """
    dated = used.filter(used.ago.notnull())
    first = dated["at"].min().as_scalar()
    window = ibis.least(_days_between(first, answers.responded_at) + 1, window_days).cast("float64")
    windows = answers.select("answer", "survey", window=window)
    slots = dated.select("answer", "feature", ago=ibis.least(dated.ago, window_days - 1)).distinct()
    any_use = slots.select("answer", "ago").distinct().mutate(feature=ibis.null("int32"))
    return ibis.union(*(_just_before(part.select("answer", "feature", "ago"), windows) for part in (slots, any_use)))


def _just_before(slots: Table, windows: Table) -> Table:
    """slots: each different day of an answer and a feature; windows: answer, survey, window (days)."""
    each = slots.group_by("answer", "feature").aggregate(just=(slots.ago == 0).any(), days=slots.count())
    each = each.join(windows, "answer")
    p = each.days / each.window
    return each.group_by("survey", "feature").aggregate(
        just=each.just.sum(), expected=p.sum(), variance=(p * (1 - p)).sum()
    )


def _days_between(earlier: Value, later: Value) -> Value:
    """Whole 24 hours from one moment to another."""
    return ((later.epoch_seconds() - earlier.epoch_seconds()) / DAY).floor().cast("int32")


def active(usage: Table, end: pd.Timestamp, window_days: int) -> Table:
    """Who could have answered at `end`: one row of measures per person who used anything in the window before it."""
    if not pd.isna(end):
        start = ibis.literal(end - pd.Timedelta(days=window_days), "timestamp")
        recent = (usage["at"] > start) & (usage["at"] <= ibis.literal(end, "timestamp"))
        usage = usage.filter(recent | usage["at"].isnull())
    return measured(usage, "person_id", "kind", "feature").drop("person_id")


def measured(used: Table, whose: str, *feature: str) -> Table:
    """The measures of activity of each answer or person: whose, active_days, uses, minutes, features_used.

    feature  the columns that tell features apart

    What is different is grouped first and counted then, which engines do in less time and memory than counting it
    within each group.
    """
    by_feature = used.group_by(whose, *feature).aggregate(uses=used.uses.sum(), minutes=used.minutes.sum())
    sums = by_feature.group_by(whose).aggregate(
        uses=by_feature.uses.sum(), minutes=by_feature.minutes.sum(), features_used=by_feature.count()
    )
    by_day = used.select(whose, day=used["at"].date()).distinct()
    days = by_day.group_by(whose).aggregate(active_days=by_day.day.count())
    return sums.join(days, whose).select(whose, "active_days", "uses", "minutes", "features_used")


def in_window(answers: Table, usage: Table, window_days: int) -> Table:
    """Usage joined to every answer it counts for: answer, kind, feature, at, ago (whole days), uses, minutes."""
    earliest = answers.responded_at - ibis.interval(days=window_days)
    answers = answers.mutate(earliest=earliest)
    counts = (usage["at"] > answers.earliest) & (usage["at"] <= answers.responded_at)
    undated = usage["at"].isnull() | answers.responded_at.isnull()
    joined = answers.join(usage, [answers.person_id == usage.person_id, counts | undated])
    ago = _days_between(joined["at"], joined.responded_at)
    return joined.select("answer", "kind", "feature", "at", "uses", "minutes", ago=ago)

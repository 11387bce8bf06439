"""Usage before each response, as Ibis expressions that run where the usage lives.

Only small results leave that engine: a row per answer and feature, a row per answer, a row per active person.
"""

from typing import NamedTuple

import ibis
import numpy as np
import pandas as pd
from ibis.expr.types import Table

from nps import engines, spells
from nps.spells import days_between

JUST_BEFORE = ["survey", "kind", "feature", "just", "expected", "variance"]


class Rollup(NamedTuple):
    """What leaves the engine.

    names      kind, feature: sorted, each once
    pairs      answer, feature (its row in `names`), uses; by feature, then by answer
    activity   answer, active_days, uses, minutes, features_used
    everybody  the same measures, a row for each person who used anything in the window before the last answer
    just_before  what was used in the last day before answering, and how often: see `just_before`
    spells     when whoever answered used what, whenever they answered: see `nps.spells`
    """

    names: pd.DataFrame
    pairs: pd.DataFrame
    activity: pd.DataFrame
    everybody: pd.DataFrame | None = None
    just_before: pd.DataFrame | None = None
    spells: pd.DataFrame | None = None


class Known(NamedTuple):
    """What was rolled up before: numbers of answers, and their rollup."""

    answers: pd.Index
    rollup: Rollup


def before_each(answers: pd.DataFrame, usage: Table, window_days: int, earlier: Known | None = None) -> Rollup:
    """What each answer's person used in the window before it.

    answers      answer (its number), person_id, responded_at (UTC), survey
    usage        the usage table of `tables.usage`
    window_days  usage counts when responded_at - window < at <= responded_at; usage without dates always counts, and
                 where no answer has a date all of it
    earlier      answers that need not be rolled up again; then nothing is told of the day just before answering, and
                 no spells
    """
    everybody = usage
    pending = answers.assign(earliest=earliest(answers["responded_at"], window_days))
    pending = pending[~pending["answer"].isin(earlier.answers)] if earlier else pending
    at_the_end = active(usage, answers["responded_at"].max(), window_days).to_pandas()
    usage = _since(usage, pending["earliest"])
    used = [(part, in_window(part, usage)) for part in (engines.beside(pending, usage) if len(pending) else ())]
    pairs = [_pairs(each) for _, each in used]
    activity = [measured(each, "answer", "kind", "feature").to_pandas() for _, each in used]
    moments = None if earlier else _all_just_before(used, window_days)
    if earlier:
        pairs, activity = [earlier.rollup[:2], *pairs], [earlier.rollup.activity, *activity]
    names, pairs = together(pairs) if earlier or len(pairs) > 1 else pairs[0]
    when = None if earlier else spells.spells(answers, names, everybody)
    return Rollup(names, pairs, pd.concat(activity, ignore_index=True), at_the_end, moments, when)


def earliest(answered: pd.Series, window_days: int) -> pd.Series:
    """Since when use counts for each answer; NaT: whenever it was, where no answer has a date.

    Where some have, nobody knows which dated use came before the others: for them it ends where it begins.
    """
    earliest = answered - pd.Timedelta(days=window_days)
    return earliest.fillna(earliest.max())


def _since(usage: Table, earliest: pd.Series) -> Table:
    """Only usage that could count for any of the answers, so that older partitions need not be read."""
    if earliest.empty or earliest.isna().any():
        return usage
    return usage.filter((usage["at"] > ibis.literal(earliest.min(), "timestamp")) | usage["at"].isnull())


def _pairs(used: Table) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Names of features, and pairs, as in `Rollup`."""
    rows = used.group_by("answer", "kind", "feature").aggregate(uses=used.uses.sum()).to_pandas()
    rows = rows.sort_values(["kind", "feature", "answer"], ignore_index=True)
    names = rows[["kind", "feature"]].drop_duplicates(ignore_index=True)
    return names, rows.assign(feature=rows.groupby(["kind", "feature"]).ngroup())[["answer", "feature", "uses"]]


def together(parts: list[tuple[pd.DataFrame, pd.DataFrame]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Names and pairs of several parts under codes of their own, by feature; names of which no pair is left go."""
    every = pd.concat([names for names, _ in parts]).drop_duplicates().sort_values(["kind", "feature"])
    places = pd.MultiIndex.from_frame(every)
    codes = [places.get_indexer(pd.MultiIndex.from_frame(names)) for names, _ in parts]
    pairs = pd.concat(
        [rows.assign(feature=code[rows["feature"]]) for code, (_, rows) in zip(codes, parts, strict=True)]
    )
    left, feature = np.unique(pairs["feature"], return_inverse=True)
    pairs = pairs.assign(feature=feature).sort_values(["feature", "answer"], ignore_index=True)
    return every.iloc[left].reset_index(drop=True), pairs


def _all_just_before(used: list[tuple[Table, Table]], window_days: int) -> pd.DataFrame:
    """`just_before` of all parts, answers and what was used before them: sums add up once the first known use is the
    same for all."""
    firsts = [each["at"].min(where=each.ago.notnull()).to_pandas() for _, each in used]
    first = min((pd.Timestamp(day) for day in firsts if not pd.isna(day)), default=None)
    if first is None:
        return pd.DataFrame(columns=JUST_BEFORE)
    by = ("kind", "feature")
    sums = [just_before(each, answers, by, first, window_days).to_pandas() for answers, each in used]
    sums = pd.concat(sums, ignore_index=True)
    return sums.groupby(JUST_BEFORE[:3], dropna=False, as_index=False, sort=False).sum()


def just_before(used: Table, answers: Table, by: tuple[str, ...], first: pd.Timestamp, window_days: int) -> Table:
    """Uses in the last 24 hours before answering against all days: survey, *by, just, expected, variance.

    A day is one of the window's 24-hour slots that end at the answer. Were an answer no likelier after one of them
    than after another, who used the feature on k of w days would have used it on the last with probability p = k / w.

    used      as `in_window` gives it
    by        the columns that tell features apart
    first     the first known use
    just      answers whose person used it on the last day
    expected  the sum of p over all answers
    variance  the sum of p (1 - p)
    w         the window, or the days since the first known use where that is later
    Dated usage and answers only; `by` is missing in the rows that count any use at all.
    """
    window = ibis.least(days_between(ibis.literal(first, "timestamp"), answers.responded_at) + 1, window_days)
    windows = answers.select("answer", "survey", window=window.cast("float64"))
    slots = used.filter(used.ago.notnull())
    slots = slots.select("answer", *by, ago=ibis.least(slots.ago, window_days - 1)).distinct()
    any_use = slots.select("answer", "ago").distinct().mutate(**{name: ibis.null(slots[name].type()) for name in by})
    return ibis.union(*(_just_before(part.select("answer", *by, "ago"), by, windows) for part in (slots, any_use)))


def _just_before(slots: Table, by: tuple[str, ...], windows: Table) -> Table:
    """slots: each different day of an answer and a feature; windows: answer, survey, window (days)."""
    each = slots.group_by("answer", *by).aggregate(just=(slots.ago == 0).any(), days=slots.count())
    each = each.join(windows, "answer")
    p = each.days / each.window
    return each.group_by("survey", *by).aggregate(just=each.just.sum(), expected=p.sum(), variance=(p * (1 - p)).sum())


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


def in_window(answers: Table, usage: Table) -> Table:
    """Usage joined to every answer it counts for: answer, kind, feature, at, ago (whole days), uses, minutes.

    answers  answer, person_id, responded_at, earliest: only usage after that counts; NULL: all of it
    """
    counts = (usage["at"] > answers.earliest) & (usage["at"] <= answers.responded_at)
    undated = usage["at"].isnull() | answers.earliest.isnull()
    joined = answers.join(usage, [answers.person_id == usage.person_id, counts | undated])
    ago = days_between(joined["at"], joined.responded_at)
    return joined.select("answer", "kind", "feature", "at", "uses", "minutes", ago=ago)

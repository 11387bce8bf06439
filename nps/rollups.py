"""Usage before each response, as Ibis expressions that run where the usage lives.

Only small results leave that engine: a row per answer and feature, a row per answer, a row per active person.
"""

from contextlib import AbstractContextManager, ExitStack, nullcontext
from typing import NamedTuple

import ibis
import pandas as pd
from ibis.expr.types import Table, Value

from nps import engines

DAY = 24 * 60 * 60  # seconds
JUST_BEFORE = ["survey", "kind", "feature", "just", "expected", "variance"]


class Rollup(NamedTuple):
    """pairs: answer, kind, feature, uses. activity: answer, active_days, uses, minutes, features_used.

    everybody  the same measures, a row for each person who used anything in the window before the last answer
    just_before  what was used in the last day before answering, and how often: see `just_before`
    """

    pairs: pd.DataFrame
    activity: pd.DataFrame
    everybody: pd.DataFrame | None = None
    just_before: pd.DataFrame | None = None


class Known(NamedTuple):
    """What was rolled up before: numbers of answers, and their rollup."""

    answers: pd.Index
    rollup: Rollup


def before_each(answers: pd.DataFrame, usage: Table, window_days: int, known: Known | None = None) -> Rollup:
    """What each answer's person used in the window before it.

    answers      answer (its number), person_id, responded_at (UTC), survey
    usage        the usage table of `tables.usage`
    window_days  usage counts when responded_at - window < at <= responded_at; usage without dates always counts
    known        answers that need not be rolled up again; then nothing is told of the day just before answering
    """
    asked = answers.assign(earliest=answers["responded_at"] - pd.Timedelta(days=window_days))
    asked = asked[~asked["answer"].isin(known.answers)] if known else asked
    at_the_end = active(usage, answers["responded_at"].max(), window_days).to_pandas()
    with ExitStack() as stack:
        used = []
        for part in engines.beside(asked, usage) if len(asked) else ():
            used.append(stack.enter_context(_held(in_window(part, _since(usage, asked["earliest"])))))
        parts = [known.rollup[:2]] if known else []
        parts += [(_pairs(part).to_pandas(), _activities(part).to_pandas()) for part in used]
        pairs, activity = (pd.concat(frames, ignore_index=True) for frames in zip(*parts, strict=True))
        return Rollup(pairs, activity, at_the_end, None if known else _all_just_before(used, window_days))


def _held(joined: Table) -> AbstractContextManager[Table]:
    """The join as it is asked several things: kept by DuckDB, made anew by a database that may only be read."""
    return joined.cache() if joined.get_backend().name == "duckdb" else nullcontext(joined)


def _pairs(used: Table) -> Table:
    return used.group_by("answer", "kind", "feature").aggregate(uses=used.uses.sum())


def _activities(used: Table) -> Table:
    return used.group_by("answer").aggregate(**_activity(used))


def _since(usage: Table, earliest: pd.Series) -> Table:
    """Only usage that could count for any of the answers, so that older partitions need not be read."""
    if earliest.isna().any():
        return usage
    return usage.filter((usage["at"] > ibis.literal(earliest.min(), "timestamp")) | usage["at"].isnull())


def _all_just_before(used: list[Table], window_days: int) -> pd.DataFrame:
    """`just_before` of all parts together: sums add up once the first known use is the same for all."""
    dated = [part.filter(part["at"].notnull() & part.responded_at.notnull()) for part in used]
    first = min(
        (pd.Timestamp(day) for part in dated if (day := part["at"].min().to_pandas()) is not None), default=None
    )
    if pd.isna(first):
        return pd.DataFrame(columns=JUST_BEFORE)
    sums = pd.concat([just_before(part, first, window_days).to_pandas() for part in dated], ignore_index=True)
    return sums.groupby(JUST_BEFORE[:3], dropna=False, as_index=False, sort=False).sum()


def just_before(dated: Table, first: pd.Timestamp, window_days: int) -> Table:
    """Uses in the last 24 hours before answering against all days: survey, kind, feature, just, expected, variance.

    A day is one of the window's 24-hour slots that end at the answer. Were an answer no likelier after one of them
    than after another, who used the feature on k of w days would have used it on the last with probability p = k / w.

    just      answers whose person used it on the last day
    expected  the sum of p over all answers
    variance  the sum of p (1 - p)
    w         the window, or the days since the first known use where that is later
    Dated usage and answers only; kind and feature are missing in the rows that count any use at all.
    """
    ago = _days_between(dated["at"], dated.responded_at)
    window = ibis.least(_days_between(ibis.literal(first, "timestamp"), dated.responded_at) + 1, window_days)
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
    return usage.group_by("person_id").aggregate(**_activity(usage)).drop("person_id")


def _activity(used: Table) -> dict[str, Value]:
    return {
        "active_days": used["at"].date().nunique(),
        "uses": used.uses.sum(),
        "minutes": used.minutes.sum(),
        "features_used": (used.kind.length().cast("string") + ":" + used.kind + used.feature).nunique(),
    }


def in_window(answers: Table, usage: Table) -> Table:
    """Usage joined to every answer it counts for: answer, survey, responded_at, kind, feature, at, uses, minutes."""
    counts = (usage["at"] > answers.earliest) & (usage["at"] <= answers.responded_at)
    undated = usage["at"].isnull() | answers.responded_at.isnull()
    joined = answers.join(usage, [answers.person_id == usage.person_id, counts | undated])
    return joined.select("answer", "survey", "responded_at", "kind", "feature", "at", "uses", "minutes")

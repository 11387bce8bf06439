"""What was used before each answer, counted of whole numbers: sorted once, what belongs together is a run of them.

Tells what the expressions of `nps.rollups` tell, which are for engines that keep their usage to themselves.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from ibis.expr.types import Table

from nps import spells
from nps.numbered import NEVER, Asked, Numbered, Uses, microseconds, numbered
from nps.packed import begins, different, in_window
from nps.rollups import JUST_BEFORE, Known, Rollup, earliest, together

Columns = dict[str, np.ndarray]
Told = Callable[[float], None]
AT_ONCE = 2  # blocks of people, and columns, side by side
IN_WINDOW = ("uses", "days", "just")
DAY = 24 * 60 * 60 * 1_000_000  # microseconds
LATEST = np.iinfo(np.int64).max
PAIRS = ["answer", "feature", "uses"]
ACTIVITY = ["answer", "active_days", "uses", "minutes", "features_used"]


class Counted(NamedTuple):
    """What some people used.

    pairs      answer, feature, uses; days: on how many of the window's it was used; just: whether on the last of them
    activity   answer, active_days, uses, minutes, features_used; days and just of any use
    everybody  as `Rollup` has it
    spells     as `Rollup` has it, of all features
    first      when the first dated use that counts was, else LATEST
    """

    pairs: Columns
    activity: Columns
    everybody: Columns
    spells: Columns
    first: int

    @classmethod
    def together(cls, parts: Iterable["Counted"]) -> "Counted":
        """Of all of them."""
        *tables, first = zip(*parts, strict=True)
        every = ({name: [part[name] for part in each] for name in each[0]} for each in tables)
        return cls(*(_each(np.concatenate, rows) for rows in every), min(first))


def untold(part: float) -> None:
    """Nobody waits."""


def before_each(
    answers: pd.DataFrame,
    usage: Table,
    window_days: int,
    known: Known | None = None,
    users: Table | None = None,
    told: Told = untold,
) -> Rollup:
    """As `rollups.before_each`, of usage in DuckDB.

    users  whose that is, each once (person_id), where that is known
    told   is called with the share of people that are counted, before more of them are
    """
    with numbered(usage, users) as numbers:
        counted = Counted.together(_counted(answers, numbers, window_days, known, told))
    counted, names = _of_those_used(counted, numbers.names, len(answers))
    pairs, activity = _frame(counted.pairs, PAIRS), _frame(counted.activity, ACTIVITY)
    everybody = _frame(counted.everybody, ACTIVITY[1:])
    if known:
        names, pairs = together([(known.rollup.names, known.rollup.pairs), (names, pairs)])
        return Rollup(names, pairs, pd.concat([known.rollup.activity, activity], ignore_index=True), everybody)
    moments = _just_before(counted, answers, names, window_days)
    return Rollup(names, pairs, activity, everybody, moments, _frame(counted.spells, spells.COLUMNS))


def _counted(
    answers: pd.DataFrame, numbers: Numbered, window_days: int, known: Known | None, told: Told
) -> Iterator[Counted]:
    """Of some people at a time."""
    whose, end = numbers.whose(answers["person_id"]), microseconds(answers["responded_at"])
    asked = _asked(answers, whose, end, window_days, known)
    person, features = _persons(answers["person_id"], whose, numbers.persons), len(numbers.names)
    first, last = int(end.min(where=end != NEVER, initial=LATEST)), int(end.max(initial=NEVER))

    def counted(low: int, high: int, uses: Uses) -> Counted:
        pairs, activity, earliest_use = _before(asked.of(low, high), uses, window_days)
        everybody, when = _lately(uses, last, window_days), _spells(uses, person[low:high], first // DAY, features)
        return Counted(pairs, activity, everybody, when, earliest_use)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        waiting = deque()
        for low, high, uses in numbers.blocks():
            waiting.append(pool.submit(counted, low, high, uses))
            if len(waiting) > AT_ONCE:
                yield waiting.popleft().result()
                told(low / numbers.persons)
        yield from (block.result() for block in waiting)


def _frame(columns: Columns, names: list[str]) -> pd.DataFrame:
    return pd.DataFrame({name: columns[name] for name in names}, copy=False)


def _asked(answers: pd.DataFrame, whose: np.ndarray, end: np.ndarray, window_days: int, known: Known | None) -> Asked:
    """Answers that are not known yet, of people who used anything."""
    pending = ~answers["answer"].isin(known.answers).to_numpy() if known else np.ones(len(answers), bool)
    after = np.full(len(answers), NEVER)
    after[pending] = microseconds(earliest(answers["responded_at"][pending], window_days))
    places = np.flatnonzero(pending & (whose >= 0))
    places = places[np.argsort(whose[places], kind="stable")]
    return Asked(answers["answer"].to_numpy()[places], whose[places], after[places], end[places])


def _persons(ids: pd.Series, whose: np.ndarray, people: int) -> np.ndarray:
    """The number that `spells` has for everybody who used anything, -1 for who never answered: (people,)."""
    rows = np.arange(len(whose))
    first = np.full(people + 1, -1)  # of who used nothing the last one
    first[whose[::-1]] = rows[::-1]
    fresh = first[whose] == rows
    fresh[whose < 0] = ~ids[whose < 0].duplicated()
    number = np.full(people, -1)
    used = fresh & (whose >= 0)
    number[whose[used]] = (np.cumsum(fresh) - 1)[used]
    return number


def _before(asked: Asked, uses: Uses, window_days: int) -> tuple[Columns, Columns, int]:
    """`pairs`, `activity` and `first` of `Counted`."""
    answer, event = _joined(asked, uses)
    used, end = uses.of(event), asked.end[answer]
    dated = (used.at != NEVER) & (end != NEVER)
    ago = np.where(dated, np.minimum((end - used.at) // DAY, window_days - 1), window_days)
    size = max(len(asked.answer), 1)
    group, *pairs = in_window(used.feature * np.int64(size) + answer, ago, window_days, used.uses)
    feature, of = np.divmod(group, size)
    pairs = {"answer": asked.answer[of], "feature": feature.astype(np.int32)} | dict(zip(IN_WINDOW, pairs, strict=True))
    of, _, days, just = in_window(answer, ago, window_days, None)
    activity = _measured(answer, used) | {"answer": asked.answer[of], "days": days, "just": just}
    return pairs, activity, int(used.at[dated].min(initial=LATEST))


def _joined(asked: Asked, uses: Uses) -> tuple[np.ndarray, np.ndarray]:
    """Places of every answer and use that counts for it: as many rounds as somebody's answers, over ever fewer uses."""
    many = np.bincount(asked.person, minlength=uses.person.max(initial=-1) + 1)
    first = np.cumsum(many) - many
    person, at, use = uses.person, uses.at, np.arange(len(uses.at), dtype=np.int32)
    undated = NEVER in (at.min(initial=0), asked.after.min(initial=0))
    answers, found = [np.empty(0, np.int64)], [use[:0]]
    for turn in range(many.max(initial=0)):
        left = many > turn
        if turn:
            person, at, use = (part[left[person]] for part in (person, at, use))
        answer = np.where(left, first + turn, 0)
        after, end = np.where(left, asked.after[answer], LATEST), asked.end[answer]
        counts = (at > after[person]) & (at <= end[person])
        if undated:
            counts |= left[person] & ((at == NEVER) | (after[person] == NEVER))
        answers.append(answer[person[counts]])
        found.append(use[counts])
    return np.concatenate(answers), np.concatenate(found)


def _measured(whose: np.ndarray, uses: Uses) -> Columns:
    """Measures of activity, as `rollups.measured` has them: a row for each that used anything, sorted."""
    size, dated = whose.max(initial=-1) + 1, uses.at != NEVER
    features = different(whose, uses.feature, size)
    days = different(whose[dated], uses.at[dated] // DAY, size)
    minutes = np.full(size, np.nan)
    if uses.minutes is not None:
        told = ~np.isnan(uses.minutes)
        some = np.bincount(whose[told], minlength=size) > 0
        minutes[some] = np.bincount(whose[told], uses.minutes[told], size)[some]
    own = np.flatnonzero(features)
    total = np.bincount(whose, uses.uses, size)[own].astype(float)
    return {"active_days": days[own], "uses": total, "minutes": minutes[own], "features_used": features[own]}


def _lately(uses: Uses, last: int, window_days: int) -> Columns:
    """The measures of everybody who used anything in the window before the last answer."""
    if last != NEVER:
        uses = uses.of((uses.at > last - window_days * DAY) & (uses.at <= last) | (uses.at == NEVER))
    return _measured(uses.person.astype(np.int64), uses)


def _spells(uses: Uses, person: np.ndarray, since: int, features: int) -> Columns:
    """As `spells.spells` has them, of all features.

    person  what it calls each; -1 for who never answered
    since   the day of the first answer
    """
    day, base = uses.at // DAY, since // spells.DAYS * spells.DAYS
    own = np.flatnonzero((person[uses.person] >= 0) & (day >= since))
    day = day[own] - base
    span = np.int64(day.max(initial=0)) // spells.DAYS * spells.DAYS + spells.DAYS
    key = (uses.person[own] * np.int64(features) + uses.feature[own]) * span + day
    key.sort()
    runs = begins(key // spells.DAYS)
    group, first = np.divmod(key[runs], span)
    last = key[np.append(runs, len(key))[1:] - 1] % span + base
    whose, feature = np.divmod(group, max(features, 1))
    found = person[whose], feature, first + base, last
    return dict(zip(spells.COLUMNS, (part.astype(np.int32) for part in found), strict=True))


def _of_those_used(counted: Counted, names: pd.DataFrame, answers: int) -> tuple[Counted, pd.DataFrame]:
    """Pairs by feature, then answer, and names and spells of the features in them alone."""
    pairs, when = counted.pairs, counted.spells
    key = pairs["feature"] * np.int64(answers) + pairs["answer"]
    seen = np.bincount(pairs["feature"], minlength=len(names)) > 0
    code = (np.cumsum(seen) - 1).astype(np.int32)
    pairs, when = _of(pairs, np.argsort(key)), when if seen.all() else _of(when, np.flatnonzero(seen[when["feature"]]))
    pairs, when = (rows | {"feature": code[rows["feature"]]} for rows in (pairs, when))
    return counted._replace(pairs=pairs, spells=when), names[seen].reset_index(drop=True)


def _of(rows: Columns, places: np.ndarray) -> Columns:
    return _each(lambda column: column.take(places), rows)


def _each(work: Callable[[Any], np.ndarray], columns: Mapping[str, Any]) -> Columns:
    """What is made of every column, some at once: what they take is new memory."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return dict(zip(columns, pool.map(work, columns.values()), strict=True))


def _just_before(counted: Counted, answers: pd.DataFrame, names: pd.DataFrame, window_days: int) -> pd.DataFrame:
    """As `rollups.just_before` has it."""
    surveys, labels = pd.factorize(answers["survey"])
    window = np.minimum((microseconds(answers["responded_at"]) - counted.first) // DAY + 1, window_days)
    features = len(names) + 1  # behind all, any use
    sums = np.zeros((4, len(labels) * features))
    of_any = counted.activity | {"feature": np.full(len(counted.activity["answer"]), len(names))}
    for table in (counted.pairs, of_any):
        rows = _of({name: table[name] for name in ("answer", "feature", "days", "just")}, np.flatnonzero(table["days"]))
        group = surveys[rows["answer"]] * features + rows["feature"]
        p = rows["days"] / window[rows["answer"]]
        for place, part in enumerate((None, rows["just"], p, p * (1 - p))):
            sums[place] += np.bincount(group, part, sums.shape[1])
    told = np.flatnonzero(sums[0])
    survey, feature = np.divmod(told, features)
    called = names.reindex(np.where(feature < len(names), feature, -1)).reset_index(drop=True)
    moments = dict(zip(JUST_BEFORE[3:], sums[1:, told], strict=True))
    return pd.DataFrame({"survey": labels[survey], **called, **moments})[JUST_BEFORE]

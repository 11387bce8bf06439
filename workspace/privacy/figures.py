"""All the figures that viewers see of a dataset: sums over tables of one column by group, merged once for a version.

See `small_groups` for why nothing smaller follows from them. That asks for one population and one form of each column:
each person's latest answer to the main surveys, under one window and one measure, without a filter. Intervals are made
of the same counts, so answers of one account count one by one in them.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

import nps
from nps.measures import cells, score
from workspace.privacy.masking import masked
from workspace.privacy.small_groups import FEWEST, is_safe, merged

BANDS_OF_A_FIFTH = 4
TELLING = 6  # signs of an id that says who somebody is


class Figures(NamedTuple):
    """What may be shown.

    people       how many answered; 0 for fewer than five
    whole        the score of all of them; None where a group holds one to four
    segments     name -> value (None: all others together), and COUNTED: who has it
    over_time    first, last (months; NaT: no date), and COUNTED
    by_activity  first, last (fifths of the people from 0, the least active, to 4; NaN: use unknown), and COUNTED
    features     label, COUNTED of who used it, others (how many), nps_others, points, points_low, points_high

    A frame holds no rows where nothing can be told apart.
    """

    people: int
    whole: nps.Score | None
    segments: Mapping[str, pd.DataFrame]
    over_time: pd.DataFrame
    by_activity: pd.DataFrame
    features: pd.DataFrame


COUNTED = ["responses", "promoters", "passives", "detractors", "nps", "low", "high"]
NOTHING = pd.DataFrame(columns=COUNTED)


def figures(panel: nps.Panel) -> Figures:
    """The figures of a panel; of everybody in it."""
    places = panel.select(nps.Selection(survey=panel.main_surveys)).places
    group = panel.group[places]
    counts = np.bincount(group, minlength=3)
    known = names_of(panel)
    segments = {name: _segment(panel, places, name, known) for name in panel.segments}
    return Figures(
        people=len(places) if len(places) >= FEWEST else 0,
        whole=score.of_counts(counts) if counts.any() and is_safe(counts[None]) else None,
        segments={name: frame for name, frame in segments.items() if len(frame)},
        over_time=_months(panel.answers["responded_at"].iloc[places], group),
        by_activity=_fifths(panel, places, group),
        features=_features(panel, places, group, known),
    )


def _scored(counts: np.ndarray) -> pd.DataFrame:
    """COUNTED of counts (n, 3)."""
    return pd.DataFrame([score.of_counts(row) for row in counts], columns=nps.Score._fields)[COUNTED]


def _table(codes: np.ndarray, group: np.ndarray, values: int) -> np.ndarray:
    return np.bincount(codes.astype(np.int64) * 3 + group, minlength=values * 3).reshape(values, 3)


def _summed(counts: np.ndarray, sets: np.ndarray) -> np.ndarray:
    return np.stack([counts[sets == one].sum(axis=0) for one in range(sets.max() + 1)])


def _segment(panel: nps.Panel, places: np.ndarray, name: str, known: set[str]) -> pd.DataFrame:
    cells_of = panel.answers[name].iloc[places].cat
    values = cells_of.categories.astype(str)
    counts = _table(cells_of.codes.to_numpy(), panel.group[places], len(values))
    there = np.flatnonzero(counts.any(axis=1))
    sets = merged(counts[there])
    if sets is None or tells(values, known):
        return NOTHING
    alone = np.bincount(sets) == 1
    value = [values[there[np.flatnonzero(sets == one)[0]]] if alone[one] else None for one in range(len(alone))]
    return pd.concat([pd.DataFrame({"value": value}, dtype=object), _scored(_summed(counts[there], sets))], axis=1)


def _ranges(counts: np.ndarray, of: pd.Series) -> pd.DataFrame:
    """first, last and COUNTED of what follows each other.

    of  the values, in order; the first may be what is not known
    """
    sets = merged(counts, ordered=True)
    if sets is None:
        return NOTHING
    runs = [of[sets == one] for one in range(sets.max() + 1)]
    ends = pd.DataFrame({"first": [run.iloc[0] for run in runs], "last": [run.iloc[-1] for run in runs]})
    return pd.concat([ends, _scored(_summed(counts, sets))], axis=1)


def _months(when: pd.Series, group: np.ndarray) -> pd.DataFrame:
    months = when.dt.year * 12 + when.dt.month - 1
    if months.isna().all():
        return NOTHING
    first = int(months.min())
    codes = (months - first + 1).fillna(0).to_numpy(int)
    counts = _table(codes, group, codes.max() + 1)
    starts = [pd.Timestamp(month // 12, month % 12 + 1, 1) for month in range(first, first + codes.max())]
    known = slice(None if counts[0].any() else 1, None)
    return _ranges(counts[known], pd.Series([pd.NaT, *starts])[known].reset_index(drop=True))


def _fifths(panel: nps.Panel, places: np.ndarray, group: np.ndarray) -> pd.DataFrame:
    if not panel.has_usage:
        return NOTHING
    fifth = panel.answers["band"].to_numpy()[places] // BANDS_OF_A_FIFTH + 1
    counts = _table(np.where(panel.placed[places], fifth, 0), group, 6)
    there = counts.any(axis=1)
    return _ranges(counts[there], pd.Series([np.nan, *range(5)])[there].reset_index(drop=True))


def _features(panel: nps.Panel, places: np.ndarray, group: np.ndarray, known: set[str]) -> pd.DataFrame:
    chosen = np.zeros(len(panel.answers), bool)
    chosen[places] = True
    used = chosen[panel.pairs.answer]
    users = _table(panel.pairs.feature[used], panel.group[panel.pairs.answer[used]], len(panel.features))
    others = np.bincount(group, minlength=3) - users
    listed = [
        row
        for row, label in enumerate(panel.features["feature"])
        if merged(np.stack([users[row], others[row]])) is not None and not tells([label], known)
    ]
    labels = pd.Series(cells.feature_labels(panel.features), dtype=object)[listed]
    apart = [score.difference(users[row], others[row])[:3] for row in listed]
    frame = _scored(users[listed]).assign(
        others=others[listed].sum(axis=1), nps_others=score.net(others[listed]) if listed else []
    )
    points = pd.DataFrame(apart, columns=["points", "points_low", "points_high"], dtype=float)
    found = pd.concat([labels.reset_index(drop=True).rename("label"), frame, points], axis=1)
    return found.sort_values("responses", ascending=False, kind="stable", ignore_index=True)


def names_of(panel: nps.Panel) -> set[str]:
    """What people are called, where it says who they are: names, e-mail addresses, ids of six signs or more."""
    listed = (panel.answers, panel.unasked)
    columns = [people[name].dropna().astype(str) for people in listed for name in ("name", "email", "person_id")]
    words = pd.concat(columns).str.strip().str.casefold().unique()
    ids = {str(each).casefold() for people in listed for each in people["person_id"].unique()}
    return {word for word in words if word and (word not in ids or len(word) >= TELLING)}


def tells(values: Iterable[object], known: set[str]) -> bool:
    """Whether any of these says who somebody is: then none of them is shown."""
    return any(str(value).strip().casefold() in known or masked(str(value)) != str(value) for value in values)

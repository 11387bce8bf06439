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
from workspace.privacy.small_groups import FEWEST, admitted, is_safe, merged

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
MOST_FEATURES = 100  # those that most people use


class _Column(NamedTuple):
    """Its table, and the number of each person's set (N,)."""

    frame: pd.DataFrame
    sets: np.ndarray


class _Asked(NamedTuple):
    """A panel, the places of the answers that count (N,), the group of each, and what says who somebody is."""

    panel: nps.Panel
    places: np.ndarray
    group: np.ndarray
    known: set[str]

    def table(self, codes: np.ndarray, values: int) -> np.ndarray:
        """People by code and group: (values, 3)."""
        return np.bincount(codes.astype(np.int64) * 3 + self.group, minlength=values * 3).reshape(values, 3)


def figures(panel: nps.Panel) -> Figures:
    """The figures of a panel; of everybody in it."""
    places = panel.select(nps.Selection(survey=panel.main_surveys)).places
    asked = _Asked(panel, places, panel.group[places], names_of(panel))
    counts = np.bincount(asked.group, minlength=3)
    columns = {("segment", name): _segment(asked, name) for name in panel.segments}
    columns |= {("over time", ""): _months(asked), ("by activity", ""): _fifths(asked)} | _features(asked)
    there = {key: column for key, column in columns.items() if column is not None}
    shown = [[*there][place] for place in admitted([column.sets for column in there.values()], asked.group)]
    frames = {key: there[key].frame for key in shown}
    used = [frame for (kind, _name), frame in frames.items() if kind == "feature"]
    return Figures(
        people=len(places) if len(places) >= FEWEST else 0,
        whole=score.of_counts(counts) if counts.any() and is_safe(counts[None]) else None,
        segments={name: frame for (kind, name), frame in frames.items() if kind == "segment"},
        over_time=frames.get(("over time", ""), NOTHING),
        by_activity=frames.get(("by activity", ""), NOTHING),
        features=pd.concat(used, ignore_index=True) if used else NOTHING,
    )


def _scored(counts: np.ndarray) -> pd.DataFrame:
    """COUNTED of counts (n, 3)."""
    return pd.DataFrame([score.of_counts(row) for row in counts], columns=nps.Score._fields)[COUNTED]


def _summed(counts: np.ndarray, sets: np.ndarray) -> np.ndarray:
    return np.stack([counts[sets == one].sum(axis=0) for one in range(sets.max() + 1)])


def _segment(asked: _Asked, name: str) -> _Column | None:
    values_of = asked.panel.answers[name].iloc[asked.places].cat
    values = values_of.categories.astype(str)
    counts = asked.table(values_of.codes.to_numpy(), len(values))
    there = np.flatnonzero(counts.any(axis=1))
    sets = merged(counts[there])
    if sets is None or tells(values, asked.known):
        return None
    alone = np.bincount(sets) == 1
    value = [values[there[np.flatnonzero(sets == one)[0]]] if alone[one] else None for one in range(len(alone))]
    frame = pd.concat([pd.DataFrame({"value": value}, dtype=object), _scored(_summed(counts[there], sets))], axis=1)
    return _Column(frame, sets[np.searchsorted(there, values_of.codes.to_numpy())])


def _ranges(asked: _Asked, codes: np.ndarray, of: pd.Series) -> _Column | None:
    """first, last and COUNTED of values in their order; the first of these may be what is not known."""
    counts = asked.table(codes, len(of))
    start = 0 if counts[0].any() else 1
    sets = merged(counts[start:], ordered=True)
    if sets is None:
        return None
    runs = [of[start:][sets == one] for one in range(sets.max() + 1)]
    ends = pd.DataFrame({"first": [run.iloc[0] for run in runs], "last": [run.iloc[-1] for run in runs]})
    return _Column(pd.concat([ends, _scored(_summed(counts[start:], sets))], axis=1), sets[codes - start])


def _months(asked: _Asked) -> _Column | None:
    when = asked.panel.answers["responded_at"].iloc[asked.places]
    months = when.dt.year * 12 + when.dt.month - 1
    if months.isna().all():
        return None
    first = int(months.min())
    codes = (months - first + 1).fillna(0).to_numpy(int)
    starts = [pd.Timestamp(month // 12, month % 12 + 1, 1) for month in range(first, first + codes.max())]
    return _ranges(asked, codes, pd.Series([pd.NaT, *starts]))


def _fifths(asked: _Asked) -> _Column | None:
    if not asked.panel.has_usage:
        return None
    fifth = asked.panel.answers["band"].to_numpy()[asked.places] // BANDS_OF_A_FIFTH + 1
    return _ranges(asked, np.where(asked.panel.placed[asked.places], fifth, 0), pd.Series([np.nan, *range(5)]))


def _features(asked: _Asked) -> dict[tuple[str, str], _Column]:
    """Those of which users, everyone else, and everyone else who used anything, are nobody or five in each group."""
    panel, whole = asked.panel, np.bincount(asked.group, minlength=3)
    place = np.full(len(panel.answers), -1)
    place[asked.places] = np.arange(len(asked.places))
    active = panel.answers["features_used"].to_numpy(float)[asked.places] > 0
    labels, found = cells.feature_labels(panel.features), {}
    runs = panel.pairs.runs(len(panel.features))
    for row in np.argsort(-panel.features["users"].to_numpy(), kind="stable"):
        users = place[panel.pairs.answer[runs[row]]]
        used = np.zeros(len(asked.places), np.int8)
        used[users[users >= 0]] = 1
        counts, others = asked.table(used, 2)[1], np.bincount(asked.group[active & (used == 0)], minlength=3)
        safe = is_safe(np.stack([counts, whole - counts, others])) and 0 < counts.sum() < whole.sum()
        if safe and not tells([labels[row]], asked.known):
            found["feature", labels[row]] = _Column(_against(labels[row], counts, whole - counts), used)
        if len(found) == MOST_FEATURES:
            break
    return found


def _against(label: str, users: np.ndarray, others: np.ndarray) -> pd.DataFrame:
    apart = score.difference(users, others)
    return _scored(users[None]).assign(
        label=label,
        others=others.sum(),
        nps_others=score.net(others),
        points=apart.points,
        points_low=apart.low,
        points_high=apart.high,
    )


def names_of(panel: nps.Panel) -> set[str]:
    """What people are called, and owners of accounts: names, e-mail addresses, ids of six signs or more."""
    listed = (panel.answers, panel.unasked)
    columns = [people[name].dropna().astype(str) for people in listed for name in ("name", "email", "person_id")]
    words = pd.concat([*columns, pd.Series(sorted(panel.told.owners), dtype="str")]).str.strip().str.casefold().unique()
    ids = {str(each).casefold() for people in listed for each in people["person_id"].unique()}
    return {word for word in words if word and (word not in ids or len(word) >= TELLING)}


def tells(values: Iterable[object], known: set[str]) -> bool:
    """Whether any of these says who somebody is: then none of them is shown."""
    return any(str(value).strip().casefold() in known or masked(str(value)) != str(value) for value in values)

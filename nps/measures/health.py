"""Health of accounts, or people: a place among their like, made of parts that are always shown with it.

Each part is a place, 0 to 100, among those of the same plan and size; health is their mean, by weights that whoever
looks at it sees and changes. It is no chance of anything, and does not move where all fall together.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from nps.measures.rules import FALLS_BY, MIN_GROUP, MIN_SHOWN, PRIOR_ANSWERS
from nps.notes import InputError, Note, note

PARTS = ("use", "people", "breadth", "keys", "answers", "reasons", "onboarding", "support")
OF_PERSONS = tuple(part for part in PARTS if part not in ("people", "support"))
MOST = 5
FIFTHS = 5
HISTORY, FALLING, USUAL = 26, 2, 8  # weeks that are shown; that are looked at for a fall, and that it is a fall from


class Weights(NamedTuple):
    """How much each part counts: whole numbers from 0, which leaves it out, to 5."""

    use: int = 3
    people: int = 1
    breadth: int = 1
    keys: int = 2
    answers: int = 2
    reasons: int = 1
    onboarding: int = 1
    support: int = 1

    def __str__(self) -> str:
        """As in links: 3.1.1.2.2.1.1.1"""
        return ".".join(str(weight) for weight in self)

    @classmethod
    def parse(cls, text: str) -> "Weights":
        """The weights of a link; raises InputError for any others."""
        weights = text.split(".")
        if len(weights) != len(PARTS) or not {*weights} <= {str(weight) for weight in range(MOST + 1)}:
            raise InputError("health.weights", n=len(PARTS), most=MOST)
        return cls(*map(int, weights))


DEFAULT = Weights()


class Groups(NamedTuple):
    """Whom each unit is compared with: all, those of its plan, or those of its plan and size.

    codes  the group of each unit at each of these levels: (3, U)
    level  which of them counts: (U,)
    plans  what each plan is called; None: no plan
    """

    codes: np.ndarray
    level: np.ndarray
    plans: tuple[str | None, ...]

    def named(self, place: int) -> Note:
        """What the group of one of them is called."""
        plan = self.plans[self.codes[1][place]]
        known = note("segment.none") if plan is None else note("as_is", text=plan)
        fifth = int(self.codes[2][place]) % FIFTHS + 1
        names = note("health.all"), note("health.plan", plan=known), note("health.size", plan=known, fifth=fifth)
        return names[self.level[place]]


def groups(plan: pd.Series, size: pd.Series | None = None) -> Groups:
    """Those of the same plan and fifth of size where they are 30 or more, else of the same plan, else all.

    plan  of accounts, or the role of persons; missing is a group of its own
    size  seats, or people; None for persons
    """
    code, names = pd.factorize(plan, use_na_sentinel=False)
    fifth = np.zeros(len(plan), int) if size is None else fifths(size.to_numpy(float))
    codes = np.stack([np.zeros(len(plan), int), code, code * FIFTHS + fifth])
    large = np.stack([np.bincount(own, minlength=1)[own] >= MIN_GROUP for own in codes[1:]])
    level = np.where(large[1] & (size is not None), 2, np.where(large[0], 1, 0))
    return Groups(codes, level, tuple(None if pd.isna(name) else str(name) for name in names))


def fifths(size: np.ndarray) -> np.ndarray:
    """Fifths of a size, 0 for the smallest; equal sizes are in the same one. Unknown sizes are the smallest."""
    values = np.nan_to_num(size)
    ordered = np.sort(values)
    middle = (np.searchsorted(ordered, values, "left") + np.searchsorted(ordered, values, "right")) / 2
    return np.minimum((FIFTHS * middle / max(len(values), 1)).astype(int), FIFTHS - 1)


def place(values: np.ndarray, group: np.ndarray) -> np.ndarray:
    """100 x (share of the group with less + half the share with the same): (U,); NaN stays, and is not counted."""
    values, found = np.asarray(values, float), np.full(len(values), np.nan)
    known = np.flatnonzero(~np.isnan(values))
    order = known[np.lexsort((values[known], group[known]))]
    own, value = group[order], values[order]
    if len(order):
        start, n = _runs(np.diff(own) != 0)
        first, same = _runs((np.diff(own) != 0) | (np.diff(value) != 0))
        found[order] = 100 * (first - start + same / 2) / n
    return found


def _runs(changes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where the run of each of several begins, and how long it is; changes: whether the next one is of another."""
    begins = np.flatnonzero(np.concatenate([[True], changes]))
    lengths = np.diff([*begins, len(changes) + 1])
    return np.repeat(begins, lengths), np.repeat(lengths, lengths)


def answers(y: np.ndarray, answers: np.ndarray, mean: float) -> np.ndarray:
    """The figure of answers: sums of y (-1, 0, 1) and how many, drawn to the mean of all as if three more said that."""
    with np.errstate(invalid="ignore"):
        return np.where(answers > 0, (y + PRIOR_ANSWERS * mean) / (answers + PRIOR_ANSWERS), np.nan)


def placed(figures: pd.DataFrame, groups: Groups) -> pd.DataFrame:
    """The place of each figure (a column of PARTS, NaN where it is missing) in the group of each unit.

    Missing, too, where under ten of the group have it.
    """
    return pd.DataFrame({part: _placed(figures[part].to_numpy(float), groups) for part in figures}, figures.index)


def _placed(values: np.ndarray, groups: Groups) -> np.ndarray:
    found = np.full(len(values), np.nan)
    for level in np.unique(groups.level):
        code, own = groups.codes[level], groups.level == level
        enough = np.bincount(code[~np.isnan(values)], minlength=code.max() + 1)[code] >= MIN_SHOWN
        found[own & enough] = place(values, code)[own & enough]
    return found


def health(places: pd.DataFrame, weights: Weights = DEFAULT) -> pd.DataFrame:
    """By unit: health (0..100), known_weight, in_play.

    Health is the mean of the known parts by their weights; NaN where under half of the weights in play are known. In
    play are the parts that are known of anybody.
    """
    known = places.notna().to_numpy()
    weight = np.array([getattr(weights, part) for part in places]) * known.any(0)
    own = known @ weight
    total = np.nan_to_num(places.to_numpy(float)) @ weight
    told = (own > 0) & (2 * own >= weight.sum())
    found = np.divide(total, own, out=np.full(len(places), np.nan), where=told)
    return pd.DataFrame({"health": found, "known_weight": own, "in_play": int(weight.sum())}, places.index)


def history(
    figures_at: Callable[[int], pd.DataFrame],
    groups: Groups,
    weights: Weights = DEFAULT,
    weeks: int = HISTORY,
) -> pd.DataFrame:
    """Health in each of the last weeks: id, week (0: the last one), health, then each part; the oldest first.

    figures_at  the figures so many weeks ago, of what was known then
    groups      today's: plan, seats and weights of then are not known
    """
    found = []
    for week in range(weeks)[::-1]:
        places = placed(figures_at(week), groups)
        found.append(health(places, weights)[["health"]].join(places).assign(week=week))
    table = pd.concat(found).rename_axis("id").reset_index()
    return table[["id", "week", "health", *table.columns.drop(["id", "week", "health"])]]


def falls(weeks: np.ndarray) -> np.ndarray:
    """Whether health was 15 under the median of the eight weeks before in each of the last two: (U,).

    weeks  health by week, the oldest first (U, 10 or more); a week in which it is not known is no fall
    """
    before, last = weeks[:, -USUAL - FALLING : -FALLING], weeks[:, -FALLING:]
    whole = ~np.isnan(before).any(1)
    usual = np.full(len(weeks), np.nan)
    usual[whole] = np.median(before[whole], axis=1)
    return (last <= usual[:, None] - FALLS_BY).all(1)

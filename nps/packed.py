"""Use counted of one whole number for each: sorted once, what belongs together is a run of them.

By week the number is, from its low bits on: the day of its week, counted back (3 bits); feature; person; week.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

OF_DAY, OF_WEEK = 3, 20  # bits


class Bits(NamedTuple):
    """Where person and week begin in a number."""

    person: int
    week: int

    @classmethod
    def of(cls, people: int, features: int) -> "Bits":
        """Enough for so many."""
        person = OF_DAY + features.bit_length()
        return cls(person, person + people.bit_length())

    @property
    def fit(self) -> bool:
        """Whether all weeks that dates can have fit, too."""
        return self.week + OF_WEEK < 64


def taken(rows: pa.Table) -> tuple[np.ndarray, np.ndarray]:
    """Its key, int64, which may be changed, and uses, float, of every use: (n,) each."""
    return rows["key"].to_numpy().copy(), rows["uses"].to_numpy()


def by_week(key: np.ndarray, uses: np.ndarray, bits: Bits) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`used` and `active` of `nps.weekly.Weekly`, in their order.

    key   of each use; changed
    uses  of each
    """
    key, uses = _summed(key, uses)
    key = key[begins(key)]  # different days of a feature of a person
    pairs, whose = begins(key >> OF_DAY), begins(key >> bits.person)
    days = np.left_shift(np.uint8(1), (key & _ones(OF_DAY)).astype(np.uint8))
    days = np.bitwise_count(np.bitwise_or.reduceat(days, whose)) if len(key) else days
    active = _whose(key[whose], bits) | {"days": days.astype(np.int8)}
    of_pair = np.diff(pairs, append=len(key)).astype(np.int8)
    key = key[pairs]
    feature = ((key >> OF_DAY) & _ones(bits.person - OF_DAY)).astype(np.int32)
    used = _whose(key, bits) | {"feature": feature, "uses": uses, "days": of_pair}
    return pd.DataFrame(used, copy=False), pd.DataFrame(active, copy=False)


def begins(numbers: np.ndarray) -> np.ndarray:
    """Where runs of the same begin, of sorted ones: places."""
    new = np.empty(len(numbers), bool)
    new[:1] = True
    np.not_equal(numbers[1:], numbers[:-1], out=new[1:])
    return np.flatnonzero(new)


def in_order(key: np.ndarray, uses: np.ndarray | None) -> tuple[np.ndarray, np.ndarray | None]:
    """The keys, sorted, and the uses of each; where each counts once, or the same, they need not move along.

    key  changed
    """
    if uses is None:
        key.sort()
        return key, None
    order = np.argsort(key)
    return key[order], uses[order]


def in_window(
    group: np.ndarray, ago: np.ndarray, window_days: int, uses: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Of each different group, sorted: that; its uses; on how many of the window's days; whether on the last of them.

    ago  on which day of the window, counted back from 0 on; `window_days` where that is not known
    """
    key, uses = in_order(group * (window_days + 1) + ago, uses)
    fresh = begins(key)
    of, ago = np.divmod(key[fresh], window_days + 1)
    runs = begins(of)
    total = np.diff(fresh[runs], append=len(key)) if uses is None else np.add.reduceat(uses, fresh[runs])
    days = np.add.reduceat((ago < window_days).astype(np.int32), runs)
    return of[runs], total.astype(float), days, ago[runs] == 0


def different(whose: np.ndarray, what: np.ndarray, size: int) -> np.ndarray:
    """How many different ones each has: (size,)."""
    least = what.min(initial=0)
    span = np.int64(what.max(initial=0) - least + 1)
    key = whose * span + (what - least)
    key.sort()
    return np.bincount(key[begins(key)] // span, minlength=size)


def _summed(key: np.ndarray, uses: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The keys, sorted, and the uses of each feature of a person in a week."""
    alike = len(uses) > 0 and bool((uses == uses[0]).all())
    key, moved = in_order(key, None if alike else uses)
    runs = begins(key >> OF_DAY)
    return key, uses[0] * np.diff(runs, append=len(key)) if alike else np.add.reduceat(moved, runs)


def _whose(key: np.ndarray, bits: Bits) -> dict[str, np.ndarray]:
    person = (key >> bits.person) & _ones(bits.week - bits.person)
    return {"week": (key >> bits.week).astype(np.int16), "person": person.astype(np.int32)}


def _ones(bits: int) -> int:
    return (1 << bits) - 1

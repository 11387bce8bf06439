"""Use by week, counted of one whole number for each use: sorted once, what belongs together is a run of them.

The number is, from its low bits on: the day of its week, counted back (3 bits); feature; person; week.
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
    key = key[_begin(key)]  # different days of a feature of a person
    pairs, whose = _begin(key >> OF_DAY), _begin(key >> bits.person)
    days = np.left_shift(np.uint8(1), (key & _ones(OF_DAY)).astype(np.uint8))
    days = np.bitwise_count(np.bitwise_or.reduceat(days, whose)) if len(key) else days
    active = _whose(key[whose], bits) | {"days": days.astype(np.int8)}
    of_pair = np.diff(pairs, append=len(key)).astype(np.int8)
    key = key[pairs]
    feature = ((key >> OF_DAY) & _ones(bits.person - OF_DAY)).astype(np.int32)
    used = _whose(key, bits) | {"feature": feature, "uses": uses, "days": of_pair}
    return pd.DataFrame(used, copy=False), pd.DataFrame(active, copy=False)


def _summed(key: np.ndarray, uses: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The keys, sorted, and the uses of each feature of a person in a week.

    Where each use counts the same, uses need not move along.
    """
    if not len(key):
        return key, uses
    if (uses == uses[0]).all():
        key.sort()
        return key, uses[0] * np.diff(_begin(key >> OF_DAY), append=len(key))
    order = np.argsort(key)
    key = key[order]
    return key, np.add.reduceat(uses[order], _begin(key >> OF_DAY))


def _begin(numbers: np.ndarray) -> np.ndarray:
    """Where runs of the same begin, of sorted ones."""
    new = np.empty(len(numbers), bool)
    new[:1] = True
    np.not_equal(numbers[1:], numbers[:-1], out=new[1:])
    return np.flatnonzero(new)


def _whose(key: np.ndarray, bits: Bits) -> dict[str, np.ndarray]:
    person = (key >> bits.person) & _ones(bits.week - bits.person)
    return {"week": (key >> bits.week).astype(np.int16), "person": person.astype(np.int32)}


def _ones(bits: int) -> int:
    return (1 << bits) - 1

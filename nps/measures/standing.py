"""How accounts, or people, stand in some week: their use then against their own past, of rows up to then alone."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from nps.measures import pace
from nps.measures.pace import BEFORE, WEEKS
from nps.measures.rules import MIN_USUAL_PEOPLE, MIN_USUAL_USES
from nps.weekly import MONTH, WEEK, Weekly, lately

SIGNUP_WEEKS = 2  # in which who signed up shows an interest


class Units(NamedTuple):
    """Accounts, or people, whose use is told.

    ids     their ids: (U,)
    person  the place among those of each of `Weekly.people`, -1 where that is not known: (P,)
    joined  when each is known to have joined (NaT where it is not): (U,)
    """

    ids: pd.Index
    person: np.ndarray
    joined: pd.Series


def units(weekly: Weekly, ids: pd.Index, whose: pd.Series | None = None, joined: pd.Series | None = None) -> Units:
    """Units with these ids.

    whose   person_id -> id, missing where none is known; None: use is told by those ids themselves
    joined  id -> when it joined
    """
    own = weekly.people if whose is None else whose.reindex(weekly.people)
    since = pd.Series(pd.NaT, ids, dtype="datetime64[us]") if joined is None else joined.reindex(ids)
    return Units(ids, ids.get_indexer(own), since)


def standing(weekly: Weekly, units: Units, keys: np.ndarray | None = None) -> pd.DataFrame:
    """How each unit stands at the end of `weekly`: a row each, by id. `weekly.at(13)` tells how it stood then.

    keys    rows of `weekly.names` that are key features; None: nobody chose any
    pace    use against its own past, see `nps.measures.pace`; pace_people the same of people active in a week
    uses    mean uses in a week, of the last four; usual: the median of the 13 weeks before
    before  uses in those 13 weeks
    active  different people in the last four weeks; new: of those, who had never been seen before
    seen    different people who were ever active
    breadth different features in the last four weeks; key: how many of the key features, NaN without any
    days    the most different days on which one of its people was active in the last two weeks
    weeks   since it joined, or was first seen; NaN where that was before the usage begins
    there   whether it had joined, or was seen, by then
    """
    size, since, person = len(units.ids), seen(weekly, units), _first(weekly)
    active, used = (_owned(rows, units, MONTH) for rows in (weekly.active, weekly.used))
    by_week = (
        _by_week(_owned(weekly.used, units, WEEKS), size, "uses"),
        _by_week(_owned(weekly.active, units, WEEKS), size),
    )
    uses, people = (_known(weeks, since) for weeks in by_week)
    key = None if keys is None else np.isin(np.arange(len(weekly.names)), keys)
    unit, feature = _pairs(used, len(weekly.names))
    return pd.DataFrame(
        {
            "pace": pace.against_past(uses, MIN_USUAL_USES),
            "pace_people": pace.against_past(people, MIN_USUAL_PEOPLE),
            "uses": pace.now(np.nan_to_num(uses)),
            "usual": pace.usual(uses),
            "before": np.nansum(uses[:, :BEFORE], axis=1),
            "active": _count(np.unique(active.person), units, size),
            "seen": _count(np.flatnonzero(person >= 0), units, size),
            "new": _count(np.flatnonzero((person >= 0) & (person < MONTH)), units, size),
            "breadth": np.bincount(unit, minlength=size),
            "key": np.nan if key is None else np.bincount(unit[key[feature]], minlength=size),
            "days": _most_days(_owned(weekly.active, units, SIGNUP_WEEKS), units, size),
            "weeks": np.where((since >= 0) & (since < beginning(weekly)), since, np.nan),
            "there": since >= 0,
        },
        index=units.ids,
    )


def by_week(weekly: Weekly, units: Units) -> np.ndarray:
    """Uses of each unit in each of the last 17 weeks, the oldest first: (U, 17)."""
    return _by_week(_owned(weekly.used, units, WEEKS), len(units.ids), "uses")


def lately_by_person(weekly: Weekly) -> np.ndarray:
    """Uses of each of `Weekly.people` in the last four weeks: (P,)."""
    rows = lately(weekly.used, MONTH)
    return np.bincount(rows["person"], rows["uses"], len(weekly.people))


def over_time(weekly: Weekly, units: Units, place: int) -> pd.DataFrame:
    """One unit, week by week, the oldest first: week (its first day), uses, people active; from its first use on."""
    used, active = (rows[units.person[rows["person"].to_numpy()] == place] for rows in (weekly.used, weekly.active))
    size = int(active["week"].max()) + 1 if len(active) else 0
    counted = np.bincount(used["week"], used["uses"], size), np.bincount(active["week"], minlength=size)
    days = pd.Timestamp(weekly.as_of) - pd.to_timedelta(WEEK * np.arange(1, size + 1) - 1, unit="D")
    return pd.DataFrame(dict(zip(("week", "uses", "people"), (days, *counted), strict=True)))[::-1].reset_index(
        drop=True
    )


def beginning(weekly: Weekly) -> int:
    """The week in which the usage begins, counted back: of it only a part is known."""
    return int(weekly.active["week"].iloc[-1]) if len(weekly.active) else 0


def seen(weekly: Weekly, units: Units) -> np.ndarray:
    """The week, counted back, in which each joined, or was seen first if that was before; no earlier than the usage
    begins: (U,). Of that week only a part is known, of those before it nothing; -1 who was there only later."""
    first, known = np.full(len(units.ids), -1), units.person >= 0
    np.maximum.at(first, units.person[known], _first(weekly)[known])
    ends = pd.Timestamp(weekly.as_of) + pd.Timedelta(days=1)
    ago = np.ceil((ends - units.joined) / pd.Timedelta(days=WEEK)).to_numpy(float) - 1
    joined = np.where(ago >= 0, np.nan_to_num(ago), -1).astype(int)
    return np.minimum(np.maximum(first, joined), beginning(weekly))


class _Owned(NamedTuple):
    """Rows whose unit is known: unit, person, week, and what else is asked of them, all (n,)."""

    unit: np.ndarray
    person: np.ndarray
    rows: pd.DataFrame


def _owned(rows: pd.DataFrame, units: Units, weeks: int) -> _Owned:
    """Of the last weeks."""
    rows = lately(rows, weeks)
    person = rows["person"].to_numpy()
    unit = units.person[person]
    own = unit >= 0
    return _Owned(unit[own], person[own], rows[own])


def _first(weekly: Weekly) -> np.ndarray:
    """The week in which each person was first active, counted back; -1 who never was: (P,)."""
    first = np.full(len(weekly.people), -1)
    first[weekly.active["person"].to_numpy()] = weekly.active["week"].to_numpy()  # sorted: the earliest is written last
    return first


def _by_week(owned: _Owned, size: int, column: str | None = None) -> np.ndarray:
    """Sums of a column, or rows, in each of the last 17 weeks, the oldest first: (U, 17)."""
    cell = owned.unit * WEEKS + (WEEKS - 1 - owned.rows["week"].to_numpy(np.int64))
    weights = None if column is None else owned.rows[column].to_numpy()
    return np.bincount(cell, weights, minlength=size * WEEKS).reshape(size, WEEKS).astype(float)


def _known(weeks: np.ndarray, since: np.ndarray) -> np.ndarray:
    """NaN in and before the week in which a unit was first seen."""
    ago = np.arange(WEEKS)[::-1]
    return np.where(ago < since[:, None], weeks, np.nan)


def _count(persons: np.ndarray, units: Units, size: int) -> np.ndarray:
    """How many of these people each unit has."""
    unit = units.person[persons]
    return np.bincount(unit[unit >= 0], minlength=size)


def _pairs(owned: _Owned, features: int) -> tuple[np.ndarray, np.ndarray]:
    """Each different unit and feature."""
    return np.divmod(
        np.unique(owned.unit * max(features, 1) + owned.rows["feature"].to_numpy(np.int64)), max(features, 1)
    )


def _most_days(owned: _Owned, units: Units, size: int) -> np.ndarray:
    persons, place = np.unique(owned.person, return_inverse=True)
    most = np.zeros(size, int)
    np.maximum.at(most, units.person[persons], np.bincount(place, owned.rows["days"].to_numpy()).astype(int))
    return most

"""How somebody's use of a quarter stands among that of people like them: the same role and group, else role, else all.

Who is set against is whoever used anything in that time and has not left: of a role few may be active, and half of them
idle would make everybody a heavy user.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from nps.measures.rules import MIN_PEERS, MISSED_FROM, MOST_MISSED
from nps.weekly import Weekly, lately

WEEKS = 13
FIGURES = ("days", "uses", "features")
Alike = tuple[str, ...]  # of "role", "group"


class Crowd(NamedTuple):
    """Everybody's use of the last 13 weeks.

    ids      of `Weekly.people` (P,)
    role     missing where none is known; group, of the latest answer, the same: (P,)
    there    who used anything then and has not left: bool (P,)
    figures  different days, uses, different features: (P, 3)
    pair     person and feature of who used what, each once: two arrays (N,)
    names    kind, feature of those
    """

    ids: pd.Index
    role: pd.Categorical
    group: pd.Categorical
    there: np.ndarray
    figures: np.ndarray
    pair: tuple[np.ndarray, np.ndarray]
    names: pd.DataFrame


class Peers(NamedTuple):
    """Whom somebody is set against, and how they stand among them.

    alike    what they share: role and group, role, or nothing
    people   how many they are, without whom they are set against
    figures  a row for days, uses and features: own, typical (the middle one of theirs), above (share of them that has
             less, and half of those with the same, 0..1)
    reach    kind, feature, reach: share of them that used it, 0..1; the most used first
    """

    alike: Alike
    people: int
    figures: pd.DataFrame
    reach: pd.DataFrame


def crowd(weekly: Weekly, role: pd.Series, group: pd.Series, left: pd.Index) -> Crowd:
    """Everybody's use of the last 13 weeks.

    role, group  by person_id, where they are known
    left         who has left
    """
    ids, size = weekly.people, max(len(weekly.names), 1)
    used, active = lately(weekly.used, WEEKS), lately(weekly.active, WEEKS)
    person = used["person"].to_numpy(np.int64)
    pair = np.divmod(np.unique(person * size + used["feature"].to_numpy(np.int64)), size)
    days, uses, features = (
        np.bincount(who, weights, minlength=len(ids))
        for who, weights in ((active["person"], active["days"]), (person, used["uses"]), (pair[0], None))
    )
    there = (days > 0) & ~ids.isin(left)
    alike = (pd.Categorical(each.reindex(ids)) for each in (role, group))
    return Crowd(ids, *alike, there, np.column_stack([days, uses, features]).astype(float), pair, weekly.names)


def peers(crowd: Crowd, person_id: str, role: str | None, group: str | None) -> Peers | None:
    """How somebody of a role and a group (None: not known) stands; None where fewer than 10 others are active."""
    own = crowd.ids.get_indexer([person_id])[0]
    others = crowd.there & (np.arange(len(crowd.ids)) != own)
    same_role, same_group = crowd.role == role, crowd.group == group
    levels: tuple[tuple[Alike, np.ndarray], ...] = (
        (("role", "group"), others & same_role & same_group),
        (("role",), others & same_role),
        ((), others),
    )
    alike, among = next(((name, mask) for name, mask in levels if mask.sum() >= MIN_PEERS), ((), None))
    if among is None:
        return None
    mine = crowd.figures[own] if own >= 0 else np.zeros(len(FIGURES))
    theirs = crowd.figures[among]
    above = (theirs < mine).mean(axis=0) + (theirs == mine).mean(axis=0) / 2
    figures = {"own": mine, "typical": np.median(theirs, axis=0), "above": above}
    return Peers(alike, len(theirs), pd.DataFrame(figures, index=[*FIGURES]), _reach(crowd, among))


def missed(peers: Peers, used: pd.DataFrame) -> pd.DataFrame:
    """What at least half of them use and somebody does not: rows of `reach`, three at most. used: kind, feature."""
    theirs, own = (pd.MultiIndex.from_frame(each[["kind", "feature"]]) for each in (peers.reach, used))
    others = peers.reach[~theirs.isin(own)]
    return others[others["reach"] >= MISSED_FROM].head(MOST_MISSED)


def _reach(crowd: Crowd, among: np.ndarray) -> pd.DataFrame:
    person, feature = crowd.pair
    users = np.bincount(feature[among[person]], minlength=len(crowd.names))
    table = crowd.names.assign(reach=users / among.sum())
    return table[users > 0].sort_values("reach", ascending=False, kind="stable", ignore_index=True)

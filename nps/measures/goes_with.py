"""What accounts used, or named, before a day, and to which of them something happened after it: a fair comparison.

Each account counts once, at one of the days on which it could still happen to it. Who uses a feature is not chosen at
random: what goes with leaving is not told as its cause.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from nps.measures import confounding, covariates, fairly, findable, score
from nps.measures.fairly import Cases
from nps.measures.health import fifths
from nps.measures.rules import ROBUST_BELOW

COLUMNS = (
    *("accounts", "happened", "others", "others_happened", "difference", "low", "high", "q", "robust", "findable"),
)


class At(NamedTuple):
    """Accounts, each at one day: all (n,).

    happened  whether it happened in the weeks after that are foretold
    moment    which day, as a code
    size      people seen by then
    plan      missing is one of its own; all alike where plans of today tell what came after
    """

    happened: np.ndarray
    moment: np.ndarray
    size: np.ndarray
    plan: pd.Series


class Did(NamedTuple):
    """Who did what: a row each of account (its place in `At`), what (a code), and how much of the account's activity it
    is."""

    unit: np.ndarray
    what: np.ndarray
    volume: np.ndarray


def drawn(at: pd.DataFrame, seed: int = 0) -> pd.DataFrame:
    """One row of each unit, drawn by a seed. at: unit, and whatever else."""
    return at.sample(frac=1, random_state=seed).drop_duplicates("unit").sort_values("unit", ignore_index=True)


def compared(at: At, did: Did, whats: int, activity: np.ndarray | None = None) -> pd.DataFrame:
    """A row for each of so many things: COLUMNS. Shares are 0..1; NaN under 20 accounts on a side.

    activity  of each account, whatever it did (n,); without it, what it did besides
    findable  the difference that would be found 4 times in 5
    """
    n = len(at.happened)
    alike = {"moment": covariates.by_value(pd.Series(at.moment), np.arange(n))}
    alike |= {"size": fifths(at.size.astype(float)), "plan": covariates.by_value(at.plan, np.arange(n))}
    levels, y = covariates.combined(alike, n), at.happened.astype(int)
    total = np.bincount(did.unit, did.volume, minlength=n)
    order = np.argsort(did.what, kind="stable")
    parts = np.split(order, np.searchsorted(did.what[order], np.arange(1, whats + 1)))
    rows = []
    for own in parts[:whats]:
        users, volume = np.zeros(n, bool), total.copy()
        users[did.unit[own]] = True
        np.subtract.at(volume, did.unit[own], did.volume[own])
        tier = fairly.tiers((volume if activity is None else activity).round(9))
        rows.append(_row(Cases(y, np.array([0.0, 1.0]), tier, levels, np.arange(n)), users))
    return _told(pd.DataFrame(rows, columns=["accounts", "happened", "others", "others_happened", *_FOUND]))


_FOUND = ("crude", "difference", "low", "high", "se", "df")


def _row(cases: Cases, users: np.ndarray) -> tuple[float, ...]:
    found = fairly.compare(cases, users)
    counts = found.did, int(cases.y[users].sum()), found.others, int(cases.y[~users].sum())
    return (*counts, *(getattr(found, name) for name in _FOUND))


def _told(found: pd.DataFrame) -> pd.DataFrame:
    difference, crude, se, df = (found[name].to_numpy(float) for name in ("difference", "crude", "se", "df"))
    p = confounding.cautious_p(difference, crude, se, df, confounding.kappa(difference, crude, se))
    q = score.benjamini_hochberg(p)
    smallest = findable.factor(max(int(np.isfinite(p).sum()), 1), ROBUST_BELOW)
    return found.assign(q=q, robust=q < ROBUST_BELOW, findable=smallest * se)[[*COLUMNS]]

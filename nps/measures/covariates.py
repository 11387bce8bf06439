"""What else may decide an answer: when it was given, in which role, on which plan (methods 3.3)."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from nps.joined import Joined
from nps.measures.rules import FEWEST_PEOPLE, FEWEST_SHARE

PER_PERSON = ("role", "plan")


class Levels(NamedTuple):
    """Every combination of levels that occurs.

    code     which of them each answer has: (n,)
    dummies  what each is made of: 1 or 0, (C, L), a column for each level but the first of each covariate
    names    the covariates that have more than one level
    """

    code: np.ndarray
    dummies: np.ndarray
    names: tuple[str, ...]


def levels(panel: Joined, positions: np.ndarray) -> Levels:
    """The levels of quarter (UTC), role and plan of these answers (n,); what has only one level is left out."""
    answers, person = panel.answers, panel.person[positions]
    covariates = {"quarter": by_quarter(answers["responded_at"].iloc[positions], person)}
    columns = [name for name in PER_PERSON if name in answers]
    covariates |= {name: by_value(answers[name].iloc[positions], person) for name in columns}
    return combined(covariates, len(positions))


def combined(covariates: Mapping[str, np.ndarray], n: int) -> Levels:
    """The levels of several covariates, each as codes from 0 (n,); one that has only one level is left out."""
    covariates = {name: codes for name, codes in covariates.items() if codes.max(initial=0) > 0}
    sizes = [int(codes.max()) + 1 for codes in covariates.values()]
    code = np.zeros(n, np.int64)
    for codes, size in zip(covariates.values(), sizes, strict=True):
        code = code * size + codes
    used = np.flatnonzero(np.bincount(code))
    parts = np.unravel_index(used, sizes) if sizes else ()
    dummies = [part[:, None] == np.arange(1, size) for part, size in zip(parts, sizes, strict=True)]
    return Levels(_renumbered(code), np.hstack([np.empty((len(used), 0)), *dummies]), tuple(covariates))


def by_value(values: pd.Series, person: np.ndarray) -> np.ndarray:
    """Codes from 0 of values (n,), no value being one; those that too few people have are one level, the last."""
    raw = values.cat.codes.to_numpy(np.int64) if hasattr(values, "cat") else pd.factorize(values)[0]
    codes = _renumbered(raw + 1)
    people = _people(codes, person)
    return _renumbered(np.where(people < _fewest(person), len(people), np.arange(len(people)))[codes])


def by_quarter(when: pd.Series, person: np.ndarray) -> np.ndarray:
    """Codes from 0 of quarters in order, undated answers last; one with too few people joins its earlier neighbour.

    The first has none, and joins the one after it.
    """
    dated = when.notna().to_numpy()
    if not dated.any():
        return np.zeros(len(when), np.int64)
    quarter = (4 * when[dated].dt.year + when[dated].dt.quarter).to_numpy(np.int64)
    codes = _renumbered(quarter - quarter.min())
    level = np.full(len(when), codes.max() + 1)
    level[dated] = _joined(_people(codes, person[dated]), _fewest(person))[codes]
    return _renumbered(level)


def _joined(people: np.ndarray, fewest: float) -> np.ndarray:
    """The level of each of several quarters, by how many people each has."""
    begins, waiting = [], 0
    for quarter in range(len(people))[::-1]:
        waiting += people[quarter]
        if waiting >= fewest:
            begins, waiting = [quarter, *begins], 0
    return np.maximum(np.searchsorted(begins, np.arange(len(people)), side="right") - 1, 0)


def _people(codes: np.ndarray, person: np.ndarray) -> np.ndarray:
    """How many different people have each code."""
    if np.bincount(person, minlength=1).max() > 1:
        codes = pd.unique(person * (codes.max() + 1) + codes) % (codes.max() + 1)
    return np.bincount(codes)


def _fewest(person: np.ndarray) -> float:
    return max(FEWEST_PEOPLE, FEWEST_SHARE * np.count_nonzero(np.bincount(person)))


def _renumbered(codes: np.ndarray) -> np.ndarray:
    """The same order without gaps."""
    return (np.cumsum(np.bincount(codes, minlength=1) > 0) - 1)[codes]

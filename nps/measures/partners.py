"""Features that are used together: which of them a difference belongs to, or that nobody can tell (methods 3.5)."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from nps.measures.compared import Answers
from nps.measures.score import Z
from nps.panel import below

CLOSE = 0.3
BITS = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1, bitorder="little").astype(np.int64)


class Ties(NamedTuple):
    """Per feature (F,): the code of the partner that takes or shares its credit, else -1; whether nobody can tell."""

    explained_by: np.ndarray
    inseparable: np.ndarray


def ties(answers: Answers, wanted: np.ndarray, difference: np.ndarray, comparable: np.ndarray) -> Ties:
    """Whether each `wanted` feature keeps its difference beside every comparable one that is used by the same people.

    It loses it where beside the partner |t| < 1.96 or its sign turns; of several partners the one of the largest |t|.
    """
    found = Ties(np.full(len(difference), -1), np.zeros(len(difference), bool))
    strongest = np.full(len(difference), -1.0)
    for code, partner in _close(answers, wanted, np.flatnonzero(comparable)):
        slope, own, other = beside(answers, code, partner)
        lost = abs(own) < Z or slope * difference[code] < 0
        if lost and abs(other) > strongest[code]:
            strongest[code] = abs(other)
            found.explained_by[code], found.inseparable[code] = partner, abs(other) < Z
    return found


def _close(answers: Answers, wanted: np.ndarray, others: np.ndarray) -> Iterator[tuple[int, int]]:
    """Pairs of a wanted feature and another whose uses go together among people of the same tier: |r| >= .3.

    Eight wanted features are marked as bits, so that users of each other one are gone through once for all eight.
    """
    if not len(wanted):
        return
    tier = np.bincount(answers.tier)
    by_tier = {code: np.bincount(answers.tier[answers.users(code)[0]], minlength=len(tier)) for code in others}
    spread = {code: n.sum() - (n * n / np.maximum(tier, 1)).sum() for code, n in by_tier.items()}
    for first in range(0, len(wanted), 8):
        several = wanted[first : first + 8].tolist()
        marks = np.zeros(len(answers.positions), np.uint8)
        for bit, code in enumerate(several):
            marks[answers.users(code)[0]] |= 1 << bit
        for partner in others.tolist():
            together = np.bincount(marks[answers.users(partner)[0]], minlength=256) @ BITS
            for code, both in zip(several, together.tolist(), strict=False):
                expected = (by_tier[code] * by_tier[partner] / np.maximum(tier, 1)).sum()
                if code != partner and abs(both - expected) >= CLOSE * np.sqrt(spread[code] * spread[partner]):
                    yield code, partner


def beside(answers: Answers, code: int, partner: int) -> tuple[float, float, float]:
    """Least squares of y on the use of two features, within tiers of activity without both: slope and t of the first,
    t of the second, with clusters. All 0 where the two are used by the same people."""
    use, activity = np.zeros((2, len(answers.positions))), answers.panel.tiers.volume[answers.positions]
    for x, feature in zip(use, (code, partner), strict=True):
        users, _, pair = answers.users(feature)
        x[users] = 1
        activity[users] -= np.log1p(answers.panel.pairs.uses[pair])
    tier = below(answers.panel.tiers.cuts, activity.round(9))
    x, y = (_within(tier, values) for values in (use, answers.values[answers.y][None]))
    gram = x @ x.T
    if np.linalg.det(gram) <= 1e-9 * gram[0, 0] * gram[1, 1]:
        return 0.0, 0.0, 0.0
    inverse = np.linalg.inv(gram)
    slopes = inverse @ (x @ y[0])
    moments = x * (y[0] - slopes @ x)
    groups = len(np.bincount(answers.cluster))
    sums = np.array([np.bincount(answers.cluster, moment) for moment in moments])
    errors = np.sqrt(np.diag(inverse @ (sums @ sums.T) @ inverse) * groups / max(groups - 1, 1))
    return slopes[0], *(slopes / np.where(errors > 0, errors, np.inf))


def _within(tier: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Values (K, n) less their means by tier."""
    n = np.maximum(np.bincount(tier), 1)
    return np.array([one - (np.bincount(tier, one) / n)[tier] for one in values])

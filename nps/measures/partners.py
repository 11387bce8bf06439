"""Features that are used together: which of them a difference belongs to, or that nobody can tell (methods 3.5)."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from nps.joined import below
from nps.measures.compared import Answers
from nps.measures.rules import CLOSE
from nps.measures.score import Z

ALIKE = 1e-9  # of the product of two sums of squares: two features are used by the same people
USED = np.array([[0.0, 1.0, 0.0, 1.0], [0.0, 0.0, 1.0, 1.0]])  # of neither, one, the other, both
BITS = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1, bitorder="little").astype(np.int64)


class Ties(NamedTuple):
    """Per feature (F,): the code of the partner that takes or shares its credit, else -1; whether nobody can tell."""

    explained_by: np.ndarray
    inseparable: np.ndarray


def ties(answers: Answers, wanted: np.ndarray, difference: np.ndarray, comparable: np.ndarray) -> Ties:
    """Whether each `wanted` feature keeps its difference beside every comparable one that is used by the same people.

    It loses it where beside the partner |t| < 1.96 or its sign turns; of several partners the one of the largest |t|.
    """
    partners = Ties(np.full(len(difference), -1), np.zeros(len(difference), bool))
    strongest = np.full(len(difference), -1.0)
    for code, partner in _close(answers, wanted, np.flatnonzero(comparable)):
        slope, own, other = beside(answers, code, partner)
        lost = abs(own) < Z or slope * difference[code] < 0
        if lost and abs(other) > strongest[code]:
            strongest[code] = abs(other)
            partners.explained_by[code], partners.inseparable[code] = partner, abs(other) < Z
    return partners


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
    cell, shape = _cells(answers, code, partner)
    counts = np.bincount(cell, minlength=int(np.prod(shape))).reshape(shape).astype(float)
    x, y = _within(counts, USED[:, None, :, None]), _within(counts, answers.values)
    gram = np.einsum("hsk,ahsk,bhsk->ab", counts, x, x)
    if np.linalg.det(gram) <= ALIKE * gram[0, 0] * gram[1, 1]:
        return 0.0, 0.0, 0.0
    inverse = np.linalg.inv(gram)
    slopes = inverse @ (counts * x * y).sum((1, 2, 3))
    moments = x * (y - np.tensordot(slopes, x, 1))
    middle = inverse @ _squares(answers, cell, counts, moments) @ inverse
    errors = np.sqrt(np.diag(middle))
    return slopes[0], *(slopes / np.where(errors > 0, errors, np.inf))


def _cells(answers: Answers, code: int, partner: int) -> tuple[np.ndarray, tuple[int, int, int]]:
    """Tier of activity without both, which of the two are used (neither, one, other, both), and y as one code: (n,)."""
    tier, state, uses = answers.tier.copy(), np.zeros(len(answers.tier), np.int64), answers.panel.pairs.uses
    (one, one_tier, one_pair), (other, other_tier, other_pair) = answers.users(code), answers.users(partner)
    tier[one], tier[other] = one_tier, other_tier
    state[one], volume = 1, np.zeros(len(state))
    volume[one] = np.log1p(uses[one_pair])
    state[other] += 2
    both, pair = (part[state[other] == 3] for part in (other, other_pair))
    rest = answers.panel.tiers.volume[answers.positions[both]] - volume[both] - np.log1p(uses[pair])
    tier[both] = below(answers.panel.tiers.cuts, rest.round(9))
    shape = answers.panel.tiers.count, 4, len(answers.values)
    return (tier * shape[1] + state) * shape[2] + answers.y, shape


def _within(counts: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Values of cells (H, 4, K) less their means by tier."""
    n = np.maximum(counts.sum((1, 2), keepdims=True), 1)
    return values - (counts * values).sum((-2, -1), keepdims=True) / n


def _squares(answers: Answers, cell: np.ndarray, counts: np.ndarray, moments: np.ndarray) -> np.ndarray:
    """Sums of squares and products of the moments (2, H, 4, K) added up by cluster: (2, 2)."""
    if answers.groups is None:
        n = counts.sum()
        return np.einsum("hsk,ahsk,bhsk->ab", counts, moments, moments) * n / max(n - 1, 1)
    _, begin, _, each = answers.groups
    by_cell = moments.reshape(2, -1).T
    sums = np.add.reduceat(by_cell.take(cell.take(answers.groups.answer), axis=0), begin, axis=0)
    return (sums * each[:, None]).T @ sums * each.sum() / max(each.sum() - 1, 1)

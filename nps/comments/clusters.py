"""Unit vectors in groups around their middles, and how much of a group comes back."""

from collections.abc import Callable

import numpy as np

STARTS, ROUNDS, SETTLED = 4, 40, 1e-5
HALVES, STARTS_OF_HALVES = 5, 2


def spherical_kmeans(
    vectors: np.ndarray, groups: int, seed: int = 0, starts: int = STARTS
) -> tuple[np.ndarray, np.ndarray]:
    """The best of several starts by k-means++: the group of each vector (n,), and the middles (groups, d)."""
    rng, best = np.random.default_rng(seed), (-np.inf, np.empty(0, int), np.empty((0, 0)))
    for _ in range(starts):
        found = _settled(vectors, _begun(vectors, groups, rng), rng)
        best = max(best, found, key=lambda each: each[0])
    return best[1], best[2]


def stability(
    vectors: np.ndarray, group: np.ndarray, groups: int, tell: Callable[[float], None] = lambda _: None, seed: int = 1
) -> np.ndarray:
    """Per group its mean Jaccard with the most like group of five random halves (Hennig 2007): it ranks, no more."""
    rng, alike = np.random.default_rng(seed), np.zeros((HALVES, groups))
    for number in range(HALVES):
        half = rng.choice(len(vectors), len(vectors) // 2, replace=False)
        again, _ = spherical_kmeans(vectors[half], groups, seed + number, STARTS_OF_HALVES)
        both = np.zeros((groups, groups))
        np.add.at(both, (group[half], again), 1)
        either = both.sum(1)[:, None] + both.sum(0)[None] - both
        alike[number] = (both / np.maximum(either, 1)).max(1)
        tell((number + 1) / HALVES)
    return alike.mean(0)


def _begun(vectors: np.ndarray, groups: int, rng: np.random.Generator) -> np.ndarray:
    """Middles to begin with: each new one the likelier the farther it is from those before."""
    middles = vectors[[rng.integers(len(vectors))]]
    away = 1 - vectors @ middles[0]
    for _ in range(groups - 1):
        chance = np.maximum(away.astype(float), 0) + 1e-12
        middles = np.vstack([middles, vectors[rng.choice(len(vectors), p=chance / chance.sum())]])
        away = np.minimum(away, 1 - vectors @ middles[-1])
    return middles


def _settled(
    vectors: np.ndarray, middles: np.ndarray, rng: np.random.Generator
) -> tuple[float, np.ndarray, np.ndarray]:
    """How near all are to their middles together, the groups, and the middles, when they move no more."""
    for _ in range(ROUNDS):
        group = (vectors @ middles.T).argmax(1)
        new = np.eye(len(middles), dtype=vectors.dtype)[group].T @ vectors
        empty = np.bincount(group, minlength=len(middles)) == 0
        new[empty] = vectors[rng.integers(len(vectors), size=int(empty.sum()))]
        new /= np.maximum(np.linalg.norm(new, axis=1, keepdims=True), 1e-12)
        moved, middles = not np.allclose(middles, new, atol=SETTLED), new
        if not moved:
            break
    near = vectors @ middles.T
    return float(near.max(1).sum()), near.argmax(1), middles

"""The fair difference of features: tiers of activity as fixed effects, with dummies of what else may decide it.

Least squares of y on use, tiers and dummies (methods 3.3). Everybody of the same use, tier, combination of levels and y
has the same residual, so a fit needs only how many people stand in each such cell, however many they are. Any number of
features, with their axis first, are fitted at once.
"""

from typing import NamedTuple

import numpy as np

RCOND = 1e-9  # eigenvalues of the dummies that are nothing but rounding


class Fit(NamedTuple):
    """The fit of a feature, or of several: (...).

    difference  the coefficient of use, on the scale of y
    error       its heteroscedastic standard error, before clusters
    w, plain    sum of squares of the contrast; the same without the dummies
    contrast    a: use less what tier and dummies explain of it, of others, then of users: (..., 2, H, C)
    residual    e: (..., 2, H, C, K)
    counts      people: (..., 2, H, C, K)
    """

    difference: np.ndarray
    error: np.ndarray
    w: np.ndarray
    plain: np.ndarray
    contrast: np.ndarray
    residual: np.ndarray
    counts: np.ndarray

    def at(self, place: int) -> "Fit":
        """One of several."""
        return Fit(*(part[place] for part in self))


def fit(counts: np.ndarray, dummies: np.ndarray, values: np.ndarray) -> Fit:
    """The fit of people counted as others and users, by tier, combination of levels and y: (..., 2, H, C, K).

    dummies  of each combination: (C, L)
    values   what y is: (K,)
    NaN where nobody can be compared.
    """
    n, y = counts.sum(-1), counts @ values
    users, people, total = n[..., 1, :, :], n.sum(-3), y.sum(-3)
    by_tier = users.sum(-1)
    each = 1 / np.maximum(people.sum(-1), 1)
    use, mean, shares = by_tier * each, total.sum(-1) * each, (people @ dummies) * each[..., None]
    inverse = np.linalg.pinv(_gram(people, dummies, shares), rcond=RCOND, hermitian=True)
    x_z, y_z = (side.sum(-2) @ dummies - _times(side.sum(-1), shares) for side in (users, total))
    gamma, delta = _times(x_z, inverse), _times(y_z, inverse)
    plain = by_tier.sum(-1) - (by_tier * use).sum(-1)
    w = plain - (x_z * gamma).sum(-1)
    weight = np.where(w > RCOND * plain, w, np.nan)
    difference = (y[..., 1, :, :].sum((-2, -1)) - (by_tier * mean).sum(-1) - (x_z * delta).sum(-1)) / weight
    contrast = np.arange(2)[:, None, None] - _explained(use, shares, dummies, gamma)
    left_over = values - _explained(mean, shares, dummies, delta)[..., None]
    residual = left_over - difference[..., None, None, None, None] * contrast[..., None]
    squares = (counts * (contrast[..., None] * residual) ** 2).sum((-4, -3, -2, -1))
    everybody = people.sum((-2, -1))
    left = np.maximum(everybody - np.count_nonzero(people.any(-1), axis=-1) - dummies.shape[1] - 1, 1)
    return Fit(difference, np.sqrt(squares * everybody / left) / weight, w, plain, contrast, residual, counts)


def _gram(people: np.ndarray, dummies: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Products of the dummies less their means by tier: (..., L, L)."""
    within = (people.sum(-2)[..., None, :] * dummies.T) @ dummies
    return within - (shares * people.sum(-1)[..., None]).swapaxes(-1, -2) @ shares


def _times(vectors: np.ndarray, matrices: np.ndarray) -> np.ndarray:
    """Each vector times its matrix: (..., A) and (..., A, B) -> (..., B)."""
    return (vectors[..., None, :] @ matrices)[..., 0, :]


def _explained(mean: np.ndarray, shares: np.ndarray, dummies: np.ndarray, slopes: np.ndarray) -> np.ndarray:
    """What tier and dummies say of a cell, whoever uses the feature: (..., 1, H, C)."""
    by_tier = mean - (shares @ slopes[..., None])[..., 0]
    return (by_tier[..., None] + (slopes @ dummies.T)[..., None, :])[..., None, :, :]

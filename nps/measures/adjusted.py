"""The fair difference of one feature: tiers of activity as fixed effects, with dummies of what else may decide it.

Least squares of y on use, tiers and dummies (methods 3.3). Everybody of the same use, tier, combination of levels and y
has the same residual, so a fit needs only how many people stand in each such cell, however many they are.
"""

from typing import NamedTuple

import numpy as np

RCOND = 1e-9  # eigenvalues of the dummies that are nothing but rounding


class Fit(NamedTuple):
    """One feature's fit. The contrast and the residuals are of others, then of users.

    difference  the coefficient of use, on the scale of y
    error       its heteroscedastic standard error, before clusters
    w, plain    sum of squares of the contrast; the same without the dummies
    contrast    a: use less what tier and dummies explain of it: (2, H, C)
    residual    e: (2, H, C, K)
    counts      people: (2, H, C, K)
    """

    difference: float
    error: float
    w: float
    plain: float
    contrast: np.ndarray
    residual: np.ndarray
    counts: np.ndarray


def fit(counts: np.ndarray, dummies: np.ndarray, values: np.ndarray) -> Fit:
    """The fit of people counted as others and users, by tier, combination of levels and y: (2, H, C, K).

    dummies  of each combination: (C, L)
    values   what y is: (K,)
    NaN where nobody can be compared.
    """
    n, y = counts.sum(-1), counts @ values
    users, people, total = n[1], n.sum(0), y.sum(0)
    each = 1 / np.maximum(people.sum(1), 1)
    use, mean, shares = (side * each for side in (users.sum(1), total.sum(1), (people @ dummies).T))
    inverse = np.linalg.pinv(_gram(people, dummies, shares.T), rcond=RCOND, hermitian=True)
    x_z = users.sum(0) @ dummies - shares @ users.sum(1)
    y_z = total.sum(0) @ dummies - shares @ total.sum(1)
    gamma, delta = inverse @ x_z, inverse @ y_z
    plain = users.sum() - users.sum(1) @ use
    w = plain - x_z @ gamma
    with np.errstate(divide="ignore", invalid="ignore"):
        difference = (y[1].sum() - users.sum(1) @ mean - x_z @ delta) / w if w > RCOND * plain else np.nan
    contrast = np.arange(2)[:, None, None] - _explained(use, shares, dummies, gamma)
    residual = values - _explained(mean, shares, dummies, delta)[..., None] - difference * contrast[..., None]
    squares = (counts * (contrast[..., None] * residual) ** 2).sum()
    left = max(people.sum() - np.count_nonzero(people.any(1)) - dummies.shape[1] - 1, 1)
    error = np.sqrt(squares * people.sum() / left) / w if w > RCOND * plain else np.nan
    return Fit(difference, error, w, plain, contrast, residual, counts)


def _gram(people: np.ndarray, dummies: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Products of the dummies less their means by tier: (L, L)."""
    return dummies.T @ (people.sum(0)[:, None] * dummies) - (shares * people.sum(1)[:, None]).T @ shares


def _explained(mean: np.ndarray, shares: np.ndarray, dummies: np.ndarray, slopes: np.ndarray) -> np.ndarray:
    """What tier and dummies say of a cell: (H, C)."""
    return (mean - slopes @ shares)[:, None] + dummies @ slopes

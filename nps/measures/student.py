"""Student's t: p of a statistic and width of an interval where few clusters stand behind them (methods 2.1)."""

from functools import lru_cache
from math import exp, lgamma, log1p, pi, sqrt

import numpy as np

from nps.measures import score

_ENOUGH, _TERMS, _LARGE = 1e-14, 5000, 1e150


def two_sided(t: np.ndarray, df: np.ndarray) -> np.ndarray:
    """Two-sided p of t with `df` degrees of freedom, of any shape; infinitely many are the normal distribution."""
    t, df = np.broadcast_arrays(np.abs(np.asarray(t, float)), np.asarray(df, float))
    p, few = score.two_sided(t), np.isfinite(df) & ~np.isnan(t)
    p[np.isnan(df)] = np.nan
    p[few] = _TAILS(t[few], df[few])
    return p


def nearer_p(size: np.ndarray, margin: float, se: np.ndarray, df: np.ndarray) -> np.ndarray:
    """One-sided p that a difference of this size lies nearer to zero than `margin`: two one-sided tests in one.

    Under .05 the 90% interval lies inside the margin.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        t = (np.abs(size) - margin) / se
    half = two_sided(t, df) / 2
    return np.where(t < 0, half, 1 - half)


def quantile(df: np.ndarray) -> np.ndarray:
    """The t beyond which 5% of both tails lie, for a 95% interval; 1.959964 where df is infinite, NaN where it is."""
    df = np.asarray(df, float)
    t, few = np.where(np.isnan(df), np.nan, score.Z), np.isfinite(df)
    t[few] = _QUANTILE(df[few])
    return t


@lru_cache(4096)
def _quantile(df: float) -> float:
    """By Newton's method from where the expansion in 1 / df ends, below: tails are convex, so no step is too far."""
    z = score.Z
    terms = (z**3 + z) / 4, (5 * z**5 + 16 * z**3 + 3 * z) / 96, (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    t = z + sum(term / df ** (power + 1) for power, term in enumerate(terms))
    height, step = exp(lgamma((df + 1) / 2) - lgamma(df / 2)) / sqrt(df * pi), 1.0
    while step > 1e-6 * t:
        step = (_tails(t, df) - 0.05) / (2 * height * exp(-(df + 1) / 2 * log1p(t * t / df)))
        t += step
    return t


def _tails(t: float, df: float) -> float:
    """I_x(df / 2, 1 / 2) at x = df / (df + t^2), the regularised incomplete beta function."""
    t = min(t, _LARGE)
    a, ratio = df / 2, t * t / df
    x, rest = 1 / (1 + ratio), ratio / (1 + ratio)
    front = exp(lgamma(a + 0.5) - lgamma(a) - lgamma(0.5) - a * log1p(ratio)) * sqrt(rest)
    if x < (a + 1) / (a + 2.5):
        return front / a * _fraction(x, a, 0.5)
    return 1 - front / 0.5 * _fraction(rest, 0.5, a)


def _fraction(x: float, a: float, b: float) -> float:
    """Its continued fraction by Lentz's method (Numerical Recipes 6.4)."""
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _TERMS):
        even, odd = a + 2 * m, a + 2 * m + 1
        for numerator in (m * (b - m) * x / ((even - 1) * even), -(a + m) * (a + b + m) * x / (even * odd)):
            d, c = 1 / (1 + numerator * d), 1 + numerator / c
            value *= d * c
        if abs(d * c - 1) < _ENOUGH:
            break
    return value


_TAILS, _QUANTILE = np.frompyfunc(_tails, 2, 1), np.frompyfunc(_quantile, 1, 1)

"""Student's t: p of a statistic and width of an interval where few clusters stand behind them (methods 2.1)."""

from math import lgamma

import numpy as np

from nps.measures import score

_LGAMMA = np.frompyfunc(lgamma, 1, 1)
_TINY, _EXACT, _TERMS, _STEPS = 1e-300, 1e-14, 5000, 60
LEVEL = 0.05


def two_sided(t: np.ndarray, df: np.ndarray) -> np.ndarray:
    """Two-sided p of t with `df` degrees of freedom, of any shape; infinitely many are the normal distribution."""
    t, df = np.broadcast_arrays(np.abs(np.asarray(t, float)), np.asarray(df, float))
    p, few = score.two_sided(t), np.isfinite(df)
    p[np.isnan(df)] = np.nan
    p[few] = _tails(t[few], df[few])
    return p


def quantile(df: np.ndarray, level: float = LEVEL) -> np.ndarray:
    """The t beyond which `level` of both tails lies, .05 for a 95% interval; 1.959964 where df is infinite.

    Newton's method from below: both tails together are convex in t, so no step goes too far.
    """
    df = np.asarray(df, float)
    if level == LEVEL and not np.isfinite(df).any():
        return np.where(np.isnan(df), np.nan, score.Z)
    t, few = np.full(df.shape, score.Z if level == LEVEL else _normal(level)), np.isfinite(df)
    t[np.isnan(df)] = np.nan
    t[few] = _newton(df[few], level, min(score.Z, _normal(level)))
    return t


def _newton(df: np.ndarray, level: float, start: float) -> np.ndarray:
    t, height = np.full(df.shape, start), _log_gammas(df / 2) - np.log(df * np.pi) / 2
    for _ in range(_STEPS):
        step = (_tails(t, df) - level) / (2 * np.exp(height - (df + 1) / 2 * np.log1p(t**2 / df)))
        t = t + step
        if not (np.abs(step) > 1e-10 * t).any():
            break
    return t


def _normal(level: float) -> float:
    """The same of the normal distribution, by bisection."""
    low, high = 0.0, 40.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if float(score.two_sided(middle)) > level else (low, middle)
    return low


def _log_gammas(a: np.ndarray) -> np.ndarray:
    """The difference of two log gammas, of a + 1/2 and of a."""
    return np.asarray(_LGAMMA(a + 0.5) - _LGAMMA(a), float)


def _tails(t: np.ndarray, df: np.ndarray) -> np.ndarray:
    """I_x(df / 2, 1 / 2) at x = df / (df + t^2), the regularised incomplete beta function."""
    t = np.minimum(t, 1e150)
    a, b, x, rest = df / 2, np.full(df.shape, 0.5), df / (df + t**2), t**2 / (df + t**2)
    front = np.exp(_log_gammas(a) - lgamma(0.5) - a * np.log1p(t**2 / df)) * np.sqrt(rest)
    near = x < (a + 1) / (a + b + 2)
    return np.where(
        near,
        front / a * _fraction(np.where(near, x, 0.0), a, b),
        1 - front / b * _fraction(np.where(near, 0.0, rest), b, a),
    )


def _fraction(x: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Its continued fraction by Lentz's method (Numerical Recipes 6.4)."""
    c, d = np.ones_like(x), 1 / (1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _TERMS):
        for numerator in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d, c = 1 + numerator * d, 1 + numerator / c
            d = 1 / np.where(np.abs(d) < _TINY, _TINY, d)
            c = np.where(np.abs(c) < _TINY, _TINY, c)
            value = value * d * c
        if not (np.abs(d * c - 1) > _EXACT).any():
            break
    return value

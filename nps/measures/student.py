"""Student's t: p of a statistic and width of an interval where few clusters stand behind them (methods 2.1)."""

from statistics import NormalDist

import numpy as np

from nps.measures import score

_LARGE, _LEFT = 1e150, 78.0  # beyond r^2 = begin + 78 / df less than 1e-16 is left of an integral
_AT, _WEIGHT = (part / 2 for part in np.polynomial.legendre.leggauss(40))
_AT += 0.5


def two_sided(t: np.ndarray, df: np.ndarray) -> np.ndarray:
    """Two-sided p of t with `df` degrees of freedom, of any shape; infinitely many are the normal distribution."""
    t, df = np.broadcast_arrays(np.abs(np.asarray(t, float)), np.asarray(df, float))
    p, few = score.two_sided(t), np.isfinite(df) & ~np.isnan(t)
    p[np.isnan(df)] = np.nan
    if few.any():
        p[few] = _tails(t[few], df[few])
    return p


def quantile(df: np.ndarray, both: float = 0.05) -> np.ndarray:
    """The t beyond which both tails hold so much; of the normal distribution where df is infinite, NaN where it is."""
    df = np.asarray(df, float)
    z = score.Z if both == 0.05 else NormalDist().inv_cdf(1 - both / 2)
    t, few = np.where(np.isnan(df), np.nan, z), np.isfinite(df)
    if few.any():
        t[few] = _quantile(df[few], z, both)
    return t


def _quantile(df: np.ndarray, z: float, both: float) -> np.ndarray:
    """By Newton's method from where the expansion in 1 / df ends, below: tails are convex, so no step is too far."""
    terms = (z**3 + z) / 4, (5 * z**5 + 16 * z**3 + 3 * z) / 96, (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    t = z + sum(term / df ** (power + 1) for power, term in enumerate(terms))
    whole, step = _beyond(np.zeros_like(df), df), np.inf
    while np.any(step > 1e-6 * t):
        density = (1 + t * t / df) ** (-(df + 1) / 2) / np.sqrt(df) / whole  # of both tails
        step = (_tails(t, df) - both) / density
        t = t + step
    return t


def _tails(t: np.ndarray, df: np.ndarray) -> np.ndarray:
    """Both tails beyond t (n,), of what falls like a normal density whatever df is.

    sqrt(r^2 / (1 - exp(-r^2))) exp(-df r^2 / 2), from r^2 = log(1 + t^2 / df) on, as a share of all of it.
    """
    begin = np.log1p(np.minimum(t, _LARGE) ** 2 / df)
    return np.exp(df / -2 * begin) * _beyond(begin, df) / _beyond(np.zeros_like(df), df)


def _beyond(begin: np.ndarray, df: np.ndarray) -> np.ndarray:
    """The integral from r^2 = `begin` on, times exp(df begin / 2), by Gauss and Legendre as far as anything is left."""
    low = np.sqrt(begin)
    width = np.sqrt(begin + _LEFT / df) - low
    squares = (low[:, None] + width[:, None] * _AT) ** 2
    heights = np.sqrt(squares / -np.expm1(-squares)) * np.exp(df[:, None] / -2 * (squares - begin[:, None]))
    return width * (heights @ _WEIGHT)

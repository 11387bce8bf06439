"""How much of what activity explains is still in the differences, and what is left of them then (methods 3.4, 3.7).

Differences and errors are on the scale of y, one per feature (F,); NaN is not compared.
"""

import numpy as np

from nps.measures import student
from nps.measures.rules import FEWEST_FEATURES, NEAR, NEAR_BELOW, UNEXPLAINED


def kappa(difference: np.ndarray, crude: np.ndarray, se: np.ndarray) -> float:
    """What part of what the adjustment took away is still in the differences, measured from all features together.

    The weighted median of difference / removed, weighted by |removed| / se, and not below 0; 0 under five features.
    """
    removed = crude - difference
    usable = np.isfinite(removed) & (se > 0)
    if usable.sum() < FEWEST_FEATURES:
        return 0.0
    usable &= removed != 0
    ratio, weight = difference[usable] / removed[usable], np.abs(removed[usable]) / se[usable]
    if not len(ratio):
        return 0.0
    order = np.argsort(ratio, kind="stable")
    reached = weight[order].cumsum()
    return max(0.0, float(ratio[order][np.searchsorted(reached, reached[-1] / 2)]))


def corrected(difference: np.ndarray, crude: np.ndarray, kappa: float) -> np.ndarray:
    """The differences less what is still in them of what the adjustment removed."""
    return difference - kappa * (crude - difference)


def cautious_p(difference: np.ndarray, crude: np.ndarray, se: np.ndarray, df: np.ndarray, kappa: float) -> np.ndarray:
    """The p of the badge, before correction: as it is and corrected, less a tenth of what the adjustment removed.

    1 where the correction turns the sign.
    """
    doubt, both = UNEXPLAINED * np.abs(crude - difference), (difference, corrected(difference, crude, kappa))
    with np.errstate(divide="ignore", invalid="ignore"):
        p = [student.two_sided(np.maximum(np.abs(one) - doubt, 0) / se, df) for one in both]
        return np.where(both[0] * both[1] < 0, 1.0, np.maximum(*p))


def near_zero(difference: np.ndarray, crude: np.ndarray, se: np.ndarray, df: np.ndarray, kappa: float) -> np.ndarray:
    """Whether it is surely less than ten points either way, whatever is left of confounding: two one-sided tests."""
    size = np.maximum(np.abs(difference), np.abs(corrected(difference, crude, kappa)))
    with np.errstate(divide="ignore", invalid="ignore"):
        t = (size + UNEXPLAINED * np.abs(crude - difference) - NEAR) / se
    return (t < 0) & (student.two_sided(t, df) / 2 < NEAR_BELOW)

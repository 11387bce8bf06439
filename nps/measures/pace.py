"""Use against one's own past: the last four weeks against the median of the 13 before, whatever the season.

A median of weeks is not moved by a holiday or a spike, and what a season does it does to most at once.
"""

import numpy as np

from nps.measures.rules import MIN_KNOWN_WEEKS, SEASON_FROM
from nps.weekly import MONTH

BEFORE = 13  # weeks that tell what is usual
WEEKS = BEFORE + MONTH
ADDED = 0.5  # uses on both sides, so that one more or less is not much of little


def usual(weeks: np.ndarray) -> np.ndarray:
    """The median of the 13 weeks before the last four: (U,); NaN where under 8 of them are known.

    weeks  uses by week, the oldest first (U, 17); NaN where it is not known
    """
    before = weeks[:, :BEFORE]
    enough = (~np.isnan(before)).sum(1) >= MIN_KNOWN_WEEKS
    medians = np.full(len(weeks), np.nan)
    medians[enough] = np.nanmedian(before[enough], axis=1)
    return medians


def now(weeks: np.ndarray) -> np.ndarray:
    """The mean of the last four weeks: (U,); NaN where one of them is not known."""
    return weeks[:, BEFORE:].mean(1)


def season(now: np.ndarray, usual: np.ndarray, least: float) -> float:
    """What the time of the year does to most of those who usually have at least so much; 1 where they are too few."""
    told = (usual >= least) & ~np.isnan(now)
    return float(np.median(now[told] / usual[told])) if told.sum() >= SEASON_FROM else 1.0


def ratio(now: np.ndarray, usual: np.ndarray, season: float, least: float) -> np.ndarray:
    """How much of what is usual at this time there is now: 1 is as always; NaN where usually there is under `least`."""
    return np.where(usual >= least, (now + ADDED) / (usual * season + ADDED), np.nan)


def against_past(weeks: np.ndarray, least: float) -> np.ndarray:
    """`ratio` of everybody's weeks (U, 17) in the season that they tell: (U,)."""
    lately, before = now(weeks), usual(weeks)
    return ratio(lately, before, season(lately, before, least), least)

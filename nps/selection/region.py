"""A region of the map: whole bands x whole scores, whoever drew it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from nps.joined import BANDS

SCORES = 11
STEP = 100 // BANDS
ALL_ACTIVITY, ALL_SCORES = (0, 100), (0, 10)
GROUP_EDGES = (0, 7, 9, SCORES)  # where detractors, passives and promoters begin


class Region(NamedTuple):
    """Whole bands x whole scores: activity edges in percentile points, score bounds included."""

    activity: tuple[int, int] = ALL_ACTIVITY
    score: tuple[int, int] = ALL_SCORES

    @property
    def everything(self) -> bool:
        """Nothing is narrowed."""
        return self == Region()

    @property
    def all_activity(self) -> bool:
        """It spans all activity, so that who has none that is known is in it, too."""
        return self.activity == ALL_ACTIVITY

    @property
    def all_scores(self) -> bool:
        """It spans 0-10, so that a score inside it means something."""
        return self.score == ALL_SCORES

    @property
    def bands(self) -> tuple[int, int]:
        """Its first band, and the one after its last."""
        return self.activity[0] // STEP, self.activity[1] // STEP

    @property
    def of_groups(self) -> list[int]:
        """The scores from which on its detractors, passives and promoters are, and the one after its last."""
        low, high = self.score
        return [min(max(edge, low), high + 1) for edge in GROUP_EDGES]

    def cells(self) -> np.ndarray:
        """Which of the 220 cells (band x 11 + score) it covers: bool (220,)."""
        band, score = np.arange(BANDS)[:, None], np.arange(SCORES)[None, :]
        low, high = self.activity
        wide = (band * STEP >= low) & ((band + 1) * STEP <= high)
        return (wide & (score >= self.score[0]) & (score <= self.score[1])).ravel()


def cell_of(answers: pd.DataFrame) -> np.ndarray:
    """Each answer's cell: band x 11 + score."""
    return answers["band"].to_numpy(np.int64) * SCORES + answers["score"].to_numpy(np.int64)


def region_of_brush(brush: Mapping[str, Sequence[float]]) -> Region | None:
    """The bands and scores whose centres a drawn rectangle holds; None when it holds not one centre.

    `brush` has x in percentile points and y in scores. An empty mapping is a cleared brush: everything. Whatever else
    is no rectangle holds nothing.
    """
    if brush == {}:
        return Region()
    across, up = (_ends(brush, axis) for axis in ("x", "y"))
    if across is None or up is None:
        return None
    bands = [b for b in range(BANDS) if across[0] <= b * STEP + STEP / 2 <= across[1]]
    scores = [s for s in range(SCORES) if up[0] <= s <= up[1]]
    if not bands or not scores:
        return None
    return Region((bands[0] * STEP, (bands[-1] + 1) * STEP), (scores[0], scores[-1]))


def _ends(brush: object, axis: str) -> tuple[float, float] | None:
    """From where to where a rectangle reaches; None for what is no rectangle."""
    ends = brush.get(axis) if isinstance(brush, Mapping) else None
    if not isinstance(ends, Sequence) or not ends or not all(isinstance(end, (int, float)) for end in ends):
        return None
    return min(ends), max(ends)


def region_between(activity: Sequence[float], score: Sequence[float]) -> Region:
    """The region between two bounds each, in either order: whole bands, at least one of them, and whole scores."""
    low, high = (STEP * round(edge / STEP) for edge in sorted(activity))
    if low == high:
        low, high = (low - STEP, high) if high == ALL_ACTIVITY[1] else (low, high + STEP)
    lowest, highest = (round(bound) for bound in sorted(score))
    return Region((low, high), (lowest, highest))


class Preset(NamedTuple):
    """A hotspot of the map: a slice of people by activity ("top" or "low", in points) x scores."""

    name: str
    end: str
    points: int
    score: tuple[int, int]


PRESETS = (
    Preset("almost_promoters", "top", 10, (7, 8)),
    Preset("heavy_promoters", "top", 25, (9, 10)),
    Preset("heavy_detractors", "top", 25, (0, 6)),
    Preset("quiet_promoters", "low", 25, (9, 10)),
    Preset("quiet_detractors", "low", 25, (0, 6)),
)


def preset_region(preset: Preset, people_by_band: np.ndarray) -> tuple[Region, bool]:
    """The preset's region on these people, and whether it had to be widened.

    Where so many people tie that nobody stands in the preset's bands, it grows band by band until it holds at least
    the same share of people (a tenth, for the 90th percentile).
    """
    bands = preset.points // STEP
    total = people_by_band.sum()
    counts = people_by_band[::-1] if preset.end == "top" else people_by_band
    widened = bands
    if total and counts[:bands].sum() == 0:
        enough = np.flatnonzero(counts.cumsum() * 100 >= preset.points * total)
        widened = int(enough[0]) + 1
    edge = widened * STEP
    activity = (100 - edge, 100) if preset.end == "top" else (0, edge)
    return Region(activity, preset.score), widened != bands

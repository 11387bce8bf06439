"""Use where a region cuts scores: against people who are as active, by the map's own measure, and gave other scores.

Strata are bands of activity x tiers of activity without the feature (methods 3.8). Tiers alone would compare the most
active by the map's measure with people who are not, and find whatever is used a lot.
"""

import numpy as np

from nps.cube import Cube
from nps.measures.features import Comparison, Sums, shares, stratified
from nps.selection import SCORES, Region


def sides(cube: Cube, region: Region) -> tuple[Sums, Sums]:
    """People of each stratum of the region's bands, and the users among them: (S, F), with its scores and others."""
    band, users = cube.strata
    low, high = np.searchsorted(band, region.bands)
    below, first, last = users[:, low:high], region.score[0], region.score[1] + 1
    inside = np.subtract(below[last], below[first], dtype=float)
    return _people(inside), _people(below[SCORES] - inside)


def _people(counts: np.ndarray) -> Sums:
    """Counts (S, 2, F + 1), last everybody: users in the tier without the feature, all others in their own."""
    users, own, everybody = counts[:, 0, :-1], counts[:, 1, :-1], counts[:, 1, -1:]
    return shares(users + everybody - own, users)


def compared(cube: Cube, region: Region) -> Comparison | None:
    """How much more the region's people use each feature, share against share, 0..1; None where it cuts no scores."""
    return None if region.all_scores else stratified(*sides(cube, region))

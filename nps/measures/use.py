"""Use where a region cuts scores: against people who are as active, by the map's own measure, and gave other scores.

Strata are bands of activity x tiers of activity without the feature (methods 3.8). Tiers alone would compare the most
active by the map's measure with people who are not, and find whatever is used a lot.
"""

import numpy as np

from nps.cube import Cube
from nps.measures.features import Comparison, Sums, shares, stratified
from nps.selection import SCORES, STEP, Region


def sides(cube: Cube, region: Region) -> tuple[Sums, Sums]:
    """People of each stratum of the region's bands, and the users among them: (F, S), with its scores and others."""
    band, users, people = cube.strata
    low, high = np.searchsorted(band, np.array(region.activity) // STEP)
    first, last = region.score[0], region.score[1] + 1
    users, people = users[..., low:high], people[:, low:high]
    inside = users[last] - users[first], people[last] - people[first]
    outside = users[SCORES] - inside[0], people[SCORES] - inside[1]
    return tuple(shares(loo + everybody - full, loo) for (loo, full), everybody in (inside, outside))


def compared(cube: Cube, region: Region) -> Comparison | None:
    """How much more the region's people use each feature, share against share, 0..1; None where it cuts no scores."""
    return None if region.all_scores else stratified(*sides(cube, region))

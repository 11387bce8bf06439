"""The most active against the least active."""

import numpy as np

from nps.cube import Cube, by_score
from nps.measures import score
from nps.selection import Region

MOST_ACTIVE, LEAST_ACTIVE = Region((75, 100)), Region((0, 25))


def quarters(cube: Cube, inside: np.ndarray | bool = True) -> tuple[np.ndarray, np.ndarray]:
    """(detractors, passives, promoters) of the most and of the least active quarter, in the cells `inside`."""
    most, least = (
        score.counts_of(by_score(cube.cells * (inside & end.cells()))) for end in (MOST_ACTIVE, LEAST_ACTIVE)
    )
    return most, least

"""What the hotspots of the map are made of, against the people of the same activity who gave other scores.

Against all others, activity alone would decide it: quiet people use little whatever they think.
"""

from typing import NamedTuple

import numpy as np

from nps.cube import Cube
from nps.measures import cells, features, score
from nps.measures.features import Counts, Sums
from nps.panel import BANDS
from nps.selection import PRESETS, SCORES, Region, preset_region


class Makeup(NamedTuple):
    """A segment value or a feature in a hotspot, shares 0..1; NaN with fewer than 20 people on a side.

    what, value   a segment and its value, or a feature's kind and name
    share_rest    what the share would be if they were like others as active: share less difference, not below 0
    difference    Mantel-Haenszel: bands of activity for segments, leave-one-out tiers for features
    n, n_rest     people in the hotspot, and of the same activity outside it
    """

    hotspot: str
    region: Region
    what: str
    value: str
    share: float
    share_rest: float
    difference: float
    n: int
    n_rest: int
    p: float


def made_of(cube: Cube) -> list[Makeup]:
    """Every segment value and every feature in every preset hotspot; of a segment with two values, the smaller."""
    return [
        makeup
        for preset in PRESETS
        for region, _ in [preset_region(preset, cells.by_band(cube))]
        for named, sides in _divided(cube, region)
        for makeup in _compared(preset.name, region, named, *sides)
    ]


def telling(counts: np.ndarray) -> np.ndarray:
    """Codes of the values of a segment that occur, by their counts (V, ...); of two, the smaller tells all."""
    n = counts.reshape(len(counts), -1).sum(-1)
    codes = np.flatnonzero(n)
    return codes[np.argsort(n[codes], kind="stable")[:1]] if len(codes) == 2 else codes


def share_p(one: Sums, zero: Sums) -> np.ndarray:
    """Two shares (F,) counted by stratum (F, H): the likelihood-ratio test of one table over all strata.

    Expected is what the share of each stratum gives. Where few are expected its tail stays right, unlike that of a
    normal test; where strata differ it is cautious. As for the robust badge, a tenth may be unexplained.
    """
    both = one.n + zero.n
    share = np.divide(one.y + zero.y, both, out=np.zeros_like(both), where=both > 0)
    deviance = 0.0
    for side in (one, zero):
        for counts, expected in ((side.y, side.n * share), (side.n - side.y, side.n * (1 - share))):
            seen, meant = counts.sum(-1), expected.sum(-1)
            deviance += 2 * seen * np.log(np.divide(seen, meant, out=np.ones_like(seen), where=seen > 0))
    return score.two_sided(features.kept(features.stratified(one, zero)) * np.sqrt(np.maximum(deviance, 0)))


def _divided(cube: Cube, region: Region):
    """(names, (inside, outside)) of each segment and of the features: people and how many of them have it."""
    inside = region.cells()
    sides = inside, Region(region.activity).cells() & ~inside
    for name, by_cell in cube.segments.items():
        codes = telling(by_cell)
        yield [(name, value) for value in cube.values(name)[codes]], [_having(cube, by_cell[codes], s) for s in sides]
    known = cube.panel.features
    yield (
        list(zip(known["kind"], cells.feature_labels(known), strict=True)),
        [features.using(Counts.of(cube, side)) for side in sides],
    )


def _having(cube: Cube, by_cell: np.ndarray, side: np.ndarray) -> Sums:
    """People of each band on one side, and those with each value: (V, 20)."""
    both = np.vstack([cube.cells, by_cell]) * side
    people, having = np.split(both.reshape(-1, BANDS, SCORES).sum(-1).astype(float), [1])
    return features.shares(np.broadcast_to(people, having.shape), having)


def _compared(hotspot: str, region: Region, named: list[tuple], one: Sums, zero: Sums) -> list[Makeup]:
    found, p = features.stratified(one, zero), share_p(one, zero)
    n, n_rest = one.n.sum(-1).astype(int), zero.n.sum(-1).astype(int)
    share = one.y.sum(-1) / np.maximum(n, 1)
    rest = np.maximum(share - found.difference, 0)
    columns = zip(named, share, rest, found.difference, n, n_rest, p, strict=True)
    return [Makeup(hotspot, region, what, str(value), *numbers) for (what, value), *numbers in columns]

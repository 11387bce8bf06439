"""What the hotspots of the map are made of, against the people of the same activity who gave other scores.

Against all others, activity alone would decide it: quiet people use little whatever they think. Where people of one
account are alike, tests know it.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

import numpy as np

from nps.cube import Cube
from nps.joined import BANDS
from nps.measures import cells, features, shares, use
from nps.measures.clusters import Design
from nps.measures.features import Sums
from nps.measures.rules import HOTSPOT_BELOW
from nps.measures.shares import Sides
from nps.selection import PRESETS, SCORES, Region, preset_region


class Makeup(NamedTuple):
    """A segment value or a feature in a hotspot, shares 0..1; NaN with fewer than 20 people on a side.

    what, value   a segment and its value, or a feature's kind and name
    share_rest    what the share would be if they were like others as active: share less difference, not below 0
    difference    Mantel-Haenszel: bands of activity for segments; for features also tiers of activity without them
    n, n_rest     people in the hotspot, and of the same activity outside it
    named         whether it may be told: a feature only where its scores differ robustly over everybody
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
    named: bool


def made_of(cube: Cube, robust: np.ndarray) -> Iterator[Makeup]:
    """Every segment value and every feature in every preset hotspot; of a segment with two values, the smaller.

    robust  which features differ over everybody (F,)
    """
    for preset in PRESETS:
        region, _ = preset_region(preset, cells.by_band(cube))
        sides = Sides(cube, region, same_bands=True)
        for name, by_cell in cube.segments.items():
            codes = telling(by_cell)
            values = [(name, value) for value in cube.values(name)[codes]]
            design = partial(_of_value, sides, name, codes)
            yield from _compared(preset.name, region, values, *_having(cube, by_cell[codes], region), design)
        catalogue = cube.panel.features
        labels = list(zip(catalogue["kind"], cells.feature_labels(catalogue), strict=True))
        yield from _compared(preset.name, region, labels, *use.sides(cube, region), sides.of_feature, robust)


def _of_value(sides: Sides, name: str, codes: np.ndarray, row: int) -> Design:
    return sides.of_value(name, codes[row])


def telling(counts: np.ndarray) -> np.ndarray:
    """Codes of the values of a segment that occur, by their counts (V, ...); of two, the smaller tells all."""
    n = counts.reshape(len(counts), -1).sum(-1)
    codes = np.flatnonzero(n)
    return codes[np.argsort(n[codes], kind="stable")[:1]] if len(codes) == 2 else codes


def share_z(one: Sums, zero: Sums) -> np.ndarray:
    """Two shares (F,) counted by stratum (S, F): the likelihood-ratio test of one table over all strata, as z.

    Expected is what the share of each stratum gives. Where few are expected its tail stays right, unlike that of a
    normal test; where strata differ it is cautious. As for the robust badge, a tenth may be unexplained.
    """
    both = one.n + zero.n
    share = np.divide(one.y + zero.y, both, out=np.zeros_like(both), where=both > 0)
    deviance = 0.0
    for side in (one, zero):
        for counts, expected in ((side.y, side.n * share), (side.n - side.y, side.n * (1 - share))):
            seen, meant = counts.sum(0), expected.sum(0)
            deviance += 2 * seen * np.log(np.divide(seen, meant, out=np.ones_like(seen), where=seen > 0))
    return features.robust_share(features.stratified(one, zero)) * np.sqrt(np.maximum(deviance, 0))


def _having(cube: Cube, by_cell: np.ndarray, region: Region) -> tuple[Sums, Sums]:
    """People of each band in the region and with other scores, and those with each value: (20, V)."""
    inside, both = region.cells(), np.vstack([cube.cells, by_cell])
    sides = []
    for side in (inside, Region(region.activity).cells() & ~inside):
        people, having = np.split((both * side).reshape(-1, BANDS, SCORES).sum(-1).T.astype(float), [1], axis=1)
        sides.append(features.shares(np.broadcast_to(people, having.shape), having))
    return sides[0], sides[1]


def _compared(
    hotspot: str,
    region: Region,
    names: list[tuple[str, str]],
    one: Sums,
    zero: Sums,
    design: Callable[[int], Design],
    named: np.ndarray | None = None,
) -> Iterator[Makeup]:
    comparison, p = features.stratified(one, zero), shares.p(share_z(one, zero), HOTSPOT_BELOW, design)
    n, n_rest = one.n.sum(0).astype(int), zero.n.sum(0).astype(int)
    share = one.y.sum(0) / np.maximum(n, 1)
    rest = np.maximum(share - comparison.difference, 0)
    shown = np.ones(len(names), bool) if named is None else named
    columns = zip(names, share, rest, comparison.difference, n, n_rest, p, shown, strict=True)
    return (Makeup(hotspot, region, what, str(value), *numbers) for (what, value), *numbers in columns)

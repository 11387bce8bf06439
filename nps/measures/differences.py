"""What sets a selection apart from everyone else: segment values and features it holds more, or less, of."""

import numpy as np
import pandas as pd

from nps.cube import Cube
from nps.measures import shares
from nps.measures.exact import mid_p, z_of
from nps.measures.features import Comparison
from nps.measures.rules import APART_BELOW, MIN_DIFFERENCE, MIN_SHOWN
from nps.measures.score import benjamini_hochberg
from nps.measures.segments import Counts, Values
from nps.measures.shares import Sides
from nps.measures.verdicts import Columns
from nps.selection import Region

COLUMNS = ("what", "value", "is_feature", "share", "share_rest", "difference", "p")
Rows = tuple[np.ndarray, ...]  # in the order of COLUMNS


def of(cube: Cube, region: Region, values: Values, features: Columns, use: Comparison | None) -> pd.DataFrame:
    """Differences that hold, the largest first: what, value, is_feature, share, share_rest, difference, q; shares 0..1.

    Segment values are compared by share. Features among people who are as active, by the measure of the map and by all
    other use, and gave other scores; not where the region cuts no scores: then activity is all that it cuts.
    All tests of the table are corrected together; differences under five points of share are left out.
    """
    parts = [_of_segment(cube, region, name, values) for name in cube.panel.segments]
    parts += [_of_features(cube.placed, region, features, use)] if use is not None else []
    columns = map(np.concatenate, zip(*parts, strict=True)) if parts else np.empty((len(COLUMNS), 0))
    rows = dict(zip(COLUMNS, columns, strict=True))
    q = benjamini_hochberg(rows.pop("p"))
    holds = (q < APART_BELOW) & (np.abs(rows["difference"]) >= MIN_DIFFERENCE)
    found = pd.DataFrame({name: column[holds] for name, column in (rows | {"q": q}).items()})
    found = found.astype({"what": str, "value": str})
    return found.sort_values("difference", key=abs, ascending=False, kind="stable", ignore_index=True)


def _of_segment(cube: Cube, region: Region, name: str, values: Values) -> Rows:
    """Two shares by the exact test; too few people on a side are not tested. Of two values one tells all."""
    counts = Counts.of(cube)
    place, names = counts.at(cube, name)
    people = int(cube.cells[region.cells()].sum())
    others = len(cube.positions) - people
    share, rest = values.share[place], values.share_rest[place]
    z = np.full(len(names), np.nan)
    if min(people, others) >= MIN_SHOWN:
        z = z_of(mid_p(np.round(share * people), people, np.round(rest * others), others))
    codes, sides = counts.code[place], Sides(cube, region, same_bands=False)
    p = shares.p(z, APART_BELOW, lambda row: sides.of_value(name, codes[row]))
    rows = np.full(len(names), name, object), names, np.zeros(len(names), bool), share, rest, share - rest, p
    kept = share > rest if len(names) == 2 else slice(None)
    return tuple(column[kept] for column in rows)


def _of_features(cube: Cube, region: Region, columns: Columns, use: Comparison) -> Rows:
    p = shares.p(use.z, APART_BELOW, Sides(cube, region, same_bands=True).of_feature)
    kind, feature = (cube.panel.features[name].to_numpy(object) for name in ("kind", "feature"))
    return kind, feature, np.ones(len(p), bool), columns["reach"], columns["reach_rest"], use.difference, p

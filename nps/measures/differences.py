"""What sets a selection apart from everyone else: segment values and features it holds more, or less, of."""

import numpy as np
import pandas as pd

from nps.cube import Cube
from nps.measures import shares
from nps.measures.exact import mid_p, z_of
from nps.measures.features import Comparison
from nps.measures.rules import APART_BELOW, MIN_DIFFERENCE, MIN_SHOWN
from nps.measures.score import benjamini_hochberg
from nps.measures.shares import Sides
from nps.selection import Region

COLUMNS = ("what", "value", "is_feature", "share", "share_rest", "difference", "p")


def of(
    cube: Cube, region: Region, by_segment: dict[str, pd.DataFrame], by_feature: pd.DataFrame, use: Comparison | None
) -> pd.DataFrame:
    """Differences that hold, the largest first: what, value, is_feature, share, share_rest, difference, q; shares 0..1.

    Segment values are compared by share. Features among people who are as active, by the measure of the map and by all
    other use, and gave other scores; not where the region cuts no scores: then activity is all that it cuts.
    All tests of the table are corrected together; differences under five points of share are left out.
    """
    parts = [_of_segment(cube, region, name, frame) for name, frame in by_segment.items()]
    parts += [_of_features(cube.placed, region, by_feature, use)] if use is not None else []
    parts = [part for part in parts if len(part)] or [pd.DataFrame(columns=COLUMNS)]
    rows = pd.concat(parts, ignore_index=True)
    rows["q"] = benjamini_hochberg(rows.pop("p"))
    rows = rows[(rows["q"] < APART_BELOW) & (rows["difference"].abs() >= MIN_DIFFERENCE)]
    return rows.sort_values("difference", key=abs, ascending=False, kind="stable", ignore_index=True)


def _of_segment(cube: Cube, region: Region, name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Two shares by the exact test; too few people on a side are not tested. Of two values one tells all."""
    people = int(cube.cells[region.cells()].sum())
    others = len(cube.positions) - people
    share, rest = frame["share"].to_numpy(float), frame["share_rest"].to_numpy(float)
    z = np.full(len(frame), np.nan)
    if min(people, others) >= MIN_SHOWN:
        z = z_of(mid_p(np.round(share * people), people, np.round(rest * others), others))
    codes = cube.values(name).astype(str).get_indexer(frame["value"])
    sides = Sides(cube, region, same_bands=False)
    p = shares.p(z, APART_BELOW, lambda row: sides.of_value(name, codes[row]))
    rows = (name, frame["value"], False, share, rest, share - rest, p)
    rows = pd.DataFrame(dict(zip(COLUMNS, rows, strict=True)))
    return rows[rows["difference"] > 0] if len(rows) == 2 else rows


def _of_features(cube: Cube, region: Region, frame: pd.DataFrame, use: Comparison) -> pd.DataFrame:
    p = shares.p(use.z, APART_BELOW, Sides(cube, region, same_bands=True).of_feature)
    columns = (frame["kind"], frame["feature"], True, frame["reach"], frame["reach_rest"], use.difference, p)
    return pd.DataFrame(dict(zip(COLUMNS, columns, strict=True)))

"""Who wrote something, by score, and whose comments come first."""

from collections.abc import Collection
from typing import NamedTuple

import numpy as np
import pandas as pd

from nps import tables
from nps.comments import Coding, Feature
from nps.cube import Cube, by_score
from nps.joined import Joined
from nps.selection import SCORES, Region


def scores(cube: Cube, region: Region) -> pd.DataFrame:
    """score, group, people, wrote, inside: under the filters and the activity of a region; whether it holds a score."""
    active, values = Region(region.activity).cells(), pd.Series(range(SCORES))
    return pd.DataFrame(
        {
            "score": values,
            "group": tables.group_of(values).astype(str),
            "people": by_score(cube.cells * active),
            "wrote": by_score(cube.wrote * active),
            "inside": values.between(*region.score),
        }
    )


def groups(frame: pd.DataFrame) -> pd.DataFrame:
    """low, high (scores), wrote: of each group, by what `scores` gave."""
    by = frame.groupby("group", sort=False)
    return by.agg(low=("score", "min"), high=("score", "max"), wrote=("wrote", "sum"))


class Writers(NamedTuple):
    """People who wrote something: of the selection, of everyone else under its filters, and of two of its groups."""

    selected: int
    rest: int
    detractors: int
    promoters: int


def writers(cube: Cube, inside: np.ndarray) -> Writers:
    """How many wrote something. inside: the cells of the selection, bool (220,)."""
    here = by_score(cube.wrote * inside)
    return Writers(int(here.sum()), int((cube.wrote * ~inside).sum()), int(here[:7].sum()), int(here[9:].sum()))


def rows(coding: Coding, places: np.ndarray) -> np.ndarray:
    """Of answers, positions in `panel.answers`, those with a comment, as rows of the coding, in the same order."""
    found = coding.rows(places)
    return found[found >= 0]


def wrote(panel: Joined, places: np.ndarray) -> np.ndarray:
    """Of answers, positions in `panel.answers`, those with a comment, in the same order."""
    return panel.coding.answer[rows(panel.coding, places)]


def naming(panel: Joined, places: np.ndarray, feature: Feature) -> np.ndarray:
    """Of answers, positions in `panel.answers`, those whose comment names a feature, in the same order."""
    coding, found = panel.coding, rows(panel.coding, places)
    code = coding.features.index(feature) if feature in coding.features else -1
    return coding.answer[found[np.isin(found, coding.named_in[coding.named == code])]]


def telling(
    coding: Coding, rows: np.ndarray, length: np.ndarray, themes: Collection[str], features: Collection[Feature]
) -> np.ndarray:
    """Comments sorted by what they tell: most of what sets apart, then most themes, then the longest, the latest.

    rows      of the coding, oldest first: (n,)
    length    of each comment: (n,)
    themes    and features: what sets apart
    """
    apart = (coding.sided[rows][:, [key in themes for key in coding.themes]] > 0).sum(1)
    wanted = np.array([feature in features for feature in coding.features], bool)
    naming = np.bincount(coding.named_in[wanted[coding.named]], minlength=len(coding.answer))
    known = (coding.sided[rows] > 0).sum(1)
    return rows[np.lexsort((np.arange(len(rows)), length, known, apart + naming[rows]))[::-1]]

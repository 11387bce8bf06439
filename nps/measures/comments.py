"""What people wrote, and how it was read."""

from itertools import groupby

import numpy as np
import pandas as pd

from nps.comments import Coding, Feature
from nps.comments.quoted import sides_of
from nps.comments.sides import SIDES
from nps.comments.tokens import Tokens
from nps.cube import Cube
from nps.measures import named
from nps.measures.named import Named
from nps.notes import InputError

OF_ANSWERS = ["person_id", "name", "role", "score", "group", "responded_at", "comment"]


def table(
    cube: Cube,
    inside: np.ndarray,
    theme: str | None = None,
    feature: str | Feature | None = None,
    side: str | None = None,
) -> pd.DataFrame:
    """One row per answer of a cube with a comment, the latest first.

    inside   which cells (220,) are selected
    theme    its key; "" for those who give no reason we know
    feature  its kind and name, or its name, of whatever kind
    side     love, dislike or wish: of a clause that names these, or of any

    person_id, name, role, score, group, responded_at, comment; themes, sides (tuples of keys), features (a tuple of
    kinds and names); by_score, whether only the score told a side; because, the words that named each theme. Raises
    InputError for what there is not.
    """
    places = np.flatnonzero(named.wrote(cube) & inside[cube.cell] & _naming(cube, theme, feature, side))[::-1]
    coding, rows = cube.panel.coding, cube.coded[places]
    answers = cube.panel.answers.iloc[cube.positions[places]].reset_index(drop=True)
    return answers.reindex(columns=OF_ANSWERS).assign(
        themes=_objects(_themes(coding, rows)),
        sides=_objects([_OF_BITS[bits] for bits in coding.side[rows]]),
        features=_objects(_features(coding, rows)),
        by_score=coding.by_score[rows],
        because=_objects(_because(coding, cube.panel.comments.tokens, rows)),
    )


_OF_BITS = [sides_of(bits) for bits in range(1 << len(SIDES))]


def _objects(values: list) -> np.ndarray:
    """A column of tuples or text: not a table of what is in them."""
    column = np.empty(len(values), object)
    column[:] = values
    return column


def _naming(cube: Cube, theme: str | None, feature: str | Feature | None, side: str | None) -> np.ndarray:
    """Whose comment names a theme and a feature on a side: bool (N,)."""
    if side is not None and side not in SIDES[1:]:
        raise InputError("measures.side", sides=SIDES[1:])
    bits = 1 << SIDES.index(side) if side else 0xFF
    coding, out = cube.panel.coding, np.ones(len(cube.positions), bool)
    if theme is not None:
        out &= _among(cube, named.themes(cube), [key == theme for key in (*coding.themes, "")], bits, theme)
    if feature is not None:
        wanted = [feature in (each, each[1]) for each in coding.features]
        out &= _among(cube, named.features(cube), wanted, bits, feature)
    if side and theme is None and feature is None:
        some = np.flatnonzero(named.wrote(cube))
        out[some] = coding.side[cube.coded[some]] & bits > 0
    return out


def _among(cube: Cube, told: Named, wanted: list[bool], bits: int, name: str | Feature) -> np.ndarray:
    if not any(wanted):
        raise InputError("measures.not_named", name=name if isinstance(name, str) else name[1])
    out = np.zeros(len(cube.positions), bool)
    out[told.held.person[np.array(wanted)[told.held.thing] & (told.sides & bits > 0)]] = True
    return out


def _themes(coding: Coding, rows: np.ndarray) -> list[tuple[str, ...]]:
    """The themes of each comment; of those that name the same ones once."""
    distinct, which = np.unique(np.packbits(coding.sided[rows] > 0, axis=1), axis=0, return_inverse=True)
    bits = np.unpackbits(distinct, axis=1, count=len(coding.themes))
    tuples = [tuple(key for key, has in zip(coding.themes, each, strict=True) if has) for each in bits]
    return [tuples[number] for number in which.ravel()]


def _features(coding: Coding, rows: np.ndarray) -> list[tuple[Feature, ...]]:
    begin, end = (np.searchsorted(coding.named_in, rows, side) for side in ("left", "right"))
    return [
        tuple(coding.features[number] for number in coding.named[first:last])
        for first, last in zip(begin, end, strict=True)
    ]


def _because(coding: Coding, tokens: Tokens, rows: np.ndarray) -> list[str]:
    """“bugs: crashes, broken; ease: easy to”: what named each theme, as it was written, each once."""
    begin, end = (np.searchsorted(coding.hit_in, rows, side) for side in ("left", "right"))
    return [_told(coding, tokens, range(first, last)) for first, last in zip(begin, end, strict=True)]


def _told(coding: Coding, tokens: Tokens, hits: range) -> str:
    parts = []
    for theme, own in groupby(sorted(hits, key=coding.hit.__getitem__), key=coding.hit.__getitem__):
        words = dict.fromkeys(tokens.text(coding.hit_begin[hit], coding.hit_end[hit]) for hit in own)
        parts.append(f"{coding.themes[theme]}: {', '.join(words)}")
    return "; ".join(parts)

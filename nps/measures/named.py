"""Who of the people of a cube wrote something, and names which theme or feature on which side."""

from typing import NamedTuple

import numpy as np

from nps.comments.sides import SIDES
from nps.cube import Cube
from nps.measures import keyness
from nps.measures.apart import Held

OF_PEOPLE, OF_REST = "groups", "rest"


class Named(NamedTuple):
    """Who names which of K things, by place among the answers of a cube; and the sides of the clauses that name it.

    sides  bits 1 << side, of each pair of `held`: uint8 (P,)
    """

    held: Held
    sides: np.ndarray

    def on(self, side: str, people: np.ndarray) -> np.ndarray:
        """How many of some people, bool (N,), name each thing in a clause of a side: (K,)."""
        told = people[self.held.person] & (self.sides & (1 << SIDES.index(side)) > 0)
        return np.bincount(self.held.thing[told], minlength=self.held.things)


def wrote(cube: Cube) -> np.ndarray:
    """Whose answer has a comment: bool (N,)."""
    return cube.coded >= 0


def themes(cube: Cube) -> Named:
    """The themes of `panel.coding`, and after them the comments that name none, with all their sides."""
    return cube.once("names themes", lambda: _themes(cube))


def _themes(cube: Cube) -> Named:
    coding, writers = cube.panel.coding, np.flatnonzero(wrote(cube))
    rows = cube.coded[writers]
    sided = np.column_stack([coding.sided[rows], np.zeros(len(rows), np.uint8)])
    silent = ~sided.any(axis=1)
    sided[silent, -1] = coding.side[rows[silent]]
    person, thing = np.nonzero(sided)
    return Named(Held(writers[person], thing, sided.shape[1]), sided[person, thing])


def features(cube: Cube) -> Named:
    """The features of `panel.coding`, those of the panel first."""
    return cube.once("names features", lambda: _features(cube))


def _features(cube: Cube) -> Named:
    coding = cube.panel.coding
    person = _places(cube)[coding.named_in]
    kept = person >= 0
    return Named(Held(person[kept], coding.named[kept], len(coding.features)), coding.named_sides[kept])


def terms(cube: Cube) -> Held:
    """The terms of everything that anybody wrote, sorted by term."""
    return cube.once("names terms", lambda: _terms(cube))


def _terms(cube: Cube) -> Held:
    every = keyness.of_comments(cube.panel.comments)
    person = _places(cube)[every.comment]
    kept = person >= 0
    return Held(person[kept], every.term[kept], len(every.texts))


def _places(cube: Cube) -> np.ndarray:
    """The place among the answers of the cube of each comment of `panel.coding`, -1 where it is not among them."""
    places, some = np.full(len(cube.panel.coding.answer), -1, np.int32), np.flatnonzero(wrote(cube))
    places[cube.coded[some]] = some
    return places


def groups(cube: Cube, inside: np.ndarray, between: str) -> tuple[np.ndarray, np.ndarray]:
    """Of those who wrote something, the two who are compared: bool (N,) each.

    inside   which cells (220,) are selected
    between  "groups": detractors and promoters of the selection; "rest": the selection and everyone else
    """
    some, within = wrote(cube), inside[cube.cell]
    if between == OF_REST:
        return some & within, some & ~within
    return some & within & (cube.group == 0), some & within & (cube.group == 2)

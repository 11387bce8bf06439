"""Segments: the score of each value, fairly ranked and honestly flagged (methods 2).

All segments are compared at once, their values one after the other (V,), as arrays: a table is made of them where
somebody looks at one.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from nps.cube import CELLS, Cube, groups_in, summed_area
from nps.measures import cluster_values, clusters, score, student
from nps.measures.clusters import Design
from nps.measures.rules import FLAG_BELOW, MIN_SHOWN, NEAR, NEAR_BELOW, PSEUDO_RESPONDENTS
from nps.selection import SCORES, Region


class Values(NamedTuple):
    """What `compared` says of each value (V,).

    shrunk       as if 30 average answers were added
    share, share_rest  of the answers to the segment: of the selection, and of everyone else under the same filters
    p, q, flagged  against the rest of the selection, values with at least 10 answers, Benjamini-Hochberg by segment
    near_zero    whether the difference is practically none: the 90% interval lies inside 10 points each way
    """

    responses: np.ndarray
    nps: np.ndarray
    low: np.ndarray
    high: np.ndarray
    shrunk: np.ndarray
    share: np.ndarray
    share_rest: np.ndarray
    p: np.ndarray
    q: np.ndarray
    flagged: np.ndarray
    near_zero: np.ndarray


class Divided(NamedTuple):
    """How values divide people: the place of the segment of each, rising, and where each segment begins.

    own, gap  what clusters do to each value's score, and to its difference from all others (V,)
    t, near   standard errors to each side of the interval of its score, and of the 90% interval of that difference
    """

    segment: np.ndarray
    begin: np.ndarray
    own: Design
    gap: Design
    t: np.ndarray
    near: np.ndarray

    @classmethod
    def of(cls, segment: np.ndarray, own: Design, gap: Design) -> "Divided":
        """Values of these segments, by their places."""
        begin, near = np.flatnonzero(np.diff(segment, prepend=-1)), student.quantile(gap.df, 2 * NEAR_BELOW)
        return cls(segment, begin, own, gap, own.t, near)

    def sums(self, values: np.ndarray) -> np.ndarray:
        """(V, ...): for each value, over all those of its segment."""
        return np.add.reduceat(values, self.begin)[self.segment]


class Counts(NamedTuple):
    """Values that anybody has: the place of each among `Cube.values`, how they divide people, and sums of answers below
    a score and a band: (12, 21, V)."""

    code: np.ndarray
    divided: Divided
    below: np.ndarray

    @classmethod
    def of(cls, cube: Cube) -> "Counts":
        """Under the filters of a cube, whatever the region: made once."""
        return cube.once("values", lambda: _counts(cube))

    def within(self, region: Region) -> Values:
        """The answers of a region."""
        inside = np.stack(groups_in(self.below, region), axis=1).astype(float)
        return compared(inside, self.below[-1, -1] - inside.sum(1), self.divided, tested=region.all_scores)

    def at(self, cube: Cube, segment: str) -> tuple[slice, np.ndarray]:
        """Where the values of a segment are among these, and what they are called."""
        place = cube.panel.segments.index(segment)
        rows = slice(*np.searchsorted(self.divided.segment, [place, place + 1]))
        return rows, cube.values(segment)[self.code[rows]].astype(str)


def _counts(cube: Cube) -> Counts:
    some = {name: np.flatnonzero(counts.any(axis=1)) for name, counts in cube.segments.items()}
    segment = np.repeat(np.arange(len(some)), [len(codes) for codes in some.values()])
    by_cell = [cube.segments[name][codes] for name, codes in some.items()]
    alike = [_designs_of(cube, name, codes) for name, codes in some.items()]
    own, gap = (Design(*parts) for parts in np.concatenate([np.empty((2, len(Design._fields), 0)), *alike], axis=-1))
    below = summed_area(np.concatenate([np.empty((0, CELLS), int), *by_cell]))
    return Counts(np.concatenate([np.empty(0, int), *some.values()]), Divided.of(segment, own, gap), below)


def _designs_of(cube: Cube, segment: str, codes: np.ndarray) -> np.ndarray:
    """The fields of both `designs` of some values: (2, 4, V)."""
    return np.array(
        [[np.broadcast_to(part, len(cube.values(segment)))[codes] for part in each] for each in designs(cube, segment)]
    )


def compared(counts: np.ndarray, outside: np.ndarray, of: Divided, *, tested: bool) -> Values:
    """Each value against the rest of its segment.

    counts   detractors, passives, promoters of the selection (V, 3), as floats
    outside  answers of everyone else under the same filters (V,)
    tested   whether a comparison of scores makes sense: not where the region cuts scores
    """
    responses, rest, nps = counts.sum(-1), of.sums(counts) - counts, score.net(counts)
    low, high = score.interval(counts / of.own.deff[:, None], of.t, nps)
    delta, se = clusters.gap(counts, rest, of.gap)
    delta = np.where(tested & (responses >= MIN_SHOWN) & (rest.sum(-1) > 0), delta, np.nan)
    p = student.two_sided(delta / se, of.gap.df)
    q = np.concatenate([score.benjamini_hochberg(family) for family in np.split(p, of.begin[1:])])
    with np.errstate(invalid="ignore"):
        share, share_rest = (answers / of.sums(answers) for answers in (responses, outside))
    return Values(
        responses=responses.astype(int),
        nps=nps,
        low=low,
        high=high,
        shrunk=_shrunk(responses, nps, of.sums),
        share=share,
        share_rest=share_rest,
        p=p,
        q=q,
        flagged=q < FLAG_BELOW,
        near_zero=np.abs(delta) + of.near * se < NEAR,
    )


def table(names: np.ndarray, values: Values) -> pd.DataFrame:
    """One row per value: value, and what `Values` says."""
    return pd.DataFrame({"value": names, **values._asdict()})


def by_value(values: pd.Index, inside: np.ndarray, outside: np.ndarray, *, tested: bool) -> pd.DataFrame:
    """The table of one segment, of values with answers inside or outside, none of them of people who are alike.

    inside, outside  answers by value and score: (V, 11), of the selection and of everyone else under the same filters
    """
    present = inside.any(-1) | outside.any(-1)
    strangers = Design(*(np.broadcast_to(part, present.sum()) for part in clusters.STRANGERS))
    divided = Divided.of(np.zeros(present.sum(), int), strangers, strangers)
    counts = score.counts_of(inside[present]).astype(float)
    found = compared(counts, outside[present].sum(-1), divided, tested=tested)
    return table(values[present].astype(str), found)


def designs(cube: Cube, segment: str) -> tuple[Design, Design]:
    """What clusters do to the score of each value, and to its difference from all others (V,): over all answers.

    A region takes these, too: they are made once, and a part of the answers has hardly larger clusters.
    """
    return cube.once(("segment", segment), lambda: _designs(cube, segment))


def _designs(cube: Cube, segment: str) -> tuple[Design, Design]:
    if cube.strangers:
        return clusters.STRANGERS, clusters.STRANGERS
    pairs = cluster_values.pairs(cube.cluster, cube.group, cube.codes(segment), len(cube.values(segment)))
    return cluster_values.of_scores(pairs), cluster_values.of_rest(pairs)


def of_answers(answers: pd.DataFrame, segment: str) -> pd.DataFrame:
    """`by_value` of some answers among themselves. answers: score and the segment (categorical)."""
    values = answers[segment].cat.categories
    place = answers[segment].cat.codes.to_numpy(np.int64) * SCORES + answers["score"].to_numpy(np.int64)
    counts = np.bincount(place, minlength=SCORES * len(values)).reshape(-1, SCORES)
    return by_value(values, counts, np.zeros_like(counts), tested=True)


def shrunk(counts: np.ndarray) -> np.ndarray:
    """Scores in points of counts (V, 3) as if 30 average answers were added to each; NaN without answers."""
    return _shrunk(counts.sum(-1), score.net(counts), np.sum)


def _shrunk(responses: np.ndarray, nps: np.ndarray, sums: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """B = n / (n + 30); mu = sum(B theta) / sum(B); mu + B (theta - mu)."""
    weight = responses / (responses + PSEUDO_RESPONDENTS)
    with np.errstate(invalid="ignore"):
        average = sums(weight * np.where(responses > 0, nps, 0)) / sums(weight)
    return average + weight * (nps - average)

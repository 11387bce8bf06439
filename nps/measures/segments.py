"""Segments: the score of each value, fairly ranked and honestly flagged (methods 2)."""

import numpy as np
import pandas as pd

from nps.cube import Cube
from nps.measures import cluster_values, clusters, score, student
from nps.measures.clusters import Design
from nps.measures.rules import FLAG_BELOW, MIN_SHOWN, NEAR, NEAR_BELOW, PSEUDO_RESPONDENTS
from nps.selection import SCORES


def by_value(
    values: pd.Index,
    inside: np.ndarray,
    outside: np.ndarray,
    *,
    tested: bool,
    design: tuple[Design, Design] = (clusters.STRANGERS, clusters.STRANGERS),
) -> pd.DataFrame:
    """One row per value with answers inside or outside: value, responses, nps, low, high, shrunk, share, share_rest...

    inside, outside  answers by value and score: (V, 11), of the selection and of everyone else under the same filters
    tested           whether a comparison of scores makes sense: not where the region cuts scores
    design           what clusters do to each value's score, and to its difference from all others (V,)
    p, q, flagged    against the rest of the selection, values with at least 10 answers, Benjamini-Hochberg
    near_zero        whether the difference is practically none: the 90% interval lies inside 10 points each way
    """
    present, every = inside.any(-1) | outside.any(-1), score.counts_of(inside)
    own_design, gap_design = (
        Design(*(np.broadcast_to(part, len(present))[present] for part in each)) for each in design
    )
    values, inside, outside, counts = values[present], inside[present], outside[present], every[present]
    low, high = clusters.interval(counts, own_design)
    responses, rest = inside.sum(-1), every.sum(0) - counts
    delta, se = clusters.gap(counts, rest, gap_design)
    delta = np.where(tested & (responses >= MIN_SHOWN) & (rest.sum(-1) > 0), delta, np.nan)
    p = student.two_sided(delta / se, gap_design.df)
    near = np.where(np.abs(delta) < NEAR, delta, np.nan)
    q = score.benjamini_hochberg(p)
    return pd.DataFrame(
        {
            "value": values.astype(str),
            "responses": responses,
            "nps": score.net(counts),
            "low": low,
            "high": high,
            "shrunk": shrunk(counts),
            "share": _share(responses),
            "share_rest": _share(outside.sum(-1)),
            "p": p,
            "q": q,
            "flagged": q < FLAG_BELOW,
            "near_zero": student.nearer_p(near, NEAR, se, gap_design.df) < NEAR_BELOW,
        }
    )


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
    """Scores in points as if 30 average answers were added to each segment; NaN without answers.

    B = n / (n + 30); mu = sum(B theta) / sum(B); mu + B (theta - mu).
    """
    n = counts.sum(-1)
    weight = n / (n + PSEUDO_RESPONDENTS)
    nps = np.where(n > 0, np.nan_to_num(score.net(counts)), 0.0)
    average = (weight * nps).sum() / weight.sum() if weight.sum() else np.nan
    return np.where(n > 0, average + weight * (nps - average), np.nan)


def _share(responses: np.ndarray) -> np.ndarray:
    total = responses.sum()
    return responses / total if total else np.full(len(responses), np.nan)

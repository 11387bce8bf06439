"""Segments: the score of each value, fairly ranked and honestly flagged (methods 2)."""

import numpy as np
import pandas as pd

from nps.measures import score

MIN_SHOWN = 10
GREY_BELOW = 30
PSEUDO_RESPONDENTS = 30
FLAG_BELOW = 0.10


def by_value(
    values: pd.Index,
    inside: np.ndarray,
    outside: np.ndarray,
    *,
    tested: bool,
    worth: tuple[np.ndarray, np.ndarray] | None = None,
) -> pd.DataFrame:
    """One row per value with answers inside or outside: value, responses, nps, low, high, shrunk, share, share_rest...

    inside, outside  answers by value and score: (V, 11), of the selection and of everyone else under the same filters
    tested           whether a comparison of scores makes sense: not where the region cuts scores
    worth            (own, rest), (V, 3) each: how many independent answers the selection's are worth, of each value and
                     of all others; None: as many as they are
    p, q, flagged    against the rest of the selection, values with at least 10 answers, Benjamini-Hochberg
    """
    known, every = inside.any(-1) | outside.any(-1), score.counts_of(inside)
    values, inside, outside = values[known], inside[known], outside[known]
    counts = every[known]
    own, rest = (side[known] for side in worth or (every, every.sum(axis=0) - every))
    low, high = score.interval(own)
    responses = inside.sum(-1)
    delta, se = score.gap(own, rest)
    p = np.where(tested & (responses >= MIN_SHOWN) & (rest.sum(-1) > 0), score.two_sided(delta / se), np.nan)
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
        }
    )


def of_answers(answers: pd.DataFrame, segment: str) -> pd.DataFrame:
    """`by_value` of some answers among themselves. answers: score and the segment (categorical)."""
    values = answers[segment].cat.categories
    place = answers[segment].cat.codes.to_numpy(np.int64) * 11 + answers["score"].to_numpy(np.int64)
    counts = np.bincount(place, minlength=11 * len(values)).reshape(-1, 11)
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

"""Two segments crossed, for a heat table."""

import numpy as np
import pandas as pd

from nps.measures import cluster_values, clusters, score, segments
from nps.measures.clusters import Design
from nps.selection import SCORES


def table(answers: pd.DataFrame, first: str, second: str, cluster: np.ndarray | None = None) -> pd.DataFrame:
    """One row per value of `first` and of `second`: value_a, value_b, responses, nps, low, high, shrunk.

    answers  score and the two segments (categorical). Values that nobody has are left out; a pair that nobody has is
             there with 0 responses, as the table has a place for it. Shrinking is as of segments, over all pairs.
    cluster  whose answers are alike, a code for each; None: all are strangers
    """
    a, b = answers[first].cat, answers[second].cat
    shape = len(a.categories), len(b.categories), SCORES
    place = np.ravel_multi_index((a.codes, b.codes, answers["score"]), shape)
    counts = score.counts_of(np.bincount(place, minlength=np.prod(shape)).reshape(shape))
    design = _design(answers, cluster, place // SCORES, counts.shape[:2])
    kept = np.ix_(counts.any((1, 2)), counts.any((0, 2)))
    counts, design = counts[kept], Design(*(part[kept].ravel() for part in design))
    values_a, values_b = (side.categories.astype(str)[k.ravel()] for side, k in zip((a, b), kept, strict=True))
    counts = counts.reshape(-1, 3)
    low, high = clusters.interval(counts, design)
    return pd.DataFrame(
        {
            "value_a": np.repeat(values_a, len(values_b)),
            "value_b": np.tile(values_b, len(values_a)),
            "responses": counts.sum(-1),
            "nps": score.net(counts),
            "low": low,
            "high": high,
            "shrunk": segments.shrunk(counts),
        }
    )


def _design(answers: pd.DataFrame, cluster: np.ndarray | None, pair: np.ndarray, shape: tuple[int, int]) -> Design:
    code = np.arange(len(answers)) if cluster is None else pd.factorize(cluster)[0]
    group = score.GROUPS.argmax(1)[answers["score"]]
    design = cluster_values.of_scores(cluster_values.pairs(code, group, pair, int(np.prod(shape))))
    return Design(*(part.reshape(shape) for part in design))

"""Two segments crossed, for a heat table."""

import numpy as np
import pandas as pd

from nps.measures import score, segments

SCORES = 11


def table(answers: pd.DataFrame, first: str, second: str) -> pd.DataFrame:
    """One row per value of `first` and of `second`: value_a, value_b, responses, nps, low, high, shrunk.

    answers  score and the two segments (categorical). Values that nobody has are left out; a pair that nobody has is
    there with 0 responses, as the table has a place for it. Shrinking is as of segments, over all pairs at once.
    """
    a, b = answers[first].cat, answers[second].cat
    shape = len(a.categories), len(b.categories), SCORES
    place = np.ravel_multi_index((a.codes, b.codes, answers["score"]), shape)
    counts = score.counts_of(np.bincount(place, minlength=np.prod(shape)).reshape(shape))
    kept = np.ix_(counts.any((1, 2)), counts.any((0, 2)))
    counts = counts[kept]
    values_a, values_b = (side.categories.astype(str)[k.ravel()] for side, k in zip((a, b), kept, strict=True))
    counts = counts.reshape(-1, 3)
    low, high = score.interval(counts)
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

"""After what people answer: what they used in the last day before, against their typical day (methods 5)."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from nps.measures import score
from nps.measures.rules import MIN_EXPECTED


def after_what(sums: pd.DataFrame, answers: int) -> pd.DataFrame:
    """One row per feature, the surest first: kind, feature, answers, just, share, expected, ratio, low, high, p, q.

    sums     kind, feature, just, expected, variance, as `rollups.just_before` has them, of any surveys
    answers  dated answers of those surveys
    share, expected   answers whose person used it in the last day, and would have on typical days (of all, 0..1)
    ratio    just / expected, with the 95% interval of a Poisson count; under 5 expected everything after it is NaN
    p, q     z = (just - expected) / sqrt(variance); corrected for the number of features by Benjamini and Hochberg
    Rows without a feature count any use at all; they come first, and are not tested.
    """
    frame = sums.groupby(["kind", "feature"], dropna=False)[["just", "expected", "variance"]].sum().reset_index()
    just, expected = frame["just"].to_numpy(float), frame["expected"].to_numpy(float)
    enough = expected >= MIN_EXPECTED
    low, high = poisson_interval(just)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = [np.where(enough, counts / expected, np.nan) for counts in (just, low, high)]
        z = (just - expected) / np.sqrt(frame["variance"].to_numpy(float))
    p = np.where(enough & frame["feature"].notna(), score.two_sided(z), np.nan)
    frame = frame[["kind", "feature"]].assign(
        answers=answers,
        just=frame["just"].astype(int),
        share=just / answers,
        expected=expected / answers,
        **dict(zip(("ratio", "low", "high"), ratios, strict=True)),
        p=p,
        q=score.benjamini_hochberg(p),
    )
    any_use = frame["feature"].isna()
    ranked = frame[~any_use].sort_values(["p", "ratio"], ascending=[True, False])
    return pd.concat([frame[any_use], ranked], ignore_index=True)


def among(sums: pd.DataFrame, surveys: Sequence[str] | None) -> pd.DataFrame:
    """The rows of these surveys; None: of all."""
    return sums[sums["survey"].isin(list(surveys or sums["survey"].unique()))]


def poisson_interval(count: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """95% interval of the mean of a Poisson count (Byar's approximation, Breslow and Day 1987)."""
    count = np.asarray(count, float)
    above = count + 1
    with np.errstate(divide="ignore", invalid="ignore"):
        low = count * (1 - 1 / (9 * count) - score.Z / (3 * np.sqrt(count))) ** 3
    return np.where(count > 0, low, 0.0), above * (1 - 1 / (9 * above) + score.Z / (3 * np.sqrt(above))) ** 3

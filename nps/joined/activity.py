"""How active people were before they answered: by which measures, and compared with all who answered."""

import numpy as np
import pandas as pd

from nps.rollups import Rollup

BANDS = 20
MEASURES = ("active_days", "minutes", "uses", "features_used")


def with_usage(answers: pd.DataFrame, rollup: Rollup | None) -> pd.DataFrame:
    """All measures of activity: 0 for who used nothing, NaN for what the usage does not tell.

    Where use and other answers have dates, it tells nothing of answers without one.
    """
    if rollup is None:
        return answers.assign(**dict.fromkeys(MEASURES, np.nan))
    measures = rollup.activity.set_index("answer")[list(MEASURES)].astype(float)
    recorded = [name for name in MEASURES if measures[name].gt(0).any()]
    filled = measures.reindex(range(len(answers)))[recorded].fillna(0.0)
    undated = answers["responded_at"].isna()
    if "active_days" in recorded and not undated.all():
        filled[undated.to_numpy()] = np.nan
    return answers.assign(**dict.fromkeys(MEASURES, np.nan) | {name: filled[name].to_numpy() for name in recorded})


def with_activity(answers: pd.DataFrame, measure: str, latest: np.ndarray) -> pd.DataFrame:
    """Activity by this measure, its percentile against the respondents, and its band.

    percentile = 100 x (share of respondents with less + half the share with the same);
    band = min(19, (20 x (2 x less + same)) // (2 x n)), in integers, so that the 90th percentile is an edge.
    """
    activity = answers[measure].to_numpy(float)
    population = activity[latest]
    population = np.sort(np.nan_to_num(population) if np.isnan(population).all() else population[~np.isnan(population)])
    less = np.searchsorted(population, np.nan_to_num(activity), side="left")
    same = np.searchsorted(population, np.nan_to_num(activity), side="right") - less
    n = max(len(population), 1)
    percentile = np.where(np.isnan(activity), np.nan, 100 * (less + same / 2) / n)
    band = np.minimum(BANDS - 1, (BANDS * (2 * less + same)) // (2 * n))
    return answers.assign(activity=activity, percentile=percentile, band=band)


def everybody(rollup: Rollup | None) -> pd.DataFrame:
    """The measures of everybody active in the window before the last answer, whoever answered; as no row has a name, in
    the order of its values."""
    if rollup is None or rollup.everybody is None:
        return pd.DataFrame(columns=list(MEASURES), dtype=float)
    measures = rollup.everybody[list(MEASURES)].astype(float)
    return measures.iloc[np.lexsort(measures.to_numpy().T)].reset_index(drop=True)


def just_before(rollup: Rollup | None) -> pd.DataFrame:
    """Use in the last day before answers: survey, kind, feature, just, expected, variance."""
    columns = ["survey", "kind", "feature", "just", "expected", "variance"]
    moments = None if rollup is None else rollup.just_before
    return (
        pd.DataFrame(columns=columns)
        if moments is None
        else moments[columns].sort_values(columns[:3], ignore_index=True)
    )

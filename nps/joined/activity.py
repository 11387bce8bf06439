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
    known = rollup.activity.set_index("answer")[list(MEASURES)].astype(float)
    told = [name for name in MEASURES if known[name].gt(0).any()]
    filled = known.reindex(range(len(answers)))[told].fillna(0.0)
    undated = answers["responded_at"].isna()
    if "active_days" in told and not undated.all():
        filled[undated.to_numpy()] = np.nan
    return answers.assign(**dict.fromkeys(MEASURES, np.nan) | {name: filled[name].to_numpy() for name in told})


def with_activity(answers: pd.DataFrame, measure: str, latest: np.ndarray) -> pd.DataFrame:
    """Activity by this measure, its percentile against the respondents, and its band.

    percentile = 100 x (share of respondents with less + half the share with the same);
    band = min(19, (20 x (2 x less + same)) // (2 x n)), in integers, so that the 90th percentile is an edge.
    """
    activity = answers[measure].to_numpy(float)
    known = activity[latest]
    known = np.sort(np.nan_to_num(known) if np.isnan(known).all() else known[~np.isnan(known)])
    less = np.searchsorted(known, np.nan_to_num(activity), side="left")
    same = np.searchsorted(known, np.nan_to_num(activity), side="right") - less
    n = max(len(known), 1)
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
    known = None if rollup is None else rollup.just_before
    return (
        pd.DataFrame(columns=columns) if known is None else known[columns].sort_values(columns[:3], ignore_index=True)
    )

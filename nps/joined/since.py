"""Since when features are used."""

from datetime import date

import numpy as np
import pandas as pd

from nps.spells import DAYS, EPOCH

NEW_AFTER_DAYS = 28  # of use without it, from which on a feature is new


def first_used(spells: pd.DataFrame, feature: int) -> date | None:
    """The first day on which somebody who answered used it; None where that may be before what is known."""
    first, used = spells["first"].min(), spells["first"][spells["feature"] == feature].min()
    new = used >= first + NEW_AFTER_DAYS  # not where either is unknown
    return (EPOCH + pd.Timedelta(days=used)).date() if new else None


def new_since(spells: pd.DataFrame, features: pd.Index, early: np.ndarray) -> pd.Series:
    """For each feature the first day of use where that is after the first quarter of the data, else NaT.

    early  codes of those used before an answer of that quarter
    """
    used = spells.groupby("feature")["first"].min().reindex(features)
    new = used >= spells["first"].min() + DAYS
    new[early] = False
    return pd.Series(EPOCH + pd.to_timedelta(used.where(new), unit="D"), features)

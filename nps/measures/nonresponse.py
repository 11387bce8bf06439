"""Who answered against who could have, and the score if everybody had answered as often (methods 5).

It mends what activity explains, and no more: who answers because of how satisfied they are stays unknown.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from nps.measures import clusters, score
from nps.measures.rules import MIN_SHOWN

TENTHS = np.arange(1, 10) / 10
GROUPS = ["detractors", "passives", "promoters"]


class Reweighted(NamedTuple):
    """A score re-weighted for activity, and what it rests on; with a single stratum it is the raw one."""

    nps: float
    low: float
    high: float
    responses: int
    n_eff: float
    strata: int
    left_out: int


def response_by_activity(y: np.ndarray, activity: np.ndarray, base: np.ndarray) -> pd.DataFrame:
    """One row per decile of the activity of everybody who could have answered (`base`); fewer rows where many tie.

    y, activity  of each respondent: -1, 0 or 1; measured as in `base`, NaN where unknown
    low, high    activity of the decile's users: above the previous `high`, up to and with its own
    users, detractors, passives, promoters, respondents, share_users, share_respondents (of all, 0..1),
    response     respondents / users
    """
    base, measured = np.sort(base[~np.isnan(base)]), ~np.isnan(activity)
    cuts = np.unique(np.quantile(base, TENTHS, method="inverted_cdf")) if len(base) else base
    cuts = cuts[cuts < base[-1:]]
    users = pd.Series(base).groupby(np.searchsorted(cuts, base)).agg(low="min", high="max", users="size")
    place = 3 * np.searchsorted(cuts, activity[measured]) + y[measured].astype(int) + 1
    counts = np.bincount(place, minlength=3 * (len(cuts) + 1)).reshape(-1, 3)[: len(users)]
    frame = users.assign(**dict(zip(GROUPS, counts.T, strict=True)), respondents=counts.sum(1))
    return frame.assign(
        share_users=frame["users"] / frame["users"].sum(),
        share_respondents=frame["respondents"] / frame["respondents"].sum(),
        response=frame["respondents"] / frame["users"],
    )


def reweighted(y: np.ndarray, activity: np.ndarray, base: np.ndarray, cluster: np.ndarray | None = None) -> Reweighted:
    """Strata of activity count by their users, not by their answers: sum W nps, SE^2 = deff sum W^2 v' / n.

    Adjacent deciles go together until each stratum has 10 respondents; n_eff = 1 / sum W^2 / n.
    cluster: whose answers are alike, a code for each; None: all are strangers.
    """
    deciles = response_by_activity(y, activity, base)
    strata = merged(deciles["respondents"].to_numpy())
    groups = deciles.groupby(strata)
    counts, share = groups[GROUPS].sum().to_numpy(), groups["share_users"].sum().to_numpy()
    n = counts.sum(1)
    if not n.sum():
        return Reweighted(np.nan, np.nan, np.nan, 0, 0.0, 0, len(y))
    nps = float(share @ score.net(counts))
    design = clusters.STRANGERS
    if cluster is not None:
        measured = ~np.isnan(activity)
        stratum = strata[np.searchsorted(deciles["high"].to_numpy()[:-1], activity[measured])]
        residual = y[measured] - score.net(counts)[stratum] / score.POINTS
        design = clusters.of(pd.factorize(cluster[measured])[0], (share / n)[stratum], residual)
    error = np.sqrt(design.deff * (share**2 @ (score.adjusted(counts)[2] / n)))
    margin = score.POINTS * float(design.t * error)
    bounds = (float(bound) for bound in np.clip([nps - margin, nps + margin], -score.POINTS, score.POINTS))
    return Reweighted(nps, *bounds, int(n.sum()), float(1 / (share**2 @ (1 / n))), len(n), int(len(y) - n.sum()))


def merged(respondents: np.ndarray) -> np.ndarray:
    """Which stratum each decile goes into: filled from below to 10 respondents, what is left joins the last one."""
    group, number, held = np.zeros(len(respondents), int), 0, 0
    for place, n in enumerate(respondents):
        group[place] = number
        held += n
        if held >= MIN_SHOWN:
            number, held = number + 1, 0
    return np.minimum(group, max(number - 1, 0))

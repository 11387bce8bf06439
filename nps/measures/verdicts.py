"""The table of features: who uses them, how their scores differ, what is sure of it, and what to do (methods 3.7)."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from nps.measures import score
from nps.measures.cells import feature_labels
from nps.measures.fair import Fair
from nps.measures.features import Comparison, Counts
from nps.measures.rules import HARDLY_USED

BETTER = {"score": 1, "churn": -1}  # the sign of a difference that is good
VERDICTS = np.array(
    ["keep_strong", "promote", "fix", "rethink_or_sunset", "no_clear_difference", "hardly_used"], object
)


def table(
    catalogue: pd.DataFrame,
    inside: Counts,
    outside: Counts,
    active: int,
    *,
    fair: Fair,
    region: Comparison | None = None,
    use: Comparison | None = None,
    lost: Counts | None = None,
) -> pd.DataFrame:
    """One row per feature, in points where scores or shares who left are compared and 0..1 where use is.

    catalogue        kind and feature, a row each
    inside, outside  counts of the selection and of everyone else under the same filters
    active           people of the selection who used anything
    fair             the comparison under the filters
    region           that of a region, where anything is drawn: it has an interval, and nothing is judged by it
    use              more use than others of the same band and tier who gave other scores, where the region cuts scores
    lost             who of the selection left: compares churn instead, and tells `left`, the share of users who did

    users, reach, reach_rest   how many use it, and the shares of the selection and of everyone else
    naive, by_activity         difference between users and non-users; among people who are as active
    adjusted, low, high        the same for quarter, role and plan, too, with its interval; in a region by activity only
    comparable, overlap        whether both sides are large enough and unlike; share of people compared
    p, q, robust               of the badge; Benjamini-Hochberg over the comparable features; whether it holds
    explained_by, inseparable  the feature that may take its credit, or None; whether nobody can tell whose it is
    near_zero                  surely less than ten points either way
    reach_difference, reach_overlap   the fair comparison of use
    """
    outcome = "score" if lost is None else "churn"
    groups = inside.full.sum(1)
    users = groups.sum(-1)
    everyone, rest = inside.total.sum(), outside.total.sum()
    left = {} if lost is None else {"left": lost.full.sum((1, 2)) / np.where(users > 0, users, np.nan)}
    columns = (
        {"kind": catalogue["kind"], "feature": catalogue["feature"], "users": users.astype(int)}
        | left
        | {"nps": score.net(groups)}
        | (_of_filter(fair, feature_labels(catalogue)) if region is None else _of_region(fair, region))
        | {
            "reach": users / (everyone or np.nan),
            "reach_rest": outside.full.sum((1, 2)) / (rest or np.nan),
            "reach_difference": np.nan if use is None else use.difference,
            "reach_overlap": np.nan if use is None else use.overlap,
        }
    )
    if region is None:
        columns["verdict"] = verdicts(columns, users / max(active, 1), outcome)
    return pd.DataFrame(columns, catalogue.index)


def _of_filter(fair: Fair, labels: list[str]) -> dict[str, object]:
    span, partner = fair.t * fair.se, [[*labels, None][code] for code in fair.explained_by]
    return {
        "naive": score.POINTS * fair.crude,
        "by_activity": score.POINTS * fair.by_activity,
        "adjusted": score.POINTS * fair.difference,
        "low": score.POINTS * (fair.difference - span),
        "high": score.POINTS * (fair.difference + span),
        "comparable": fair.comparable,
        "overlap": fair.overlap,
        "p": fair.p,
        "q": fair.q,
        "robust": fair.robust,
        "explained_by": pd.Series(partner, dtype=object),
        "inseparable": fair.inseparable,
        "near_zero": fair.near_zero,
    }


def _of_region(fair: Fair, region: Comparison) -> dict[str, object]:
    """Differences by activity, with what clusters do to them under the filters; nothing is judged."""
    comparable = np.isfinite(region.difference) & fair.comparable
    difference = np.where(comparable, score.POINTS * region.difference, np.nan)
    span = score.POINTS * fair.t * fair.spread * region.se
    return {
        "naive": score.POINTS * region.crude,
        "by_activity": score.POINTS * region.difference,
        "adjusted": difference,
        "low": difference - span,
        "high": difference + span,
        "comparable": comparable,
        "overlap": region.overlap,
        "p": np.nan,
        "q": np.nan,
        "robust": False,
        "explained_by": None,
        "inseparable": False,
        "near_zero": False,
        "verdict": None,
    }


def verdicts(columns: Mapping[str, np.ndarray], active_reach: np.ndarray, outcome: str = "score") -> np.ndarray:
    """What to do with each feature, by `reach` and by the `adjusted` difference where it is `robust`."""
    adjusted, reach, robust = (np.asarray(columns[name]) for name in ("adjusted", "reach", "robust"))
    comparable = ~np.isnan(adjusted)
    typical = np.median(reach[comparable]) if comparable.any() else np.nan
    wide, better = reach >= typical, BETTER[outcome] * adjusted > 0
    place = np.where(better, np.where(wide, 0, 1), np.where(wide, 2, 3))
    return VERDICTS[np.where(active_reach < HARDLY_USED, 5, np.where(robust, place, 4))]

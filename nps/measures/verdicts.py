"""The table of features: who uses them, how their scores differ, what is sure of it, and what to do (methods 3.7)."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from nps.cube import Cube
from nps.measures import features, score
from nps.measures.cells import feature_labels
from nps.measures.fair import Fair
from nps.measures.features import Comparison, Counts
from nps.measures.rules import HARDLY_USED
from nps.selection import Region

BETTER = {"score": 1, "churn": -1}  # the sign of a difference that is good
Columns = dict[str, Any]  # by name: arrays (F,), or what holds for each feature
VERDICTS = np.array(
    ["keep_strong", "promote", "fix", "rethink_or_sunset", "no_clear_difference", "hardly_used"], object
)


def table(catalogue: pd.DataFrame, columns: Columns) -> pd.DataFrame:
    """One row per feature: kind and feature of the catalogue, and the columns, with who takes credit by name."""
    partners = np.broadcast_to(columns["explained_by"], len(catalogue))
    named = pd.Series(np.array([*feature_labels(catalogue), None], object)[partners], dtype=object)
    whose = {"kind": catalogue["kind"], "feature": catalogue["feature"]}
    return pd.DataFrame(whose | columns | {"explained_by": named}, catalogue.index)


def columns(cube: Cube, region: Region, fair: Fair, use: Comparison | None = None, lost: Cube | None = None) -> Columns:
    """Of each feature, in points where scores or shares who left are compared and 0..1 where use is.

    fair  the comparison under the filters; that of a region has an interval, and nothing is judged by it
    use   more use than others of the same band and tier who gave other scores, where the region cuts scores
    lost  who of the cube left: compares churn instead, and tells `left`, the share of users who did

    users, reach, reach_rest   how many use it, and the shares of the selection and of everyone else
    naive, by_activity         difference between users and non-users; among people who are as active
    adjusted, low, high        the same for quarter, role and plan, too, with its interval; in a region by activity only
    comparable, overlap        whether both sides are large enough and unlike; share of people compared
    p, q, robust               of the badge; Benjamini-Hochberg over the comparable features; whether it holds
    explained_by, inseparable  the code of the feature that may take its credit, or -1; whether nobody can tell whose
    near_zero                  surely less than ten points either way
    reach_difference, reach_overlap   the fair comparison of use
    """
    everybody, inside = Counts.of(cube), Counts.within(cube, region)
    left = None if lost is None else Counts.within(lost, region)
    (users, y, _), people = inside.full.sum(1), inside.total[0].sum()
    others, rest = everybody.full[0].sum(0) - users, everybody.total[0].sum() - people
    some = np.where(users > 0, users, np.nan)
    found: Columns = {"users": users.astype(int)}
    found |= {} if left is None else {"left": left.full[0].sum(0) / some}
    found |= {"nps": score.POINTS * y / some}
    found |= _of_filter(fair) if region.everything else _of_region(fair, features.inside(inside, left, region))
    found |= {
        "reach": users / (people or np.nan),
        "reach_rest": others / (rest or np.nan),
        "reach_difference": np.nan if use is None else use.difference,
        "reach_overlap": np.nan if use is None else use.overlap,
    }
    if region.everything:
        found["verdict"] = verdicts(found, users / max(cube.active.sum(), 1), "score" if lost is None else "churn")
    return found


def _of_filter(fair: Fair) -> Columns:
    span = fair.t * fair.se
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
        "explained_by": fair.explained_by,
        "inseparable": fair.inseparable,
        "near_zero": fair.near_zero,
    }


def _of_region(fair: Fair, region: Comparison) -> Columns:
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
        "explained_by": -1,
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

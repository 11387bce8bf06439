"""The comparison of features as plain sentences: what holds, what explains it, and what is left of activity in it."""

import numpy as np
import pandas as pd

from nps.measures.cells import feature_labels
from nps.measures.fair import Fair
from nps.measures.findable import factor
from nps.measures.rules import FEWEST_FEATURES, ROBUST_BELOW
from nps.measures.score import POINTS
from nps.measures.verdicts import BETTER
from nps.wording import names
from nps.wording.speech import _
from nps.wording.words import between, percent

MOST_EXPLAINED = 3


def adjusted_for(fair: Fair) -> str:
    """What users and others are alike in."""
    *most, last = map(names.covariate, ["activity", *fair.covariates])
    if not most:
        return _("Adjusted for {last} alone.", last=last)
    return _("Adjusted for {most} and {last}.", most=tuple(most), last=last)


def of_confounding(fair: Fair) -> str:
    """How much of what activity explains may still be in the differences."""
    compared = int(fair.comparable.sum())
    if compared < FEWEST_FEATURES:
        return _(
            "With so few features nobody can tell how much of what activity explains is still in these differences."
        )
    if fair.kappa < 0.005:
        return _("As far as these features can tell, nothing of what activity explains is still in these differences.")
    share = percent(fair.kappa)
    return _("About {share} of what activity explains is still in these differences.", share=share)


def told(frame: pd.DataFrame) -> pd.DataFrame:
    """`Chosen.by_feature` with a label for each feature, and as verdict what is said of it."""
    frame = frame.assign(verdict=[_verdict(row) for _place, row in frame.iterrows()])
    frame.insert(0, "label", feature_labels(frame))
    return frame


def _verdict(row: pd.Series) -> str | None:
    """What is said of a feature: what to do with it, what explains its difference, or that there is practically none.

    None in a region, where nothing is judged.
    """
    if isinstance(row["explained_by"], str) and row["verdict"] != "hardly_used":
        if row["inseparable"]:
            return _("cannot be told apart from {feature}", feature=row["explained_by"])
        return _("explained by {feature}", feature=row["explained_by"])
    if row["near_zero"] and row["verdict"] == "no_clear_difference":
        return names.verdict("practically_none")
    return row["verdict"] and names.verdict(row["verdict"])


def of_features(frame: pd.DataFrame, fair: Fair, outcome: str = "score") -> list[str]:
    """What a chart of features shows: the best and the worst that hold, and what explains others. frame as `told`."""
    if frame["verdict"].isna().all():
        return [_("A part of the map shows differences and judges none: what holds is told of everybody in this view.")]
    held = _held(frame, outcome) or [_nothing_holds(fair, outcome)]
    explained = frame[frame["explained_by"].notna()].head(MOST_EXPLAINED)
    return held + [_explained(row) for _place, row in explained.iterrows()]


def _held(frame: pd.DataFrame, outcome: str) -> list[str]:
    """The best and the worst feature that hold against others as active."""
    held = frame[frame["robust"]].assign(good=lambda held: BETTER[outcome] * held["adjusted"]).sort_values("good")
    rows = [held.iloc[-1]] if len(held) and held.iloc[-1]["good"] > 0 else []
    rows += [held.iloc[0]] if len(held) and held.iloc[0]["good"] < 0 else []
    return [_of_score(row) if outcome == "score" else _of_leaving(row) for row in rows]


def _nothing_holds(fair: Fair, outcome: str) -> str:
    """That nothing holds, and what could have been found."""
    if np.isnan(fair.se).all():
        return _("All answers are of one account or person, so nobody can tell how sure these differences are.")
    points = POINTS * factor(int(fair.comparable.sum()), ROBUST_BELOW) * float(np.nanmedian(fair.se))
    if outcome == "score":
        return _(
            "No feature makes a difference that holds among people who are as active. "
            "A difference would usually be found from about {points:.0f} points.",
            points=points,
        )
    return _(
        "No feature makes a difference that holds among people who are as active. "
        "A difference would usually be found from about {points:.0f} percentage points.",
        points=points,
    )


def _explained(row: pd.Series) -> str:
    facts = {"feature": row["label"], "other": row["explained_by"]}
    if row["inseparable"]:
        return _("{feature} cannot be told apart from {other}: mostly the same people use both.", **facts)
    return _("The difference of {feature} is explained by {other}, which mostly the same people use.", **facts)


def of_users(feature: str, difference: float, low: float, high: float, users: int) -> str:
    """Users of a feature score otherwise than others who are as active."""
    facts = {"feature": feature, "points": abs(difference), "span": between(low, high), "users": users}
    if difference > 0:
        return _(
            "Users of {feature}: NPS {points:.0f} points higher than others as active ({span}, {users} users).",
            **facts,
        )
    return _(
        "Users of {feature}: NPS {points:.0f} points lower than others as active ({span}, {users} users).",
        **facts,
    )


def _of_score(row: pd.Series) -> str:
    return of_users(row["feature"], row["adjusted"], row["low"], row["high"], row["users"])


def _of_leaving(row: pd.Series) -> str:
    facts = {
        "feature": row["feature"],
        "points": abs(row["adjusted"]),
        "span": between(row["low"], row["high"]),
        "left": percent(row["left"]),
        "users": row["users"],
    }
    if row["adjusted"] > 0:
        return _(
            "Users of {feature} leave {points:.0f} points more often than others as active "
            "({span}; {left} of {users} left).",
            **facts,
        )
    return _(
        "Users of {feature} leave {points:.0f} points less often than others as active "
        "({span}; {left} of {users} left).",
        **facts,
    )

"""The comparison of features as plain sentences: what holds, what explains it, and what is left of activity in it."""

import numpy as np
import pandas as pd

from nps.measures.cells import feature_labels
from nps.measures.fair import Fair
from nps.measures.findable import factor
from nps.measures.rules import FEWEST_FEATURES, ROBUST_BELOW
from nps.measures.score import POINTS
from nps.measures.verdicts import BETTER
from nps.wording.words import percent, signed

MOST_EXPLAINED = 3


def adjusted_for(fair: Fair) -> str:
    """What users and others are alike in."""
    *most, last = ["activity", *fair.covariates]
    return f"Adjusted for {', '.join(most)} and {last}." if most else f"Adjusted for {last} alone."


def of_confounding(fair: Fair) -> str:
    """How much of what activity explains may still be in the differences."""
    compared = int(fair.comparable.sum())
    if compared < FEWEST_FEATURES:
        return "With so few features nobody can tell how much of what activity explains is still in these differences."
    if fair.kappa < 0.005:
        return "As far as these features can tell, nothing of what activity explains is still in these differences."
    return f"About {percent(fair.kappa)} of what activity explains is still in these differences."


def told(frame: pd.DataFrame) -> pd.DataFrame:
    """`Chosen.by_feature` with a label for each feature, and as verdict what is said of it."""
    frame = frame.assign(verdict=[_verdict(row) for _, row in frame.iterrows()])
    frame.insert(0, "label", feature_labels(frame))
    return frame


def _verdict(row: pd.Series) -> str | None:
    """What is said of a feature: what to do with it, what explains its difference, or that there is practically none.

    None in a region, where nothing is judged.
    """
    if isinstance(row["explained_by"], str) and row["verdict"] != "hardly used":
        return f"{'cannot be told apart from' if row['inseparable'] else 'explained by'} {row['explained_by']}"
    if row["near_zero"] and row["verdict"] == "no clear difference":
        return "practically no difference"
    return row["verdict"]


def of_features(frame: pd.DataFrame, fair: Fair, outcome: str = "score") -> list[str]:
    """What a chart of features shows: the best and the worst that hold, and what explains others. frame as `told`."""
    if frame["verdict"].isna().all():
        return ["A part of the map shows differences and judges none: what holds is told of everybody in this view."]
    held = _held(frame, outcome) or [_nothing_holds(fair, outcome)]
    return held + [_explained(row) for _, row in frame[frame["explained_by"].notna()].head(MOST_EXPLAINED).iterrows()]


def _held(frame: pd.DataFrame, outcome: str) -> list[str]:
    """The best and the worst feature that hold against others as active."""
    held = frame[frame["robust"]].assign(good=lambda held: BETTER[outcome] * held["adjusted"]).sort_values("good")
    rows = [held.iloc[-1]] if len(held) and held.iloc[-1]["good"] > 0 else []
    rows += [held.iloc[0]] if len(held) and held.iloc[0]["good"] < 0 else []
    return [_of_feature(row) if outcome == "score" else _of_leaving(row) for row in rows]


def _nothing_holds(fair: Fair, outcome: str) -> str:
    """That nothing holds, and what could have been found."""
    if np.isnan(fair.se).all():
        return "All answers are of one account or person, so nobody can tell how sure these differences are."
    points = POINTS * factor(int(fair.comparable.sum()), ROBUST_BELOW) * float(np.nanmedian(fair.se))
    told = "points" if outcome == "score" else "percentage points"
    return (
        "No feature makes a difference that holds among people who are as active. "
        f"A difference would usually be found from about {points:.0f} {told}."
    )


def _explained(row: pd.Series) -> str:
    if row["inseparable"]:
        return f"{row['label']} cannot be told apart from {row['explained_by']}: mostly the same people use both."
    return f"The difference of {row['label']} is explained by {row['explained_by']}, which mostly the same people use."


def _of_feature(row: pd.Series) -> str:
    more = "higher" if row["adjusted"] > 0 else "lower"
    return (
        f"Users of {row['feature']} score {abs(row['adjusted']):.0f} points {more} than others who are as active "
        f"({signed(row['low'])} to {signed(row['high'])}, n = {row['users']:,})."
    )


def _of_leaving(row: pd.Series) -> str:
    more = "more" if row["adjusted"] > 0 else "less"
    return (
        f"Users of {row['feature']} leave {abs(row['adjusted']):.0f} points {more} often than others who are as active "
        f"({signed(row['low'])} to {signed(row['high'])}; {percent(row['left'])} of n = {row['users']:,} left)."
    )

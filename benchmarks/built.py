"""Frames as one would load them, made into a panel at once, so that a hundred data sets take seconds."""

import numpy as np
import pandas as pd

import nps
from nps import counting
from nps.rollups import Rollup
from nps.spells import DAYS, EPOCH

DAY, WINDOW = pd.Timedelta(days=1), 90
REJECTED = pd.DataFrame(columns=["table", "row", "column", "value", "reason"])


def built(answers: pd.DataFrame, usage: pd.DataFrame | None = None) -> nps.Panel:
    """What `nps.load` makes of these frames, without reading them cell by cell; a test holds the two equal."""
    types = {"score": np.int8, "responded_at": "datetime64[us]"}
    answers = counting.ordered(answers.astype(types).assign(record=np.arange(len(answers)), survey=None))
    rollup = None if usage is None else _rolled_up(answers, usage)
    return nps.Panel.of(answers, None, rollup, measure="active_days", window_days=WINDOW, rejected=REJECTED)


def _rolled_up(answers: pd.DataFrame, usage: pd.DataFrame) -> Rollup:
    """The slow, obvious rollup: every use beside every answer of its person, then those in the window."""
    asked = answers[["person_id", "responded_at"]].assign(answer=answers.index)
    joined = asked.merge(usage, on="person_id")
    ago = joined["responded_at"] - joined["at"]
    joined = joined[(ago >= 0 * DAY) & (ago < WINDOW * DAY)]
    code, known = pd.factorize(joined["feature"], sort=True)
    pairs = joined[["answer", "uses"]].assign(feature=code).groupby(["feature", "answer"], as_index=False)["uses"].sum()
    days = joined[["answer"]].assign(day=joined["at"].dt.floor("D")).drop_duplicates().groupby("answer").size()
    activity = pairs.groupby("answer")["uses"].agg(uses="sum", features_used="size").assign(active_days=days)
    named = pd.DataFrame({"kind": "feature", "feature": known})
    activity = activity.assign(minutes=np.nan).rename_axis("answer").reset_index()
    return Rollup(named, pairs[["answer", "feature", "uses"]], activity, spells=_spells(answers, usage, known))


def _spells(answers: pd.DataFrame, usage: pd.DataFrame, features: pd.Index) -> pd.DataFrame:
    """The slow, obvious spells: see `nps.spells`."""
    person, feature = (
        pd.Index(known).get_indexer(usage[column])
        for known, column in ((answers["person_id"].unique(), "person_id"), (features, "feature"))
    )
    first = answers["responded_at"].min().normalize()
    days = pd.DataFrame({"person": person, "feature": feature, "day": (usage["at"] - EPOCH) // DAY})
    days = days[(usage["at"] >= first) & (person >= 0) & (feature >= 0)]
    each = days.groupby(["person", "feature", days["day"] // DAYS])["day"].agg(first="min", last="max")
    return each.droplevel(2).reset_index().astype(np.int32)


def names(word: str, numbers: np.ndarray) -> np.ndarray:
    """Text of one length, as “Feature 07” of 7, so that its order is that of the numbers."""
    width = len(str(numbers.max(initial=0)))
    return np.array([f"{word}{number:0{width}d}" for number in range(numbers.max(initial=0) + 1)], object)[numbers]

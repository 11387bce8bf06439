"""One person in the context of everybody: answers, and what was used before the latest."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from nps.joined import Joined
from nps.measures.cells import feature_labels
from nps.spells import EPOCH


def answers(panel: Joined, person_id: str) -> pd.DataFrame:
    """Every answer of the person, oldest first, as `panel.answers` has them; empty for somebody unknown."""
    return panel.answers[panel.answers["person_id"] == person_id]


def used(panel: Joined, answer: int) -> pd.DataFrame:
    """What was used before an answer (its position): kind, feature, label, uses, typical, reach; most used first.

    typical  median uses among the respondents who used it
    reach    share of respondents who used it, 0..1
    """
    own = panel.pairs.answer == answer
    codes = panel.pairs.feature[own]
    respondents = np.zeros(len(panel.answers), bool)
    respondents[panel.latest_positions] = True
    same = np.isin(panel.pairs.feature, codes) & respondents[panel.pairs.answer]
    typical = pd.Series(panel.pairs.uses[same]).groupby(panel.pairs.feature[same]).median()
    features = panel.features.assign(label=feature_labels(panel.features)).iloc[codes]
    return (
        features[["kind", "feature", "label"]]
        .assign(
            uses=panel.pairs.uses[own],
            typical=typical.reindex(codes).to_numpy(),
            reach=features["users"] / max(len(panel.latest_positions), 1),
        )
        .sort_values("uses", ascending=False, kind="stable", ignore_index=True)
    )


def weeks(panel: Joined, person_id: str) -> pd.DataFrame:
    """Use as far as its days are kept: week (its Monday), features in use in it; every week in which any is known.

    A feature counts as in use from the first to the last day of use in each 90 days, as `panel.spells` keep them.
    """
    number = panel.person[np.flatnonzero(panel.answers["person_id"] == person_id)[:1]]
    own = panel.spells[np.isin(panel.spells["person"], number)]
    spans = zip(own["feature"], _monday(own["first"]), _monday(own["last"]), strict=True)
    known = pd.DataFrame(
        [(week, feature) for feature, first, last in spans for week in range(first, last + 1, 7)],
        columns=["week", "feature"],
    ).drop_duplicates()
    counted = known.groupby("week", as_index=False).agg(features=("feature", "size"))
    return counted.assign(week=EPOCH + pd.to_timedelta(counted["week"].astype("int64"), unit="D"))


def _monday(day: pd.Series) -> pd.Series:
    """The Monday on or before a day, both in days since 1970, which began on a Thursday."""
    return day - (day + 3) % 7


def around(people: Sequence[str], person_id: str | None) -> tuple[int, str | None, str | None]:
    """Where somebody stands in a list of people, 1 for the first, and who is before and after; 0 who is not in it."""
    if person_id not in people:
        return 0, None, None
    place = people.index(person_id)
    return place + 1, people[place - 1] if place else None, (*people, None)[place + 1]


def users_and_stopped(panel: Joined, feature: int) -> tuple[np.ndarray, np.ndarray]:
    """Per answer, whether its person used a feature (its row) before it; and whether only before an earlier one."""
    used = np.zeros(len(panel.person), bool)
    used[panel.pairs.answer[panel.pairs.feature == feature]] = True
    ever = pd.Series(used).groupby(panel.person).cummax().to_numpy()
    return used, ever & ~used

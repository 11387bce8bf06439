"""One person in the context of everybody: answers, and what was used before the latest."""

import numpy as np
import pandas as pd

from nps.joined import Joined
from nps.measures.cells import feature_labels


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


def users_and_stopped(panel: Joined, feature: int) -> tuple[np.ndarray, np.ndarray]:
    """Per answer, whether its person used a feature (its row) before it; and whether only before an earlier one."""
    used = np.zeros(len(panel.person), bool)
    used[panel.pairs.answer[panel.pairs.feature == feature]] = True
    ever = pd.Series(used).groupby(panel.person).cummax().to_numpy()
    return used, ever & ~used

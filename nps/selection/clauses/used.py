"""People who used a feature before they answered."""

from typing import Self

import numpy as np

from nps.joined import Joined
from nps.notes import InputError, Note, chain, note
from nps.selection.clauses.choice import Choice


class Used(Choice):
    """A feature, or any of several, used in the window before the answer; by name, of whatever kind."""

    keyword = "used"
    since = 2

    def passes(self, panel: Joined) -> np.ndarray:
        unknown = set(self.values).difference(panel.features["feature"])
        if unknown:
            raise InputError("selection.no_feature", name=min(unknown))
        wanted = np.flatnonzero(panel.features["feature"].isin(self.values))
        runs = panel.pairs.runs(len(panel.features))
        used = np.zeros(len(panel.answers), bool)
        for code in wanted:
            used[panel.pairs.answer[runs[code]]] = True
        return used

    @classmethod
    def options(cls, panel: Joined) -> list[Self]:
        return [cls(cls.keyword, (name,)) for name in dict.fromkeys(panel.features["feature"])]

    def describe(self) -> Note:
        return note("whom.used", names=chain("or", self.values))

"""Who answered lately, and what can be told of them alone."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from nps.chosen.selected import Asked, Selected
from nps.measures import nonresponse, score


@dataclass(frozen=True, eq=False, repr=False)
class Recent(Selected[Asked]):
    """Who answered in the last window of the data: the only ones who can be set against everybody who was active."""

    def reweighted(self) -> nonresponse.Reweighted:
        """The score if everybody active had answered; without who used nothing."""
        return nonresponse.reweighted(*self._asked_and_everybody(), self.panel.cluster[self.places])

    def who_answered(self) -> pd.DataFrame:
        """By decile of everybody's activity: low, high, users, respondents, response and more."""
        return nonresponse.response_by_activity(*self._asked_and_everybody())

    def _asked_and_everybody(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        people = self.people
        active = people["activity"].where(people["activity"] > 0).to_numpy(float)
        return score.Y[people["score"]], active, self.panel.everybody[self.panel.measure].to_numpy(float)

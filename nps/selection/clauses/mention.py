"""People who name a feature."""

from typing import Self

import numpy as np

from nps.joined import Joined
from nps.notes import InputError, Note, Value, chain, note
from nps.selection.clauses.choice import Choice


class Mention(Choice):
    """A feature that the comment names, or any of several, by kind and name, as “feature:Issue sync”."""

    keyword = "mention"
    since = 3

    @classmethod
    def to(cls, kind: str, feature: str) -> Self:
        """Who names this feature."""
        return cls(cls.keyword, (f"{kind}:{feature}",))

    def passes(self, panel: Joined) -> np.ndarray:
        coding = panel.coding
        number = {f"{kind}:{feature}": number for number, (kind, feature) in enumerate(coding.features)}
        if unknown := set(self.values).difference(number):
            raise InputError("selection.no_mention", name=min(unknown))
        naming = coding.named_in[np.isin(coding.named, [number[value] for value in self.values])]
        passing = np.zeros(len(panel.answers), bool)
        passing[coding.answer[naming]] = True
        return passing

    @classmethod
    def options(cls, panel: Joined) -> list[Self]:
        if not panel.answers["comment"].notna().any():
            return []
        every = dict.fromkeys([*panel.named_features, *(feature for feature, _names in panel.rules.aliases)])
        return [cls.to(*feature) for feature in every]

    @property
    def label(self) -> Value:
        return chain("or", [note("as_is", text=value.partition(":")[2]) for value in self.values])

    def describe(self) -> Note:
        return note("whom.mention", names=self.label)

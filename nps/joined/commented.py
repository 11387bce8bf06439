"""Answers whose comments are read by rules."""

from dataclasses import replace
from functools import cached_property
from typing import Self, TypeVar

import pandas as pd

from nps.comments import Coding, Comments, Feature, Rules

Other = TypeVar("Other", bound="Commented")


class Commented:
    """A part of what was joined: the answers, the features of the product, and the rules that hold."""

    answers: pd.DataFrame
    features: pd.DataFrame
    rules: Rules

    @cached_property
    def comments(self) -> Comments:
        """What people wrote."""
        return Comments.of(self.answers)

    @cached_property
    def named_features(self) -> tuple[Feature, ...]:
        """(kind, feature) of each row of `features`."""
        return tuple(zip(self.features["kind"], self.features["feature"], strict=True))

    @property
    def coding(self) -> Coding:
        """What the comments say under the rules of this panel."""
        return self.comments.coded(self.rules, self.named_features)

    def with_rules(self, rules: Rules) -> Self:
        """The same with comments read by other rules."""
        return self if rules == self.rules else self.as_written(replace(self, rules=rules))

    def as_written(self, other: Other) -> Other:
        """Another one of the same comments, whose words are read once for both."""
        other.__dict__["comments"] = self.comments
        return other

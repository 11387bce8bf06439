"""What people wrote: its words, and how they were read under the last few rules."""

from collections.abc import Callable, Hashable, Sequence
from functools import cached_property
from threading import RLock
from typing import Any, Self, TypeVar

import numpy as np
import pandas as pd

from nps.comments.coding import Coding, Named, coded, named
from nps.comments.phrases import Index
from nps.comments.rules import Feature, Rules
from nps.comments.tokens import Tokens, folded_words, tokens

KEPT = 4  # codings
Made = TypeVar("Made")


class Comments:
    """The comments of a table of answers, read once for all who ask.

    answer  positions of the answers with a comment, ascending: int32 (n,)
    texts   what they say, without blanks around
    score   of each: float (n,)
    """

    def __init__(self, answer: np.ndarray, texts: Sequence[str], score: np.ndarray) -> None:
        self.answer, self.texts, self.score = answer.astype(np.int32), list(texts), score.astype(float)
        self._lock = RLock()
        self._named: dict[Hashable, Named] = {}
        self._coded: dict[Hashable, Coding] = {}
        self._once: dict[str, Any] = {}

    @classmethod
    def of(cls, answers: pd.DataFrame) -> Self:
        """Of answers with score and comment; missing and blank ones are none."""
        said = answers["comment"].astype(object)
        texts = ["" if pd.isna(text) else str(text).strip() for text in said]
        some = np.flatnonzero([bool(text) for text in texts])
        return cls(some, [texts[place] for place in some], answers["score"].to_numpy(float)[some])

    @property
    def tokens(self) -> Tokens:
        """Their words."""
        return self.index.found

    @property
    def index(self) -> Index:
        """Where each word stands."""
        with self._lock:
            return self._index

    @cached_property
    def _index(self) -> Index:
        return Index(tokens(self.texts))

    def coded(self, rules: Rules, features: Sequence[Feature]) -> Coding:
        """What they say under these rules; the last few are kept, and whoever asks meanwhile waits."""
        names = tuple(features), rules.aliases, rules.cued
        with self._lock:
            found = _latest(self._named, names, lambda: named(self.index, self.score, rules, features))
            key = rules.version, names
            return _latest(self._coded, key, lambda: coded(self.answer, self.index, rules, found))

    def holding(self, phrase: str) -> np.ndarray:
        """Which of them hold these words one after the other, whatever their case: bool (n,)."""
        out = np.zeros(len(self.texts), bool)
        if words := folded_words(phrase):
            out[self.tokens.comment[self.index.ends([" ".join(words)]) > 0]] = True
        return out

    def once(self, what: str, make: Callable[[], Made]) -> Made:
        """What is made of all of them, whatever the rules: made when first asked for."""
        with self._lock:
            if what not in self._once:
                self._once[what] = make()
            return self._once[what]


def _latest(made: dict[Hashable, Made], key: Hashable, make: Callable[[], Made]) -> Made:
    """What was made under a key, or is now; of all, the latest few stay."""
    made[key] = made.pop(key) if key in made else make()
    while len(made) > KEPT:
        del made[next(iter(made))]
    return made[key]

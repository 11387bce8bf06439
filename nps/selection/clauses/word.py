"""People who wrote a word."""

import numpy as np

from nps.comments.tokens import folded_words
from nps.joined import Joined
from nps.notes import InputError, Note, Value, chain, note
from nps.selection.clauses.choice import Choice


class Word(Choice):
    """A word or several one after the other, or any of several such, whatever their case and accents."""

    keyword = "word"
    since = 3

    def passes(self, panel: Joined) -> np.ndarray:
        passing = np.zeros(len(panel.answers), bool)
        for words in self.values:
            if not folded_words(words):
                raise InputError("selection.word")
            passing[panel.comments.answer[panel.comments.holding(words)]] = True
        return passing

    def fits(self, panel: Joined) -> bool:
        return bool(panel.answers["comment"].notna().any()) and all(map(folded_words, self.values))

    @property
    def label(self) -> Value:
        return chain("or", [note("as_is", text=words) for words in self.values])

    def describe(self) -> Note:
        return note("whom.word", words=self.label)

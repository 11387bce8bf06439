"""Phrases found in the words of all comments at once."""

from bisect import bisect_left
from collections.abc import Iterable

import numpy as np

from nps.comments.tokens import Tokens

FAR = 3  # words on which the next one of a phrase is looked for after a ~


class Index:
    """Where each word stands."""

    def __init__(self, found: Tokens) -> None:
        self.found = found
        self.order = np.array(sorted(range(len(found.words)), key=found.words.__getitem__), np.int64)
        self.ranked = [found.words[number] for number in self.order]
        self.places = np.argsort(found.word, kind="stable").astype(np.int32)
        self.begin = np.searchsorted(found.word[self.places], np.arange(len(found.words) + 1))

    def ids(self, text: str) -> np.ndarray:
        """The numbers of a word, or of every word that begins with it where it ends in *."""
        low = bisect_left(self.ranked, text.rstrip("*"))
        if text[-1] == "*":
            return self.order[low : bisect_left(self.ranked, text[:-1] + "\U0010ffff")]
        return self.order[low : low + 1] if self.ranked[low : low + 1] == [text] else self.order[:0]

    def ends(self, entries: Iterable[str], left_out: np.ndarray | None = None) -> np.ndarray:
        """Where the longest match that begins at each place ends; 0 where none begins: int32 (L,).

        entries   words with a blank between; x* is any word that begins with x, ~ up to two words in between
        left_out  places that match nothing: bool (L,)
        """
        open_ = np.ones(len(self.found.word), bool) if left_out is None else ~left_out
        phrases = [entry.split() for entry in entries]
        out = self._alone([phrase[0] for phrase in phrases if len(phrase) == 1], open_)
        wanted = np.zeros(len(self.ranked), bool)
        for phrase in phrases:
            if len(phrase) > 1:
                begin, end = self._spans(phrase, open_, wanted)
                np.maximum.at(out, begin, end.astype(np.int32))
        return out

    def _alone(self, words: Iterable[str], open_: np.ndarray) -> np.ndarray:
        wanted = np.zeros(len(self.ranked), bool)
        for word in words:
            wanted[self.ids(word)] = True
        here = np.flatnonzero(wanted[self.found.word] & open_)
        out = np.zeros(len(open_), np.int32)
        out[here] = here + 1
        return out

    def _spans(self, phrase: list[str], open_: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Where a phrase begins and ends, never beyond a clause; wanted: room for a mark per word."""
        word, clause = self.found.word, self.found.clause
        head, *rest = phrase
        began = np.concatenate([self.places[:0], *(self.places[self._run(number)] for number in self.ids(head))])
        began = now = began[open_[began]]
        far = 1
        for piece in rest:
            if piece == "~":
                far = FAR
                continue
            wanted[:] = False
            wanted[self.ids(piece)] = True
            then = np.concatenate([now + step for step in range(1, far + 1)])
            began, far = np.tile(began, far), 1
            there = then < len(word)
            began, then = began[there], then[there]
            same = wanted[word[then]] & open_[then] & (clause[then] == clause[began])
            began, now = began[same], then[same]
        return began, now + 1

    def _run(self, number: int) -> slice:
        return slice(self.begin[number], self.begin[number + 1])


def entries(texts: Iterable[str]) -> list[str]:
    """The entries of several lists with commas between, each once."""
    return list(dict.fromkeys(" ".join(entry.split()) for text in texts for entry in text.split(",") if entry.strip()))


def counted(ends: np.ndarray) -> np.ndarray:
    """Which matches count when none may overlap an earlier one: bool (L,)."""
    reached = np.maximum.accumulate(ends)
    place = np.arange(len(ends), dtype=np.int32)
    out = ends > 0
    out[1:] &= reached[:-1] <= place[1:]
    return out


def covered(ends: np.ndarray) -> np.ndarray:
    """Which places lie in a match: bool (L,)."""
    return np.maximum.accumulate(ends) > np.arange(len(ends), dtype=np.int32)


def followed(first: np.ndarray, second: np.ndarray, clause: np.ndarray) -> np.ndarray:
    """Where a match of `first` that one of `second` follows at once ends; 0 where there is none: int32 (L,)."""
    out, begin = np.zeros_like(first), np.flatnonzero(first)
    then = first[begin]
    begin, then = begin[then < len(first)], then[then < len(first)]
    same = clause[begin] == clause[then]
    out[begin[same]] = second[then[same]]
    return out

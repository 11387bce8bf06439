"""Which of the product's own features comments name: whole, plural, joined, hyphenated, misspelt.

A name of one word is often an ordinary word ("home", "search", "notes"), so it counts only where something around it
says that a part of the product is meant. Those cues are English.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from nps.comments.rules import Feature, Rules
from nps.comments.tokens import END, MARKS, Tokens, folded_words

CUES = tomllib.loads((Path(__file__).parent / "cues.toml").read_text("utf-8"))
NOUNS, VERBS, DETERMINERS = (frozenset(CUES[name].split()) for name in ("nouns", "verbs", "determiners"))
BEFORE = DETERMINERS | frozenset(CUES["before"].split())
ORDINARY = re.compile("|".join(CUES["ordinary"]))
BASE = 0x9E3779B97F4A7C15
SHORT = 6  # letters: a shorter name is not looked for in joined words ("that's so" is not SSO)
ABBREVIATION = 5  # capitals at most
SLIP, LONG_SLIP, LONG, LONGEST = 5, 2, 9, 30  # letters of a slip, of those who may have two, and that is looked at
OFTEN, BESIDE = 3, 10  # times that a word stands, and per how many of the name it is a word of its own
_PLURALS = (("ies", "y"), ("ves", "ve"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"), ("s", ""))


class Mentions(NamedTuple):
    """One entry per place where a comment names a feature; int32 (M,) each, begin and end in the row of all tokens."""

    comment: np.ndarray
    feature: np.ndarray
    begin: np.ndarray
    end: np.ndarray

    def places(self, length: int) -> np.ndarray:
        """Which tokens belong to a name: bool (L,)."""
        inside = np.zeros(length + 1, np.int32)
        np.add.at(inside, self.begin, 1)
        np.add.at(inside, self.end, -1)
        return inside[:-1].cumsum() > 0


class Names:
    """The names to look for.

    features  (kind, feature); their order is their number
    aliases   other names of some
    cued      whether a feature's name needs a cue; without an entry those of one word do, but for abbreviations
    """

    def __init__(
        self,
        features: Sequence[Feature],
        aliases: Mapping[Feature, Sequence[str]],
        cued: Mapping[Feature, bool],
    ) -> None:
        self.numbers: dict[str, list[int]] = {}
        self.size: dict[str, int] = {}
        self.cued: set[tuple[str, int]] = set()
        self.words: set[str] = set()
        self.forms: dict[str, str] = {}
        for number, feature in enumerate(features):
            for name in (feature[1], *aliases.get(feature, ())):
                self._add(number, name, cued.get(feature))
        self.longest = max(self.size.values(), default=0) + 1

    def _add(self, number: int, name: str, cued: bool | None) -> None:
        written = folded_words(name)
        pieces = [stem(word) for word in written]
        if not (key := "".join(pieces)) or number in self.numbers.get(key, ()):
            return
        self.numbers.setdefault(key, []).append(number)
        self.size.setdefault(key, len(pieces))
        self.forms.setdefault(key, " ".join(written))
        self.words |= {piece for piece in pieces if len(piece) >= 4} | ({key} if len(key) >= 7 else set())
        ordinary = len(pieces) == 1 and not (name.isupper() and len(name) <= ABBREVIATION)
        if ordinary if cued is None else cued:
            self.cued.add((key, number))

    def find(self, found: Tokens) -> Mentions:
        """Where the comments name them; longest names first, each word used once."""
        hits, line, of, used = [], None, -1, 0
        for at, length, key in self._windows(found):
            where = int(found.comment[at])
            if where != of:
                line, of, used = None, where, 0
            if at < used:
                continue
            named = [number for number in self.numbers[key] if (key, number) not in self.cued]
            if len(named) < len(self.numbers[key]):
                line = line or Line(found, where)
                if line.cue(self.forms[key], at - int(found.starts[where]), length):
                    named = self.numbers[key]
            hits += [(where, number, at, at + length) for number in named]
            used = at + length if named else used
        return Mentions(*np.array(hits, np.int32).reshape(-1, 4).T)

    def _windows(self, found: Tokens) -> list[tuple[int, int, str]]:
        """Where words joined are a name, by place, longest first: begin, size, key.

        Joined words are compared by a rolling hash, so that no string is made of words that are no name.
        """
        stems = self._corrected([stem(word) for word in found.words], found)
        value, power = np.array([hashed(text) for text in stems], np.uint64).reshape(-1, 2).T[:, found.word]
        keys = {hashed(key)[0]: key for key in self.numbers}
        likely = np.zeros(1 << 16, bool)
        likely[np.array([key >> 48 for key in keys], int)] = True
        rows, joined, valid = [], value.copy(), found.whole.copy()
        for size in range(1, self.longest + 1):
            if size > 1:
                joined, valid = joined[:-1], valid[:-1]
                joined = joined * power[size - 1 :] + value[size - 1 :]
                valid = valid & found.whole[size - 1 :] & (found.comment[: len(valid)] == found.comment[size - 1 :])
            for at in np.flatnonzero(likely[joined >> np.uint64(48)] & valid).tolist():
                key = keys.get(int(joined[at]))
                if key is None or key != "".join(stems[number] for number in found.word[at : at + size]):
                    continue
                pieces = self.size[key]
                if size == pieces or (size <= pieces + 1 and len(key) >= SHORT):
                    rows.append((at, -size, key))
        return [(at, -size, key) for at, size, key in sorted(rows)]

    def _corrected(self, stems: list[str], found: Tokens) -> list[str]:
        """Each word, or the word of a name that it is a slip of."""
        targets = sorted(self.words)
        open_ = [i for i, text in enumerate(stems) if SLIP <= len(text) <= LONGEST and text not in self.words]
        if not targets or not open_:
            return stems
        known, often = vocabulary() - self.words, {}
        for text, count in zip(stems, np.bincount(found.word, minlength=len(stems)), strict=True):
            often[text] = often.get(text, 0) + int(count)
        far = cdist([stems[i] for i in open_], targets, scorer=OSA.distance, score_cutoff=LONG_SLIP, dtype=np.uint8)
        out = list(stems)
        for row, column in zip(*np.nonzero(far <= LONG_SLIP), strict=True):
            text, target = stems[open_[row]], targets[column]
            own = often[text] >= OFTEN and often[text] * BESIDE > often.get(target, 0)
            if is_slip(text, target, int(far[row, column])) and text not in known and not own:
                out[open_[row]] = target
        return out


class Line:
    """A comment's words, to look around in."""

    def __init__(self, found: Tokens, comment: int) -> None:
        here = slice(found.starts[comment], found.starts[comment + 1])
        self.words = [found.words[number] for number in found.word[here]]
        self.written = [found.spelled[number] for number in found.written[here]]
        self.begin = np.cumsum([0, *(len(word) + 1 for word in self.words)])
        self.text = " ".join(self.words)
        self.ordinary = [match.span() for match in ORDINARY.finditer(self.text)]
        self.shouted = " ".join(self.written).isupper()

    def cue(self, form: str, at: int, size: int) -> bool:
        """Whether something says that a part of the product is meant by the words there, of a name in this form."""
        begin, end = self.begin[at], self.begin[at + size] - 1
        if any(first < end and begin < last for first, last in self.ordinary):
            return False
        before = self.words[at - 1] if at else END
        after = self.words[at + size] if at + size < len(self.words) else END
        same, capital = form == self.words[at], self.written[at][:1].isupper() and not self.shouted
        if capital and before != END:
            return True
        if after in NOUNS or after in VERBS or self.words[at + size : at + size + 2] == ["to", "work"]:
            return True
        if self.words[max(at - 2, 0) : at] == ["thanks", "to"]:
            return True
        if capital and after not in MARKS:
            return same and (after in ("and", "or", "on", "by", "for") or after.endswith(("ed", "s")))
        return before in BEFORE and (same or before in DETERMINERS)


def is_slip(text: str, target: str, distance: int) -> bool:
    """Whether a word can be a misspelling of another, by how far they are apart."""
    allowed = 1 if len(target) < LONG else LONG_SLIP
    return len(target) >= SLIP and distance <= allowed and (text[0] == target[0] or text[1:3] == target[1:3])


def hashed(text: str) -> tuple[int, int]:
    """A number for a text, and what to multiply another's by to have it follow: of "ab", a * power(b) + b; 64 bits."""
    value, power = 0, 1
    for letter in text:
        value, power = (value * BASE + ord(letter)) % (1 << 64), power * BASE % (1 << 64)
    return value, power


def stem(word: str) -> str:
    """Without the English plural."""
    for ending, instead in _PLURALS:
        if word.endswith(ending) and len(word) - len(ending) >= 2 and not word.endswith("ss"):
            return word[: -len(ending)] + instead
    return word


@lru_cache(1)
def vocabulary() -> frozenset[str]:
    """Stems of the words of our themes: none of them is a slip of a name, whatever rules hold."""
    phrases = [phrase for theme in Rules.default().themes for phrase in theme.phrases]
    words = {word.rstrip("*") for phrase in phrases for word in phrase.split()}
    return frozenset(stem(word) for word in words if len(word) > 3)

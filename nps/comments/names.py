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
from nps.comments.tokens import END, MARKS, Tokens, folded

CUES = tomllib.loads((Path(__file__).parent / "cues.toml").read_text("utf-8"))
NOUNS, VERBS, DETERMINERS = (frozenset(CUES[name].split()) for name in ("nouns", "verbs", "determiners"))
BEFORE = DETERMINERS | frozenset(CUES["before"].split())
ORDINARY = re.compile("|".join(CUES["ordinary"]))
SHORT = 6  # letters: a shorter name is not looked for in joined words ("that's so" is not SSO)
AROUND = 6  # words on either side that say whether the product is meant
ABBREVIATION = 5  # capitals at most
SLIP, LONG_SLIP, LONG, LONGEST = 5, 2, 9, 30  # letters of a slip, of those who may have two, and that is looked at
OFTEN, BESIDE = 3, 10  # times that a word stands, and per how many of the name it is a word of its own
FOLLOWING = frozenset(("and", "or", "on", "by", "for", "to", "from", "with", "in"))  # a name that begins a sentence
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
        each = [(number, of, name) for number, of in enumerate(features) for name in (of[1], *aliases.get(of, ()))]
        for (number, of, name), written in zip(each, folded([name for *_, name in each]), strict=True):
            self._add(number, name, written, cued.get(of))
        self.longest = max(self.size.values(), default=0) + 1

    def _add(self, number: int, name: str, written: list[str], cued: bool | None) -> None:
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
        hits, used, judged = [], 0, {}
        for at, length, key in self._windows(found):
            if at < used:
                continue
            named = [number for number in self.numbers[key] if (key, number) not in self.cued]
            if len(named) < len(self.numbers[key]) and meant(judged, found, self.forms[key], at, length):
                named = self.numbers[key]
            hits += [(found.comment[at], number, at, at + length) for number in named]
            used = at + length if named else used
        return Mentions(*np.array(hits, np.int32).reshape(-1, 4).T)

    def _windows(self, found: Tokens) -> list[tuple[int, int, str]]:
        """Where words joined are a name, by place, longest first: begin, size, key.

        Only what a name begins with is followed, one word further at a time.
        """
        beginnings = {key[:end] for key in self.numbers for end in range(1, len(key) + 1)}
        stems = self._corrected([stem(word) for word in found.words], found)
        begin = np.flatnonzero(np.array([text in beginnings for text in stems], bool)[found.word])
        texts, text, rows = stems, found.word[begin], []
        for size in range(1, self.longest + 1):
            is_name = np.array([self._fits(joined, size) for joined in texts], bool)[text]
            rows += [(at, -size, texts[number]) for at, number in zip(begin[is_name], text[is_name], strict=True)]
            goes_on = begin + size < len(found.word)
            begin, text = begin[goes_on], text[goes_on]
            then = begin + size
            pair = text.astype(np.int64) * len(stems) + found.word[then]
            same = found.comment[then] == found.comment[begin]
            distinct, number = np.unique(pair[same], return_inverse=True)
            texts = [texts[code // len(stems)] + stems[code % len(stems)] for code in distinct]
            kept = np.array([joined in beginnings for joined in texts], bool)[number]
            begin, text = begin[same][kept], number[kept]
        return [(int(at), -size, key) for at, size, key in sorted(rows)]

    def _fits(self, joined: str, size: int) -> bool:
        """Whether so many words joined are a name: as many as it has, or one more of a long one, or fewer."""
        pieces = self.size.get(joined, 0)
        return bool(pieces) and (size == pieces or (size <= pieces + 1 and len(joined) >= SHORT))

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


def meant(judged: dict[tuple, bool], found: Tokens, form: str, at: int, size: int) -> bool:
    """Whether something around the words there says that a part of the product is meant, of a name in this form.

    judged  what was said of other places: equal surroundings are looked at once
    """
    comment = found.comment[at]
    low = max(found.starts[comment], at - AROUND)
    here = found.written[low : min(found.starts[comment + 1], at + size + AROUND)]
    asked = form, here.tobytes(), at - low, size, bool(found.shouted[comment])
    if asked not in judged:
        words = [found.words[number] for number in found.word[low : low + len(here)]]
        capital = found.spelled[found.written[at]][:1].isupper() and not found.shouted[comment]
        judged[asked] = _is_meant(words, form, int(at - low), size, capital=capital)
    return judged[asked]


def _is_meant(words: list[str], form: str, place: int, size: int, *, capital: bool) -> bool:
    if _is_ordinary(words, place, size):
        return False
    before, after = (words[place - 1] if place else END), (words[place + size] if place + size < len(words) else END)
    if after in NOUNS or after in VERBS or words[place + size : place + size + 2] == ["to", "work"]:
        return True
    if words[max(place - 2, 0) : place] == ["thanks", "to"]:
        return True
    same = form == words[place]
    if capital and before != END:
        return True
    if capital and after not in MARKS:
        return same and (after in FOLLOWING or after.endswith(("ed", "s")))
    return before in BEFORE and (same or before in DETERMINERS)


def _is_ordinary(words: list[str], place: int, size: int) -> bool:
    """Whether words at a place are part of an ordinary phrase."""
    begin = sum(map(len, words[:place])) + place
    end = begin + len(" ".join(words[place : place + size]))
    return any(match.start() < end and begin < match.end() for match in ORDINARY.finditer(" ".join(words)))


def is_slip(text: str, target: str, distance: int) -> bool:
    """Whether a word can be a misspelling of another, by how far they are apart."""
    allowed = 1 if len(target) < LONG else LONG_SLIP
    return len(target) >= SLIP and distance <= allowed and (text[0] == target[0] or text[1:3] == target[1:3])


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

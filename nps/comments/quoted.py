"""Comments in pieces, as they were written: which words name a theme or a feature, and what they come to."""

import itertools
import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

import numpy as np

from nps.comments.coding import Coding
from nps.comments.comments import Comments
from nps.comments.rules import Feature
from nps.comments.sides import SIDES
from nps.comments.tokens import MARKS, folded_words

Pieces = tuple[tuple[str, bool], ...]
Span = tuple[int, int]


class Quoted(NamedTuple):
    """One comment.

    pieces    all of it, in pieces, each with whether it is marked
    themes    keys of the themes that it names, and on which sides
    features  the features that it names, and on which sides
    """

    pieces: Pieces
    themes: tuple[tuple[str, tuple[str, ...]], ...]
    features: tuple[tuple[Feature, tuple[str, ...]], ...]


class About(NamedTuple):
    """What is marked: some themes, features and phrases; where none is named, all themes and features."""

    themes: Collection[str] = ()
    features: Collection[Feature] = ()
    words: Collection[str] = ()

    def __bool__(self) -> bool:
        return bool(self.themes or self.features or self.words)


EVERYTHING = About()


def quoted(
    comments: Comments, coding: Coding, answers: Iterable[int], about: About = EVERYTHING
) -> list[Quoted | None]:
    """What some answers, positions in `panel.answers`, say; None where nobody wrote anything."""
    rows = coding.rows(np.array([*answers], int)).tolist()
    return [None if row < 0 else _quoted(comments, coding, row, about) for row in rows]


def _quoted(comments: Comments, coding: Coding, row: int, about: About) -> Quoted:
    codes = np.flatnonzero(coding.sided[row])
    themes = tuple((coding.themes[code], sides_of(coding.sided[row, code])) for code in codes)
    named = slice(*np.searchsorted(coding.named_in, [row, row + 1]))
    pairs = zip(coding.named[named], coding.named_sides[named], strict=True)
    features = tuple((coding.features[code], sides_of(sides)) for code, sides in pairs)
    return Quoted(_pieces(comments, row, _marked(comments, coding, row, about)), themes, features)


def sides_of(bits: int) -> tuple[str, ...]:
    """The sides that bits stand for, but for none."""
    return tuple(side for number, side in enumerate(SIDES) if number and int(bits) >> number & 1)


def _marked(comments: Comments, coding: Coding, row: int, about: About) -> list[Span]:
    """First place, and last but one, of what is marked in a comment."""
    hits = slice(*np.searchsorted(coding.hit_in, [row, row + 1]))
    themes = [coding.themes[code] for code in coding.hit[hits]]
    found, here = coding.mentions, np.flatnonzero(coding.mentions.comment == row)
    features = [coding.features[code] for code in found.feature[here]]
    named = [*themes, *features]
    begin, end = (
        np.concatenate(each)
        for each in ((coding.hit_begin[hits], found.begin[here]), (coding.hit_end[hits], found.end[here]))
    )
    wanted = {*about.themes, *about.features} if about else {*named}
    spans = [(int(a), int(b)) for what, a, b in zip(named, begin, end, strict=True) if what in wanted]
    return [*spans, *_held(comments, row, about.words)]


def _held(comments: Comments, row: int, phrases: Iterable[str]) -> list[Span]:
    """Where a comment holds these words one after the other."""
    tokens, spans = comments.tokens, []
    begin, end = tokens.starts[row : row + 2]
    here = [tokens.words[number] for number in tokens.word[begin:end]]
    for wanted in filter(None, map(folded_words, phrases)):
        places = range(len(here) - len(wanted) + 1)
        spans += [(begin + at, begin + at + len(wanted)) for at in places if here[at : at + len(wanted)] == wanted]
    return spans


def _pieces(comments: Comments, row: int, spans: Sequence[Span]) -> Pieces:
    text = unicodedata.normalize("NFC", comments.texts[row])
    begin, end = comments.tokens.starts[row : row + 2]
    spelled = [comments.tokens.spelled[number] for number in comments.tokens.written[begin:end]]
    where = places(text, spelled)
    covered = np.zeros(len(text) + 1, bool)
    for first, last in spans:
        known = [place for place in where[first - begin : last - begin] if place]
        if known:
            covered[known[0][0] : known[-1][1]] = True
    edges = [0, *(np.flatnonzero(np.diff(covered)) + 1), len(text)]
    return tuple((text[a:b], bool(covered[a])) for a, b in itertools.pairwise(edges) if a < b)


def places(text: str, words: Sequence[str]) -> list[Span | None]:
    """Where each of these words, in their order, stands in a text; None for marks and for what is not there.

    By the words as written, never by offsets in folded text: folding changes lengths.
    """
    found: list[Span | None] = []
    reached = 0
    for word in words:
        place = None if word in (*MARKS, "") else _next(text, word, reached)
        reached = place[1] if place else reached
        found.append(place)
    return found


def _next(text: str, word: str, begin: int) -> Span | None:
    """The next word of the text, where it is this one; "AI" may be written "A.I."."""
    while begin < len(text) and not text[begin].isalnum():
        begin += 1
    if text.startswith(word, begin):
        return begin, begin + len(word)
    match = re.compile(r"\W*".join(map(re.escape, word))).match(text, begin) if len(word) <= 20 else None
    return match.span() if match else None

"""Words and pairs of words, and which comments hold them: a comment that says it twice holds it once."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd
import stopwordsiso

from nps.comments.phrases import entries
from nps.comments.rules import LANGUAGES, Rules
from nps.comments.sides import SIDES, WORDS
from nps.comments.tokens import Tokens, folded_words

SHORTEST = 3  # letters of a word by itself


class Terms(NamedTuple):
    """The texts of K terms, and which comment holds which: int32 (P,) each, by term and comment."""

    texts: np.ndarray
    comment: np.ndarray
    term: np.ndarray


def terms(found: Tokens, least: int) -> Terms:
    """Words of three letters and more that are no stop words, and neighbours of which at most one is one.

    Of those that occur so many times at least.
    """
    size, word = len(found.words), found.word.astype(np.int64)
    often = np.bincount(word, minlength=size) >= least  # no pair is more frequent than its words
    whole = np.array([text[:1].isalnum() and not text.isdigit() for text in found.words], bool) & often
    length, stop = (
        np.array([*map(len, found.words)], int),
        np.array([text in stop_words() for text in found.words], bool),
    )
    alone = np.flatnonzero((whole & ~stop & (length >= SHORTEST))[word])
    may, stops = (whole & (length > 1))[word], stop[word]
    pair = may[:-1] & may[1:] & ~(stops[:-1] & stops[1:]) & (found.clause[:-1] == found.clause[1:])
    pair = np.flatnonzero(pair)
    code = np.concatenate([word[alone], (word[pair] + 1) * size + word[pair + 1]])
    term, distinct = _frequent(code, least)
    kept = term >= 0
    held = np.concatenate([found.comment[alone], found.comment[pair]])[kept]
    once = pd.unique(term[kept] * np.int64(max(len(found.starts), 1)) + held)
    once.sort()
    number, comment = np.divmod(once, max(len(found.starts), 1))
    texts = [_text(found.words, int(each)) for each in distinct]
    return Terms(np.array(texts, object), comment.astype(np.int32), number.astype(np.int32))


def _frequent(code: np.ndarray, least: int) -> tuple[np.ndarray, np.ndarray]:
    """Each code's place among those that occur so often, else -1: (n,); and those."""
    number, distinct = pd.factorize(code)
    kept = np.flatnonzero(np.bincount(number, minlength=len(distinct)) >= least)
    place = np.full(len(distinct), -1)
    place[kept] = np.arange(len(kept))
    return place[number], distinct[kept]


def _text(words: list[str], code: int) -> str:
    first, second = divmod(code, len(words))
    return words[second] if not first else f"{words[first - 1]} {words[second]}"


@lru_cache(1)
def stop_words() -> frozenset[str]:
    """Of all our languages, but for words that tell a theme or a side by themselves, such as "never" or "great"."""
    telling = [phrase for theme in Rules.default().themes for phrase in theme.phrases]
    telling += entries(WORDS[side][language] for side in SIDES[1:] for language in LANGUAGES)
    every = {word for language in LANGUAGES for word in folded_words(" ".join(stopwordsiso.stopwords(language)))}
    return frozenset(every.difference(phrase.rstrip("*") for phrase in telling))

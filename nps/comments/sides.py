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


def sides(index: Index, score: np.ndarray, left_out: np.ndarray) -> Said:
    """What each clause says.

    score     of each comment, NaN where unknown: (n,)
    left_out  places that say nothing, such as names of features: bool (L,)
    """
    found, out = index.found, left_out.copy()
    clauses = len(found.of)

    def ends(*lists: str) -> np.ndarray:
        return index.ends(entries(lists), out)

    def per_clause(matches: np.ndarray) -> np.ndarray:
        return np.bincount(found.clause[counted(matches)], minlength=clauses)

    trouble, praise = WORDS["negated_trouble"], WORDS["negated_praise"]
    good = followed(ends(trouble["before"]), ends(trouble["words"]), found.clause)
    out |= covered(good)
    before, words = ends(praise["before"]), ends(praise["words"])
    bad = followed(before, words, found.clause)
    bad = np.maximum(bad, followed(followed(before, ends(praise["between"]), found.clause), words, found.clause))
    out |= covered(bad)
    out |= covered(ends(WORDS["neither"]["words"]))
    love = per_clause(ends(*(WORDS["love"][of] for of in LANGUAGES))) + per_clause(good)
    dislike = per_clause(ends(*(WORDS["dislike"][of] for of in LANGUAGES))) + 2 * per_clause(bad)
    out |= covered(ends(WORDS["no_wish"]["words"]))
    wish = per_clause(ends(*(WORDS["wish"][of] for of in LANGUAGES))) > 0
    says_anything = np.bincount(found.clause[found.whole], minlength=clauses) > 0
    return _decided(love, dislike, wish, says_anything, np.asarray(score, float), found.of)


def _decided(
    love: np.ndarray,
    dislike: np.ndarray,
    wish: np.ndarray,
    says_anything: np.ndarray,
    score: np.ndarray,
    of: np.ndarray,
) -> Said:
    """A wish outweighs both; the score tips what is even; love alone at a low score is sarcasm."""
    of_clause = score[of]
    lean = (love + PRIOR * (of_clause >= LOVED)) - (dislike + PRIOR * (of_clause <= DISLIKED))
    side = np.where(wish, WISH, np.where(lean > 0, LOVE, np.where(lean < 0, DISLIKE, 0))).astype(np.int8)
    side[~says_anything] = 0
    by_score = (side > 0) & ~wish & (love == dislike)
    only_love = np.ones(len(score), bool)
    only_love[of[side > LOVE]] = False
    side[(side == LOVE) & only_love[of] & (of_clause <= SARCASM)] = DISLIKE
    return Said(side, by_score)

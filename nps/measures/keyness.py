"""Words and pairs of words that more of one group's comments hold than of another's.

Comments are counted, not how often a comment says it, so that one long complaint counts once.
"""

import numpy as np

from nps.comments.comments import Comments
from nps.comments.terms import Terms, terms
from nps.measures.apart import Held
from nps.measures.rules import FEWEST_HOLD, MOST_TERMS, REPEATS


def of_comments(comments: Comments) -> Terms:
    """The terms of some comments, found once: what fewer people say is neither compared nor shown."""
    return comments.once("terms", lambda: terms(comments.tokens, FEWEST_HOLD))


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

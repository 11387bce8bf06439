"""Comments as they come: short and long, with slips, with and without punctuation; made from some that people wrote."""

import random
import re
from collections.abc import Sequence

SLIPS, BARE, TWO = 0.02, 0.3, 0.4  # of words; of comments without punctuation; of two in one


def comments(pool: Sequence[str], n: int, seed: int = 1) -> list[str]:
    """So many, each one of the pool or two of them; in one word of fifty two letters are swapped."""
    rng = random.Random(seed)
    return [_one(pool, rng) for _ in range(n)]


def _one(pool: Sequence[str], rng: random.Random) -> str:
    text = rng.choice(pool)
    if rng.random() < TWO:
        text = f"{text}. {rng.choice(pool)}"
    if rng.random() < BARE:
        text = re.sub(r"[^\w\s]", " ", text)
    return " ".join(_slipped(word, rng) for word in text.split(" "))


def _slipped(word: str, rng: random.Random) -> str:
    if len(word) < 4 or rng.random() > SLIPS:
        return word
    at = rng.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]

"""What a header says a column is."""

import re
from collections.abc import Iterable
from functools import cache

from nps.fields.headers import NAMES
from nps.fields.headers.never import NEVER, SURE
from nps.fields.headers.phrases import LANGUAGES, Phrase
from nps.literals.words import plain

__all__ = ["asks", "foreign", "plain", "rank", "speaks_of_something_else"]

VAGUE = 3  # from this rank on, a header of the score speaks of some rating, not of which
_TWICE = re.compile(r"^(.+?)(?: \1)+$")  # a header row that stands there twice


@cache
def rank(name: str, header: str) -> int | None:
    """How surely a header names a field: 0 is the surest, None not at all."""
    words = _TWICE.sub(r"\1", plain(header))
    place = next((place for place, pattern in enumerate(NAMES[name]) if re.search(pattern, words)), None)
    if place is not None and any(place >= least and re.search(never, words) for least, never in NEVER.get(name, ())):
        return None
    return place


def speaks_of_something_else(header: str) -> bool:
    """Whether a column called so holds ids, counts or another measure than NPS, whatever its numbers are."""
    return any(re.search(never, plain(header)) for _, never in NEVER["score"])


def asks(header: str) -> bool:
    """Whether the header speaks of recommending or of NPS, or just says score."""
    place = rank("score", header)
    return place is not None and (place < VAGUE or re.search(SURE, plain(header)) is not None)


def foreign(headers: Iterable[str]) -> bool:
    """Are more of these headers known in other languages only than in English only? All those write the day first."""
    languages = [_known(plain(header)) for header in headers]
    return sum(one == (False, True) for one in languages) > sum(one == (True, False) for one in languages)


@cache
def _known(words: str) -> tuple[bool, bool]:
    """Whether the header is known in English, and whether in another language."""
    phrases = [phrase for patterns in NAMES.values() for phrase in patterns if isinstance(phrase, Phrase)]
    phrases = [phrase for phrase in phrases if len(phrase.languages) == LANGUAGES]
    english = any(re.search(phrase.languages[0], words) for phrase in phrases)
    return english, any(re.search(other, words) for phrase in phrases for other in phrase.languages[1:])

"""Patterns over headers as words: lower case, no accents, no punctuation.

A line of alternatives holds one language: English, German, French, Spanish, Portuguese, Italian, Dutch.
"""

WHEN = r"(?: at| on| date| time| timestamp)?"
LANGUAGES = 7
DE_LA = r"(?: d[eaou]s?| della?| dell| do| van(?: de| het)?)?(?: l[ae]?s?)?"


class Phrase(str):
    """A pattern over headers, and the same of each of its languages."""

    __slots__ = ("languages",)
    languages: tuple[str, ...]


def _phrase(languages: tuple[str, ...], before: str, behind: str) -> Phrase:
    phrase = Phrase(f"{before}{'|'.join(languages)}{behind}")
    phrase.languages = tuple(f"{before}{one}{behind}" for one in languages)
    return phrase


def whole(*languages: str) -> Phrase:
    """A header that is exactly one of these."""
    return _phrase(languages, "^(?:", ")$")


def within(*languages: str) -> Phrase:
    """A header that holds one of these as words of its own."""
    return _phrase(languages, r"\b(?:", r")\b")


def part(*languages: str) -> Phrase:
    """A header that holds one of these anywhere."""
    return _phrase(languages, "(?:", ")")

"""Patterns over headers as words: lower case, no accents, no punctuation.

A line of alternatives holds one language: English, German, French, Spanish, Portuguese, Italian, Dutch.
"""

WHEN = r"(?: at| on| date| time| timestamp)?"
DE_LA = r"(?: d[eaou]s?| della?| dell| do| van(?: de| het)?)?(?: l[ae]?s?)?"


def whole(*languages: str) -> str:
    """A header that is exactly one of these."""
    return rf"^(?:{'|'.join(languages)})$"


def within(*languages: str) -> str:
    """A header that holds one of these as words of its own."""
    return rf"\b(?:{'|'.join(languages)})\b"


def part(*languages: str) -> str:
    """A header that holds one of these anywhere."""
    return "|".join(languages)

"""What a header says a column is."""

import re
from functools import cache

from nps.fields.headers import NAMES
from nps.literals.words import plain

__all__ = ["plain", "rank"]
_TWICE = re.compile(r"^(.+?)(?: \1)+$")  # a header row that stands there twice


@cache
def rank(name: str, header: str) -> int | None:
    """How surely a header names a field: 0 is the surest, None not at all."""
    words = _TWICE.sub(r"\1", plain(header))
    return next((place for place, pattern in enumerate(NAMES[name]) if re.search(pattern, words)), None)

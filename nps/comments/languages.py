"""The language of each comment: found out when somebody asks, as the rules hold for all languages at once.

By py3langid (naive Bayes over byte n-grams), told to choose among languages that customers of software write in: among
all of its 140 more short comments are taken for a rare one.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
import pandas as pd

WRITTEN = (
    *("en", "de", "fr", "es", "pt", "it", "nl", "da", "sv", "no", "fi", "pl", "cs", "sk", "hu", "ro", "tr", "ru"),
    *("uk", "bg", "el", "ar", "he", "fa", "hi", "ja", "zh", "ko", "th", "vi", "id", "hr", "sl", "et", "lv", "lt", "ca"),
)
SURE = 0.5
LONGEST = 1_000  # characters that are looked at
UNKNOWN = ""


def of(comments: Sequence[str]) -> np.ndarray:
    """Two letters of ISO 639-1 for each comment, "" where none of `WRITTEN` is more likely than not: str (n,)."""
    number, distinct = pd.factorize(np.asarray([text[:LONGEST] for text in comments], object))
    return np.array([_of(text) for text in distinct] or [UNKNOWN], "U2")[number]


def _of(text: str) -> str:
    language, sure = _identifier().classify(text.replace("\n", " "))
    return language if sure >= SURE and any(map(str.isalpha, text)) else UNKNOWN


@cache
def _identifier():
    """The model, half a second to load: not before somebody asks."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(WRITTEN)
    return identifier

"""The slow, obvious way to read comments: regular expressions, one clause after the other.

It shares the lists of words with `nps.comments` and no line of code. Arrays are held to it, and timed beside it.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

import nps.comments

LISTS = Path(nps.comments.__file__).parent
LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl")
WORDS = tomllib.loads((LISTS / "sides.toml").read_text("utf-8"))
PRIOR, LOVED, DISLIKED, SARCASM = 0.6, 9, 6, 4
_CUT = re.compile(
    r"[.!?;\r\n]+|(?<![^\W_])(?=(?:but|however|although|though|aber|mais|pero|mas|però|ma|maar)(?![^\W_]))"
    r"|,\s*(?=(?:wish|could|please)\b)",
    re.IGNORECASE,
)


def clauses(comment: str) -> list[str]:
    """What stands between two sentences' ends, or turns such as "but", as written."""
    text = unicodedata.normalize("NFC", comment)
    text = re.sub("[\ue000-\ue002]", " ", text)
    text = re.sub(r"(^|[\W_])([^\W\d_])\.([^\W\d_])\.", r"\1\2\3", text)
    text = re.sub(r"(\d)[.,](\d)", r"\1 \2", text)
    return [clause for clause in _CUT.split(text) if folded(clause).strip(", ")]


def folded(clause: str) -> str:
    """Small letters without accents, a blank around every word; what stands for a pause is a comma."""
    text = unicodedata.normalize("NFKD", clause.lower().replace("ß", "ss"))
    text = "".join(sign for sign in text if unicodedata.category(sign)[0] != "M")
    text = re.sub(r"[,:()\[\]\"]+", " , ", text)
    return " " + " ".join(re.sub(r"[^\w,]|_", " ", text).split()) + " "


def expression(entry: str) -> str:
    """An entry on folded text: x* is any word that begins with x, ~ up to two words in between."""
    parts = []
    for word in entry.split():
        if word == "~":
            parts.append(r"(?:\S+ ){0,2}")
        else:
            parts.append(re.escape(word.rstrip("*")) + (r"\w* " if word.endswith("*") else " "))
    return "".join(parts)


def any_of(entries: Iterable[str]) -> re.Pattern[str]:
    """Any of these entries, of several that begin together the one with most words."""
    longest_first = sorted(dict.fromkeys(entries), key=lambda entry: (-len(entry.split()), -len(entry)))
    return re.compile("(?<= )(?:" + "|".join(map(expression, longest_first)) + ")")


def listed(*texts: str) -> list[str]:
    """The entries of lists with commas between."""
    return [" ".join(entry.split()) for text in texts for entry in text.split(",") if entry.strip()]


def _of_languages(side: str) -> re.Pattern[str]:
    return any_of(listed(*(WORDS[side][language] for language in LANGUAGES)))


def _one_after_the_other(kind: str) -> re.Pattern[str]:
    parts = {name: any_of(listed(text)).pattern.removeprefix("(?<= )") for name, text in WORDS[kind].items()}
    between = f"(?:{parts['between']})?" if "between" in parts else ""
    return re.compile(f"(?<= ){parts['before']}{between}{parts['words']}")


_WISH, _LOVE, _DISLIKE = map(_of_languages, ("wish", "love", "dislike"))
_NEITHER, _NO_WISH, _LUKEWARM = (any_of(listed(WORDS[kind]["words"])) for kind in ("neither", "no_wish", "lukewarm"))
_IDIOMS = any_of(listed(WORDS["idioms"]["love"]))
_TROUBLE, _PRAISE = map(_one_after_the_other, ("negated_trouble", "negated_praise"))


def side(clause: str, score: float) -> str:
    """What one clause says; a score that is not known is NaN, and smaller and larger than nothing."""
    text = folded(clause)
    whole, text = len(_IDIOMS.findall(text)), _IDIOMS.sub(" ", text)
    good, text = len(_TROUBLE.findall(text)), _TROUBLE.sub(" ", text)
    bad, text = len(_PRAISE.findall(text)), _PRAISE.sub(" ", text)
    text = _NEITHER.sub(" ", text)
    if _WISH.search(_NO_WISH.sub(" ", text)):
        return "wish"
    tips = score <= DISLIKED and not (score > SARCASM and _LUKEWARM.search(text))
    love = len(_LOVE.findall(text)) + whole + good + PRIOR * (score >= LOVED)
    dislike = len(_DISLIKE.findall(text)) + 2 * bad + PRIOR * tips
    return "love" if love > dislike else "dislike" if dislike > love else "none"


def sides(comment: str, score: float) -> set[str]:
    """What the clauses of a comment say; love alone at a low score is meant otherwise."""
    found = {side(clause, score) for clause in clauses(comment)}
    if score <= SARCASM and "love" in found and not found & {"dislike", "wish"}:
        found = found - {"love"} | {"dislike"}
    return found


def themes(comment: str, expressions: Mapping[str, re.Pattern[str]]) -> set[str]:
    """The themes that any clause names."""
    texts = [folded(clause) for clause in clauses(comment)]
    return {key for key, wanted in expressions.items() if any(map(wanted.search, texts))}

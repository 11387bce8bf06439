"""The slow, obvious way to read comments: regular expressions, one clause after the other.

It shares the lists of words with `nps.comments` and no line of code. Arrays are held to it, and timed beside it.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

import nps.comments
from nps.comments import Rules

LISTS = Path(nps.comments.__file__).parent
LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl")
WORDS = tomllib.loads((LISTS / "sides.toml").read_text("utf-8"))
PRIOR, LOVED, DISLIKED, SARCASM = 0.6, 9, 6, 4
Expressions = tuple[Mapping[str, re.Pattern[str]], Mapping[str, re.Pattern[str]]]
_TURNS = (
    "but however although though aber jedoch allerdings mais cependant toutefois pourtant par_contre en_revanche pero "
    "sin_embargo aunque mas porém no_entanto però ma tuttavia anche_se maar hoewel"
)
_ASKS = (
    "wish could please can_you would_be now_wish now_could now_please now_can_you now_would_be and_wish and_could "
    "and_please and_can_you and_would_be bitte es_fehlt könnt il_manque pourriez j’aimerais j'aimerais falta faltan "
    "faltam por_favor ojalá podrían me_gustaría gostaria poderia aggiungete vorrei manca mancano potreste graag zou "
    "ik_mis"
)


def _one_of(words: str) -> str:
    return "(?:" + "|".join(words.replace(" ", "|").replace("_", " ").split("|")) + r")(?![^\W_])"


_CUT = re.compile(rf"[.!?;\r\n]+|(?<![^\W_])(?={_one_of(_TURNS)})|,\s*(?={_one_of(_ASKS)})", re.IGNORECASE)


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


_WISH, _LACK, _LOVE, _DISLIKE = map(_of_languages, ("wish", "lack", "love", "dislike"))
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
    wishing, low = _NO_WISH.sub(" ", text), score <= DISLIKED
    if _WISH.search(wishing) or (not low and _LACK.search(wishing)):
        return "wish"
    tips = low and not (score > SARCASM and _LUKEWARM.search(text))
    love = len(_LOVE.findall(text)) + whole + good + PRIOR * (score >= LOVED)
    dislike = len(_DISLIKE.findall(text)) + 2 * bad + len(_LACK.findall(wishing)) * low + PRIOR * tips
    return "love" if love > dislike else "dislike" if dislike > love else "none"


def sides(comment: str, score: float) -> set[str]:
    """What the clauses of a comment say; love alone at a low score is meant otherwise."""
    found = {side(clause, score) for clause in clauses(comment)}
    if score <= SARCASM and "love" in found and not found & {"dislike", "wish"}:
        found = found - {"love"} | {"dislike"}
    return found


def themes(comment: str, expressions: Expressions) -> set[str]:
    """The themes that any clause names; what is loose only where a clause names nothing else."""
    firm, loose = expressions
    return {key for clause in map(folded, clauses(comment)) for key in _keys(clause, firm) or _keys(clause, loose)}


def _keys(text: str, expressions: Mapping[str, re.Pattern[str]]) -> set[str]:
    return {key for key, wanted in expressions.items() if wanted.search(text)}


def of_rules(rules: Rules) -> Expressions:
    """What tells each theme wherever it stands, and what only where its clause names nothing else."""
    firm = {theme.key: any_of(theme.firm) for theme in rules.read if theme.firm}
    return firm, {theme.key: any_of(theme.loose) for theme in rules.read if theme.loose}

"""Rules made from other rules. Each raises InputError, with a sentence, where rules would not be any any more."""

import json
import re
from collections.abc import Iterable
from dataclasses import replace

from nps.comments.rules import LANGUAGES, LONGEST_NAME, Entries, Feature, Rules, Theme, folded_entries
from nps.comments.tokens import folded_words
from nps.notes import InputError

MORE = "theme"  # what links call a theme whose name has no letter of ours


def renamed(rules: Rules, key: str, name: str) -> Rules:
    """A theme by another name; links go on calling it by its key."""
    theme = rules.theme(key)
    cleaned = _name(name)
    if cleaned == str(theme.called):
        return rules
    _check_free(rules, cleaned, key)
    return _put(rules, replace(theme, name=cleaned))


def with_theme(rules: Rules, name: str, language: str, texts: Iterable[str]) -> Rules:
    """One more theme, told by these words and phrases."""
    cleaned = _name(name)
    _check_free(rules, cleaned, "")
    new = Theme(_key(rules, cleaned), cleaned, ())
    made = worded(replace(rules, themes=(*rules.themes, new)), new.key, language, texts)
    if not made.theme(new.key).phrases:
        raise InputError("rules.no_words")
    return made


def without_theme(rules: Rules, key: str) -> Rules:
    """Without a theme, its words, and that features belong to it."""
    rules.theme(key)
    left = tuple(theme for theme in rules.themes if theme.key != key)
    return replace(rules, themes=left, feature_themes=tuple(row for row in rules.feature_themes if row[1] != key))


def merged(rules: Rules, key: str, into: str) -> Rules:
    """Two themes as one: the words and features of the first go to the second, which stays what it is besides."""
    first, second = rules.theme(key), rules.theme(into)
    if key == into:
        raise InputError("rules.merged_with_itself")
    both = {
        language: (*dict(second.entries).get(language, ()), *dict(first.entries).get(language, ()))
        for language in LANGUAGES
    }
    moved = tuple((feature, into if theme == key else theme) for feature, theme in rules.feature_themes)
    return without_theme(_put(replace(rules, feature_themes=moved), replace(second, entries=_entries(both))), key)


def worded(rules: Rules, key: str, language: str, texts: Iterable[str]) -> Rules:
    """A theme told by exactly these words and phrases in one language."""
    theme = rules.theme(key)
    if language not in LANGUAGES:
        raise InputError("rules.no_language")
    own = dict(theme.entries) | {language: folded_entries(texts)}
    return _put(rules, replace(theme, entries=_entries(own)))


def with_words(rules: Rules, key: str, language: str, texts: Iterable[str]) -> Rules:
    """More words and phrases for a theme."""
    return worded(rules, key, language, (*words(rules, key, language), *texts))


def without_words(rules: Rules, key: str, language: str, texts: Iterable[str]) -> Rules:
    """Fewer words and phrases for a theme; what it does not have is no fault."""
    gone = {*folded_entries(texts)}
    return worded(rules, key, language, [each for each in words(rules, key, language) if each not in gone])


def words(rules: Rules, key: str, language: str) -> tuple[str, ...]:
    """What tells a theme in one language."""
    return dict(rules.theme(key).entries).get(language, ())


def marked(rules: Rules, key: str, *, excluded: bool | None = None, pinned: bool | None = None) -> Rules:
    """A theme that is left out of everything or not, always shown first or not; None: as before."""
    theme = rules.theme(key)
    return _put(
        rules,
        replace(
            theme,
            excluded=theme.excluded if excluded is None else excluded,
            pinned=theme.pinned if pinned is None else pinned,
        ),
    )


def cued(rules: Rules, feature: Feature, needs: bool | None) -> Rules:
    """Whether a feature's names count only where words around them say so; None: as their form says."""
    return replace(rules, cued=_with(rules.cued, feature, needs))


def of_theme(rules: Rules, feature: Feature, key: str | None) -> Rules:
    """Whoever names this feature names the theme, too; None: naming it is naming no theme."""
    return replace(rules, feature_themes=_with(rules.feature_themes, feature, key))


def read(text: str, gone: str) -> Rules:
    """Rules of JSON without the words and names that hold `gone`, which stands where somebody was named."""
    if gone not in text:
        return Rules.from_json(text)
    plain = json.loads(text)
    for theme in plain["themes"]:
        theme["entries"] = {language: _less(own, gone) for language, own in theme["entries"].items()}
    plain["aliases"] = [[kind, feature, _less(names, gone)] for kind, feature, names in plain["aliases"]]
    return Rules.from_json(json.dumps(plain))


def _less(texts: list[str], gone: str) -> list[str]:
    return [text for text in texts if gone not in text]


def _with(rows: tuple, feature: Feature, value: object) -> tuple:
    """What is known of features, in order, with another value for one; None: without."""
    known = {**dict(rows), feature: value}
    return tuple(sorted((each, own) for each, own in known.items() if own is not None))


def _put(rules: Rules, theme: Theme) -> Rules:
    """With a theme in place of the one of its key."""
    return replace(rules, themes=tuple(theme if each.key == theme.key else each for each in rules.themes))


def _entries(own: dict[str, tuple[str, ...]]) -> Entries:
    """Of each language its own, each once; none of a language is no entry."""
    return tuple((language, tuple(dict.fromkeys(own[language]))) for language in LANGUAGES if own.get(language))


def _name(text: str) -> str:
    name = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise InputError("rules.name", most=LONGEST_NAME)
    return name


def _check_free(rules: Rules, name: str, but: str) -> None:
    for theme in rules.themes:
        if theme.key != but and name.casefold() in (theme.name.casefold(), str(theme.called).casefold()):
            raise InputError("rules.name_taken", name=name)


def _key(rules: Rules, name: str) -> str:
    """What links call a theme of this name: of letters and digits, and of no other theme."""
    plain = re.sub(r"[^a-z0-9]+", "_", " ".join(folded_words(name))).strip("_")[:30]
    plain = plain if plain[:1].isalpha() else f"{MORE}_{plain}".rstrip("_")
    taken = {theme.key for theme in rules.themes}
    return next(key for n in range(1, len(taken) + 2) if (key := plain if n == 1 else f"{plain}_{n}") not in taken)

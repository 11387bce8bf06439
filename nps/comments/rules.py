"""By which words themes and features are told in comments: one frozen value that people can read and edit."""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

from nps.comments.phrases import entries
from nps.comments.tokens import folded, folded_words
from nps.notes import InputError, Note, note

LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl")
MOST_THEMES, MOST_ENTRIES, LONGEST = 40, 400, 80  # themes; entries of each besides ours; their characters
LONGEST_NAME, MOST_ALIASES = 60, 20
_PLAIN = re.compile("[a-z0-9]+")  # folding leaves it as it is
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
Feature = tuple[str, str]
Entries = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Theme:
    """One reason that people give.

    key       what links and frames call it
    name      what its readers call it; "": as we do
    entries   per language the words and phrases that tell it, folded: x* any word that begins with x, ~ up to two
              words, (x) only where its clause tells nothing else
    excluded  left out of everything
    pinned    always shown first
    """

    key: str
    name: str
    entries: Entries
    excluded: bool = False
    pinned: bool = False

    @property
    def called(self) -> Note:
        """Its name, to be told."""
        return note("as_is", text=self.name) if self.name else note(f"theme.{self.key}")

    @cached_property
    def phrases(self) -> tuple[str, ...]:
        """Its entries in all languages, each once, without brackets."""
        return tuple(dict.fromkeys(map(bare, self._every)))

    @cached_property
    def firm(self) -> tuple[str, ...]:
        """Those of them that count wherever they stand."""
        return tuple(dict.fromkeys(entry for entry in self._every if entry[0] != "("))

    @cached_property
    def loose(self) -> tuple[str, ...]:
        """Those that count only where their clause tells no other theme."""
        firm = {*self.firm}
        return tuple(entry for entry in self.phrases if entry not in firm)

    @property
    def _every(self) -> Iterator[str]:
        return (entry for _language, own in self.entries for entry in own)


@dataclass(frozen=True, repr=False)
class Rules:
    """What comments are read by. Raises InputError for what would not be told apart, or is too much.

    themes          each with a key of its own
    aliases         (kind, feature) -> other names that people give it
    cued            (kind, feature) -> whether its name counts only where words around it say that a part of the product
                    is meant; without an entry a name of one word needs that, but for abbreviations in capitals
    feature_themes  (kind, feature) -> the theme that naming it is naming, too
    """

    themes: tuple[Theme, ...]
    aliases: tuple[tuple[Feature, tuple[str, ...]], ...] = ()
    cued: tuple[tuple[Feature, bool], ...] = ()
    feature_themes: tuple[tuple[Feature, str], ...] = ()

    def __post_init__(self) -> None:
        if len(self.themes) > MOST_THEMES:
            raise InputError("rules.too_many_themes", most=MOST_THEMES)
        keys = [theme.key for theme in self.themes]
        if len({*keys}) < len(keys) or not all(map(_KEY.fullmatch, keys)):
            raise InputError("rules.keys")
        if {theme for _feature, theme in self.feature_themes}.difference(keys):
            raise InputError("rules.no_theme")
        if sum(len(theme.phrases) for theme in self.themes) > MOST_THEMES * MOST_ENTRIES:
            raise InputError("rules.too_many_entries", most=MOST_ENTRIES)
        for theme in self.themes:
            if len({*theme.phrases} - _known()) > MOST_ENTRIES:
                raise InputError("rules.too_many_entries", most=MOST_ENTRIES)
            if len(theme.name) > LONGEST_NAME:
                raise InputError("rules.name_too_long", most=LONGEST_NAME)
        if any(len(names) > MOST_ALIASES for _feature, names in self.aliases):
            raise InputError("rules.too_many_aliases", most=MOST_ALIASES)

    def __repr__(self) -> str:
        """Short, as all of it is some thousand words."""
        return f"{type(self).__name__}({len(self.themes)} themes, version {self.version})"

    @classmethod
    def default(cls) -> Self:
        """Ours."""
        return cls(_ours())

    @cached_property
    def version(self) -> str:
        """12 hex digits of its content."""
        return sha256(self.to_json().encode()).hexdigest()[:12]

    @property
    def are_ours(self) -> bool:
        """Whether nobody changed them."""
        return self == Rules.default()

    def theme(self, key: str) -> Theme:
        """The theme of a key. Raises InputError where there is none."""
        found = next((theme for theme in self.themes if theme.key == key), None)
        if found is None:
            raise InputError("rules.no_theme")
        return found

    @property
    def read(self) -> tuple[Theme, ...]:
        """The themes that comments are read by: those that are not excluded."""
        return tuple(theme for theme in self.themes if not theme.excluded)

    def with_aliases(self, names: Mapping[Feature, Sequence[str]]) -> Self:
        """The same with other names of some features; without any, none of its own."""
        cleaned = {feature: tuple(dict.fromkeys(alias(name) for name in own)) for feature, own in names.items()}
        kept = {**dict(self.aliases), **cleaned}
        return replace(self, aliases=tuple(sorted((feature, own) for feature, own in kept.items() if own)))

    def to_json(self) -> str:
        """All of it, always in the same order."""
        plain = {
            "themes": [
                {
                    "key": theme.key,
                    "name": theme.name,
                    "entries": {language: [*own] for language, own in theme.entries},
                    "excluded": theme.excluded,
                    "pinned": theme.pinned,
                }
                for theme in self.themes
            ],
            "aliases": [[*feature, [*names]] for feature, names in self.aliases],
            "cued": [[*feature, tick] for feature, tick in self.cued],
            "feature_themes": [[*feature, theme] for feature, theme in self.feature_themes],
        }
        return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """What `to_json` wrote. Raises InputError for anything else."""
        try:
            plain = json.loads(text)
            return cls(
                tuple(_theme(each) for each in plain["themes"]),
                tuple(((kind, feature), tuple(names)) for kind, feature, names in plain["aliases"]),
                tuple(((kind, feature), bool(tick)) for kind, feature, tick in plain["cued"]),
                tuple(((kind, feature), theme) for kind, feature, theme in plain["feature_themes"]),
            )
        except (ValueError, TypeError, KeyError, AttributeError) as wrong:
            raise InputError("rules.unreadable") from wrong


def folded_entries(texts: Iterable[str]) -> tuple[str, ...]:
    """Words and phrases as comments are folded, each once.

    Raises InputError for one that is empty, too short or too long.
    """
    phrases = {text: bare(text).split() for text in texts}
    words = {piece.removesuffix("*") for pieces in phrases.values() for piece in pieces}
    strange = sorted(word for word in words if not _PLAIN.fullmatch(word))
    as_folded = dict(zip(strange, map(" ".join, folded(strange)), strict=True))
    return tuple(dict.fromkeys(_entry(text, pieces, as_folded) for text, pieces in phrases.items()))


def _entry(text: str, pieces: Sequence[str], as_folded: Mapping[str, str]) -> str:
    if len(text) > LONGEST:
        raise InputError("rules.entry_too_long", most=LONGEST, text=text[:LONGEST])
    phrase = " ".join(filter(None, (_piece(piece, as_folded) for piece in pieces)))
    words = [word for word in phrase.split() if word != "~"]
    if not words or phrase[0] == "~" or phrase[-1] == "~" or (len(words) == 1 and len(words[0].rstrip("*")) < 2):
        raise InputError("rules.entry_too_short", text=text)
    return f"({phrase})" if bare(text) != text.strip() else phrase


def bare(entry: str) -> str:
    """An entry without the brackets around it."""
    text = entry.strip()
    return text[1:-1] if text.startswith("(") and text.endswith(")") else text


def _piece(piece: str, as_folded: Mapping[str, str]) -> str:
    """A word between two blanks; a star stands at its end, or it is none."""
    if piece == "~":
        return piece
    word = piece.removesuffix("*")
    words = as_folded.get(word, word)
    return f"{words}*" if words and piece.endswith("*") else words


def alias(text: str) -> str:
    """Another name of a feature, as it was written. Raises InputError for what is empty, too short or too long."""
    name = " ".join(text.split())
    if len(name) > LONGEST:
        raise InputError("rules.entry_too_long", most=LONGEST, text=name[:LONGEST])
    if len("".join(folded_words(name))) < 2:
        raise InputError("rules.alias_too_short", text=name)
    return name


def _theme(plain: Mapping[str, Any]) -> Theme:
    """A theme of JSON; entries are folded again, as nobody says who wrote them."""
    own = tuple((str(language), folded_entries(texts)) for language, texts in plain["entries"].items())
    return Theme(str(plain["key"]), str(plain["name"]), own, bool(plain["excluded"]), bool(plain["pinned"]))


@lru_cache(1)
def _ours() -> tuple[Theme, ...]:
    lists = tomllib.loads((Path(__file__).parent / "themes.toml").read_text("utf-8"))
    return tuple(
        Theme(key, "", tuple((language, tuple(entries([own[language]]))) for language in LANGUAGES if language in own))
        for key, own in lists.items()
    )


@lru_cache(1)
def _known() -> frozenset[str]:
    """What tells any of our themes: it may be merged as one likes."""
    return frozenset(phrase for theme in _ours() for phrase in theme.phrases)

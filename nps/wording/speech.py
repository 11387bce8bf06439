"""Which language is spoken, and how a text is translated and filled in."""

import gettext
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache
from io import BytesIO
from numbers import Integral
from pathlib import Path
from string import Formatter

import polib

from nps.notes import Value

LANGUAGES = Path(__file__).parent / "languages"
ENGLISH, PSEUDO = "en", "en-XA"
_spoken: ContextVar[str] = ContextVar("language", default=ENGLISH)

# Markup, icons, addresses and what is filled in are no words.
_NO_WORDS = re.compile(r"\{\{|\}\}|\{[^{}]*\}|:material/\w+:|`[^`]*`|https?://\S+")
_ACCENTED = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽåƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž",
)


class _Pseudo(gettext.NullTranslations):
    """Every text of ours accented and still readable: what is not, was never given to be translated."""

    def gettext(self, message: str) -> str:
        words, others = _NO_WORDS.split(message), [*_NO_WORDS.findall(message), ""]
        return "".join(part.translate(_ACCENTED) + kept for part, kept in zip(words, others, strict=True))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


def languages() -> tuple[str, ...]:
    """What can be spoken: English, and a language per file in `languages/`."""
    return ENGLISH, *sorted(path.stem for path in LANGUAGES.glob("*.po"))


def language() -> str:
    """What is spoken here and now."""
    return _spoken.get()


def preferred(reader: str | None = None) -> str:
    """What NPS_LENS_LANGUAGE says for everybody, else what a reader asks for, as "de-AT".

    The pseudo-language is for who sets it, not for who asks.
    """
    return os.environ.get("NPS_LENS_LANGUAGE") or (reader if reader and reader != PSEUDO else ENGLISH)


@contextmanager
def speak(wanted: str) -> Iterator[None]:
    """Speak this language, as "de" or "de-AT", as far as there is one; else English."""
    available, parts = {*languages(), PSEUDO}, wanted.split("-")
    names = ("-".join(parts[:end]) for end in range(len(parts), 0, -1))
    chosen = next((name for name in names if name in available), ENGLISH)
    before = _spoken.set(chosen)
    try:
        yield
    finally:
        _spoken.reset(before)


@cache
def _catalogue(name: str) -> gettext.NullTranslations:
    if name == ENGLISH:
        return gettext.NullTranslations()
    if name == PSEUDO:
        return _Pseudo()
    return gettext.GNUTranslations(BytesIO(polib.pofile(LANGUAGES / f"{name}.po").to_binary()))


def _(english: str, **values: Value) -> str:
    """A text of ours in the language that is spoken; `{name}` stands for a value, `{share:.0%}` is formatted.

    `{name:ours}` is a text of ours itself, as the name of an export, in the language that is spoken. Otherwise whole
    numbers are grouped, dates written out, notes said, and lists named with commas between them.
    """
    text = _catalogue(_spoken.get()).gettext(english)
    return _FILLED.format(text, **values) if values else text


def several(one: str, many: str, **values: Value) -> str:
    """The text for one, or for as many as the value `n` says."""
    return _FILLED.format(_catalogue(_spoken.get()).ngettext(one, many, values["n"]), **values)


def day(when: date) -> str:
    """3 August 2026."""
    return _("{day} {month} {year:d}", day=when.day, month=_(_MONTHS[when.month - 1]), year=when.year)


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class _Filled(Formatter):
    def format_field(self, value: Value, format_spec: str) -> str:
        if format_spec == "ours":
            return _(value)
        if format_spec:
            return super().format_field(value, format_spec)
        if isinstance(value, tuple):
            return ", ".join(self.format_field(each, "") for each in value)
        if isinstance(value, date):
            return day(value)
        return f"{value:,}" if isinstance(value, Integral) and not isinstance(value, bool) else str(value)


_FILLED = _Filled()

"""Marks of people who were erased: keyed hashes, which say that somebody is erased, and never who."""

import hmac
import json
import os
import re
import secrets
import unicodedata
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from workspace.store.database import Workspace
from workspace.store.folders import building, private, sync

SECRET, REMOVED = "secret", "[removed]"
KNOWN = 1_000_000
CHUNK = re.compile(r"[^\s\"'()<>\[\]{},;|]{6,}")  # what stands between spaces, as an id with signs in it
WORD = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+|[\w-]{6,}")  # an e-mail, or what may be an id: no short word


def secret(root: Path) -> bytes:
    """The key of a workspace, made once; a link decides who made it where several try."""
    kept = root / SECRET
    if not kept.exists():
        with building(root) as tmp:
            private(tmp / SECRET, secrets.token_bytes(32))
            with suppress(FileExistsError):
                os.link(tmp / SECRET, kept)
            sync(root)
    return kept.read_bytes()


def mark(key: bytes, text: str) -> str:
    """The mark of an id or an e-mail; the same however it is written."""
    return hmac.digest(key, alike(text).encode(), "sha256").hex()


def alike(text: str) -> str:
    """An id or an e-mail without what does not tell people apart."""
    return (text if text.isascii() else unicodedata.normalize("NFC", text)).strip().casefold()


def erased(space: Workspace) -> frozenset[str]:
    """The marks of everybody who was erased here."""
    return frozenset(each for (each,) in space.db.execute("SELECT mark FROM erased"))


class Forgotten:
    """Tells who is erased, and takes what names them out of text."""

    def __init__(self, key: bytes, gone: Iterable[str]) -> None:
        self.gone = frozenset(gone)
        self.names = lru_cache(KNOWN)(lambda text: mark(key, text) in self.gone)

    def removed(self, text: str) -> str:
        """Text without them: an e-mail, or a word of six signs or more that is an id. Of JSON, what is said in it."""
        if text.startswith(("{", "[")):
            with suppress(ValueError):
                said = json.loads(text)
                less = walked(said, self._without)
                return text if less == said else json.dumps(less, ensure_ascii=False, sort_keys=True)
        return self._without(text)

    def cell(self, text: str) -> str:
        """The same of a cell that holds an id as it stands, however short that is."""
        return REMOVED if self.names(text) else self.removed(text)

    def _without(self, text: str) -> str:
        return CHUNK.sub(self._chunk, text)

    def _chunk(self, found: re.Match) -> str:
        chunk = found[0]
        bare = chunk.rstrip(".:!?")
        if self.names(bare):
            return REMOVED + chunk[len(bare) :]
        return WORD.sub(lambda word: REMOVED if self.names(word[0]) else word[0], chunk)


def walked(value: object, change: Callable[[str], str]) -> object:
    """Every text in what JSON can hold, changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {change(name): walked(each, change) for name, each in value.items()}
    return [walked(each, change) for each in value] if isinstance(value, (list, tuple)) else value

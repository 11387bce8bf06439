"""Encodings: whatever bytes a text file has, plain UTF-8 with one kind of line end, and a note of what was done.

The whole file decides, not its first bytes: UTF-8 when every byte agrees, UTF-16 and UTF-32 by their mark or by their
zero bytes, else line by line, as files are put together from parts in different encodings.
"""

import codecs
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import charset_normalizer

from nps.sources.source import InputError

BLOCK = 1024**2
LINES_JUDGED = 10_000
LONGEST_LINE = 64 * 1024**2
# Single-byte encodings of Western Europe, the likelier first; what none of them knows is Latin-1.
WESTERN = {"cp1252": "Windows-1252", "cp850": "code page 850 (DOS)", "mac_roman": "Mac Roman"}
MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_INSIDE_WORDS = set("’'‘·-–—“”…ªº")
_NOT_AFTER_LETTERS = set("‚„ƒˆ‰Š¢¬½¼»¿¡")
_WORD = re.compile(r"\w*[^\W\x00-\x7f]\w*")
_SIGN = re.compile(r"[^\x00-\x7f\ufeff]")
_FOREIGN_WORD = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")


@dataclass
class Text:
    """Plain text on disk: valid UTF-8, one kind of line end (CR LF or LF), and what was done to make it so."""

    path: Path
    notes: tuple[str, ...] = ()


@dataclass
class _Survey:
    utf8: bool = True
    nul: int = 0
    returns: int = 0
    pairs: int = 0
    line_ends: int = 0


def as_utf8(path: Path, copy: Path) -> Text:
    """The file itself where it is plain already, else a copy that is. Raises InputError for binary data."""
    with path.open("rb") as stream:
        head = stream.read(BLOCK)
    encoding = next((name for mark, name in MARKS.items() if head.startswith(mark)), None) or _wide(head)
    if encoding:
        return _transcoded(path, copy, encoding)
    if _binary(head):
        raise InputError("This is not a table: it holds binary data. Save it as CSV and try again.")
    seen = _survey(path)
    if seen.utf8 and not seen.nul and (not seen.returns or seen.returns == seen.pairs == seen.line_ends):
        return Text(path)
    notes = _as_lines(path, copy, seen)
    if seen.nul:
        taken = "1 zero byte was" if seen.nul == 1 else f"{seen.nul:,} zero bytes were"
        notes += (f"{taken} taken out of the file.",)
    if seen.returns and 0 < seen.pairs < max(seen.returns, seen.line_ends):
        notes += ("The file mixes kinds of line ends; they were read alike, also inside cells.",)
    return Text(copy, notes)


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Western text is zero."""
    pairs = len(head) // 2
    first, second = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if pairs and max(first, second) > 0.4 * pairs and min(first, second) < 0.05 * pairs:
        return "utf-16-le" if second > first else "utf-16-be"
    return None


def _binary(head: bytes) -> bool:
    controls = sum(head.count(bytes([code])) for code in (*range(1, 9), *range(14, 27), *range(28, 32)))
    return controls > 0.02 * len(head) + 2 or head.count(0) > 0.3 * len(head)


def _survey(path: Path) -> _Survey:
    seen, decoder = _Survey(), codecs.getincrementaldecoder("utf-8")()
    for block in _blocks(path):
        seen.nul += block.count(0) if b"\0" in block else 0
        if b"\r" in block:
            seen.returns += block.count(b"\r")
            seen.pairs += block.count(b"\r\n")
        seen.line_ends += block.count(b"\n") if seen.returns else 0
        if seen.utf8 and not (block.isascii() and not decoder.getstate()[0]):
            seen.utf8 = _decodes(decoder, block)
    seen.utf8 = seen.utf8 and _decodes(decoder, b"", final=True)
    return seen


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def _blocks(path: Path) -> Iterator[bytes]:
    """The file in blocks that never end between the CR and the LF of a line end."""
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            yield block + stream.read(1) if block.endswith(b"\r") else block


def _transcoded(path: Path, copy: Path, encoding: str) -> Text:
    with (
        path.open(encoding=encoding, errors="replace") as source,
        copy.open("w", encoding="utf-8", newline="") as target,
    ):
        shutil.copyfileobj(source, target, BLOCK)
    with copy.open("r+", encoding="utf-8", newline="") as text:
        sample = text.read(BLOCK)
    where = _example(enumerate(sample.split("\n"), 1))
    return Text(copy, (f"The file is not in UTF-8; it was read as {encoding[:6].upper()}{where}.",))


def _as_lines(path: Path, copy: Path, seen: _Survey) -> tuple[str, ...]:
    """Write the file line by line as UTF-8 with LF, without zero bytes; what was not UTF-8 as the note says."""
    usual = None if seen.utf8 else _usual(path)
    read_as, examples = Counter(), {}
    with copy.open("w", encoding="utf-8", newline="") as target:
        for number, line in enumerate(_lines(path), 1):
            text, encoding = _decoded(line.replace(b"\0", b""), usual)
            target.write(text)
            if encoding:
                read_as[encoding] += 1
                if encoding not in examples or len(examples[encoding]) < 3:
                    examples.setdefault(encoding, []).append((number, text))
    return tuple(
        f"The file is not in UTF-8 throughout; {rows:,} line{'s were' if rows > 1 else ' was'} read as "
        f"{WESTERN.get(encoding, encoding)}{_example(examples[encoding])}."
        for encoding, rows in read_as.most_common()
    )


def _lines(path: Path) -> Iterator[bytes]:
    """Lines with LF at their end, whatever ends them in the file."""
    rest = b""
    for block in _blocks(path):
        *lines, rest = (rest + block.replace(b"\r\n", b"\n").replace(b"\r", b"\n")).split(b"\n")
        yield from (line + b"\n" for line in lines)
        if len(rest) > LONGEST_LINE:
            raise InputError("A line of the file is longer than 64 MB, so this is no table. Export it again.")
    if rest:
        yield rest


def _usual(path: Path) -> str:
    """The encoding that explains most lines that are not UTF-8."""
    odd = list(islice((line for line in _lines(path) if not line.isascii() and not _is_utf8(line)), LINES_JUDGED))
    words = b" ".join(word for line in odd for word in _FOREIGN_WORD.findall(line))
    letters = words.replace(b" ", b"")
    if sum(byte > 127 for byte in letters) > 0.6 * len(letters) and len(letters) > 20:
        best = charset_normalizer.from_bytes(b"".join(odd)).best()
        if best:
            return best.encoding
    return min(WESTERN, key=lambda encoding: sum(_strange(_single(line, encoding)) for line in odd))


def _decoded(line: bytes, usual: str | None) -> tuple[str, str | None]:
    """A line as text, and the encoding where that is not UTF-8: the usual one unless another reads better."""
    if usual is None or line.isascii() or _is_utf8(line):
        return line.decode(), None
    if usual not in WESTERN:
        return line.decode(usual, errors="replace"), usual
    candidates = sorted(WESTERN, key=lambda encoding: encoding != usual)
    best = min(candidates, key=lambda encoding: _strange(_single(line, encoding)))
    return _single(line, best), best


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _single(line: bytes, encoding: str) -> str:
    """A line in a single-byte encoding, in which some letters may be UTF-8 all the same."""
    text, rest = [], line
    while rest:
        try:
            text.append(rest.decode())
            break
        except UnicodeDecodeError as odd:
            text.append(rest[: odd.start].decode())
            byte, rest = rest[odd.start : odd.start + 1], rest[odd.start + 1 :]
            text.append(_letter(byte, encoding))
    return "".join(text)


def _letter(byte: bytes, encoding: str) -> str:
    try:
        return byte.decode(encoding)
    except UnicodeDecodeError:
        return byte.decode("latin-1")


def _strange(text: str) -> int:
    """How many characters stand where no language of Western Europe puts them."""
    return sum(
        _is_strange(sign, text[at - 1] if at else " ", text[at + 1] if at + 1 < len(text) else " ")
        for at, sign in enumerate(text)
        if sign > "\x7f"
    )


def _is_strange(sign: str, before: str, after: str) -> bool:
    if "\x80" <= sign <= "\x9f" or "\u2500" <= sign <= "\u25ff":
        return True
    if sign.isalpha():
        return (sign.isupper() and before.islower()) or (sign.islower() and after.isupper())
    return (sign in _NOT_AFTER_LETTERS and before.isalpha()) or (
        before.isalpha() and after.isalpha() and sign not in _INSIDE_WORDS
    )


def _example(lines: Iterable[tuple[int, str]]) -> str:
    """Where to look whether the letters came out right: up to three words that are not plain ASCII, and their lines."""
    found = [(number, word) for number, text in lines if (word := _WORD.search(text) or _SIGN.search(text))]
    shown = ", ".join(f"“{word[0][:30]}” in line {number:,}" for number, word in found[:3])
    return f" (as {shown})" if shown else ""

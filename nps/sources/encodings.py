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

from nps.notes import NotATable, Note, note
from nps.sources.western import WESTERN, decoded, is_utf8, of_controls, strange

BLOCK = 1024**2
CONTROLS, END = "controls", b"\x1a"
BEHIND = b"\0\x1a\r\n "  # what may stand behind a table: blocks filled up, and the sign of DOS for the end of a file
LINES_JUDGED = 10_000
LONGEST_LINE = 64 * 1024**2
MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_CONTROL = re.compile(rb"\xc2[\x80-\x9f]")  # of Unicode: nobody means one
_WORD = re.compile(r"\w*[^\W\x00-\x7f]\w*")
_SIGN = re.compile(r"[^\x00-\x7f\ufeff]")
_FOREIGN_WORD = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")


@dataclass
class Text:
    """Plain text on disk: valid UTF-8, one kind of line end (CR LF or LF), and what was done to make it so."""

    path: Path
    notes: tuple[Note, ...] = ()


@dataclass
class _Survey:
    utf8: bool = True
    nul: int = 0
    controls: bool = False
    returns: int = 0
    pairs: int = 0
    line_ends: int = 0
    ended: bool = False

    @property
    def plain(self) -> bool:
        """Whether nothing has to be done."""
        one_end = not self.returns or self.returns == self.pairs == self.line_ends
        return self.utf8 and one_end and not self.nul and not self.controls and not self.ended


def as_utf8(path: Path, copy: Path) -> Text:
    """The file itself where it is plain already, else a copy that is. Raises InputError for binary data."""
    with path.open("rb") as stream:
        head = stream.read(BLOCK).rstrip(BEHIND)
    encoding = next((name for mark, name in MARKS.items() if head.startswith(mark)), None) or _wide(head)
    if encoding:
        return _transcoded(path, copy, encoding)
    if _binary(head):
        raise NotATable("file.binary")
    return _plain(path, copy)


def _plain(path: Path, copy: Path) -> Text:
    """A file of one byte a character, or UTF-8, as `as_utf8` gives it."""
    seen = _survey(path)
    if seen.plain:
        return Text(path)
    notes = _as_lines(path, copy, seen)
    if seen.nul:
        notes += (note("text.zero_bytes", n=seen.nul),)
    alone = seen.returns - seen.pairs
    if 0 < alone < seen.line_ends and (broken := _broken(path)):
        notes += (note("text.line_ends", n=broken),)
    return Text(copy, notes)


def _broken(path: Path) -> int:
    """How many carriage returns divide a line, in a file whose lines end in LF: not in quotation marks, nor at an end.

    Whoever made the file may have meant them as text.
    """
    with path.open("rb") as stream:
        lines = (line.rstrip(b"\0\r\n").lstrip(b"\r") for line in stream)
        parts = (part for line in lines if b"\r" in line for part in line.split(b'"')[::2])
        return sum(part.count(b"\r") for part in parts)


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
        seen.ended = block.endswith(END)
        if seen.utf8 and not (block.isascii() and not decoder.getstate()[0]):
            seen.utf8 = _decodes(decoder, block)
            seen.controls = seen.controls or _CONTROL.search(block) is not None
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
    """The file in UTF-8, without what stands behind its table, and with the signs that control characters stand for."""
    raw = copy.with_suffix(".raw")
    with (
        path.open(encoding=encoding, errors="replace") as source,
        raw.open("w", encoding="utf-8", newline="") as target,
    ):
        shutil.copyfileobj(source, target, BLOCK)
    with raw.open("r+", encoding="utf-8", newline="") as text:
        sample = text.read(BLOCK)
    shown, name = _examples(enumerate(of_controls(sample).split("\n"), 1)), encoding[:6].upper()
    remark = (
        note("text.read_as", encoding=name, examples=shown) if shown else note("text.plainly_read_as", encoding=name)
    )
    mended = _plain(raw, copy)
    return Text(mended.path, (remark, *mended.notes))


def signed(path: Path) -> int:
    """Puts signs of Windows-1252 in the place of control characters of a file in UTF-8; how many lines had any."""
    with path.open("rb") as stream:
        lines = sum(map(bool, map(_CONTROL.search, stream)))
    if lines:
        plain = path.with_suffix(".plain")
        with path.open(encoding="utf-8", newline="") as source, plain.open("w", encoding="utf-8", newline="") as target:
            target.writelines(map(of_controls, source))
        plain.replace(path)
    return lines


def _as_lines(path: Path, copy: Path, seen: _Survey) -> tuple[Note, ...]:
    """Write the file line by line as UTF-8 with LF, without zero bytes; what was not UTF-8 as the note says."""
    usual = None if seen.utf8 else _usual(path)
    read_as, examples = Counter(), {}
    with copy.open("w", encoding="utf-8", newline="") as target:
        for number, line in enumerate(_lines(path), 1):
            text, encoding = decoded(line, usual)
            if _CONTROL.search(line) and encoding is None:
                text, encoding = of_controls(text), CONTROLS
            target.write(text)
            if encoding:
                read_as[encoding] += 1
                if encoding not in examples or len(examples[encoding]) < 3:
                    examples.setdefault(encoding, []).append((number, text))
    return tuple(_read_as(encoding, rows, examples[encoding]) for encoding, rows in read_as.most_common())


def _read_as(encoding: str, rows: int, lines: list[tuple[int, str]]) -> Note:
    """What to say of lines that were not plain UTF-8."""
    shown = _examples(lines)
    if encoding == CONTROLS:
        return note("text.controls", n=rows, examples=shown) if shown else note("text.unseen_controls", n=rows)
    first, *others = [WESTERN.get(name, name) for name in encoding.split("+")]
    name = note("encoding.two", one=first, other=others[0]) if others else first
    if not shown:
        return note("text.lines_plainly_read_as", n=rows, encoding=name)
    return note("text.lines_read_as", n=rows, encoding=name, examples=shown)


def _lines(path: Path) -> Iterator[bytes]:
    """Lines with LF at their end, whatever ends them in the file, without zero bytes."""
    rest = b""
    for block in _blocks(path):
        plain = block.replace(b"\0", b"").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        *lines, rest = (rest + plain).split(b"\n")
        yield from (line + b"\n" for line in lines)
        if len(rest) > LONGEST_LINE:
            raise NotATable("text.long_line", mb=LONGEST_LINE // 1024**2)
    if rest := rest.rstrip(END):
        yield rest


def _usual(path: Path) -> str:
    """The encoding that explains most lines that are not UTF-8."""
    odd = list(islice((line for line in _lines(path) if not line.isascii() and not is_utf8(line)), LINES_JUDGED))
    words = b" ".join(word for line in odd for word in _FOREIGN_WORD.findall(line))
    letters = words.replace(b" ", b"")
    if sum(byte > 127 for byte in letters) > 0.6 * len(letters) and len(letters) > 20:
        best = charset_normalizer.from_bytes(b"".join(odd)).best()
        if best:
            return best.encoding
    return min(WESTERN, key=lambda encoding: sum(strange(line, encoding) for line in odd))


def _examples(lines: Iterable[tuple[int, str]]) -> tuple[Note, ...]:
    """Where to look whether the letters came out right: up to three words that are not plain ASCII, and their lines."""
    words = [(number, word) for number, text in lines if (word := _WORD.search(text) or _SIGN.search(text))]
    return tuple(note("text.example", word=word[0][:30], line=number) for number, word in words[:3])

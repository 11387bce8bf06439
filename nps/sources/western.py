"""Single-byte encodings of Western Europe: which of them a line, or a cell of it, is in, by where letters stand."""

import re

from nps.notes import note

# The likelier first; what none of them knows is Latin-1.
WESTERN = {
    "cp1252": note("encoding.cp1252"),
    "cp850": note("encoding.cp850"),
    "mac_roman": note("encoding.mac_roman"),
}
IN_ONE_LINE = ("cp1252", "cp850")  # what Windows writes, and what its command line does
_INSIDE_WORDS = set("’'‘·-–—…ªº")
_NOT_AFTER_LETTERS = set("‚„ƒ†‡ˆ‰Š¢¬½¼»¿¡")
_CELLS = re.compile(rb"([,;\t|]+)")
_CONTROLS = {code: bytes([code]).decode("cp1252", errors="ignore") for code in range(0x80, 0xA0)}


def decoded(line: bytes, usual: str | None) -> tuple[str, str | None]:
    """A line as text, and the encoding where that is not UTF-8: the usual one unless another reads better.

    Two encodings, with + between them, where a cell of the line reads well in the other one only.
    """
    if usual is None or line.isascii() or is_utf8(line):
        return line.decode(), None
    if usual not in WESTERN:
        return line.decode(usual, errors="replace"), usual
    candidates = sorted(WESTERN, key=lambda encoding: encoding != usual)
    best = min(candidates, key=lambda encoding: strange(line, encoding))
    others = [encoding for encoding in IN_ONE_LINE if encoding != best]
    if not strange(line, best) or best not in IN_ONE_LINE:
        return _single(line, best), best
    cells = [(cell, _of_cell(cell, best, others[0])) for cell in _CELLS.split(line)]
    used = "+".join(encoding for encoding in WESTERN if encoding in {best, *(name for _, name in cells)})
    return "".join(_single(cell, encoding) for cell, encoding in cells), used


def _of_cell(cell: bytes, best: str, other: str) -> str:
    """The encoding of a cell: the other one where all its letters then stand right, and do not in the best one."""
    return other if strange(cell, best) and not strange(cell, other) else best


def of_controls(text: str) -> str:
    """Control characters of Unicode (U+0080 to U+009F) as the signs that Windows-1252 has in their places."""
    return text.translate(_CONTROLS)


def is_utf8(line: bytes) -> bool:
    """Whether it is valid UTF-8."""
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


def strange(line: bytes, encoding: str) -> int:
    """How many characters stand where no language of Western Europe puts them, read in this encoding."""
    text = _single(line, encoding)
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

"""What kind of thing a cell of text holds."""

import re
from collections.abc import Iterable

MARK = "\ufeff"  # of the encoding, where files were put together
_NUMBER = re.compile(
    r"(?!(19|20)\d\d$)[-+]?[$€£]?(\d+([.,]\d+)*|\.\d+)([eE][-+]?\d+)?\s?[%€$£]?"
)  # years also name columns
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T]\d.*)?")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.\w+")
_NOTHING = re.compile(r"(null|none|n/?a|nan|nat|-|\.)", re.IGNORECASE)


def kind(cell: str) -> str:
    """number, date, address or text; empty for a blank cell and for a word that stands for one."""
    cell = cell.strip()
    if not cell or _NOTHING.fullmatch(cell):
        return ""
    patterns = {"number": _NUMBER, "date": _DATE, "address": _EMAIL}
    return next((kind for kind, pattern in patterns.items() if pattern.fullmatch(cell)), "text")


def are_blank(cells: Iterable[str]) -> bool:
    """Whether nothing stands in a row but spaces and marks of the encoding."""
    return not "".join(cells).replace(MARK, "").strip()


def is_number(cell: str) -> bool:
    """Whether it is nothing but a number; a year is none, as years also name columns."""
    return bool(_NUMBER.fullmatch(cell.strip()))

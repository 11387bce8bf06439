"""Tables as files that a spreadsheet shows as they are: whatever a cell holds, it is no formula there.

Spreadsheets drop characters that nobody sees, take full-width signs for signs, and may be told to split cells at
another sign than the comma. So what nobody sees goes, and an apostrophe stands before every sign that would begin a
formula where the cell begins, or where one would if the file were split otherwise.
"""

import csv
import io
import re
import unicodedata

import pandas as pd

SIGNS = "=+@⁺⁼₊₌⩵⩶﬩﹢﹣﹦﹫＋－＝＠-"  # = + - @, and all that are one of them once normalised (NFKC)
SEPARATORS = ",;|\t\n\u037e︐︔﹐﹔，；｜"
PLACES = (range(0x20000), range(0xE0000, 0xE1000))  # where the characters of these kinds stand
UNSEEN = "".join(
    sign
    for place in PLACES
    for sign in map(chr, place)
    if unicodedata.category(sign) in ("Cc", "Cf") and sign not in "\t\n\u200c\u200d"
)
_UNSEEN = re.compile(f"[{re.escape(UNSEEN)}\ud800-\udfff]")
_JOINERS = re.compile(rf"(?<!\S)[\u200c\u200d]+|[\u200c\u200d]+(?=[\s{SIGNS}]|$)")  # inside words they are spelling
_BEFORE_SIGN = re.compile(rf"(?:^|(?<=[{SEPARATORS}]))(?=[\s\"\u200c\u200d]*[{SIGNS}])")
_UNFIT_FOR_A_NAME = re.compile(r'[\s/\\:*?"<>|]+')


def as_csv(frame: pd.DataFrame, *, marked: bool = True) -> bytes:
    """The one way a table becomes a file: CSV that opens right in a spreadsheet and holds no formula.

    marked  as UTF-8 by its first bytes, which spreadsheets need, and other programs take for a part of the first header
    """
    content = formula_safe(frame).to_csv(index=False, quoting=csv.QUOTE_NONNUMERIC)
    return content.encode("utf-8-sig" if marked else "utf-8")


def as_excel(frame: pd.DataFrame) -> bytes:
    """The same as a workbook of one sheet; no cell is a formula there either, nor when it is saved as CSV."""
    made = io.BytesIO()
    safe = formula_safe(frame)
    zoned = [name for name in safe if isinstance(safe[name].dtype, pd.DatetimeTZDtype)]  # which workbooks do not know
    plain = safe.assign(**{name: safe[name].dt.tz_convert(None) for name in zoned})
    plain.to_excel(made, index=False, engine="openpyxl")
    return made.getvalue()


def file_name(name: str) -> str:
    """A name for a file: no path, no sign in front, nothing unseen."""
    return _UNFIT_FOR_A_NAME.sub(" ", _seen(name)).strip(f" .'{SIGNS}") or "table.csv"


def formula_safe(frame: pd.DataFrame) -> pd.DataFrame:
    """Text and headers that a spreadsheet would run as a formula get an apostrophe; numbers stay numbers."""
    numbers = frame.select_dtypes("number").columns
    safe = {name: frame[name] if name in numbers else frame[name].map(_safe, na_action="ignore") for name in frame}
    return pd.DataFrame(safe, index=frame.index).rename(columns=_safe)


def _safe(cell: object) -> object:
    return _BEFORE_SIGN.sub("'", _seen(cell)) if isinstance(cell, str) else cell


def _seen(text: str) -> str:
    """The text without what nobody sees; its line ends are one character."""
    return _JOINERS.sub("", _UNSEEN.sub("", re.sub("\r\n?", "\n", text)))

"""How a text is divided into cells: its delimiter and quotation mark, whether rows are wrapped or cells padded."""

import re
from collections import Counter

from nps.sources.quoting import Dialect, Misplaced, Unclosed, split
from nps.sources.splitting import Record, first_records, lines_of

SAMPLE_ROWS = 200
DELIMITERS = ",;\t|^~"
LIKELY = ",;\t|"
PADDED_ROWS = 2  # as few can show that a space follows every delimiter
SPACED_CELLS = 3  # so many, for a space to divide cells: two words are a name
_CELL = r"(?:^|(?<=[,;\t|])){mark}[^{mark}\n]*{mark}(?=[,;\t|\r]|$)"
_SINGLE_QUOTED, _DOUBLE_QUOTED = (re.compile(_CELL.format(mark=mark), re.MULTILINE) for mark in "'\"")


def dialect_of(sample: str) -> Dialect:
    """The dialect that splits the first rows into equal numbers of cells; when none does, one that is not there."""
    single = len(_SINGLE_QUOTED.findall(sample))
    quote = "'" if single > max(sample.count("\n") / 2, 10 * len(_DOUBLE_QUOTED.findall(sample))) else '"'
    best = max(DELIMITERS, key=lambda sign: _agreement(sample, Dialect(sign, quote)))
    if _is_spaced_out(sample, Dialect(" ", quote)):
        return Dialect(" ", quote)
    return Dialect(best if _agreement(sample, Dialect(best, quote))[0] else min(DELIMITERS, key=sample.count), quote)


def _is_spaced_out(sample: str, dialect: Dialect) -> bool:
    """Do spaces divide the cells? Nothing else does in the header, and no row has fewer of them, most just as many."""
    header, *rows = [len(row.cells or ()) for row in first_records(sample, dialect, SAMPLE_ROWS)] or [0]
    if header < SPACED_CELLS or not rows or min(rows) < header or Counter(rows).most_common(1)[0][0] != header:
        return False
    first = next(line for line in lines_of(sample) if line.strip())
    return not any(sign in first for sign in DELIMITERS)


def _agreement(sample: str, dialect: Dialect) -> tuple[float, int]:
    """Of the first rows, the share that has the most frequent number of cells, and that number; no share for one."""
    rows = first_records(sample, dialect, SAMPLE_ROWS)
    widths = Counter(len(row.cells) if row.cells else 1 for row in rows)
    (width, times), *_ = widths.most_common(1) or [(1, 0)]
    return (times / widths.total(), width) if width > 1 else (0.0, 1)


def is_padded(rows: list[Record], delimiter: str) -> bool:
    """Does a space follow every delimiter? Then it belongs to no cell."""
    several = [row for row in rows if row.cells and len(row.cells) > 1]
    return len(several) >= PADDED_ROWS and all(_is_spaced(row, delimiter) for row in several)


def _is_spaced(row: Record, delimiter: str) -> bool:
    """Whether a space stands before every cell of a row but the first, blank ones aside."""
    if '"' in row.text:
        spaces = row.text.count(f"{delimiter} ")
        return spaces >= sum(bool(cell) for cell in row.cells[1:]) and f'{delimiter}"' not in row.text
    return all(cell[:1] in ("", " ") for cell in row.cells[1:])


def is_wrapped(sample: str) -> bool:
    """Does every row stand in quotation marks as a whole? Some programs save a table so when they take it for text."""
    lines = [line.strip("\r\n") for line in lines_of(sample) if line.strip()][:SAMPLE_ROWS]
    rows = [inside(line) for line in lines if line.startswith('"')]
    if len(rows) < max(2, len(lines)) or None in rows:
        return False
    widths = (
        {len(row.cells or ()) for row in first_records("\n".join(rows), Dialect(sign), SAMPLE_ROWS)} for sign in LIKELY
    )
    return any(len(width) == 1 and min(width) > 1 for width in widths)


def inside(line: str) -> str | None:
    """What stands in the quotation marks around a whole line; None where there is more than that."""
    try:
        cells = split(line, Dialect("\0"))
    except (Unclosed, Misplaced):
        return None
    return cells[0] if len(cells) == 1 else None

"""A clean copy of a table on disk, that DuckDB can read as it stands, with accounts of every row."""

import csv
import glob
from array import array
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import ibis
from ibis.expr.types import Table

from nps.sources.layout import FOOTER_ROWS, is_total
from nps.sources.ledger import LONGEST_VALUE, Held, Listed
from nps.sources.source import Ignored, InputError, Source
from nps.sources.splitting import Record

TOO_FEW, TOO_MANY, TOTALS = "fewer cells than the header", "more cells than the header", "a line of totals, not a row"
MAX_HELD = 1_000_000
MAX_LINE = 16 * 1024**2


def read_clean(con: ibis.BaseBackend, path: Path, columns: Sequence[str], delimiter: str = ",", skip: int = 0) -> Table:
    """A CSV file in DuckDB, every cell as text, blank ones missing; `skip` lines stand above the first row."""
    return con.read_csv(
        glob.escape(str(path)),
        columns=dict.fromkeys(columns, "VARCHAR"),
        auto_detect=False,
        skip=skip,
        header=False,
        delim=delimiter,
        quote='"',
        escape='"',
        ignore_errors=True,
        store_rejects=True,
        rejects_limit=0,
        max_line_size=MAX_LINE,
    )


def copied(
    records: Iterable[Record],
    name: str,
    columns: Sequence[str],
    notes: Sequence[str],
    con: ibis.BaseBackend,
    copy: Path,
    totals: bool = True,
) -> Source:
    """Rows below the header, written to `copy` and read by DuckDB; held back or ignored where they hold no row.

    totals  whether lines of totals may stand at the end
    """
    lines, held, seen = array("I"), [], Counter()
    with copy.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n")
        for record in _without_totals(records) if totals else records:
            cells, reason = _fitted(record, len(columns), seen)
            if reason:
                held.append(Held(record.line, record.text.strip()[:LONGEST_VALUE], reason))
                _check_held(held)
            elif cells:
                writer.writerow(cells)
                lines.append(record.line)
    ignored = (Ignored("a blank row", seen["blank"]),) if seen["blank"] else ()
    table = read_clean(con, copy, columns)
    told = (*notes, *_row_notes(seen))
    return Source(table, name, tuple(columns), told, ledger=Listed(lines, held, seen["blank"]), ignored=ignored)


def _check_held(held: Sequence[Held]) -> None:
    if len(held) > MAX_HELD:
        raise InputError(
            f"More than {MAX_HELD:,} rows cannot be read; the first, in line {held[0].line:,}: {held[0].reason}. "
            "Export the file again."
        )


def _fitted(record: Record, width: int, seen: Counter) -> tuple[list[str] | None, str]:
    """The row's cells, or why it is held back; neither for a blank row. Blank cells behind the last column are none."""
    if record.reason:
        return None, record.reason
    cells, extra = record.cells[:width], record.cells[width:]
    if width > 1 and not any(cell.strip() for cell in record.cells):
        seen["blank"] += 1
        return None, ""
    if len(cells) < width:
        return None, TOO_FEW
    if any(cell.strip() for cell in extra):
        return None, TOO_MANY
    seen["backslash"] += record.by_backslash
    return cells, ""


def _without_totals(records: Iterable[Record]) -> Iterator[Record]:
    """The same rows; a line of totals among the last few is marked as one."""
    records = iter(records)
    last = deque(islice(records, FOOTER_ROWS))
    for record in records:
        yield last.popleft()
        last.append(record)
    for record in last:
        yield record._replace(cells=None, reason=TOTALS) if record.cells and is_total(record.cells) else record


def _row_notes(seen: Counter) -> Iterator[str]:
    if seen["backslash"]:
        yield f"{_rows(seen['backslash'])} quotation marks behind a backslash; they were read as part of the text."


def _rows(count: int) -> str:
    return "1 row has" if count == 1 else f"{count:,} rows have"

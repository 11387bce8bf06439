"""A clean copy of a table on disk, that DuckDB can read as it stands, with accounts of every row."""

import csv
import glob
from array import array
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path

import ibis
from ibis.expr.types import Table

from nps.notes import NotATable, Note, decoded, note
from nps.sources.cells import are_blank
from nps.sources.encodings import signed
from nps.sources.layout import FOOTER_ROWS, is_total
from nps.sources.ledger import LONGEST_VALUE, Held, Listed
from nps.sources.shifts import Columns
from nps.sources.source import Ignored, Source
from nps.sources.splitting import BACKSLASH, INNER, Record

TOO_FEW, TOO_MANY, TOTALS = "row.too_few", "row.too_many", "row.totals"
A_CELL_MORE, A_CELL_LESS = "row.a_cell_more", "row.a_cell_less"
BLANK, HEADER, SECOND = "row.blank", "row.header_again", "row.second_table"
UNEVEN, ROWS = "rows.uneven", "rows"
MAX_HELD = 1_000_000
MAX_LINE = 16 * 1024**2


def read_clean(
    con: ibis.BaseBackend,
    path: Path,
    columns: Sequence[str],
    delimiter: str = ",",
    skip: int = 0,
    rejects: str = "rejects",
) -> Table:
    """A CSV file in DuckDB, every cell as text, blank ones missing; `skip` lines stand above the first row.

    rejects  the table that lists rows that do not fit, once it was read
    """
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
        rejects_table=rejects,
        rejects_scan=f"{rejects}_scan",
        rejects_limit=0,
        max_line_size=MAX_LINE,
        buffer_size=2 * MAX_LINE,  # else 16 of the longest lines for each of the buffers
    )


class Shape:
    """What the rows of a table look like.

    columns    their names
    header     what stands in the header row, where there is one
    cells      how many cells most rows have
    first      the first rows
    """

    def __init__(
        self,
        columns: Sequence[str],
        header: Sequence[str] = (),
        cells: int = 0,
        first: Sequence[Record] = (),
        delimiter: str = ",",
    ):
        self.columns, self.cells, self.delimiter = tuple(columns), cells or len(columns), delimiter
        self.header, self._first = [cell.strip() for cell in header], first

    @cached_property
    def held(self) -> Columns:
        """What the columns hold in the first rows that have as many cells as most."""
        usual = [row.cells for row in self._first if row.cells and len(row.cells) == self.cells]
        return Columns(usual, min(self.cells, len(self.columns)))


def copied(
    records: Iterable[Record],
    name: str,
    shape: Shape,
    notes: Sequence[Note],
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
            cells, reason = _fitted(record, shape, seen)
            if reason:
                held.append(Held(record.line, record.text.strip()[:LONGEST_VALUE], reason))
                _check_held(held)
            elif cells:
                writer.writerow(cells)
                lines.append(record.line)
    ignored = tuple(Ignored(note(reason), seen[reason]) for reason in (BLANK, HEADER) if seen[reason])
    ledger = Listed(lines, held, sum(part.rows for part in ignored))
    controls = signed(copy)
    also = (note("text.unseen_controls", n=controls),) if controls else ()
    table, remarks = read_clean(con, copy, shape.columns), (*notes, *also, *_row_notes(seen))
    return Source(table, name, shape.columns, remarks, shape.delimiter, ledger=ledger, ignored=ignored)


def _check_held(held: Sequence[Held]) -> None:
    if len(held) > MAX_HELD:
        raise NotATable("rows.too_many_held", most=MAX_HELD, line=held[0].line, why=decoded(held[0].reason))


def _fitted(record: Record, shape: Shape, seen: Counter) -> tuple[list[str] | None, str]:
    """The row's cells, or why it is held back; neither for a blank row. Blank cells behind the last column are none."""
    width = len(shape.columns)
    if record.cells and width > 1 and are_blank(record.cells):
        seen[BLANK] += 1
        return None, ""
    if SECOND in seen or record.reason:
        return None, SECOND if SECOND in seen else record.reason
    cells, extra = record.cells[:width], record.cells[width:]
    if reason := _headed(record.cells, shape, seen):
        return None, "" if reason == HEADER else reason
    seen[ROWS] += 1
    if len(cells) < min(width, shape.cells):
        return None, TOO_FEW
    if extra and "".join(extra).strip():
        return None, TOO_MANY
    if reason := _shifted(record.cells, shape):
        return None, reason
    seen[UNEVEN] += len(record.cells) != shape.cells
    if record.mended:
        seen[record.mended] += 1
    return (cells if len(cells) == width else cells + [""] * (width - len(cells))), ""


def _headed(cells: Sequence[str], shape: Shape, seen: Counter) -> str:
    """HEADER for the header row once more, SECOND where the header of another table begins; else nothing."""
    if len(shape.header) < 2 or ROWS not in seen or cells[0].strip() not in shape.header:
        return ""
    filled = [cell.strip() for cell in cells if cell.strip()]
    repeated = sum(cell in shape.header for cell in filled)
    if repeated < 2 or 2 * repeated <= len(filled):
        return ""
    again = [cell.strip() for cell in cells[: len(shape.header)]] == shape.header and repeated == len(filled)
    seen[HEADER if again else SECOND] += 1
    return HEADER if again else SECOND


def _shifted(cells: Sequence[str], shape: Shape) -> str:
    """Why a row is held back whose cells would fit better in other columns."""
    more = len(cells) - shape.cells
    if more == 0 and shape.held.stands_one_further(cells):
        return A_CELL_MORE
    if more > 0 and shape.held.fits_better_with_fewer(cells, more, shape.delimiter):
        return A_CELL_MORE
    if more < 0 and shape.held.fits_better_with_more(cells):
        return A_CELL_LESS
    return ""


def _without_totals(records: Iterable[Record]) -> Iterator[Record]:
    """The same rows; a line of totals among the last few is marked as one."""
    records = iter(records)
    last = deque(islice(records, FOOTER_ROWS))
    for record in records:
        yield last.popleft()
        last.append(record)
    for record in last:
        yield record._replace(cells=None, reason=TOTALS) if record.cells and is_total(record.cells) else record


def _row_notes(seen: Counter) -> list[Note]:
    return [note(odd, n=seen[odd]) for odd in (BACKSLASH, INNER, UNEVEN) if seen[odd]]

"""Spreadsheets: Excel (xlsx, xlsm, xls) and OpenDocument, read by calamine; every cell as the text it shows."""

import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime
from itertools import islice
from pathlib import Path

import ibis
import pandas as pd
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from nps.notes import InputError, NotATable, Note, NothingLeft, TooLarge, note, quoted
from nps.sources.containers import check_expanded, member
from nps.sources.copying import Shape, copied
from nps.sources.dialects import SAMPLE_ROWS
from nps.sources.layout import layout
from nps.sources.source import Source, chosen
from nps.sources.splitting import Record

MAX_EXPANDED_BYTES = 1024**3
MAX_CELLS = 20_000_000
EXACT = 10**15  # Excel keeps 15 digits of a number
BLOCK = 1024**2
ERRORS = {"#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NULL!", "#NUM!", "#GETTING_DATA", "#SPILL!", "#CALC!"}
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["']""")
_ROWS = re.compile(rb"""number-rows-repeated\s*=\s*["'](\d+)""")
_COLUMNS = re.compile(rb"""number-columns-repeated\s*=\s*["'](\d+)""")


def open_workbook(path: Path, name: str, con: ibis.BaseBackend, scratch: Path, choice: Mapping[str, str]) -> Source:
    """One sheet of a workbook: the one that `choice` names, else the largest that is shown."""
    seen: Counter[str] = Counter()
    with _opened(path, seen) as workbook:
        sheet, remarks = _sheet(workbook, choice.get("sheet"))
        source = _read(sheet, remarks, seen, name, con, scratch)
        shown = _shown(workbook)
        return replace(source, choices={"sheet": shown}) if len(shown) > 1 else source


@contextmanager
def _opened(path: Path, seen: Counter) -> Iterator[CalamineWorkbook]:
    """The workbook while in use. Raises InputError for one that is damaged, locked or grows too large."""
    try:
        if zipfile.is_zipfile(path):
            check_expanded(path, MAX_EXPANDED_BYTES)
            _check_extent(path, seen)
        with CalamineWorkbook.from_path(path) as workbook:
            yield workbook
    except PasswordError as locked:
        raise NotATable("workbook.locked") from locked
    except (CalamineError, zipfile.BadZipFile, zlib.error, EOFError) as broken:
        raise NotATable("workbook.damaged") from broken


def _check_extent(path: Path, seen: Counter) -> None:
    """Refuse cells so far apart that the sheet between them would fill the memory. Reads the XML in blocks."""
    with zipfile.ZipFile(path) as archive:
        if "xl/workbook.bin" in archive.namelist():
            raise NotATable("workbook.binary")
        for info in archive.infolist():
            if info.filename.endswith(".xml"):
                extent = _repeated_extent if info.filename == "content.xml" else _placed_extent
                if any(rows * columns > MAX_CELLS for rows, columns in extent(_blocks(archive, info, seen))):
                    raise TooLarge("sheet.too_wide", millions=MAX_CELLS // 10**6)


def _blocks(archive: zipfile.ZipFile, info: zipfile.ZipInfo, seen: Counter) -> Iterator[bytes]:
    with member(archive, info) as stream:
        while block := stream.read(BLOCK):
            seen["errors"] += block.count(b' t="e"')
            yield block


def _placed_extent(blocks: Iterator[bytes]) -> Iterator[tuple[int, int]]:
    """Rows and columns of an Excel sheet so far, by the places that its cells name."""
    rows = columns = 0
    rest = b""
    for block in blocks:
        places = _PLACE.findall(rest + block)
        rows = max(rows, max((int(row) for _, row in places), default=0))
        columns = max(columns, max(map(_column, {letters for letters, _ in places}), default=0))
        yield rows, columns
        rest = block[-100:]


def _repeated_extent(blocks: Iterator[bytes]) -> Iterator[tuple[int, int]]:
    """Rows and columns of an OpenDocument sheet so far; blank ones count once something stands behind them."""
    rows = blank = columns = 0
    rest = b""
    for block in blocks:
        *ended, rest = (rest + block).split(b"</table:table-row>")
        for row in ended:
            times = int((_ROWS.findall(row) or [1])[-1])
            cells = re.split(rb"<table:table-cell", row)
            filled = [at for at, cell in enumerate(cells) if b"<text:p" in cell or b":value" in cell]
            blank += times
            if filled:
                rows, blank = rows + blank, 0
                width = sum(int((_COLUMNS.findall(cell) or [1])[0]) for cell in cells[1 : filled[-1] + 1])
                columns = max(columns, width)
        yield rows, columns
        if len(rest) > 64 * BLOCK:
            yield MAX_CELLS, 2


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _shown(workbook: CalamineWorkbook) -> tuple[str, ...]:
    """The sheets that people see."""
    return tuple(
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    )


def _sheet(workbook: CalamineWorkbook, wanted: str | None) -> tuple[CalamineSheet, tuple[Note, ...]]:
    """The sheet to read, and what to say when there are several."""
    shown = _shown(workbook)
    if wanted is not None:
        return workbook.get_sheet_by_name(chosen(wanted, workbook.sheet_names, "sheet")), ()
    tables = [sheet for sheet in map(workbook.get_sheet_by_name, shown) if sheet.height > 1]
    sheet = max(tables, key=lambda sheet: sheet.height * sheet.width, default=None)
    if sheet is None:
        raise NothingLeft("workbook.empty")
    return sheet, told_of(sheet.name, shown)


def told_of(name: str, there: Sequence[str], kind: str = "sheet") -> tuple[Note, ...]:
    """What to say where a sheet or table was chosen among several."""
    others = quoted((other for other in there[:6] if other != name), 40)
    code = "sheet.chosen" if kind == "sheet" else "tables.chosen"
    return (note(code, name=name[:40], others=others),) if others else ()


def workbook_heads(path: Path) -> dict[str, pd.DataFrame]:
    """The first rows of each sheet that is shown and holds a table, as text; nothing where no table stands there, and
    none of an Excel workbook of one sheet.

    Raises InputError as `open_workbook` does.
    """
    heads = {}
    if _has_one_sheet(path):
        return heads
    with _opened(path, Counter()) as workbook:
        for sheet in map(workbook.get_sheet_by_name, _shown(workbook)):
            rows = [[_text(cell, Counter()) for cell in row] for row in islice(sheet.iter_rows(), SAMPLE_ROWS)]
            with suppress(InputError):
                table = layout(rows)
                cells = [row[: table.width] for row in rows[table.first :]]
                heads[sheet.name] = pd.DataFrame(cells, columns=table.columns, dtype="str")
    return heads


def _has_one_sheet(path: Path) -> bool:
    """Whether an Excel workbook has one sheet, as the names of what is inside say."""
    if not zipfile.is_zipfile(path):
        return False
    with suppress(zipfile.BadZipFile), zipfile.ZipFile(path) as archive:
        return sum(name.startswith("xl/worksheets/") and name.endswith(".xml") for name in archive.namelist()) == 1
    return False


def _read(
    sheet: CalamineSheet, remarks: tuple[Note, ...], seen: Counter, name: str, con: ibis.BaseBackend, scratch: Path
) -> Source:
    if sheet.start is None:
        raise NothingLeft("sheet.empty", name=sheet.name)
    if sheet.total_height * sheet.total_width > MAX_CELLS:
        raise TooLarge("sheet.too_wide", millions=MAX_CELLS // 10**6)
    first = [[_text(cell, Counter()) for cell in row] for row in islice(sheet.iter_rows(), SAMPLE_ROWS)]
    form = layout(first)
    known = [Record(0, "", row) for row in first[form.first :] if any(row)]
    shape = Shape(form.columns, () if form.header is None else first[form.header], form.cells, known)
    above = sheet.start[0] + 1
    rows = (
        Record(above + at, "", cells)
        for at, row in enumerate(sheet.iter_rows())
        if at >= form.first and (cells := [_text(cell, seen) for cell in row]) is not None
    )
    rows = (row._replace(text=", ".join(row.cells)) for row in rows)
    source = copied(rows, name, shape, remarks + form.notes, con, scratch / "sheet.csv")
    return replace(source, notes=(*source.notes, *_notes(seen)))


def _notes(seen: Counter) -> Iterator[Note]:
    if seen["rounded"]:
        yield note("workbook.rounded", n=seen["rounded"])
    if seen["errors"]:
        yield note("workbook.errors", n=seen["errors"])


def _text(cell: object, seen: Counter) -> str:
    """A cell as the text that a CSV would hold: 7 and not 7.0, ISO dates, blank for an error."""
    if isinstance(cell, str):
        seen["errors"] += cell in ERRORS
        return "" if cell in ERRORS else cell.replace("\r\n", "\n")
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, (int, float)):
        return _number(cell, seen)
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _number(cell: float, seen: Counter) -> str:
    if float(cell).is_integer():
        seen["rounded"] += abs(cell) >= EXACT
        return str(int(cell))
    return format(cell, ".15g")

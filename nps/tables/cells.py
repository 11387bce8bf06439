"""The cells of a table in the types of their fields, and those that do not fit. Cells with a type keep it."""

from collections.abc import Iterable
from dataclasses import replace

import ibis
from ibis.expr.types import Column, StringValue, Table, Value

from nps.columns import Reading
from nps.fields import ACCOUNTS, DATES, RESERVED
from nps.literals import dates, numbers, scores, undated, words
from nps.literals.nothing import may_be_a_place
from nps.literals.words import identity, names_nobody, normalised, said_yes, stated, text
from nps.notes import Note, note

MANY_COLUMNS = 20
OPTIONAL = {
    "joined_at": "cells.no_date",
    "churned_at": "cells.no_date",
    "renewal_at": "cells.no_date",
    "expanded_at": "cells.no_date",
    "revenue": "cells.no_number",
    "seats": "cells.no_number",
    "tickets": "cells.no_number",
    "minutes": "cells.no_number",
}


def typed(raw: Table, reading: Reading, name: str) -> Value:
    """The column of a field in the field's type."""
    cell, decimal = cell_of(raw, reading, name), decimal_of(reading, name)
    plain = reading.columns[name] in reading.plain
    readers = dict.fromkeys(DATES, lambda: moment_of(raw, reading, name)) | {
        "responded_at": lambda: undated.likely(moment_of(raw, reading, name)),
        "score": lambda: scores.score(cell, reading.scale or "0-10"),
        "person_id": lambda: normalised(cell) if reading.normalised else _identity(cell, name, reading),
        "revenue": lambda: numbers.number(cell, decimal),
        "seats": lambda: numbers.amount(cell, decimal),
        "tickets": lambda: numbers.amount(cell, decimal),
        "uses": lambda: numbers.amount(cell, decimal),
        "minutes": lambda: numbers.amount(cell, decimal),
        "opted_out": lambda: said_yes(cell),
        "email": lambda: _identity(cell, name, reading),
        "account_id": lambda: normalised(cell) if reading.normalised else _identity(cell, name, reading),
    }
    value = readers.get(name, lambda: cell if plain else text(cell))()
    return _of_somebody(value, cell, reading) if name in ACCOUNTS and not plain else value


def _of_somebody(account: Value, cell: Column, reading: Reading) -> Value:
    """Without words, which only text holds, and numbers for nobody."""
    known = names_nobody(account).ifelse(None, account) if cell.type().is_string() else account
    return known.isin(reading.no_account).ifelse(None, known) if reading.no_account else known


def _identity(cell: Column, name: str, reading: Reading) -> StringValue:
    return cell if reading.columns[name] in reading.plain else identity(cell)


def all_typed(raw: Table, reading: Reading, *names: str) -> dict[str, Value]:
    """Field -> its column in its type, of these fields where the file has them."""
    return {name: typed(raw, reading, name) for name in names if name in reading.columns}


def without_nothing(raw: Table, reading: Reading) -> tuple[Table, Reading]:
    """The rows without words for nothing in the columns that are no fields, where these are many, and the reading that
    knows it; of a table of DuckDB.

    As one list of each row: a pattern takes longer to be made ready than to be looked for in some thousand cells.
    """
    texts = [c for c in reading.others if raw[c].type().is_string() and not may_be_a_place(words.plain(c))]
    if len(texts) < MANY_COLUMNS:
        return raw, reading
    cells = ibis.util.gen_name("cells")
    listed = raw.mutate(**{cells: ibis.array([raw[name] for name in texts]).map(text)})
    mended = listed.mutate(**{name: listed[cells][at] for at, name in enumerate(texts)}).drop(cells)
    return mended, replace(reading, plain=(*reading.plain, *texts))


def typed_columns(table: Table, reading: Reading) -> dict[str, Value]:
    """Every field of the reading in its type, every other column as it came, out of the way of our own names."""
    fields = {name: typed(table, reading, name) for name in reading.columns}
    others = {c: table[c] if c in reading.plain else stated(table[c], c) for c in reading.others}
    taken = RESERVED | fields.keys()
    return fields | {f"{name} (file)" if name.casefold() in taken else name: cell for name, cell in others.items()}


def cell_of(raw: Table, reading: Reading, name: str) -> Column | None:
    """The column of a field as it came; None where the file has none."""
    return raw[reading.columns[name]] if name in reading.columns else None


def decimal_of(reading: Reading, name: str) -> str:
    """The decimal sign of a field's column."""
    return numbers.PLAIN if reading.in_database else reading.decimals.get(name, "point")


def moment_of(raw: Table, reading: Reading, name: str) -> Value:
    """The moment that a cell means, however far away."""
    return dates.moment(cell_of(raw, reading, name), _form(reading, name))


def _form(reading: Reading, name: str) -> dates.Form:
    return dates.PLAIN if reading.in_database else reading.dates.get(name, dates.Form(zone=reading.zone))


def unknown(raw: Table, reading: Reading, kept: Table | None = None) -> tuple[Note, ...]:
    """What to say of cells that are filled, do not fit, and cost no row its place.

    kept  the same rows typed, where they were: then only columns with more blanks than in `raw` are looked at
    """
    lost = unknown_cells(raw, reading)
    if kept is not None and lost:
        lost = {name: lost[name] for name in _with_more_blanks(raw, reading, kept, lost)}
    if not lost:
        return ()
    counted = raw.aggregate(**lost).to_pandas().fillna(0).iloc[0]
    return tuple(
        note(OPTIONAL[name], n=int(counted[name]), column=reading.columns[name]) for name in lost if counted[name]
    )


def _with_more_blanks(raw: Table, reading: Reading, kept: Table, names: Iterable[str]) -> list[str]:
    """The fields with more blanks once typed than as they came."""
    now = kept.aggregate(**{name: kept[name].isnull().sum() for name in names}).to_pandas().fillna(0).iloc[0]
    filled = {name: cell_of(raw, reading, name).count() for name in names if now[name]}
    if not filled:
        return []
    before = raw.aggregate(all=raw.count(), **filled).to_pandas().iloc[0]
    return [name for name in filled if now[name] > before["all"] - before[name]]


def unknown_cells(raw: Table, reading: Reading) -> dict[str, Value]:
    """Field -> how many cells are filled and do not fit."""
    optional = [name for name in OPTIONAL if name in reading.columns and cell_of(raw, reading, name).type().is_string()]
    return {
        name: (typed(raw, reading, name).isnull() & ~undated.is_missing(cell_of(raw, reading, name))).sum()
        for name in optional
    }

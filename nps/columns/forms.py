"""How whole columns write dates, numbers and ids: day or month first, decimal point or comma, ids that were destroyed.

Every row is looked at, where the data lives; only counts come back.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ibis.expr.types import IntegerColumn, StringValue, Table

from nps.columns import orders
from nps.columns.names import plain
from nps.columns.reading import Reading
from nps.fields import DATES, NUMBERS
from nps.literals import dates, ids, numbers
from nps.literals.words import identity, text
from nps.notes import InputError, Note, chain, note, quoted
from nps.sources import Source

IDS = ("person_id", "email", "account_id", "response_id")
READERS = dict.fromkeys(DATES, dates) | dict.fromkeys(NUMBERS, numbers) | dict.fromkeys(IDS, ids)
MENDED = {**dict.fromkeys(IDS, identity), "feature": text, "kind": text}
MANY_IDS = 0.1  # of a column's ids: more destroyed ones than that, and it is useless
Kinds = Mapping[str, Counter]


class Settled(NamedTuple):
    """What the columns of a file tell: the order of dates, their forms, decimal signs, and what to say about them.

    ids    how many ids are written how, as `literals.ids` names it; of text only
    plain  the columns with ids that all are plain or missing, and with names of which nothing has to be mended
    """

    date_order: str | None
    ambiguous_dates: bool
    dates: dict[str, dates.Form]
    decimals: dict[str, str]
    notes: tuple[Note, ...]
    ids: Counter
    plain: tuple[str, ...]


def settle(source: Source, reading: Reading) -> Settled:
    """Read how every text column of a date, number or id is written; what was said goes before what is found.

    Raises InputError when a spreadsheet destroyed the ids.
    """
    columns = reading.columns
    kinds, unusual = _kinds(source, columns)
    if reading.features:
        kinds["features"] = _feature_kinds(source.table, reading.features)
    ids = kinds.get("person_id", Counter())
    _refuse_destroyed_ids(ids, columns)
    order, ambiguous, forms, date_notes = _dates(kinds, unusual, reading, source)
    decimals, number_notes = _decimals(kinds, columns, reading.decimal, source.delimiter)
    money = _money_notes(source.table, columns.get("revenue"))
    notes = (*date_notes, *number_notes, *money)
    return Settled(reading.date_order or order, ambiguous, forms, decimals, notes, ids, _plain(source, kinds, columns))


def _kinds(source: Source, columns: Mapping[str, str]) -> tuple[dict[str, Counter], list[str]]:
    """Field -> kind of writing -> cells, of every text column that can be written in several ways; and fields with more
    than the usual ones.

    One query counts those of all columns; only columns with others are looked at again, cell by cell. Ids whose words
    were counted are looked at word by word.
    """
    counted = {name: source.words[c] for name, c in columns.items() if name in IDS and c in source.words}
    texts = {name: source.table[c] for name, c in columns.items() if name in READERS and name not in counted}
    tallies = {name: _counted(words, ids.kind(words.word), words.rows) for name, words in counted.items()}
    others, unusual = _tallied(source.table, {n: cell for n, cell in texts.items() if cell.type().is_string()})
    return tallies | others, unusual


def _tallied(table: Table, texts: Mapping[str, StringValue]) -> tuple[dict[str, Counter], list[str]]:
    """Field -> kind of writing -> cells, of these columns of a table, and which were looked at again.

    The kinds are a table of their own: DuckDB would match a pattern again for the sum of each.
    """
    if not texts:
        return {}, []
    kinds = table.select(**{name: READERS[name].usual(cell) for name, cell in texts.items()})
    usual = {name: {kind: f"{name}: {kind}" for kind in READERS[name].USUAL} for name in texts}
    sums = {cells: (kinds[name] == kind).sum() for name, its in usual.items() for kind, cells in its.items()}
    counted = kinds.aggregate(rows=kinds.count(), **sums).to_pandas().fillna(0).astype(int).iloc[0]
    tallies = {
        name: +Counter({kind: int(counted[cells]) for kind, cells in its.items()}) for name, its in usual.items()
    }
    unusual = [name for name in texts if tallies[name].total() < counted["rows"]]
    return tallies | {name: _counted(table, READERS[name].kind(texts[name])) for name in unusual}, unusual


def _plain(source: Source, kinds: Kinds, columns: Mapping[str, str]) -> tuple[str, ...]:
    """The columns with ids and names of which none has to be mended: whose words say so, else ids that all are plain or
    missing."""
    words = {name: source.words[c].word for name, c in columns.items() if name in MENDED and c in source.words}
    same = {name: word.identical_to(MENDED[name](word)).all() for name, word in words.items()}
    told = [name for name, alike in same.items() if alike.to_pandas()]
    tallies = {name: +kinds[name] for name in IDS if name in kinds and name not in words}
    told += [name for name, counted in tallies.items() if counted["plain"] and {*counted} <= {"plain", "missing"}]
    return tuple(columns[name] for name in told)


def _counted(table: Table, kinds: StringValue, rows: IntegerColumn | None = None) -> Counter:
    """Cells of each kind; `rows` that each stands for."""
    counted = table.group_by(kind=kinds).aggregate(cells=table.count() if rows is None else rows.sum()).to_pandas()
    return Counter({kind: int(cells) for kind, cells in counted.itertuples(index=False, name=None)})


def _feature_kinds(table: Table, features: tuple[str, ...]) -> Counter:
    """The same over all columns of a wide usage file."""
    texts = [name for name in features if table[name].type().is_string()]
    if not texts:
        return Counter()
    cells = table.select(*texts).pivot_longer(texts, names_to="column", values_to="cell")
    return _counted(cells, numbers.kind(cells.cell))


def _refuse_destroyed_ids(kinds: Counter, columns: Mapping[str, str]) -> None:
    filled = kinds.total() - kinds["blank"] - kinds["missing"]
    if filled and kinds["shortened"] >= MANY_IDS * filled:
        raise InputError("ids.shortened", shortened=kinds["shortened"], ids=filled, column=columns["person_id"])
    if kinds["rounded"] >= max(10, MANY_IDS * filled) and not kinds["long"]:
        raise InputError("ids.rounded", ids=kinds["rounded"], column=columns["person_id"])


# --- dates ---


def _dates(
    kinds: Kinds, unusual: Sequence[str], reading: Reading, source: Source
) -> tuple[str | None, bool, dict[str, dates.Form], list[Note]]:
    """The order to show, whether it must be asked, the form of each column, and notes.

    Where nothing tells, a file with semicolons comes from where the day is written first.
    """
    columns, zone, stated, usual = (
        reading.columns,
        reading.zone,
        reading.date_order,
        dates.ORDERS[source.delimiter != ";"],
    )
    written = {name: _plain_kinds(kinds[name]) for name in DATES if name in kinds}
    certain = {name: order for name, tally in written.items() if (order := _certain(tally))}
    common = next(iter(certain.values())) if len(set(certain.values())) == 1 else None
    forms, notes, order, ambiguous = {}, [], None, False
    for name, tally in written.items():
        mine, unclear = _order(tally, certain.get(name), stated, common, usual)
        if unclear and not stated and not (tally["day first"] or tally["month first"]):
            mine, unclear, why = orders.by_evidence(source, columns[name], mine)
            notes += [why] if why else []
        kinds_used = _used_kinds(tally) if name in unusual else dates.QUICK
        forms[name] = dates.Form(kinds_used, mine or dates.ORDERS[1], zone)
        notes += _date_notes(columns[name], tally, mine, unclear and not stated)
        notes += filter(None, [orders.half_swapped(source.table[columns[name]], columns[name], tally)])
        order, ambiguous = order or mine, ambiguous or (unclear and not stated)
    if not zone and (unzoned := [columns[name] for name in written if _without_zone(kinds[name], columns[name])]):
        notes.append(note("dates.no_zone", columns=chain("and", quoted(unzoned))))
    return order, ambiguous, forms, notes


def _plain_kinds(tally: Counter) -> Counter:
    counted: Counter = Counter()
    for name, cells in tally.items():
        counted[name.removesuffix(" clock")] += cells
    return counted


def _certain(tally: Counter) -> str | None:
    """The order that all dates fit, where only one does."""
    only = [order for order in dates.ORDERS if tally[order]]
    return only[0] if len(only) == 1 else None


def _order(
    tally: Counter, certain: str | None, stated: str | None, common: str | None, usual: str
) -> tuple[str | None, bool]:
    """The order of one column, by its own dates, what is said, or the others; and whether it cannot be told."""
    if certain:
        return certain, False
    mixed = bool(tally["day first"] and tally["month first"])
    if mixed:
        return stated or max(dates.ORDERS, key=lambda order: tally[order]), True
    if tally["dotted"] and not tally["either"]:  # 03.04.2025 is 3 April wherever dates have dots
        return stated or "day first", False
    if tally["either"] or tally["dotted"]:
        return stated or common or usual, not common
    return None, False


def _used_kinds(tally: Counter) -> tuple[str, ...]:
    """The kinds that occur; day numbers of a spreadsheet only where nearly the whole column is."""
    filled = tally.total() - tally["blank"]
    return tuple(name for name in dates.KINDS if tally[name] and (name != "serial" or tally[name] >= 0.95 * filled))


def _date_notes(column: str, tally: Counter, order: str | None, unclear: bool) -> list[Note]:
    notes = []
    if unclear and tally["day first"] and tally["month first"]:
        counts = {"day_first": tally["day first"], "month_first": tally["month first"]}
        notes.append(note("dates.mixed", column=column, order=orders.named(order), **counts))
    elif unclear:
        notes.append(note("dates.unclear", column=column, order=orders.named(order)))
    if "serial" in _used_kinds(tally):
        notes.append(note("dates.serial", column=column))
    return notes


def _without_zone(tally: Counter, column: str) -> bool:
    return not re.search(r"\b(?:utc|gmt)\b", plain(column)) and any(
        name.endswith(" clock") and name.removesuffix(" clock") in dates.KINDS for name in tally
    )


# --- numbers ---


def _decimals(
    kinds: Kinds, columns: Mapping[str, str], stated: str | None, delimiter: str
) -> tuple[dict[str, str], list[Note]]:
    """The decimal sign of each number column: as its numbers tell, as was said, or as the file's others; and notes."""
    written = {name: kinds[name] for name in (*NUMBERS, "features") if name in kinds}
    certain = {name: sign for name, tally in written.items() if (sign := _certain_decimal(tally))}
    usual = "comma" if "comma" in certain.values() or (not certain and delimiter == ";") else "point"
    decimals = {name: certain.get(name) or stated or usual for name in written}
    notes = []
    for name, tally in written.items():
        where = note("quoted", name=columns[name]) if name in columns else note("numbers.features")
        if tally["either"] and name not in certain and not stated:
            notes.append(note(f"numbers.decimal_{decimals[name]}", where=where))
    return decimals, notes


def _money_notes(table: Table, column: str | None) -> list[Note]:
    """What to say of amounts in several currencies."""
    if column is None or not table[column].type().is_string():
        return []
    tests = {name: table[column].re_search(pattern).any() for name, pattern in numbers.CURRENCIES.items()}
    seen = table.aggregate(**tests).to_pandas().fillna(False).iloc[0]
    currencies = [name for name in tests if seen[name]]
    return [note("numbers.currencies", column=column, currencies=tuple(currencies))] if len(currencies) > 1 else []


def _certain_decimal(tally: Counter) -> str | None:
    """The sign that more numbers need; None when none needs any."""
    if not tally["point"] and not tally["comma"]:
        return None
    return "comma" if tally["comma"] > tally["point"] else "point"

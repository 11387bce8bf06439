"""How whole columns write dates, numbers and ids: day or month first, decimal point or comma, ids that were destroyed.

Every row is looked at, where the data lives; only counts come back.
"""

import re
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from ibis.expr.types import StringValue, Table

from nps.columns import orders
from nps.columns.names import plain
from nps.columns.reading import Reading
from nps.fields import DATES
from nps.literals import dates, ids, numbers
from nps.notes import InputError, Note, chain, note, quoted
from nps.sources import Source

NUMBERS = ("uses", "minutes", "revenue")
IDS = ("person_id", "email", "account_id", "response_id")
MANY_IDS = 0.1  # of a column's ids: more destroyed ones than that, and it is useless
Kinds = Mapping[str, Counter]


class Settled(NamedTuple):
    """What the columns of a file tell: the order of dates, their forms, decimal signs, and what to say about them.

    ids    how many ids are written how, as `literals.ids` names it; of text only
    plain  the columns with ids that all are plain or missing
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
    kinds = _kinds(source.table, columns)
    if reading.features:
        kinds["features"] = _feature_kinds(source.table, reading.features)
    known = kinds.get("person_id", Counter())
    _refuse_destroyed_ids(known, columns)
    order, ambiguous, forms, date_notes = _dates(kinds, reading, source)
    decimals, number_notes = _decimals(kinds, columns, reading.decimal, source.delimiter)
    money = _money_notes(source.table, columns.get("revenue"))
    notes = (*date_notes, *number_notes, *money)
    return Settled(reading.date_order or order, ambiguous, forms, decimals, notes, known, _plain(kinds, columns))


def _kinds(table: Table, columns: Mapping[str, str]) -> dict[str, Counter]:
    """Field -> kind of writing -> cells, of every text column that can be written in several ways.

    One query counts the usual writings of all columns; only columns with others are looked at again, cell by cell.
    """
    readers = dict.fromkeys(DATES, (dates.usual, dates.kind)) | dict.fromkeys(NUMBERS, (numbers.usual, numbers.kind))
    readers |= dict.fromkeys(IDS, (ids.usual, ids.kind))
    asked = {name: table[c] for name, c in columns.items() if name in readers and table[c].type().is_string()}
    usual = {name: readers[name][0](cell) for name, cell in asked.items()}
    sums = {f"{name}: {kind}": cells for name, kinds in usual.items() for kind, cells in kinds.items()}
    if not sums:
        return {}
    counted = table.aggregate(rows=table.count(), **sums).to_pandas().fillna(0).astype(int).iloc[0]
    found = {name: +Counter({kind: int(counted[f"{name}: {kind}"]) for kind in kinds}) for name, kinds in usual.items()}
    unusual = [name for name in asked if found[name].total() < counted["rows"]]
    return found | {name: _counted(readers[name][1](asked[name])) for name in unusual}


def _plain(kinds: Kinds, columns: Mapping[str, str]) -> tuple[str, ...]:
    """The columns with ids that all are plain or missing."""
    found = {name: +kinds[name] for name in IDS if name in kinds}
    return tuple(
        columns[name] for name, counted in found.items() if counted["plain"] and {*counted} <= {"plain", "missing"}
    )


def _counted(kinds: StringValue) -> Counter:
    counted = kinds.name("kind").value_counts(name="cells").to_pandas()
    return Counter(dict(counted.itertuples(index=False, name=None)))


def _feature_kinds(table: Table, features: tuple[str, ...]) -> Counter:
    """The same over all columns of a wide usage file."""
    texts = [name for name in features if table[name].type().is_string()]
    if not texts:
        return Counter()
    cells = table.select(*texts).pivot_longer(texts, names_to="column", values_to="cell").cell
    return _counted(numbers.kind(cells))


def _refuse_destroyed_ids(kinds: Counter, columns: Mapping[str, str]) -> None:
    filled = kinds.total() - kinds["blank"] - kinds["missing"]
    if filled and kinds["shortened"] >= MANY_IDS * filled:
        raise InputError("ids.shortened", shortened=kinds["shortened"], ids=filled, column=columns["person_id"])
    if kinds["rounded"] >= max(10, MANY_IDS * filled) and not kinds["long"]:
        raise InputError("ids.rounded", ids=kinds["rounded"], column=columns["person_id"])


# --- dates ---


def _dates(
    kinds: Kinds, reading: Reading, source: Source
) -> tuple[str | None, bool, dict[str, dates.Form], list[Note]]:
    """The order to show, whether it must be asked, the form of each column, and notes.

    Where nothing tells, a file with semicolons comes from where the day is written first.
    """
    columns, zone, said, usual = (
        reading.columns,
        reading.zone,
        reading.date_order,
        dates.ORDERS[source.delimiter != ";"],
    )
    written = {name: _plain_kinds(kinds[name]) for name in DATES if name in kinds}
    told = {name: order for name, found in written.items() if (order := _told(found))}
    common = next(iter(told.values())) if len(set(told.values())) == 1 else None
    forms, notes, order, ambiguous = {}, [], None, False
    for name, found in written.items():
        mine, unclear = _order(found, told.get(name), said, common, usual)
        if unclear and not said and not (found["day first"] or found["month first"]):
            mine, unclear, why = orders.by_evidence(source, columns[name], mine)
            notes += [why] if why else []
        forms[name] = dates.Form(_used_kinds(found), mine or dates.ORDERS[1], zone)
        notes += _date_notes(columns[name], found, mine, unclear and not said)
        notes += filter(None, [orders.half_swapped(source.table[columns[name]], columns[name], found)])
        order, ambiguous = order or mine, ambiguous or (unclear and not said)
    if not zone and (unzoned := [columns[name] for name in written if _without_zone(kinds[name], columns[name])]):
        notes.append(note("dates.no_zone", columns=chain("and", quoted(unzoned, None))))
    return order, ambiguous, forms, notes


def _plain_kinds(found: Counter) -> Counter:
    counted: Counter = Counter()
    for name, cells in found.items():
        counted[name.removesuffix(" clock")] += cells
    return counted


def _told(found: Counter) -> str | None:
    """The order that all dates fit, where only one does."""
    only = [order for order in dates.ORDERS if found[order]]
    return only[0] if len(only) == 1 else None


def _order(
    found: Counter, told: str | None, said: str | None, common: str | None, usual: str
) -> tuple[str | None, bool]:
    """The order of one column, by its own dates, what is said, or the others; and whether it cannot be told."""
    if told:
        return told, False
    mixed = bool(found["day first"] and found["month first"])
    if mixed:
        return said or max(dates.ORDERS, key=lambda order: found[order]), True
    if found["dotted"] and not found["either"]:  # 03.04.2025 is 3 April wherever dates have dots
        return said or "day first", False
    if found["either"] or found["dotted"]:
        return said or common or usual, not common
    return None, False


def _used_kinds(found: Counter) -> tuple[str, ...]:
    """The kinds that occur; day numbers of a spreadsheet only where nearly the whole column is."""
    filled = found.total() - found["blank"]
    return tuple(name for name in dates.KINDS if found[name] and (name != "serial" or found[name] >= 0.95 * filled))


def _date_notes(column: str, found: Counter, order: str | None, unclear: bool) -> list[Note]:
    notes = []
    if unclear and found["day first"] and found["month first"]:
        counts = {"day_first": found["day first"], "month_first": found["month first"]}
        notes.append(note("dates.mixed", column=column, order=orders.named(order), **counts))
    elif unclear:
        notes.append(note("dates.unclear", column=column, order=orders.named(order)))
    if "serial" in _used_kinds(found):
        notes.append(note("dates.serial", column=column))
    return notes


def _without_zone(found: Counter, column: str) -> bool:
    return not re.search(r"\b(?:utc|gmt)\b", plain(column)) and any(
        name.endswith(" clock") and name.removesuffix(" clock") in dates.KINDS for name in found
    )


# --- numbers ---


def _decimals(
    kinds: Kinds, columns: Mapping[str, str], said: str | None, delimiter: str
) -> tuple[dict[str, str], list[Note]]:
    """The decimal sign of each number column: as its numbers tell, as was said, or as the file's others; and notes."""
    written = {name: kinds[name] for name in (*NUMBERS, "features") if name in kinds}
    told = {name: sign for name, found in written.items() if (sign := _told_decimal(found))}
    usual = "comma" if "comma" in told.values() or (not told and delimiter == ";") else "point"
    decimals = {name: told.get(name) or said or usual for name in written}
    notes = []
    for name, found in written.items():
        where = note("quoted", name=columns[name]) if name in columns else note("numbers.features")
        if found["either"] and name not in told and not said:
            notes.append(note(f"numbers.decimal_{decimals[name]}", where=where))
    return decimals, notes


def _money_notes(table: Table, column: str | None) -> list[Note]:
    """What to say of amounts in several currencies."""
    if column is None or not table[column].type().is_string():
        return []
    said = {name: table[column].re_search(pattern).any() for name, pattern in numbers.CURRENCIES.items()}
    found = [name for name, there in table.aggregate(**said).to_pandas().iloc[0].items() if there is not None and there]
    if len(found) < 2:
        return []
    return [note("numbers.currencies", column=column, currencies=tuple(found))]


def _told_decimal(found: Counter) -> str | None:
    """The sign that more numbers need; None when none needs any."""
    if not found["point"] and not found["comma"]:
        return None
    return "comma" if found["comma"] > found["point"] else "point"

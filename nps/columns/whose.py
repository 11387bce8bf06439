"""What whole columns tell of who answered: ids that are nobody's, ids against addresses, answers at one moment.

Every row is looked at, where the data lives; only counts come back.
"""

from collections.abc import Iterator, Mapping
from functools import reduce
from operator import and_

import ibis
from ibis.expr.types import BooleanValue, Column, Table

from nps.columns.reading import Reading
from nps.literals.words import identity, is_empty, names_nobody
from nps.notes import Note, chain, note
from nps.sources import Source

NUMBERS_FOR_NOBODY = ("0", "-1", "0.0", "-1.0")
KEYS = ("responded_at", "score")
COUNTED = ("guarded", "words", "numbers", "blank")
MANY_ROWS, MORE_OFTEN = 3, 3  # rows that share such a number, and how many times as many as share any other id


def told(source: Source, reading: Reading) -> tuple[tuple[str, ...], tuple[Note, ...]]:
    """The ids that are nobody's, and what to say of who answered."""
    if "person_id" not in reading.columns:
        return (), ()
    raw, column = source.table, reading.columns["person_id"]
    if reading.table == "usage":
        return (), _guarded(column, int(_signs(raw[column]).sum().to_pandas() or 0))
    with _cells(raw, reading).cache() as cells:
        sums = {name: cells[name].sum() for name in COUNTED}
        counts = cells.aggregate(**sums).to_pandas().fillna(0).astype(int).iloc[0].to_dict()
        guarded = _guarded(column, counts["guarded"])
        if reading.table == "people":
            return (), (*guarded, *_addresses(cells.filter(cells.named), reading))
        shared = _shared(cells) if counts["numbers"] else ()
        named = cells.filter(cells.named & cells.number.notin(shared).fill_null(True)) if shared else cells
        named = named.filter(named.named)
        counts["numbers"] = int(cells.number.isin(shared).sum().to_pandas()) if shared else 0
        nameless = _nameless(reading, counts, shared)
        return shared, (*guarded, *nameless, *_addresses(named, reading), *_ties(named, reading))


def _signs(cell: Column) -> BooleanValue:
    """Whether an id is written so that a spreadsheet does not change it."""
    if not cell.type().is_string():
        return ibis.literal(False) & cell.isnull()
    return (cell.startswith('="') & cell.endswith('"')) | cell.startswith("'")


def _filled(known: Table, name: str) -> BooleanValue:
    return (known[name] != "").fill_null(False) if name in known.columns else ibis.literal(False)


def _cells(raw: Table, reading: Reading) -> Table:
    """What is asked of each row, in a few bytes: hashes of id, address, moment and score; what kind of id it is.

    number  the id where it is one of NUMBERS_FOR_NOBODY
    named   whether the id is somebody's, if no such number is nobody's
    answers whether there is an id of the answer beside that of the person
    """
    column = reading.columns["person_id"]
    other = {name: reading.columns[name] for name in ("email", "response_id", *KEYS) if name in reading.columns}
    asked = {name: raw[own].cast("string") for name, own in other.items() if own != column}
    read = raw.select(id_=identity(raw[column]), signs=_signs(raw[column]), cell=raw[column], **asked)
    id_, empty = read.id_, read.id_.isnull().ifelse(is_empty(read.cell), False)
    number = id_.isin(NUMBERS_FOR_NOBODY).ifelse(id_, None)
    known = read.mutate(nobody=names_nobody(id_), number=number, empty=empty)
    return known.select(
        id=known.id_.hash(),
        guarded=known.signs,
        words=known.nobody | (known.id_.isnull() & ~known.empty),
        numbers=known.number.notnull(),
        number="number",
        blank=known.empty & _filled(known, "response_id"),
        named=known.id_.notnull() & ~known.nobody,
        address=known.email.lower().hash() if "email" in asked else ibis.literal(0),
        addressed=known.email.contains("@") if "email" in asked else ibis.literal(False),
        answer=known.response_id.hash() if "response_id" in asked else known.id_.hash(),
        answers=_filled(known, "response_id"),
        **{name: known[name].hash() if name in asked else ibis.literal(0) for name in KEYS},
        scored=reduce(and_, (_filled(known, name) for name in KEYS if name in asked), ibis.literal(True)),
    )


def _guarded(column: str, count: int) -> tuple[Note, ...]:
    """What to say of ids that are written so that a spreadsheet does not change them."""
    return (note("whose.guarded", n=count, column=column),) if count else ()


def _shared(cells: Table) -> tuple[str, ...]:
    """0 or -1 where many rows share it, and no other id so many."""
    cells = cells.filter(cells.named)
    often = cells.group_by("id").aggregate(rows=cells.count(), number=cells.number.max())
    usual = float(often.filter(often.number.isnull()).rows.mean().to_pandas() or 0)
    found = often.filter(often.number.notnull() & (often.rows >= max(MANY_ROWS, MORE_OFTEN * usual)))
    return tuple(sorted(found.number.to_pandas()))


def _nameless(reading: Reading, counts: Mapping[str, int], shared: tuple[str, ...]) -> Iterator[Note]:
    """What to say of answers whose id is a word or number for nobody, or blank beside the id of the answer."""
    column = reading.columns["person_id"]
    count_as = note("whose.own_person")
    if (email := reading.columns.get("email", column)) != column:
        count_as = note("whose.by_address", email=email)
    ids = {"ids": chain("or", shared)} if shared else {}
    for name in ("words", "numbers", "blank"):
        if counts[name]:
            yield note(f"whose.{name}", n=counts[name], column=column, count_as=count_as, **ids)


def _addresses(cells: Table, reading: Reading) -> tuple[Note, ...]:
    """What to say of ids with several addresses, and of addresses with several ids."""
    column, email = reading.columns["person_id"], reading.columns.get("email")
    if email in (None, column):
        return ()
    both = cells.filter(cells.addressed)
    several = {"several_addresses": _several(both, ["id"], "address"), "several_ids": _several(both, ["address"], "id")}
    return tuple(note(f"whose.{name}", n=count, column=column, email=email) for name, count in several.items() if count)


def _several(cells: Table, by: list[str], of: str) -> int:
    """How many groups have different values of a column."""
    each = cells.group_by(by).aggregate(low=cells[of].min(), high=cells[of].max())
    return int((each.low != each.high).sum().to_pandas() or 0)


def _ties(cells: Table, reading: Reading) -> tuple[Note, ...]:
    """What to say of people whose latest answer no date tells; an id that answers share is judged by itself."""
    dated = "responded_at" in reading.columns
    answers = cells.filter(cells.scored)
    count = _several(answers, ["id", "responded_at"], "score")
    if count and reading.columns.get("response_id", reading.columns["person_id"]) != reading.columns["person_id"]:
        answers = answers.mutate(shares=answers.count().over(group_by=answers.answer))
        answers = answers.filter((answers.shares == 1) | ~answers.answers)
        count = _several(answers, ["id", "responded_at"], "score")
    if not count:
        return ()
    return (note("whose.same_moment" if dated else "whose.no_date", n=count),)

"""What whole columns tell of who answered: ids that are nobody's, ids against addresses, answers at one moment.

Every row is looked at, where the data lives; only counts come back.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import reduce
from operator import and_

import ibis
from ibis.expr.types import BooleanValue, StringValue, Table

from nps.columns.reading import Reading
from nps.literals.words import identity, is_empty, is_plain, names_nobody
from nps.notes import Note, chain, note
from nps.sources import Source

NUMBERS_FOR_NOBODY = ("0", "-1", "0.0", "-1.0")
KEYS = ("responded_at", "score")
COUNTED = ("words", "numbers", "blank")
FEW = 20  # ids that are not plain: so many are looked for by what they are, more by how they are written
CODED = 0.8  # of different ids: from so many with a number or an address on, a mere word is none of them
MANY_ROWS, MORE_OFTEN = 3, 3  # rows that share such a number or word, and how many times as many as share any other id


@ibis.udf.scalar.builtin(name="hash")
def hashed(text: str) -> ibis.dtype("uint64"):
    """DuckDB's, without the casts that make it signed, which take longer than itself."""


def nobodys_ids(source: Source, reading: Reading, ids: Counter) -> tuple[tuple[str, ...], tuple[Note, ...]]:
    """The ids that are nobody's, and what to say of who answered.

    ids  how many ids are written how, as `literals.ids` names it; none where they are no text
    """
    if "person_id" not in reading.columns:
        return (), ()
    raw, first = source.table, _guarded(reading.columns["person_id"], ids["guarded"])
    if reading.table == "usage":
        return (), first
    plain = _plain(source, reading, ids)
    if reading.table == "people":
        return (), (*first, *_addresses(_named(raw, reading, plain), reading))
    shared, nameless = _nobodies(raw, reading, plain) if ids.total() != ids["plain"] or not ids else ((), ())
    named = _named(raw, reading, plain, shared)
    return shared, (*first, *nameless, *_addresses(named, reading), *_ties(named, reading))


def _plain(source: Source, reading: Reading, ids: Counter) -> BooleanValue:
    """Where the id is plain: where it is none of the others, if these are few, as looking for a pattern takes long."""
    cell = source.table[reading.columns["person_id"]]
    odd = ids.total() - ids["plain"] - ids["missing"]
    if ids["plain"] and not odd:
        return cell.notnull()
    if source.elsewhere or odd >= ids["plain"]:
        return is_plain(cell)
    others = source.table.filter(cell.notnull() & ~is_plain(cell)).select(id=cell).distinct().limit(FEW + 1)
    others = others.to_pandas()["id"].tolist()
    return is_plain(cell) if len(others) > FEW else cell.notnull() & ~cell.isin(others)


def _nobodies(raw: Table, reading: Reading, plain: BooleanValue) -> tuple[tuple[str, ...], Iterator[Note]]:
    """The numbers that are nobody's, and what to say of answers that are."""
    odd = _odd(raw, reading, plain)
    sums = {name: odd[name].sum() for name in COUNTED} | {"uncoded": odd.id.nunique(where=odd.uncoded)}
    counts = odd.aggregate(**sums).to_pandas().fillna(0).astype(int).iloc[0].to_dict()
    shared = _shared(raw, reading) if counts["numbers"] or 0 < counts["uncoded"] <= FEW else ()
    counts["numbers"] = int(odd.id.isin(shared).sum().to_pandas()) if shared else 0
    return shared, _nameless(reading, counts, shared)


def _filled(table: Table, name: str) -> BooleanValue:
    return (table[name] != "").fill_null(False) if name in table.columns else ibis.literal(False)


def _uncoded(id_: StringValue) -> BooleanValue:
    """An id that is a mere word: no number, no address."""
    return ~id_.re_search("[0-9@]").fill_null(True)


def _odd(raw: Table, reading: Reading, plain: BooleanValue) -> Table:
    """The rows whose id may be nobody's: id, whether it is a word or number for that, or blank beside another id."""
    cell, other = raw[reading.columns["person_id"]], reading.columns.get("response_id")
    texts = {} if other in (None, cell.get_name()) else {"response_id": raw[other].cast("string")}
    read = raw.filter(~plain).select(id=identity(cell), cell=cell, **texts)
    empty = is_empty(read.cell)
    return read.select(
        id="id",
        words=names_nobody(read.id) | (read.id.isnull() & ~empty),
        numbers=read.id.isin(NUMBERS_FOR_NOBODY).fill_null(False),
        uncoded=_uncoded(read.id),
        blank=empty & _filled(read, "response_id"),
    )


def _named(raw: Table, reading: Reading, plain: BooleanValue, shared: tuple[str, ...] = ()) -> Table:
    """What is asked of each row, in a few bytes: hashes of id (NULL: nobody's), address, moment and score.

    plain   where the id is, of all rows
    shared  numbers and words that are nobody's
    answers whether there is an id of the answer beside that of the person
    """
    column = reading.columns["person_id"]
    other = {name: reading.columns[name] for name in ("email", "response_id", *KEYS) if name in reading.columns}
    texts = {name: raw[own].cast("string") for name, own in other.items() if own != column}
    cell = raw[column]
    table = raw.select(id_=identity(cell, plain), cell=cell.cast("string"), plain_=plain, **texts)
    nobody = table.id_.isnull() | names_nobody(table.id_) | table.id_.isin(shared)
    return table.select(
        id=table.plain_.ifelse(hashed(table.cell), nobody.ifelse(None, hashed(table.id_))),
        address=hashed(table.email.lower()) if "email" in texts else ibis.literal(0),
        addressed=table.email.contains("@") if "email" in texts else ibis.literal(False),
        answer=hashed(table.response_id) if "response_id" in texts else hashed(table.id_),
        answers=_filled(table, "response_id"),
        **{name: hashed(table[name]) if name in texts else ibis.literal(0) for name in KEYS},
        scored=reduce(and_, (_filled(table, name) for name in KEYS if name in texts), ibis.literal(True)),
    )


def _guarded(column: str, count: int) -> tuple[Note, ...]:
    """What to say of ids that are written so that a spreadsheet does not change them."""
    return (note("whose.guarded", n=count, column=column),) if count else ()


def _shared(raw: Table, reading: Reading) -> tuple[str, ...]:
    """0, -1 or a word among codes, where many rows share it, and no other id so many."""
    read = raw.select(id=identity(raw[reading.columns["person_id"]]))
    often = read.filter(read.id.notnull() & ~names_nobody(read.id)).group_by("id").aggregate(rows=lambda t: t.count())
    often = often.mutate(number=often.id.isin(NUMBERS_FOR_NOBODY), word=_uncoded(often.id))
    coded = ~often.number & ~often.word
    sums = {
        "coded": coded.mean(),
        "by_code": often.rows.mean(where=coded),
        "usual": often.rows.mean(where=~often.number),
    }
    seen = often.aggregate(**sums).to_pandas().astype(float).fillna(0).iloc[0]
    words = seen["coded"] >= CODED
    may_be, usual = (~coded, seen["by_code"]) if words else (often.number, seen["usual"])
    crowds = often.filter(may_be & (often.rows >= max(MANY_ROWS, MORE_OFTEN * usual)))
    return tuple(sorted(crowds.id.to_pandas()))


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
    both = cells.filter(cells.addressed).select("id", "address").distinct()
    several = _shared_by(both, "id", "address").cross_join(_shared_by(both, "address", "id"))
    several = several.to_pandas().fillna(0).astype(int).iloc[0]
    counts = {"several_addresses": int(several["id"]), "several_ids": int(several["address"])}
    return tuple(note(f"whose.{name}", n=count, column=column, email=email) for name, count in counts.items() if count)


def _shared_by(pairs: Table, name: str, of: str) -> Table:
    """How many values of a column stand beside several of another; NULL is none."""
    each = pairs.group_by(name).aggregate(several=pairs[of].count() > 1)
    return each.aggregate(**{name: (each[name].notnull() & each.several).sum()})


def _several(cells: Table, by: list[str], of: str) -> int:
    """How many groups that are somebody's have different values of a column.

    By a sum, not a filter: DuckDB would work ids out before, and again.
    """
    each = cells.group_by(by).aggregate(differ=cells[of].min() != cells[of].max())
    return int((each.id.notnull() & each.differ).sum().to_pandas() or 0)


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

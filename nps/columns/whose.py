"""What whole columns tell of who answered: ids that are nobody's, ids against addresses.

Every row is looked at, where the data lives; only counts come back.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

import ibis
from ibis.expr.types import BooleanValue, Table

from nps.columns.reading import Reading
from nps.fields import ACCOUNTS
from nps.literals.words import identity, is_empty, is_plain, names_nobody, text
from nps.notes import Note, chain, note
from nps.sources import Source

NUMBERS_FOR_NOBODY = ("0", "-1", "0.0", "-1.0")
COUNTED = ("words", "numbers", "blank")
STAND_IN = r"^(-[0-9]+([.]0+)?|[^1-9@]+)$"  # a number below 1, or a word, where ids have digits or are addresses
FEW = 20  # ids that are not plain: so many are looked for by what they are, more by how they are written
MANY_ROWS, MORE_OFTEN = 3, 3  # rows that share such an id, and how many times as many as share any other
OTHERS = 3  # ids that are no such word, to each that is


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
        return (), (*first, *_addresses(raw, reading, plain))
    shared, nameless = _nobodies(raw, reading, plain) if ids.total() != ids["plain"] or not ids else ((), ())
    return shared, (*first, *nameless, *_addresses(raw, reading, plain, shared))


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
    sums = {name: odd[name].sum() for name in COUNTED}
    sums |= {"different": odd.id.approx_nunique(where=odd.numbers), "sure": odd.id.isin(NUMBERS_FOR_NOBODY).sum()}
    counts = odd.aggregate(**sums).to_pandas().fillna(0).astype(int).iloc[0].to_dict()
    may_be = counts["sure"] or (counts["numbers"] >= MANY_ROWS and counts["different"] <= FEW)
    shared = _shared(raw, reading) if may_be else ()
    counts["numbers"] = int(odd.id.isin(shared).sum().to_pandas()) if shared else 0
    return shared, _nameless(reading, counts, shared)


def no_accounts(raw: Table, reading: Reading) -> tuple[tuple[str, ...], tuple[Note, ...]]:
    """The numbers that are no account's, as many rows of people or answers share them, and what to say of them.

    reading  knows which columns are plain: no such number stands in those
    """
    if reading.table not in ("responses", "people"):
        return (), ()
    columns = [reading.columns[name] for name in ACCOUNTS if name in reading.columns]
    found = {column: _crowded(raw, column) for column in columns if column not in reading.plain}
    notes = (
        note("whose.no_account", n=sum(rows.values()), column=column, ids=chain("or", sorted(rows)))
        for column, rows in found.items()
        if rows
    )
    return tuple(sorted({id_ for rows in found.values() for id_ in rows})), tuple(notes)


def _crowded(raw: Table, column: str) -> dict[str, int]:
    """0 or -1 -> how many rows have it, where so many are, and of no other account."""
    cell = raw[column]
    account = cell.strip() if cell.type().is_string() else text(cell).cast("string")
    number = account.isin(NUMBERS_FOR_NOBODY)
    rows = raw.filter(number).group_by(id=account).aggregate(rows=lambda t: t.count()).to_pandas()
    if rows.empty:
        return {}
    others = raw.filter(~number).aggregate(rows=account.count(), accounts=account.nunique()).to_pandas().iloc[0]
    usual = others["rows"] / max(others["accounts"], 1)
    many = rows[rows["rows"] >= _crowd(usual)]
    return dict(zip(many["id"], many["rows"].astype(int), strict=True))


def _crowd(usual: float) -> float:
    """How many rows share an id that is nobody's, where others have so many on average."""
    return max(MANY_ROWS, MORE_OFTEN * float(usual))


def _filled(table: Table, name: str) -> BooleanValue:
    return (table[name] != "").fill_null(False) if name in table.columns else ibis.literal(False)


def _odd(raw: Table, reading: Reading, plain: BooleanValue) -> Table:
    """The rows whose id may be nobody's: id, whether it is a word for that, may stand for it, or is blank beside
    another id."""
    cell, other = raw[reading.columns["person_id"]], reading.columns.get("response_id")
    texts = {} if other in (None, cell.get_name()) else {"response_id": raw[other].cast("string")}
    read = raw.filter(~plain).select(id=identity(cell), cell=cell, **texts)
    empty = is_empty(read.cell)
    return read.select(
        id="id",
        words=names_nobody(read.id) | (read.id.isnull() & ~empty),
        numbers=(read.id.re_search(STAND_IN) & ~names_nobody(read.id)).fill_null(False),
        blank=empty & _filled(read, "response_id"),
    )


def _guarded(column: str, count: int) -> tuple[Note, ...]:
    """What to say of ids that are written so that a spreadsheet does not change them."""
    return (note("whose.guarded", n=count, column=column),) if count else ()


def _shared(raw: Table, reading: Reading) -> tuple[str, ...]:
    """0, -1 or a word where many rows share it, and no other id so many; a word only where others are none."""
    read = raw.select(id=identity(raw[reading.columns["person_id"]]))
    often = read.filter(read.id.notnull() & ~names_nobody(read.id)).group_by("id").aggregate(rows=lambda t: t.count())
    often = often.mutate(number=often.id.isin(NUMBERS_FOR_NOBODY), word=often.id.re_search(STAND_IN))
    each = {"ids": often.count(where=~often.word), "words": often.count(where=often.word & ~often.number)}
    each |= {"usual": often.rows.mean(where=~often.number), "told": often.rows.mean(where=~often.word)}
    each = often.aggregate(**each).to_pandas().fillna(0).iloc[0]
    crowds = often.number & (often.rows >= _crowd(each["usual"]))
    if each["ids"] >= OTHERS * each["words"]:
        crowds |= often.word & (often.rows >= _crowd(each["told"]))
    return tuple(sorted(often.filter(crowds).id.to_pandas()))


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


def _addresses(raw: Table, reading: Reading, plain: BooleanValue, shared: tuple[str, ...] = ()) -> Iterator[Note]:
    """What to say of ids with several addresses, and of addresses with several ids.

    plain   where the id is, of all rows
    shared  numbers that are nobody's
    """
    column, email = reading.columns["person_id"], reading.columns.get("email")
    if email in (None, column):
        return
    cells = _hashed(raw, column, email, plain, shared)
    several = _several(cells, "id", "address").cross_join(_several(cells, "address", "id"))
    counts = several.to_pandas().fillna(0).astype(int).iloc[0]
    for name, count in {"several_addresses": counts["id"], "several_ids": counts["address"]}.items():
        if count:
            yield note(f"whose.{name}", n=int(count), column=column, email=email)


def _hashed(raw: Table, column: str, email: str, plain: BooleanValue, shared: tuple[str, ...]) -> Table:
    """Ids (NULL: nobody's) and addresses where there are any, in a few bytes each."""
    cell, address = raw[column].cast("string"), raw[email].cast("string")
    told = raw.select(mended=identity(raw[column], plain), plain=plain, cell=cell, address=address)
    nobody = told.mended.isnull() | names_nobody(told.mended) | told.mended.isin(shared)
    return told.filter(told.address.contains("@")).select(
        id=told.plain.ifelse(hashed(told.cell), nobody.ifelse(None, hashed(told.mended))),
        address=hashed(told.address.lower()),
    )


def _several(cells: Table, by: str, of: str) -> Table:
    """How many values of a column stand beside several of another; NULL is none.

    By a sum, not a filter: DuckDB would work ids out before, and again.
    """
    each = cells.group_by(by).aggregate(differ=cells[of].min() != cells[of].max())
    return each.aggregate(**{by: (each[by].notnull() & each.differ).sum()})

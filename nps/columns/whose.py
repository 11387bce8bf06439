"""What whole columns tell of who answered: ids that are nobody's, ids against addresses, answers at one moment.

Every row is looked at, where the data lives; only counts come back.
"""

from collections.abc import Iterator, Mapping

from ibis.expr.types import BooleanValue, StringValue, Table

from nps.columns.reading import Reading
from nps.literals.words import identity, is_empty, is_nobody, text
from nps.sources import Source

NUMBERS_FOR_NOBODY = ("0", "-1", "0.0", "-1.0")
COUNTED = ("guarded", "words", "numbers", "blank")
MANY_ROWS, MORE_OFTEN = 3, 3  # rows that share such a number, and how many times as many as share any other id


def told(source: Source, reading: Reading) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids that are nobody's, and what to say of who answered."""
    if "person_id" not in reading.columns:
        return (), ()
    raw, column = source.table, reading.columns["person_id"]
    cells = _cells(raw, reading)
    counts = (
        cells.aggregate(**{name: cells[name].sum() for name in COUNTED})
        .to_pandas()
        .fillna(0)
        .astype(int)
        .iloc[0]
        .to_dict()
    )
    guarded = _guarded(column, counts["guarded"])
    if reading.table == "usage":
        return (), guarded
    if reading.table == "people":
        return (), (*guarded, *_addresses(raw, reading, ()))
    shared, rows = _shared(cells) if counts["numbers"] else ((), 0)
    nameless = _nameless(reading, counts | {"numbers": rows}, shared)
    return shared, (*guarded, *nameless, *_addresses(raw, reading, shared), *_ties(raw, reading, shared))


def _cells(raw: Table, reading: Reading) -> Table:
    """Each id, and whether it is in a spreadsheet's signs, a word or number for nobody, or blank beside an answer's."""
    column = reading.columns["person_id"]
    cell, id_, answer = raw[column], identity(raw[column]), reading.columns.get("response_id", column)
    signs = (cell.startswith('="') & cell.endswith('"')) | cell.startswith("'") if cell.type().is_string() else False
    return raw.select(
        id=id_,
        guarded=signs,
        words=is_nobody(cell) | (id_.isnull() & ~is_empty(cell)),
        numbers=id_.isin(NUMBERS_FOR_NOBODY),
        blank=is_empty(cell) & text(raw[answer]).notnull() & (answer != column),
    )


def _guarded(column: str, count: int) -> tuple[str, ...]:
    """What to say of ids that are written so that a spreadsheet does not change them."""
    ids = "1 id" if count == 1 else f"{count:,} ids"
    said = f'{ids} in “{column}” stood in ="..." or behind a \', as for a spreadsheet; read without.'
    return (said,) if count else ()


def _shared(cells: Table) -> tuple[tuple[str, ...], int]:
    """0 or -1 where many rows share it and no other id so many, and how many rows do."""
    cells = cells.filter(cells.id.notnull())
    often = cells.group_by("id").aggregate(rows=cells.count(), number=cells.numbers.any())
    usual = float(often.filter(~often.number).rows.mean().to_pandas() or 0)
    found = often.filter(often.number & (often.rows >= max(MANY_ROWS, MORE_OFTEN * usual))).to_pandas()
    return tuple(sorted(found["id"])), int(found["rows"].sum())


def _nameless(reading: Reading, counts: Mapping[str, int], shared: tuple[str, ...]) -> Iterator[str]:
    """What to say of answers whose id is a word or number for nobody, or blank beside the id of the answer."""
    column = reading.columns["person_id"]
    what = {
        "words": "a word for nobody, as anonymous,",
        "numbers": f"{' or '.join(shared)}, which stands for nobody as so many share it,",
        "blank": "nothing",
    }
    own = "each counts as a person of its own"
    if reading.columns.get("email", column) != column:
        own = f"they are told apart by “{reading.columns['email']}”, and without an address {own}"
    for name, said in what.items():
        if counts[name]:
            yield f"{_answers(counts[name])} {said} in “{column}”; {own}."


def _answers(count: int) -> str:
    return "1 answer has" if count == 1 else f"{count:,} answers have"


def _known(raw: Table, column: str, shared: tuple[str, ...]) -> tuple[StringValue, BooleanValue]:
    """The ids of a column, and which of them are somebody's."""
    id_ = identity(raw[column])
    named = id_.notnull() & ~is_nobody(raw[column])
    return id_, named & ~id_.isin(shared) if shared else named


def _addresses(raw: Table, reading: Reading, shared: tuple[str, ...]) -> tuple[str, ...]:
    """What to say of ids with several addresses, and of addresses with several ids."""
    column, email = reading.columns["person_id"], reading.columns.get("email")
    if email in (None, column):
        return ()
    id_, named = _known(raw, column, shared)
    both = raw.select(id=id_, address=identity(raw[email]), named=named)
    both = both.filter(both.named & both.address.notnull()).select("id", "address").distinct()
    several = {
        name: int((both.group_by(name).aggregate(n=both.count()).n > 1).sum().to_pandas() or 0)
        for name in ("id", "address")
    }
    said = {
        "id": ("id in “{0}” has", "ids in “{0}” have", "addresses in “{1}”; each id counts as one person."),
        "address": ("address in “{1}” has", "addresses in “{1}” have", "ids in “{0}”; each id counts as one person."),
    }
    return tuple(
        f"{count:,} {said[name][count > 1]} several {said[name][2]}".format(column, email)
        for name, count in several.items()
        if count
    )


def _ties(raw: Table, reading: Reading, shared: tuple[str, ...]) -> tuple[str, ...]:
    """What to say of people whose latest answer no date tells."""
    column, when = reading.columns["person_id"], reading.columns.get("responded_at")
    if (answer := reading.columns.get("response_id", column)) != column:  # answers that share an id are judged by that
        raw = raw.mutate(shares=raw.count().over(group_by=raw[answer])).filter(
            lambda t: (t.shares == 1) | text(t[answer]).isnull()
        )
    id_, named = _known(raw, column, shared)
    score = text(raw[reading.columns["score"]])
    keys = {"id": id_} | ({"when": text(raw[when])} if when else {})
    answers = raw.select(**keys, score=score, named=named).filter(lambda t: t.named & t.score.notnull())
    if when:
        answers = answers.filter(answers.when.notnull())
    tied = answers.group_by([*keys]).aggregate(scores=answers.score.nunique())
    count = int((tied.scores > 1).sum().to_pandas() or 0)
    if not count:
        return ()
    if not when:
        people = "1 person has" if count == 1 else f"{count:,} people have"
        return (f"{people} several answers with different scores and no date; the one in the later line counts.",)
    days = "On 1 day" if count == 1 else f"On {count:,} days"
    return (
        f"{days} a person gave two answers or more at the same moment, with different scores; the lowest of them "
        "counts as the latest.",
    )

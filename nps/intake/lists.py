"""Several lists of the same people as one: a row a person, with what any of the lists says."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

import ibis
from ibis.expr.types import StringValue

from nps import columns, sources
from nps.intake.shapes import ADDRESSED
from nps.literals import words
from nps.notes import InputError, note
from nps.sources import Ignored, Source


def merged(lists: Sequence[Source], names: Sequence[str], con: ibis.BaseBackend) -> Source | None:
    """The lists joined by person, the first that says something of a column counts; None for parts of one list.

    names  what people call each file
    """
    if len({frozenset(one.columns) for one in lists}) == 1 or any(one.export for one in lists):
        return None
    who = []
    with suppress(InputError):
        who = _shared([_who(one) for one in lists])
    pairs = list(zip(lists, who, strict=False))
    if len(who) < len(lists) or any(who[0] in one.columns and who[0] != own for one, own in pairs):
        return None
    alike = [_named(one, own, who[0]) for one, own in pairs]
    named = dict(zip(sources.distinct(names), alike, strict=True))
    rows = sources.materialise(sources.together(named, "people", different=True), con)
    table, before = rows.table, int(rows.table.count().to_pandas())
    first = {column: table[column].first(order_by=table.record) for column in rows.columns}
    people = table.group_by(person=_key(table[who[0]], table.record)).aggregate(record=table.record.min(), **first)
    people = sources.computed(people.drop("person"), con)
    sources.let_go(rows, con)
    joined = before - int(people.count().to_pandas())
    ignored = (*rows.ignored, Ignored(note("row.added"), joined)) if joined else rows.ignored
    remark = note("lists.joined", lists=len(lists), column=who[0][:40], rows=joined)
    return replace(rows, table=people, ignored=ignored, notes=(*rows.notes, remark))


def _who(source: Source) -> tuple[str, str | None]:
    """The column that tells whom a list is about, and the one with their addresses, which may be the same."""
    read = columns.recognised(source, "people").columns
    person = read["person_id"]
    cells = columns.sample(source)[person].dropna()
    return person, person if len(cells) and cells.str.contains("@").mean() >= ADDRESSED else read.get("email")


def _shared(who: Sequence[tuple[str, str | None]]) -> list[str]:
    """By which columns lists are joined: by address where some have no other id, and all have that."""
    alone = [person == address for person, address in who]
    addresses = [address for _, address in who if address]
    by_address = any(alone) and not all(alone) and len(addresses) == len(who)
    return addresses if by_address else [person for person, _ in who]


def _named(source: Source, own: str, name: str) -> Source:
    """The source with its column of ids called as in the first list."""
    if own == name:
        return source
    renamed = tuple(name if column == own else column for column in source.columns)
    return replace(source, table=source.table.rename({name: own}), columns=renamed)


def _key(cell: StringValue, record: ibis.expr.types.IntegerValue) -> StringValue:
    """What rows of one person share: the id, an address in lower case; a row without one is alone."""
    written = words.text(cell)
    return ibis.coalesce(
        written.contains("@").ifelse(written.lower(), written), ibis.literal("row ") + record.cast("string")
    )

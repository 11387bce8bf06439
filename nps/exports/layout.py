"""What the layout of an export is, and the few things that are done to a source that has one.

Ibis expressions on text, so that they hold for files and for the tables of a database alike.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce

import ibis
import ibis.expr.datatypes as dt
from ibis.expr.types import BooleanValue, Column, StringValue, Table

from nps.notes import Note, note
from nps.sources import Ignored, Source, distinct, numbered


def _always(_source: Source) -> bool:
    return True


def _as_it_is(source: Source) -> Source:
    return source


@dataclass(frozen=True)
class Layout:
    """How one tool writes one of its tables.

    name   what people call it
    holds  the table that it is: responses, usage or people
    needs  headers, all of which the file has; spelling aside (`plain`)
    hints  field -> headers, best first; of a person's, the next fills where the one before is blank
    fits   what else is true of the file, where headers alone prove little
    read   what is done to the rows and columns
    """

    name: str
    holds: str
    needs: str = ""
    hints: Mapping[str, str] = field(default_factory=dict)
    fits: Callable[[Source], bool] = _always
    read: Callable[[Source], Source] = _as_it_is

    def recognises(self, source: Source) -> bool:
        return has(source, self.needs) and self.fits(source)


def plain(header: str) -> str:
    """`visitorId`, `VISITOR_ID` and `*.visitor id` as `visitorid`; what has no letters stays."""
    return re.sub(r"[\W_]+", "", header).casefold() or header


def spelled(source: Source) -> dict[str, str]:
    """The columns of a source by their plain headers; the first of those that are spelled alike."""
    return {plain(column): column for column in reversed(source.columns)}


def has(source: Source, headers: str) -> bool:
    """Does the source have all of these headers?"""
    return {plain(header) for header in headers.split()} <= spelled(source).keys()


def matching(source: Source, headers: str) -> list[str]:
    """The columns that go by these headers, in the order asked for."""
    spellings = spelled(source)
    return [spellings[plain(header)] for header in headers.split() if plain(header) in spellings]


def text(column: Column) -> StringValue:
    """Trimmed text; blank is missing."""
    return column.cast("string").strip().nullif("")


def is_blank(column: Column) -> BooleanValue:
    """Missing, or nothing but spaces."""
    return text(column).isnull()


def head(source: Source, rows: int | None = None) -> list[dict[str, str]]:
    """So many of the first rows, all unless said, each a dictionary of texts."""
    return source.first_rows[:rows].to_dict("records")


def noted(source: Source, *notes: Note) -> Source:
    """The source with more notes about what was done to it."""
    return replace(source, notes=(*source.notes, *notes))


def hinted(source: Source, **hints: str) -> Source:
    """The source with more fields whose columns the export tells; later hints overrule earlier ones."""
    return replace(source, hints={**source.hints, **hints})


def counted(table: Table, which: BooleanValue) -> int:
    """How many rows these are."""
    return int(table.filter(which).count().to_pandas())


def says(source: Source, what: BooleanValue) -> bool:
    """Is there any row of which this is true? Stops at the first."""
    return len(source.table.filter(what).select(there=True).limit(1).to_pandas()) > 0


def without(source: Source, unwanted: Callable[[Table], BooleanValue], reason: Note) -> Source:
    """The source without some of its rows, which are counted; the others keep their place in the file."""
    rows = counted(source.table, unwanted(source.table))
    if not rows:
        return source
    table = numbered(source.table) if source.ordered else source.table
    table = table.filter(~unwanted(table))
    return replace(source, table=table, ignored=(*source.ignored, Ignored(reason, rows)))


def without_headers(source: Source, rows: int) -> Source:
    """The source without the first rows below its header."""
    table = numbered(source.table).filter(lambda t: t.record >= rows)
    return replace(source, table=table, ignored=(*source.ignored, Ignored(note("row.header_again"), rows)))


def only(source: Source, keep: Callable[[str], bool]) -> Source:
    """The source with some of its columns."""
    return _called(source, {column: column for column in source.columns if keep(column)})


def with_columns(source: Source, columns: Mapping[str, Column]) -> Source:
    """The source with more columns, the last ones; where it has one of that name, the new one is numbered."""
    names = tuple(distinct([*source.columns, *columns]))
    new = dict(zip(names[len(source.columns) :], columns.values(), strict=True))
    return replace(source, table=source.table.mutate(**new), columns=names)


def renamed(source: Source, names: Mapping[str, str]) -> Source:
    """The source with other headers, made distinct; a column without a new name keeps its own."""
    new = distinct([names.get(column, column) for column in source.columns])
    return _called(source, dict(zip(new, source.columns, strict=True)))


def _called(source: Source, names: Mapping[str, str]) -> Source:
    """The columns that these names stand for, and nothing else but the record numbers."""
    record = ["record"] if "record" in source.table.columns else []
    table = source.table.select(*record, **{new: source.table[old] for new, old in names.items()})
    return replace(source, table=table, columns=tuple(names))


def unguarded(source: Source) -> Source:
    """Cells without the ' that some tools put before = + - @, so that no spreadsheet runs them."""
    guard = r"^'[=+\-@\t\r]"
    texts = [column for column in source.columns if source.table[column].type().is_string()]
    if not texts:
        return source
    cells = source.table.aggregate(**{c: source.table[c].re_search(guard).sum().fill_null(0) for c in texts})
    guarded = {column: int(n) for column, n in cells.to_pandas().iloc[0].items() if n}
    if not guarded:
        return source
    freed = {
        column: source.table[column].re_search(guard).ifelse(source.table[column].substr(1), source.table[column])
        for column in guarded
    }
    return noted(
        replace(source, table=source.table.mutate(**freed)),
        note("export.guarded", cells=sum(guarded.values())),
    )


def person(source: Source, columns: Sequence[str]) -> Source:
    """A hint who answered: the first of these columns, and where it is blank the next one."""
    if not columns:
        return source
    filled = {f"{n}": text(source.table[column]).count() for n, column in enumerate(columns)}
    *cells, rows = source.table.aggregate(**filled, rows=source.table.count()).to_pandas().iloc[0]
    full = cells.index(rows) + 1 if rows in cells else len(cells)
    chain = [column for column, some in zip(columns[:full], cells, strict=False) if some]
    if len(chain) < 2:
        return hinted(source, person_id=chain[0]) if chain else source
    source = with_columns(
        source, {" or ".join(chain): ibis.coalesce(*(text(source.table[column]) for column in chain))}
    )
    who = reduce(lambda one, other: note("export.else_by", one=one, other=other), map(_column, chain))
    return noted(hinted(source, person_id=source.columns[-1]), note("export.who_answered", columns=who))


def _column(name: str) -> Note:
    return note("quoted", name=name)


@ibis.udf.scalar.builtin
def json_extract_string(value: dt.JSON, path: str) -> str:
    """DuckDB's: what stands at a path, as text."""


def inside(column: Column, key: str) -> StringValue:
    """The value of a key in JSON text, as text; missing where there is none. DuckDB only."""
    pointer = "/" + key.replace("~", "~0").replace("/", "~1")
    return text(json_extract_string(column.cast("string").try_cast("json"), pointer))


def parsed(cell: str) -> dict | list | None:
    """JSON text as an object or a list; None where it is neither."""
    try:
        value = json.loads(cell)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, (dict, list)) else None


def path_of(url: StringValue) -> StringValue:
    """`https://app.example/boards/7?tab=2` as `/boards/7`."""
    path = url.re_replace(r"^[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*", "").re_replace(r"[?#].*$", "")
    return path.re_replace(r"(.)/+$", r"\1").nullif("").fill_null("/")

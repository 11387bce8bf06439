"""Usage in files of different shapes as one table: each is recognised and typed by itself, then rows are joined."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import ibis
from ibis.expr.types import Table

from nps import columns, exports, sources
from nps.columns import SETTINGS, Reading
from nps.fields import FIELDS
from nps.intake.checking import Part, account, checked, held, untold
from nps.notes import InputError, MissingColumn, Note, Value, field_named, note
from nps.sources import Ignored, Source

Mapped = Mapping[str, str | None]
Files = Mapping[str, Source]
MUST = ("person_id", "feature", "at", "uses")
ADDRESSED = 0.5  # of the ids, for them to be addresses
KINDS = {"at": "timestamp", "uses": "float64", "minutes": "float64"}


def by_shape(files: Files, mapping: Mapped) -> list[dict[str, Source]]:
    """The files in groups whose columns mean the same.

    Raises InputError with the name of a file that cannot be read; where all have the same header, that shows later.
    """
    headers: dict[frozenset, dict[str, Source]] = {}
    for file, source in files.items():
        headers.setdefault(frozenset(source.columns), {})[file] = source
    if len(headers) == 1:
        return [dict(files)]
    groups: list[tuple[Reading, str, dict[str, Source]]] = []
    refused = []
    for alike in headers.values():
        try:
            source, reading = _recognised(alike, mapping)
        except InputError as unreadable:
            refused.append((alike, unreadable))
            continue
        group = next(
            (group for other, export, group in groups if export == source.export and _same(other, reading)), {}
        )
        if not group:
            groups.append((reading, source.export, group))
        group.update(alike)
    for alike, unreadable in refused:
        _taken_in(alike, groups, unreadable)
    return [{file: group[file] for file in files if file in group} for _, _, group in groups]


def _taken_in(alike: dict[str, Source], groups: Sequence, unreadable: InputError) -> None:
    """Files that say too little by themselves join those that have the same columns. Raises InputError for others."""
    for reading, _, group in groups:
        if {*reading.used} <= {*next(iter(alike.values())).columns}:
            group.update(alike)
            return
    raise type(unreadable)("file.refused", file=next(iter(alike)), why=unreadable.note) from unreadable


def _same(one: Reading, other: Reading) -> bool:
    """Whether what is in both is the same column of both, and none lacks what a row must have."""
    fields = one.columns.keys() & other.columns.keys()
    must = [name for name in MUST if (name in one.columns) != (name in other.columns)]
    wide = bool(one.features) == bool(other.features)
    return wide and not must and all(one.columns[name] == other.columns[name] for name in fields)


def _recognised(alike: Files, mapping: Mapped) -> tuple[Source, Reading]:
    """Files of one shape as one source, with the reading of its first rows."""
    (file, *others) = alike
    wide = len({frozenset(source.columns) for source in alike.values()}) > 1
    source = exports.recognise(sources.together(alike, "usage", different=wide), "usage", mapping.get("export", ...))
    return replace(source, name=file if not others else source.name), columns.recognised(
        source, "usage", _about(source, mapping)
    )


def _about(source: Source, mapping: Mapped) -> Mapped:
    """What was said of the columns that this source has, and of how cells are written."""
    return {name: value for name, value in mapping.items() if name in SETTINGS or value in source.columns}


def joined(groups: Sequence[Files], mapping: Mapped, con: ibis.BaseBackend) -> tuple[Source, Mapped, tuple[Part, ...]]:
    """The typed rows of all groups as one source, what was said of its columns, and the groups, each checked."""
    parts = tuple(_checked(group, mapping, con) for group in groups)
    if any("at" in part.reading.columns for part in parts):
        parts = tuple(part if "at" in part.reading.columns else _left_out(part) for part in parts)
    who = {part.reading.columns["person_id"] for part in parts}
    person = who.pop() if len(who) == 1 else "person_id"
    fields = [name for name in FIELDS["usage"] if name in ("person_id", "feature", "kind") or _any_has(parts, name)]
    named = {name: person if name == "person_id" else name for name in fields}
    asked = _asked(parts, taken={*named.values()})
    table = ibis.union(*(_typed(part.checked.table, named, asked) for part in parts))
    notes = [note("shapes.joined", files=sum(map(len, groups)))]
    notes += [note("shapes.addresses")] if len({*map(_by_address, parts)}) > 1 else []
    for group, part in zip(groups, parts, strict=True):
        notes += [note("file.note", file=_called(group), told=each) for each in (_read_as(part.reading), *part.notes)]
    columns = (*named.values(), *asked.values())
    source = Source(table, "usage", columns, tuple(notes), holds="usage", hints=named)
    _check(mapping, (source, *(part.source for part in parts)))
    return source, {name: value for name, value in mapping.items() if value in source.columns}, parts


def _checked(group: Files, mapping: Mapped, con: ibis.BaseBackend) -> Part:
    source, reading = held(*_recognised(group, mapping), con)
    part = checked(source, reading, con, untold)
    sources.let_go(source, con)
    return part


def _left_out(part: Part) -> Part:
    """Without its rows, which are counted: beside files with dates, what has none lies before no answer."""
    left_out = Ignored(note("row.undated_use"), account(part).used)
    remark = note("shapes.undated", rows=left_out.rows)
    checked = replace(part.checked, table=part.checked.table.limit(0), left_out=(left_out,))
    return part._replace(checked=replace(checked, notes=(*checked.notes, remark)))


def _by_address(part: Part) -> bool:
    """Whether people are told by their addresses."""
    return (part.checked.table.person_id.contains("@").mean().to_pandas() or 0) > ADDRESSED


def _any_has(parts: Sequence[Part], name: str) -> bool:
    return any(name in part.reading.columns or (name == "uses" and part.reading.features) for part in parts)


def _asked(parts: Sequence[Part], taken: Collection[str]) -> dict[str, str]:
    """What else is said of uses in any of them, by how all spell it and how the first does."""
    names = [name for part in parts for name in part.checked.table.columns if name not in FIELDS["usage"]]
    spelled = {name.casefold(): name for name in reversed(names)}
    return {folded: name for folded, name in spelled.items() if folded not in {each.casefold() for each in taken}}


def _typed(table: Table, named: Mapping[str, str], asked: Mapping[str, str]) -> Table:
    cells = {column: table[name].cast(KINDS.get(name, "string")) for name, column in named.items()}
    own = {name.casefold(): table[name] for name in table.columns}
    return table.select(**cells, **{name: own.get(folded, ibis.null("string")) for folded, name in asked.items()})


def _called(group: Files) -> Value:
    first, *others = group
    return note("and_more", names=first, n=len(others)) if others else first


def _read_as(reading: Reading) -> Note:
    """Which column is which field."""
    read = [
        note("shapes.column", column=column[:40], field=field_named(name)) for name, column in reading.columns.items()
    ]
    if reading.features:
        read.append(note("shapes.features", features=len(reading.features), column=reading.features[0][:40]))
    return note("shapes.read_as", columns=tuple(read))


def _check(mapping: Mapped, parts: Sequence[Source]) -> None:
    """Raise InputError for a column that none of them has."""
    for name in FIELDS["usage"]:
        if (column := mapping.get(name)) and not any(column in source.columns for source in parts):
            raise MissingColumn("shapes.no_column", column=column[:40])

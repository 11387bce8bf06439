"""Responses, people and usage: named, typed and checked, with every row that cannot be used and why.

Ibis expressions throughout. Columns that already have a type (from a database) keep it; text is parsed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_

import ibis
import pandas as pd
from ibis.expr.types import BooleanValue, Column, StringValue, Table, Value

from nps.columns import Reading
from nps.fields import DATES, FIELDS, RESERVED
from nps.literals import dates, numbers, scores
from nps.literals.words import alike, is_blank, is_nobody, said_yes, shortened, text
from nps.sources import Ignored, Source

REJECTED = ["table", "row", "column", "value", "reason"]
GROUPS = ("Detractor", "Passive", "Promoter")
REASONS = {
    "score": ("no score", "not a whole score from 0 to 10"),
    "responded_at": ("no date", "not a date"),
    "at": ("no date", "not a date"),
    "person_id": ("no person", "no person"),
    "feature": ("no feature", "no feature"),
    "uses": ("no number of uses", "not a number of uses"),
}
NO_USES = REASONS["uses"][1]
OPTIONAL = {"joined_at": "date", "churned_at": "date", "revenue": "number", "minutes": "number"}
SHORTENED = "the id was shortened by a spreadsheet"
_NEEDED = ("person_id", "at", "feature", "uses")
_FEATURE, _CELL = "the feature of this cell", "the uses in this cell"
_DIFFER, _AGAIN = "this id has other scores, too", "this id stands above"
Keep = Callable[[Table], Table]


@dataclass(frozen=True)
class Checked:
    """A typed table, the rows left out of it (columns REJECTED, and file where there are several), notes on cells
    that count as unknown, and how many rows were left out that are not fetched from their database."""

    table: Table
    rejected: pd.DataFrame
    notes: tuple[str, ...] = ()
    left_out: tuple[Ignored, ...] = ()


def group_of(score: pd.Series) -> pd.Categorical:
    """Detractor 0-6, passive 7-8, promoter 9-10."""
    return pd.Categorical.from_codes((score >= 7).astype(int) + (score >= 9).astype(int), GROUPS)


@dataclass(frozen=True)
class Rule:
    """What makes a row unusable: where it is broken, the column and cell to show for it, and why."""

    broken: BooleanValue
    column: str | StringValue
    cell: Column
    reason: str | StringValue


def as_it_is(table: Table) -> Table:
    """Computed anew whenever it is asked."""
    return table


def responses(source: Source, reading: Reading, keep: Keep = as_it_is) -> Checked:
    """Accepted answers: response_id, person_id, score, responded_at (UTC), comment, survey, what else the file says.

    A file without a person column counts every answer as a person of its own.

    source  kept (has `record`)
    keep    computes a table, once
    """
    raw = source.table
    table, bad = _sound(raw, reading, ("score", "responded_at", "person_id"), _typed_columns(raw, reading), keep)
    if _has_answer_ids(reading):
        table, again = _without_repeated(table, raw, reading)
        bad = pd.concat([bad, again])
    own = ibis.literal("answer ") + (table.record + 1).cast("string")
    notes = ()
    if "person_id" not in reading.columns:
        table = table.mutate(person_id=own)
    elif nameless := int(is_nobody(table.person_id).sum().to_pandas() or 0):
        table = table.mutate(person_id=is_nobody(table.person_id).ifelse(own, table.person_id))
        notes = (_nameless(reading.columns["person_id"], nameless),)
    if "responded_at" not in reading.columns:
        table = table.mutate(responded_at=ibis.null("timestamp"))
    return Checked(table, _rejected(source, reading, bad), _unknown(raw, reading) + notes)


def _nameless(column: str, answers: int) -> str:
    said = "1 answer has" if answers == 1 else f"{answers:,} answers have"
    return f"{said} a word for nobody, as anonymous, in “{column}”; each counts as a person of its own."


def _has_answer_ids(reading: Reading) -> bool:
    """Whether a column tells answers apart, and is not the one that tells people apart."""
    key = reading.columns.get("response_id")
    return key is not None and key != reading.columns.get("person_id")


def _without_repeated(table: Table, raw: Table, reading: Reading) -> tuple[Table, pd.DataFrame]:
    """Answers whose id comes once, or the first of several equal ones; of unequal ones nobody knows which is right."""
    key = table.response_id
    filled = table.aggregate(all=key.count(), different=key.nunique()).to_pandas().iloc[0]
    if filled["all"] == filled["different"]:
        return table, pd.DataFrame(columns=REJECTED[2:])
    lowest, highest = (bound.over(group_by=key) for bound in (table.score.min(), table.score.max()))
    first = table.record.min().over(group_by=key)
    marked = table.mutate(
        **{_DIFFER: key.notnull() & (lowest != highest), _AGAIN: key.notnull() & (table.record > first)}
    )
    broken = marked.filter(marked[_DIFFER] | marked[_AGAIN]).select("record", _DIFFER, _AGAIN)
    found, column = raw.inner_join(broken, "record"), reading.columns["response_id"]
    cell = found[column]
    differ = Rule(found[_DIFFER], column, cell, "answers with this id have different scores")
    again = Rule(found[_AGAIN], column, cell, "an earlier row has the same answer id and score")
    return table.anti_join(broken, "record"), _split(found, [differ, again])[1]


def people(source: Source, reading: Reading, keep: Keep = as_it_is) -> Checked:
    """One row per person; of several with the same id the first counts. Arguments as of `responses`."""
    raw, column = source.table, reading.columns["person_id"]
    table, bad = _sound(raw, reading, ("person_id",), _typed_columns(raw, reading), keep)
    later = table.mutate(first=table.record.min().over(group_by=table.person_id)).filter(lambda t: t.record > t.first)
    found = raw.semi_join(later.select("record"), "record")
    again = Rule(ibis.literal(True), column, found[column], "this person has an earlier row")
    again = _split(found, [again])[1]
    known = table.anti_join(later, "record") if len(again) else table
    return Checked(known.drop("record"), _rejected(source, reading, pd.concat([bad, again])), _unknown(raw, reading))


def usage(source: Source, reading: Reading, keep: Keep = as_it_is) -> Checked:
    """What people used: person_id, feature, kind, at (UTC, NULL when the file has no dates), uses, minutes.

    All four shapes: an event, a person's day, a person's total, or one column per feature. Arguments as of `responses`;
    a table of the user's own DuckDB may have no `record`.
    """
    raw = source.table
    if reading.features or "record" not in raw.columns:
        table, bad = _usable(raw, reading)
        table = keep(_used(table, reading))
    else:
        known = _known(raw, reading)
        said = {name: known.pop(name) for name in FIELDS["usage"] if name in reading.columns}
        table, bad = _sound(raw, reading, _NEEDED, said, keep)
        table = table.mutate(**known).select(*FIELDS["usage"]).filter(lambda t: t.uses > 0)
    return Checked(table, _rejected(source, reading, bad), _unknown(raw, reading))


def _sound(
    raw: Table, reading: Reading, needed: tuple[str, ...], typed: dict[str, Value], keep: Keep
) -> tuple[Table, pd.DataFrame]:
    """The rows that break no rule, typed, with `record`; and those that do, with the first rule each breaks.

    Every cell is read once. Only rows that break a rule are looked at again, to tell which.

    needed  fields that must be filled, and fit, where the file has them
    """
    kept = keep(raw.select(record="record", **typed))
    asked = [name for name in needed if name in reading.columns]
    broken = reduce(or_, (_breaks(kept[name], name) for name in asked), ibis.literal(False))
    wrong = kept.filter(broken).select("record", **{f"{name} as read": kept[name] for name in asked})
    if not wrong.count().to_pandas():
        return kept, pd.DataFrame(columns=REJECTED[2:])
    found = raw.inner_join(wrong, "record")
    rules = _required(found, reading, {name: found[f"{name} as read"] for name in asked})
    return kept.filter(~broken), _split(found, rules)[1]


def usage_there(source: Source, reading: Reading, counted: bool = True) -> Checked:
    """Usage that stays in its database: what breaks a rule is counted there, and no row of it is fetched.

    counted  whether to count, which reads all of it
    """
    if not counted:
        table, _ = _usable(source.table, reading, None)
        return Checked(_used(table, reading), pd.DataFrame(columns=REJECTED))
    table, bad = _usable(source.table, reading, lambda bad: _by_reason(bad).to_pandas())
    left_out = tuple(Ignored(reason, int(rows)) for reason, rows in bad.groupby("reason")["rows"].sum().items())
    notes = tuple(_left_out(source.name, part) for part in left_out)
    notes += _unknown(source.table, reading)
    return Checked(_used(table, reading), pd.DataFrame(columns=REJECTED), notes, left_out)


def _left_out(table: str, part: Ignored) -> str:
    if part.rows == 1:
        return f"1 row of the {table} was left out: {part.reason}."
    return f"{part.rows:,} rows of the {table} were left out: {part.reason}."


def _by_reason(bad: Table) -> Table:
    return bad.group_by("reason").aggregate(rows=bad.count())


def _usable(
    raw: Table, reading: Reading, tell: Callable[[Table], pd.DataFrame] | None = Table.to_pandas
) -> tuple[Table, pd.DataFrame]:
    """Usage that breaks no rule, a wide file as one row per cell, and what is to `tell` of the rows that do."""
    if reading.features:
        table, bad_rows = _split(raw, _required(raw, reading, _all_typed(raw, reading, "person_id", "at")), tell)
        table = _long(table, reading)
        feature, cell = table[_FEATURE], table[_CELL]
        wrong = Rule(_uses(cell, reading).isnull() & ~is_blank(cell), feature, cell, NO_USES)
        table, bad_cells = _split(table, [wrong], tell)
        return table, pd.concat([bad_rows, bad_cells])
    return _split(raw, _required(raw, reading, _all_typed(raw, reading, *_NEEDED)), tell)


def _used(table: Table, reading: Reading) -> Table:
    """Rows with at least some use, in the columns of the usage table."""
    return table.select(**_known(table, reading)).filter(lambda t: t.uses > 0)


def _known(table: Table, reading: Reading) -> dict[str, Value]:
    """The columns of the usage table, in their types."""
    said = {name: _typed(table, reading, name) for name in reading.columns}
    said |= {"feature": table[_FEATURE], "uses": _uses(table[_CELL], reading)} if reading.features else {}
    absent = {"at": ibis.null("timestamp"), "uses": ibis.literal(1).cast("float64"), "minutes": ibis.null("float64")}
    known = absent | said | {"kind": _kind(table, reading)}
    return {name: known[name] for name in FIELDS["usage"]}


def _uses(cell: Column, reading: Reading) -> Value:
    return numbers.amount(cell, _decimal(reading, "features"))


def _decimal(reading: Reading, name: str) -> str:
    return numbers.PLAIN if reading.there else reading.decimals.get(name, "point")


def _long(raw: Table, reading: Reading) -> Table:
    """One column per feature turned into one row per person and feature."""
    keys = [reading.columns[name] for name in ("person_id", "at") if name in reading.columns]
    keys += ["record"] if "record" in raw.columns else []
    cells = raw.select(*keys, *reading.features)
    if reading.there:  # where not every engine has arrays to unfold
        names = ibis.union(*(ibis.literal(name).name(_FEATURE).as_table() for name in reading.features))
        cells = cells.cross_join(names)
        uses = ibis.cases(*((cells[_FEATURE] == name, cells[name]) for name in reading.features))
        return cells.select(*keys, _FEATURE, **{_CELL: uses})
    return cells.pivot_longer(list(reading.features), names_to=_FEATURE, values_to=_CELL)


def _kind(raw: Table, reading: Reading) -> Value:
    """The file's own word, else what the column with the names calls them."""
    if "kind" in reading.columns:
        return text(_cell(raw, reading, "kind")).lower().fill_null("feature")
    header = reading.columns.get("feature", "").casefold()
    return ibis.literal(next((kind for kind in ("page", "event") if kind in header), "feature"))


def _cell(raw: Table, reading: Reading, name: str) -> Column | None:
    return raw[reading.columns[name]] if name in reading.columns else None


def _typed_columns(table: Table, reading: Reading) -> dict[str, Value]:
    """Every field of the reading in its type, every other column as it came, out of the way of our own names."""
    known = {name: _typed(table, reading, name) for name in reading.columns}
    return known | {f"{name} (file)" if name.casefold() in RESERVED else name: table[name] for name in reading.others}


def _unknown(raw: Table, reading: Reading) -> tuple[str, ...]:
    """What to say of cells that are filled, do not fit, and cost no row its place."""
    lost = _unknown_cells(raw, reading)
    if not lost:
        return ()
    counted = raw.aggregate(**lost).to_pandas().fillna(0).iloc[0]
    return tuple(_lost(reading.columns[name], int(counted[name]), OPTIONAL[name]) for name in lost if counted[name])


def _unknown_cells(raw: Table, reading: Reading) -> dict[str, Value]:
    """Field -> how many cells are filled and do not fit."""
    asked = [name for name in OPTIONAL if name in reading.columns and _cell(raw, reading, name).type().is_string()]
    return {
        name: (_typed(raw, reading, name).isnull() & ~dates.is_missing(_cell(raw, reading, name))).sum()
        for name in asked
    }


def _lost(column: str, cells: int, what: str) -> str:
    if cells == 1:
        return f"In “{column}”, 1 cell is no {what}; it counts as unknown."
    return f"In “{column}”, {cells:,} cells are no {what}; they count as unknown."


def _typed(raw: Table, reading: Reading, name: str) -> Value:
    """The column of a field in the field's type."""
    cell, decimal = _cell(raw, reading, name), _decimal(reading, name)
    readers = dict.fromkeys(DATES, lambda: dates.moment(cell, _form(reading, name))) | {
        "score": lambda: scores.score(cell, reading.scale or "0-10"),
        "person_id": lambda: alike(cell) if reading.alike else text(cell),
        "revenue": lambda: numbers.number(cell, decimal),
        "uses": lambda: numbers.amount(cell, decimal),
        "minutes": lambda: numbers.amount(cell, decimal),
        "opted_out": lambda: said_yes(cell),
        "comment": lambda: cell.strip() if cell.type().is_string() else text(cell),
    }
    return readers.get(name, lambda: text(cell))()


def _form(reading: Reading, name: str) -> dates.Form:
    return dates.PLAIN if reading.there else reading.dates.get(name, dates.Form(zone=reading.zone))


def _all_typed(raw: Table, reading: Reading, *names: str) -> dict[str, Value]:
    return {name: _typed(raw, reading, name) for name in names if name in reading.columns}


def _required(raw: Table, reading: Reading, typed: Mapping[str, Value]) -> list[Rule]:
    """A rule for each of these fields, as its cells were read: they must be filled, and fit."""
    rules = []
    for name, value in typed.items():
        cell, column = _cell(raw, reading, name), reading.columns[name]
        why = _absent(cell, name).ifelse(REASONS[name][0], _wrong(name, reading))
        rules.append(Rule(value.isnull(), column, cell, why))
        if name == "person_id":
            rules.append(Rule(shortened(value), column, cell, SHORTENED))
    return rules


def _breaks(typed: Column, name: str) -> BooleanValue:
    """Whether a field breaks one of the rules of `_required`, by what its cell was read as."""
    return typed.isnull() | shortened(typed) if name == "person_id" else typed.isnull()


def _absent(cell: Column, name: str) -> BooleanValue:
    """Whether nothing was said, rather than something wrong."""
    return {"score": scores.unanswered, "responded_at": dates.is_missing, "at": dates.is_missing}.get(name, is_blank)(
        cell
    )


def _wrong(name: str, reading: Reading) -> str:
    if name == "score" and reading.scale:
        low, high, stretched = scores.SCALES[reading.scale]
        what = f"a {'' if stretched else 'whole '}score from {low} to {high}"
        return "not a word for a group" if reading.scale == "groups" else f"not {what}"
    return REASONS[name][1]


def _split(
    raw: Table, rules: list[Rule], tell: Callable[[Table], pd.DataFrame] | None = Table.to_pandas
) -> tuple[Table, pd.DataFrame]:
    """The rows that break no rule, and what is to `tell` of those that do, with the first rule each breaks; without
    `tell`, nothing is asked."""
    broken = _any_broken(rules)
    bad = raw.filter(broken).select(
        *(["record"] if "record" in raw.columns else []),
        column=ibis.cases(*((rule.broken, rule.column) for rule in rules)),
        value=ibis.cases(*((rule.broken, rule.cell.cast("string")) for rule in rules)),
        reason=ibis.cases(*((rule.broken, rule.reason) for rule in rules)),
    )
    if tell is None:
        return raw.filter(~broken), pd.DataFrame()
    bad = tell(bad)
    return raw.filter(~broken) if len(bad) else raw, bad


def _any_broken(rules: list[Rule]) -> BooleanValue:
    return reduce(or_, (rule.broken for rule in rules))


def _rejected(source: Source, reading: Reading, judged: pd.DataFrame) -> pd.DataFrame:
    """Every row of the file that was left out: table, row (its line), column, value, reason; in file order.

    Of several files, a column more: file.
    """
    numbered = "record" in judged and len(judged) > 0
    judged["row"] = source.lines(judged["record"]) if numbered else pd.NA
    judged["file"] = source.files(judged["record"]) if numbered else ""
    unread = source.malformed().rename(columns={"line": "row"}).assign(column="")
    rejected = pd.concat([frame for frame in (judged, unread) if len(frame)] or [judged])
    rejected = rejected.assign(table=reading.table)[[*REJECTED, "file"]].fillna({"value": ""})
    rejected = rejected.astype(dict.fromkeys(("column", "value", "reason", "file"), "str") | {"row": "Int64"})
    rejected = rejected.sort_values(["file", "row"], kind="stable", ignore_index=True)
    return rejected if rejected["file"].any() else rejected[REJECTED]

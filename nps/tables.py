"""Responses, people and usage: named, typed and checked, with every row that cannot be used and why.

Ibis expressions throughout. Columns that already have a type (from a database) keep it; text is parsed.
"""

from dataclasses import dataclass
from functools import partial, reduce
from operator import or_

import ibis
import pandas as pd
from ibis.expr.types import BooleanValue, Column, StringValue, Table, Value

from nps.columns import Reading
from nps.fields import DATES, FIELDS, RESERVED
from nps.literals import dates, numbers, scores
from nps.literals.words import alike, is_blank, said_yes, shortened, text
from nps.sources import Source, numbered

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
OPTIONAL = {"joined_at": "date", "churned_at": "date", "revenue": "number", "minutes": "number"}
SHORTENED = "the id was shortened by a spreadsheet"
_NEEDED = ("person_id", "at", "feature", "uses")
_FEATURE, _CELL, _FIRST = "the feature of this cell", "the uses in this cell", "the first row of this person"


@dataclass(frozen=True)
class Checked:
    """A typed table, the rows left out of it (columns REJECTED, and file where there are several), and notes on cells
    that count as unknown."""

    table: Table
    rejected: pd.DataFrame
    notes: tuple[str, ...] = ()


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


def responses(source: Source, reading: Reading) -> Checked:
    """Accepted answers: response_id, person_id, score, responded_at (UTC), comment, survey, what else the file says.

    `source` is kept (has `record`). A file without a person column counts every answer as a person of its own.
    """
    raw = source.table
    table, bad = _split(raw, _required(raw, reading, "score", "responded_at", "person_id"))
    table = table.select(record="record", **_typed_columns(table, reading))
    if "person_id" not in reading.columns:
        table = table.mutate(person_id=ibis.literal("answer ") + (table.record + 1).cast("string"))
    if "responded_at" not in reading.columns:
        table = table.mutate(responded_at=ibis.null("timestamp"))
    return Checked(table, _rejected(source, reading, bad), _unknown(raw, reading))


def people(source: Source, reading: Reading) -> Checked:
    """One row per person; of several with the same id the first counts. `source` is kept."""
    person = _cell(source.table, reading, "person_id")
    raw = source.table.mutate(**{_FIRST: source.table.record.min().over(group_by=text(person))})
    later = raw.record > raw[_FIRST]
    again = Rule(later, reading.columns["person_id"], person, "this person has an earlier row")
    table, bad = _split(raw, [*_required(raw, reading, "person_id"), again])
    known = table.select(**_typed_columns(table, reading))
    return Checked(known, _rejected(source, reading, bad), _unknown(raw, reading))


def usage(source: Source, reading: Reading) -> Checked:
    """What people used: person_id, feature, kind, at (UTC, NULL when the file has no dates), uses, minutes.

    All four shapes: an event, a person's day, a person's total, or one column per feature.
    """
    table, bad = (_read_once if source.ordered else _usable)(source.table, reading)
    return Checked(_complete(table, reading), _rejected(source, reading, bad), _unknown(source.table, reading))


def _read_once(raw: Table, reading: Reading) -> tuple[Table, pd.DataFrame]:
    """As `_usable`, of a file: kept in the engine while in use, and read again only when something breaks a rule."""
    keep = partial(raw.get_backend().create_table, "usage_read", temp=True)
    if reading.features:
        table, bad = _usable(raw, reading)
        table, sound = keep(table), not len(bad)
    else:
        read = keep(raw.select(**_said(raw, reading)))
        broken = reduce(or_, (read[name].isnull() for name in _NEEDED if name in read.columns))
        if raw[reading.columns["person_id"]].type().is_string():
            broken |= shortened(read.person_id)
        table, sound = read.filter(~broken), not read.filter(broken).limit(1).count().to_pandas()
        table = read if sound else table
    if sound:
        return table, pd.DataFrame(columns=REJECTED[2:])
    return table, _usable(numbered(raw), reading)[1]


def _usable(raw: Table, reading: Reading) -> tuple[Table, pd.DataFrame]:
    """Usage that breaks no rule, typed, a wide file as one row per cell, and what does."""
    if reading.features:
        table, bad_rows = _split(raw, _required(raw, reading, "person_id", "at"))
        table = _long(table, reading)
        feature, cell = table[_FEATURE], table[_CELL]
        wrong = Rule(_uses(cell, reading).isnull() & ~is_blank(cell), feature, cell, "not a number of uses")
        table, bad_cells = _split(table, [wrong])
        bad = pd.concat([bad_rows, bad_cells])
    else:
        table, bad = _split(raw, _required(raw, reading, *_NEEDED))
    return table.select(**_said(table, reading)), bad


def _said(table: Table, reading: Reading) -> dict[str, Value]:
    """What the file tells of usage, in its types."""
    said = {name: _typed(table, reading, name) for name in reading.columns}
    said |= {"feature": table[_FEATURE], "uses": _uses(table[_CELL], reading)} if reading.features else {}
    return said | ({"kind": said["kind"].lower().fill_null("feature")} if "kind" in said else {})


def _complete(table: Table, reading: Reading) -> Table:
    """Rows with at least some use, in the columns of the usage table; the header tells kinds where no column does."""
    header = reading.columns.get("feature", "").casefold()
    kind = next((kind for kind in ("page", "event") if kind in header), "feature")
    absent = {"at": ibis.null("timestamp"), "uses": 1.0, "minutes": ibis.null("float64"), "kind": ibis.literal(kind)}
    absent = {name: value for name, value in absent.items() if name not in table.columns}
    return table.mutate(**absent).select(*FIELDS["usage"]).filter(lambda t: t.uses > 0)


def _uses(cell: Column, reading: Reading) -> Value:
    return numbers.amount(cell, reading.decimals.get("features", "point"))


def _long(raw: Table, reading: Reading) -> Table:
    """One column per feature turned into one row per person and feature."""
    keys = [reading.columns[name] for name in ("person_id", "at") if name in reading.columns]
    keys += ["record"] if "record" in raw.columns else []
    cells = raw.select(*keys, *reading.features)
    return cells.pivot_longer(list(reading.features), names_to=_FEATURE, values_to=_CELL)


def _cell(raw: Table, reading: Reading, name: str) -> Column | None:
    return raw[reading.columns[name]] if name in reading.columns else None


def _typed_columns(table: Table, reading: Reading) -> dict[str, Value]:
    """Every field of the reading in its type, every other column as it came, out of the way of our own names."""
    known = {name: _typed(table, reading, name) for name in reading.columns}
    return known | {f"{name} (file)" if name.casefold() in RESERVED else name: table[name] for name in reading.others}


def _unknown(raw: Table, reading: Reading) -> tuple[str, ...]:
    """What to say of cells that are filled, do not fit, and cost no row its place."""
    asked = [name for name in OPTIONAL if name in reading.columns and _cell(raw, reading, name).type().is_string()]
    if not asked:
        return ()
    lost = {
        name: _typed(raw, reading, name).isnull().ifelse(~dates.is_missing(_cell(raw, reading, name)), False).sum()
        for name in asked
    }
    counted = raw.aggregate(**lost).to_pandas().fillna(0).iloc[0]
    return tuple(_lost(reading.columns[name], int(counted[name]), OPTIONAL[name]) for name in asked if counted[name])


def _lost(column: str, cells: int, what: str) -> str:
    if cells == 1:
        return f"In “{column}”, 1 cell is no {what}; it counts as unknown."
    return f"In “{column}”, {cells:,} cells are no {what}; they count as unknown."


def _typed(raw: Table, reading: Reading, name: str) -> Value:
    """The column of a field in the field's type."""
    cell, decimal = _cell(raw, reading, name), reading.decimals.get(name, "point")
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
    return reading.dates.get(name, dates.Form(zone=reading.zone))


def _required(raw: Table, reading: Reading, *names: str) -> list[Rule]:
    """A rule for each of these fields that the file has: it must be filled, and fit."""
    rules = []
    for name in names:
        if name in reading.columns:
            cell, missing = _cell(raw, reading, name), REASONS[name][0]
            broken = _typed(raw, reading, name).isnull()
            rules.append(
                Rule(broken, reading.columns[name], cell, _absent(cell, name).ifelse(missing, _wrong(name, reading)))
            )
            if name == "person_id" and cell.type().is_string():
                rules.append(Rule(shortened(cell), reading.columns[name], cell, SHORTENED))
    return rules


def _any_broken(rules: list[Rule]) -> BooleanValue:
    return reduce(or_, (rule.broken for rule in rules))


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


def _split(raw: Table, rules: list[Rule]) -> tuple[Table, pd.DataFrame]:
    """The rows that break no rule, and those that do, with the first rule each breaks."""
    broken = _any_broken(rules)
    bad = raw.filter(broken).select(
        *(["record"] if "record" in raw.columns else []),
        column=ibis.cases(*((rule.broken, rule.column) for rule in rules)),
        value=ibis.cases(*((rule.broken, rule.cell.cast("string")) for rule in rules)),
        reason=ibis.cases(*((rule.broken, rule.reason) for rule in rules)),
    )
    bad = bad.to_pandas()
    return raw.filter(~broken) if len(bad) else raw, bad


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

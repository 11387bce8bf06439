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
from nps.sources import Source

REJECTED = ["table", "row", "column", "value", "reason"]
GROUPS = ("Detractor", "Passive", "Promoter")
_AGE = ibis.timestamp("1971-01-01"), ibis.timestamp("2199-12-31 23:59:59.999999")
_YEAR = r"(?:197[1-9]|19[89]\d|2[01]\d\d)"
_DIGITS = r"(\d{1,30}\.?\d*|\.\d+)([eE][-+]?\d{1,2})?"
_SCORE = r"^(10|[0-9])(\.0+)?$"
REASONS = {
    "score": ("no score", "not a whole score from 0 to 10"),
    "responded_at": ("no date", "not a date"),
    "at": ("no date", "not a date"),
    "person_id": ("no person", "no person"),
    "feature": ("no feature", "no feature"),
    "uses": ("no number of uses", "not a number of uses"),
}
NO = ("false", "f", "no", "n", "0", "0.0", "none", "null", "na", "n/a")
_NEEDED = ("person_id", "at", "feature", "uses")
_FEATURE, _CELL, _FIRST = "the feature of this cell", "the uses in this cell", "the first row of this person"
_USUAL = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d %H:%M:%S.%f")
_CLOCKS = ("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p")


@dataclass(frozen=True)
class Checked:
    """A typed table and the rows left out of it (columns REJECTED)."""

    table: Table
    rejected: pd.DataFrame


@ibis.udf.scalar.builtin
def try_strptime(text: str, formats: list[str]) -> ibis.dtype("timestamp"):
    """DuckDB's: the first format that fits, NULL when none does."""


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
    return Checked(table, _rejected(source, reading, bad))


def people(source: Source, reading: Reading) -> Checked:
    """One row per person; of several with the same id the first counts. `source` is kept."""
    person = _cell(source.table, reading, "person_id")
    raw = source.table.mutate(**{_FIRST: source.table.record.min().over(group_by=_text(person))})
    later = raw.record > raw[_FIRST]
    again = Rule(later, reading.columns["person_id"], person, "this person has an earlier row")
    table, bad = _split(raw, [*_required(raw, reading, "person_id"), again])
    return Checked(table.select(**_typed_columns(table, reading)), _rejected(source, reading, bad))


def usage(source: Source, reading: Reading) -> Checked:
    """What people used: person_id, feature, kind, at (UTC, NULL when the file has no dates), uses, minutes.

    All four shapes: an event, a person's day, a person's total, or one column per feature.
    """
    table, bad = (_read_once if source.ordered else _usable)(source.table, reading)
    return Checked(_complete(table, reading), _rejected(source, reading, bad))


def _read_once(raw: Table, reading: Reading) -> tuple[Table, pd.DataFrame]:
    """As `_usable`, of a file: kept in the engine while in use, and read again only when something breaks a rule."""
    keep = partial(raw.get_backend().create_table, "usage_read", temp=True)
    if reading.features:
        table, bad = _usable(raw, reading)
        table, sound = keep(table), not len(bad)
    else:
        marked = keep(raw.select(**_said(raw, reading), broken=_any_broken(_required(raw, reading, *_NEEDED))))
        table, sound = marked.filter(~marked["broken"]).drop("broken"), not marked["broken"].any().to_pandas()
    if sound:
        return table, pd.DataFrame(columns=REJECTED[2:])
    numbered = raw.mutate(record=ibis.row_number().cast("int64"))  # only now: it reads a file on one thread
    return table, _usable(numbered, reading)[1]


def _usable(raw: Table, reading: Reading) -> tuple[Table, pd.DataFrame]:
    """Usage that breaks no rule, typed, a wide file as one row per cell, and what does."""
    if reading.features:
        table, bad_rows = _split(raw, _required(raw, reading, "person_id", "at"))
        table = _long(table, reading)
        feature, cell = table[_FEATURE], table[_CELL]
        wrong = Rule(_amount(cell).isnull() & ~_is_blank(cell), feature, cell, "not a number of uses")
        table, bad_cells = _split(table, [wrong])
        bad = pd.concat([bad_rows, bad_cells])
    else:
        table, bad = _split(raw, _required(raw, reading, *_NEEDED))
    return table.select(**_said(table, reading)), bad


def _said(table: Table, reading: Reading) -> dict[str, Value]:
    """What the file tells of usage, in its types."""
    said = {name: _typed(table, reading, name) for name in reading.columns}
    said |= {"feature": table[_FEATURE], "uses": _amount(table[_CELL])} if reading.features else {}
    return said | ({"kind": said["kind"].lower().fill_null("feature")} if "kind" in said else {})


def _complete(table: Table, reading: Reading) -> Table:
    """Rows with at least some use, in the columns of the usage table; the header tells kinds where no column does."""
    header = reading.columns.get("feature", "").casefold()
    kind = next((kind for kind in ("page", "event") if kind in header), "feature")
    absent = {"at": ibis.null("timestamp"), "uses": 1.0, "minutes": ibis.null("float64"), "kind": ibis.literal(kind)}
    absent = {name: value for name, value in absent.items() if name not in table.columns}
    return table.mutate(**absent).select(*FIELDS["usage"]).filter(lambda t: t.uses > 0)


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


def _typed(raw: Table, reading: Reading, name: str) -> Value:
    """The column of a field in the field's type."""
    cell = _cell(raw, reading, name)
    if name == "score":
        return _whole_score(cell)
    if name in DATES:
        return _moment(cell, reading.date_order)
    if name == "revenue":
        return _number(cell)
    if name in ("uses", "minutes"):
        return _amount(cell)
    if name == "opted_out":
        return _said_yes(cell)
    return cell.strip() if name == "comment" and cell.type().is_string() else _text(cell)


def _text(cell: Column) -> StringValue:
    """Trimmed text; blank is missing. Few cells have blanks at their ends, and looking is cheaper than trimming."""
    text = cell.cast("string")
    return ((text < "!") | (text.right(1) < "!")).ifelse(text.strip().nullif(""), text)


def _is_blank(cell: Column) -> BooleanValue:
    return (cell.cast("string").strip() == "").fill_null(True)


def _whole_score(cell: Column) -> Value:
    return _text(cell).re_extract(_SCORE, 0).try_cast("float64").cast("int8")


def _number(cell: Column, sign: str = "[-+]?") -> Value:
    """A finite number; a blank cell is missing. 1,234.5 has a thousands separator, 12,5 a decimal comma."""
    if cell.type().is_numeric():
        return cell.cast("float64")
    text = cell.cast("string").strip().re_replace(r",(\d{3})\b", r"\1").replace(",", ".")
    return text.re_extract(rf"^{sign}{_DIGITS}$", 0).try_cast("float64")


def _amount(cell: Column) -> Value:
    """A number that is not negative."""
    number = _number(cell, sign=r"\+?")
    return (number >= 0).ifelse(number, ibis.null("float64")) if cell.type().is_numeric() else number


def _said_yes(cell: Column) -> BooleanValue:
    """True unless the cell is blank or plainly says no: when in doubt, nobody is written to."""
    return ~_text(cell).lower().isin(NO).fill_null(True)


def _moment(cell: Column, order: str | None) -> Value:
    """A time in UTC: ISO text (zones honoured), 31/12/2025 or 12/31/2025, 20251231, or a count of seconds.

    A date alone is its midnight. Times outside 1971-2199 are not dates.
    """
    if cell.type().is_temporal():
        return cell.cast("timestamp")
    cell = cell.cast("string")
    return ibis.coalesce(_usual_moment(cell), cell.notnull().ifelse(_any_moment(cell, order), ibis.null("timestamp")))


def _usual_moment(cell: StringValue) -> Value:
    """What most files hold, many times faster than `_any_moment`, with which it agrees wherever it is not missing."""
    moment = try_strptime(cell, list(_USUAL))
    return moment.between(*_AGE).ifelse(moment, ibis.null("timestamp"))


def _any_moment(cell: StringValue, order: str | None) -> Value:
    """As `_moment`; inside a CASE, so that DuckDB works it out only where it is needed."""
    text = cell.strip().replace(",", "").re_replace(r"\s+([+-]\d)|\s*(UTC|Z)$", r"\1")
    iso = text.re_extract(rf"^{_YEAR}[-/].*", 0).try_cast("timestamp('UTC')").cast("timestamp")
    compact = try_strptime(text.re_extract(rf"^{_YEAR}\d{{4}}$", 0), ["%Y%m%d"])
    day, month = ("%d", "%m") if order == "day first" else ("%m", "%d")
    formats = [f"{day}/{month}/{year}{clock}" for year in ("%y", "%Y") for clock in _CLOCKS]
    slashed = text.re_replace(r"^(\d\d?)[-.](\d\d?)[-.]", r"\1/\2/")
    numeric = try_strptime(slashed.re_extract(rf"^\d\d?/\d\d?/({_YEAR}|\d\d)( .*)?$", 0), formats)
    return ibis.coalesce(iso, numeric, compact, _epoch(text))


def _epoch(text: StringValue) -> Value:
    """Seconds, milliseconds or microseconds since 1970, told apart by their size."""
    count = text.re_extract(r"^[1-6]\d{9}(\.\d+|\d{3}|\d{6})?$", 0).try_cast("float64")
    scale = ibis.cases((count >= 1e15, 1e-3), (count >= 1e12, 1.0), else_=1e3)
    return (count * scale).round().cast("int64").as_timestamp("ms")


def _required(raw: Table, reading: Reading, *names: str) -> list[Rule]:
    """A rule for each of these fields that the file has: it must be filled, and fit."""
    rules = []
    for name in names:
        if name in reading.columns:
            cell, (missing, wrong) = _cell(raw, reading, name), REASONS[name]
            broken = _typed(raw, reading, name).isnull()
            rules.append(Rule(broken, reading.columns[name], cell, _is_blank(cell).ifelse(missing, wrong)))
    return rules


def _any_broken(rules: list[Rule]) -> BooleanValue:
    return reduce(or_, (rule.broken for rule in rules))


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
    """Every row of the file that was left out: table, row (its line), column, value, reason; in file order."""
    judged["row"] = source.lines(judged["record"]) if "record" in judged and len(judged) else pd.NA
    unread = source.malformed().rename(columns={"line": "row"}).assign(column="")
    rejected = pd.concat([frame for frame in (judged, unread) if len(frame)] or [judged])
    rejected = rejected.assign(table=reading.table)[REJECTED]
    rejected = rejected.fillna({"value": ""}).astype({"row": "Int64", "column": "str", "value": "str", "reason": "str"})
    return rejected.sort_values("row", kind="stable", ignore_index=True)

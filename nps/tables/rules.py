"""What makes a row unusable, and the rows that are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_

import ibis
import pandas as pd
from ibis.expr.types import BooleanValue, Column, StringValue, Table, Value

from nps.columns import Reading
from nps.literals import scores, undated
from nps.literals.words import is_blank, shortened
from nps.notes import note
from nps.sources import Source
from nps.tables.cells import cell_of, moment_of

REJECTED = ["table", "row", "column", "value", "reason"]
LACKING = {
    "score": "row.no_score",
    "responded_at": "row.no_date",
    "at": "row.no_date",
    "person_id": "row.no_person",
    "account_id": "row.no_account",
    "account": "row.no_account",
    "feature": "row.no_feature",
    "uses": "row.no_uses",
}
NO_USES = "row.wrong_uses"
WRONG = LACKING | {"responded_at": "row.wrong_date", "at": "row.wrong_date", "uses": NO_USES}
OFF_SCALE = ("row.wrong_score", "row.wrong_whole_score")  # of which the values tell the scale
MAY_LACK = frozenset({"responded_at"})  # what nobody said there costs an answer nothing; what is wrong there does
FAR, SHORTENED = "row.far_date", "row.shortened_id"


@dataclass(frozen=True)
class Rule:
    """What makes a row unusable: where it is broken, the column and cell to show for it, and why (encoded)."""

    broken: BooleanValue
    column: str | StringValue
    cell: Column
    reason: str | StringValue


def required(raw: Table, reading: Reading, typed: Mapping[str, Value]) -> list[Rule]:
    """A rule for each of these fields, as its cells were read: they must fit, and be filled unless they may lack."""
    rules = []
    for name, value in typed.items():
        cell, column = cell_of(raw, reading, name), reading.columns[name]
        why = absent(cell, name).ifelse(LACKING[name], _wrong(raw, name, reading))
        broken = value.isnull() & ~absent(cell, name) if name in MAY_LACK else value.isnull()
        rules.append(Rule(broken, column, cell, why))
        if name == "person_id":
            rules.append(Rule(shortened(value), column, cell, SHORTENED))
    return rules


def breaks(typed: Column, name: str) -> BooleanValue:
    """Whether a field breaks one of the rules of `required`, by what its cell was read as."""
    return typed.isnull() | shortened(typed) if name == "person_id" else typed.isnull()


def absent(cell: Column, name: str) -> BooleanValue:
    """Whether nothing was said, rather than something wrong."""
    return {"score": scores.unanswered, "responded_at": undated.is_missing, "at": undated.is_missing}.get(
        name, is_blank
    )(cell)


def _wrong(raw: Table, name: str, reading: Reading) -> str | StringValue:
    if name == "responded_at":
        return moment_of(raw, reading, name).isnull().ifelse(WRONG[name], FAR)
    if name != "score":
        return WRONG[name]
    if reading.scale == "groups":
        return "row.no_group"
    low, high, stretched = scores.SCALES[reading.scale or "0-10"]
    return note(OFF_SCALE[not stretched], low=low, high=high).encoded


def split(
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


def rejected(source: Source, reading: Reading, judged: pd.DataFrame) -> pd.DataFrame:
    """Every row of the file that was left out: table, row (its line), column, value, reason (encoded); in file order.

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

"""Text in a database turned into dates and numbers by what every engine has: a pattern, then a cast."""

from collections.abc import Collection

import ibis
from ibis.expr.types import Column, Table, Value

_DAY = r"(197[1-9]|19[89][0-9]|2[01][0-9]{2})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?"
_MOMENT = f"^{_DAY}([ T]{_CLOCK})?$"
_AMOUNT = r"^[0-9]{1,15}([.][0-9]{1,9})?$"


def plainly_typed(table: Table, moments: Collection[str], amounts: Collection[str]) -> Table:
    """The same table with these columns as times in UTC and as numbers; text that is neither becomes missing.

    Of text only 2025-12-31 10:30 and 1234.5 are understood. A day that no month has (February 30) is an error of the
    database, where it has no cast that forgives.
    """
    typed = {name: _moment(table[name]) for name in moments} | {name: _amount(table[name]) for name in amounts}
    return table.mutate(**typed)


def _moment(cell: Column) -> Value:
    return (_fitting(cell, _MOMENT) if cell.type().is_string() else cell).cast("timestamp(6)")


def _amount(cell: Column) -> Value:
    return (_fitting(cell, _AMOUNT) if cell.type().is_string() else cell).cast("float64")


def _fitting(cell: Column, pattern: str) -> Value:
    text = cell.strip()
    return text.re_search(pattern).ifelse(text, ibis.null("string"))

"""How an id is written: whole, guarded against spreadsheets, or destroyed by one."""

import ibis
from ibis.expr.types import BooleanValue, Column, StringValue

from nps.literals import words

USUAL = ("plain", "id", "missing")


def usual(cell: Column) -> StringValue:
    """One of USUAL, as `kind` names them (a word for nothing is an id); NULL where only a longer look tells."""
    written = cell.cast("string")
    first = written.ascii_str()
    guards = (first == ord("=")) | (first == ord("`"))
    ordinary = first.between(ord("0"), ord("z")) & ~guards & (~written.contains("+") | written.contains("@"))
    short = _is_short(written)
    return ibis.cases((short & words.is_plain(cell), "plain"), (short & ordinary, "id"), (cell.isnull(), "missing"))


def _is_short(written: StringValue) -> BooleanValue:
    """Too short for a number of which a spreadsheet keeps no digit, or no number."""
    return (written.length() < 16).ifelse(True, written.contains("-") | written.contains("@"))


def kind(cell: Column) -> StringValue:
    """How the id is written: guarded, shortened, rounded, long, plain as `is_plain` says, or just an id.

    Blank where a word for nothing stands there, missing where not even that.
    """
    text = words.text(cell)
    long = text.length() >= 16
    return ibis.cases(
        (cell.isnull(), "missing"),
        (_is_short(cell.cast("string")) & words.is_plain(cell), "plain"),
        (text.isnull(), "blank"),
        (words.is_guarded(cell), "guarded"),
        (text.contains("+") & text.re_search(words.SHORTENED_ID), "shortened"),
        (long & text.re_search(words.ROUNDED_ID), "rounded"),
        (long & text.re_search(words.LONG_ID), "long"),
        (words.is_plain(cell), "plain"),
        else_="id",
    )

"""Words in a cell: blank or not, yes or no, an id."""

import re
import unicodedata

import ibis
from ibis.expr.types import BooleanValue, Column, StringValue, Value

NO = (
    *("false", "f", "no", "n", "0", "0.0", "none", "null", "na", "n/a", "-", "off"),
    *("nein", "falsch", "aus", "non", "faux", "falso", "não", "nao", "nee", "onwaar"),
)
SHORTENED_ID = r"^[1-9](?:[.,]\d+)?[eE]\+\d{2,3}$"
ROUNDED_ID = r"^\d{15}0+$"
_ODD = ("\u00a0", "\u200b", "\ufeff")  # blanks that no trimming takes off
LONG_ID = r"^\d{16,}$"


@ibis.udf.scalar.builtin
def strip_accents(text: str) -> str:
    """DuckDB's: é as e."""


def fold(text: str) -> str:
    """Lower case without accents: Größe is grosse."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def plain(header: str) -> str:
    """A header as words: `visitorId`, `VISITOR_ID` and `Visitor-ID:` are `visitor id`."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header)
    return " ".join(re.sub(r"[\W_]+", " ", fold(spaced)).split())


def needed(thorough: Value, cell: Column) -> Value:
    """The same, worked out only for those rows of a COALESCE that nothing quicker could read.

    DuckDB works out what occurs twice in an expression beforehand for all rows, unless a CASE stands around it.
    """
    return cell.notnull().ifelse(thorough, None)


def text(cell: Column) -> StringValue:
    """Trimmed text; blank is missing. Few cells have blanks at their ends, and looking is quicker than trimming."""
    said = cell.cast("string")
    untrimmed = (said.ascii_str() <= ord(" ")) | (said.right(1).ascii_str() <= ord(" "))
    return untrimmed.ifelse(said.strip().nullif(""), said)


def is_blank(cell: Column) -> BooleanValue:
    """Nothing but spaces."""
    return text(cell).isnull()


def said_yes(cell: Column) -> BooleanValue:
    """True unless the cell is blank or plainly says no: when in doubt, nobody is written to."""
    return ~text(cell).lower().isin(NO).fill_null(True)


def shortened(cell: Column) -> BooleanValue:
    """An id like 1.23457E+14: a spreadsheet took it for a number, and its last digits are lost."""
    said = text(cell)
    return said.contains("+").ifelse(said.re_search(SHORTENED_ID), False).fill_null(False)


def alike(cell: Column) -> StringValue:
    """An id without what different programs write differently: case, spaces around it, a final `.0`."""
    said = text(cell).lower()
    odd = said.left(1).isin(_ODD) | said.right(1).isin((*_ODD, "0"))  # few are, and looking is quicker than replacing
    trimmed = said.re_replace(f"^[{''.join(_ODD)}]+|[{''.join(_ODD)}]+$", "")
    return odd.ifelse(trimmed.re_replace(r"^(\d+)\.0+$", r"\1"), said)

"""Numbers with a decimal point or a decimal comma, and thousands separators."""

import ibis
from ibis.expr.types import BooleanValue, Column, StringValue, Value

from nps.literals.words import needed

DECIMALS = ("point", "comma")
USUAL = ("plain", "point", "blank")
PLAIN = "plain"  # what every engine can read: 1234.5
_PLAIN = r"^[0-9]{1,15}([.][0-9]{1,9})?$"
MONEY = r"(?i:us\$|r\$|[€$£¥]|\b(?:eur|euro|usd|gbp|chf|brl|kr|sek|dkk|nok)\b\.?)"
CURRENCIES = {
    "€": r"(?i:€|\beuro?\b)",
    "$": r"(?i:(?:^|[^r])\$|\busd\b)",
    "£": r"(?i:£|\bgbp\b)",
    "CHF": r"(?i:\bchf\b)",
}
GROUPED = r"^[-+]?[1-9]\d{0,2}(?:[, ']\d{3})+(?:\.\d*)?$"
NUMBER = r"^[-+]?(?:\d{1,30}\.?\d*|\.\d+)(?:[eE][-+]?\d{1,2})?$"
_POINT = rf"(?:{GROUPED}|{NUMBER})"
_COMMA = _POINT.replace("[, ']", "[. ']").replace(r"\.?", ",?").replace(r"\.\d", r",\d")


def bare(cell: Column) -> StringValue:
    """The cell's text without a currency and with plain spaces."""
    spaced = cell.cast("string").translate("\u00a0\u202f’", "  '")
    return spaced.re_replace(rf"^\s*(-?)\s*{MONEY}\s*|\s*{MONEY}\s*$", r"\1").strip()


def usual(cell: Column) -> StringValue:
    """One of USUAL, as `kind` names them; NULL where only a pattern tells."""
    text = cell.cast("string")
    dot = text.find(".")
    certain = ibis.cases((dot < 0, "plain"), (text.length() - dot != 4, "point"))
    return _fits(_number(cell)).ifelse(certain, cell.isnull().ifelse("blank", None))


def kind(cell: Column) -> StringValue:
    """How the cell is written: plain, with a point, with a comma, either (1,234), other, or blank."""
    return ibis.coalesce(usual(cell), needed(_kind_by_pattern(cell), cell)).fill_null("blank")


def _quick(cell: Column) -> Value:
    """What most cells of most files hold, by a cast, far quicker than by any pattern; NULL for the rest."""
    value = _number(cell)
    return _fits(value).ifelse(value, None)


def _number(cell: Column) -> Value:
    return cell.cast("string").try_cast("float64")


def _fits(value: Value) -> BooleanValue:
    return value.between(-1e300, 1e300)


def _kind_by_pattern(cell: Column) -> StringValue:
    written = bare(cell)
    point, comma = written.re_search(_POINT), written.re_search(_COMMA)
    separated = written.contains(",") | written.contains(".")
    return (
        (written == "")
        .fill_null(True)
        .ifelse(
            "blank",
            (~separated).ifelse(
                point.ifelse("plain", "other"),
                (point & comma).ifelse("either", point.ifelse("point", comma.ifelse("comma", "other"))),
            ),
        )
    )


def number(cell: Column, decimal: str = "point") -> Value:
    """A finite number as float64; NULL where the cell is none."""
    if cell.type().is_numeric():
        return cell.cast("float64")
    if decimal == PLAIN:
        text = cell.cast("string").strip()
        return text.re_search(_PLAIN).ifelse(text, ibis.null("string")).cast("float64")
    if decimal == "point":
        return ibis.coalesce(_quick(cell), needed(_by_pattern(bare(cell)), cell))
    return _by_pattern(bare(cell).translate(".,", ",."))


def _by_pattern(written: StringValue) -> Value:
    written = written.re_search(GROUPED).ifelse(written.re_replace("[, ']", ""), written)
    return written.re_extract(NUMBER, 0).try_cast("float64")


def amount(cell: Column, decimal: str = "point") -> Value:
    """A number that is not negative."""
    value = number(cell, decimal)
    return (value >= 0).ifelse(value, None)

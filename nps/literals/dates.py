"""Moments in UTC from whatever a tool, a spreadsheet or a country writes.

A date without a time is its midnight UTC, in every zone. Times outside 1971-2199 are no dates.
"""

from typing import NamedTuple
from zoneinfo import available_timezones

import ibis
from ibis.expr.types import BooleanValue, Column, StringValue, Value

from nps.literals.undated import AGE, is_missing, said_of
from nps.literals.words import fold, needed, strip_accents

ORDERS = ("day first", "month first")
CONTINENTS = {"Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}
_YEAR = r"(?:197[1-9]|19[89]\d|2[01]\d\d)"
_TWELVE, _DAY, _LATE = r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])", r"(?:1[3-9]|2\d|3[01])"
_END = rf"[-/.](?:{_YEAR}|\d\d)(?:[ ,T].*)?$"
_CLOCK = r"\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?"
_ZONE = r"(?:z|utc|gmt)? ?(?:[+-]\d\d(?::?\d\d)?)?(?: ?utc)?"
_MONTHS = (
    *("jan|ene|gen", "feb|fev", "mar|mrz|maa|maer|mrt", "apr|avr|abr", "may|mai|mei|mag", "jun|juin|giu"),
    *("jul|juil|lug", "aug|aou|ago", "sep|set", "oct|okt|out|ott", "nov", "dec|dez|dic"),
)
MONTH = rf"(?:{'|'.join(_MONTHS)})[a-z]*"
_OF = r"(?:st|nd|rd|th|er|º|°)?[. -]*(?:de |of |d')?"
KINDS = {
    "iso": rf"^{_YEAR}[-/.]{_TWELVE}[-/.]{_DAY}(?i:[t, ]{{1,2}}{_CLOCK})?(?i: ?{_ZONE})$",
    "either": rf"^{_TWELVE}[-/]{_TWELVE}{_END}",
    "dotted": rf"^{_TWELVE}\.{_TWELVE}{_END}",
    "day first": rf"^{_LATE}[-/.]{_TWELVE}{_END}",
    "month first": rf"^{_TWELVE}[-/.]{_LATE}{_END}",
    "epoch": r"^[1-6]\d{9}(?:\.\d+|\d{3}|\d{6})?$",
    "compact": rf"^{_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$",
    "serial": r"^(?:2[6-9]|[3-6]\d|7[0-2])\d{3}(?:[.,]\d+)?$",
    "spoken": rf"^(?i:{_YEAR}[-/.]{_TWELVE}[-/.]{_DAY}[ T].*[ap]\.? ?m\.?"
    rf"|(?:[a-z]+\.?,? +)?{_DAY}{_OF}{MONTH}[.,]?[ -]*(?:de |del )?(?:{_YEAR}|\d\d)\b.*"
    rf"|(?:[a-z]{{3,9}}\.?,? +)?{MONTH}[. ]+{_DAY}(?:st|nd|rd|th)?,?[ -]+{_YEAR}\b.*"
    rf"|(?:mon|tue|wed|thu|fri|sat|sun) {MONTH} {_DAY} {_CLOCK}.* {_YEAR})$",
}
NUMERIC = ("either", "dotted", *ORDERS)
_PLAIN = (
    r"^(197[1-9]|19[89][0-9]|2[01][0-9]{2})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    r"([ T]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?)?$"
)
_CLOCKS = ("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p")
_OFFSET = r"[+-]\d\d:?\d\d$|:\d\d(?:\.\d+)? ?(?:utc|gmt)?[+-]\d\d$"


class Form(NamedTuple):
    """How a column writes dates: the kinds that occur, day or month first, and the zone of times that name none."""

    kinds: tuple[str, ...] = tuple(KINDS)
    order: str = "month first"
    zone: str | None = None


PLAIN = Form(("plain",))
QUICK = ("usual", "iso")  # of a column that has nothing but what `usual` tells
USUAL = ("iso", "iso clock", "blank")


def zones() -> list[str]:
    """Time zones that people know, as Europe/Berlin."""
    return sorted(zone for zone in available_timezones() if zone.partition("/")[0] in CONTINENTS)


@ibis.udf.scalar.builtin
def try_strptime(text: str, formats: list[str]) -> ibis.dtype("timestamp"):
    """DuckDB's: the first format that fits, NULL when none does."""


@ibis.udf.scalar.builtin
def timezone(zone: str, moment: ibis.dtype("timestamp")) -> ibis.dtype("timestamp('UTC')"):
    """DuckDB's: a clock of that zone as a moment. A skipped one is an hour later, of two equal ones the second."""


@ibis.udf.scalar.builtin
def make_timestamp(microseconds: int) -> ibis.dtype("timestamp"):
    """DuckDB's: microseconds since 1970."""


def looks(cells, kinds: tuple[str, ...] = tuple(KINDS)):
    """Whether each text of a pandas sample is written as a date of these kinds."""
    return cells.map(fold, na_action="ignore").str.match("|".join(KINDS[name] for name in kinds))


def usual(cell: Column) -> StringValue:
    """One of USUAL, as `kind` names them; NULL where only a pattern tells."""
    text = cell.cast("string")
    written = _names_zone(text).ifelse("iso", "iso clock")
    return _instant(text).between(*AGE).ifelse(written, cell.isnull().ifelse("blank", None))


def kind(cell: Column) -> StringValue:
    """The kind that a cell is written in, with ` clock` behind it where it has a time and no zone."""
    return ibis.coalesce(usual(cell), needed(_kind_by_pattern(cell), cell)).fill_null("blank")


def _names_zone(text: StringValue) -> BooleanValue:
    """Of what `_quick` reads: a zone, or a day, which needs none."""
    return (text.length() == 10) | text.endswith("Z")


def _quick(text: StringValue) -> Value:
    """What most cells of most files hold, by a cast, far quicker than by any pattern; NULL for the rest."""
    instant = _instant(text)
    return instant.between(*AGE).ifelse(instant, None)


def _instant(text: StringValue) -> Value:
    """`2025-03-01`, `2025-03-01 13:16:17` and `2025-03-01T13:16:17.123Z`, with any number of decimals or none."""
    length, after = text.length(), text.substr(19, 1)
    decimals = (after == ".") & ~text.substr(19).contains("+") & ~text.substr(19).contains("-")
    clock = text.substr(16, 1) == ":"
    fits = ibis.cases(
        (length == 19, clock), (length == 10, True), else_=clock & ((after == "Z") & (length == 20) | decimals)
    )
    return fits.ifelse(text, None).try_cast("timestamp")


def _kind_by_pattern(cell: Column) -> StringValue:
    written = said_of(cell)
    spoken = strip_accents(written).re_search(KINDS["spoken"])
    simple = [(written.re_search(pattern), name) for name, pattern in KINDS.items() if name != "spoken"]
    kind = ibis.cases((is_missing(cell), "blank"), *simple, (spoken, "spoken"), else_="other")
    naive = written.contains(":") & ~written.lower().re_search(rf"(?:z|utc|gmt)$|gmt[+-]|{_OFFSET}")
    return naive.ifelse(kind + " clock", kind).fill_null("blank")


def moment(cell: Column, form: Form = Form()) -> Value:  # noqa: B008 - a value that never changes
    """The moment in UTC that a cell means; NULL where it is no date."""
    kind = cell.type()
    if kind.is_temporal():
        return cell if kind.is_timestamp() and not kind.timezone else cell.cast("timestamp(6)")
    if form == PLAIN:
        return _plain(cell)
    quick = "iso" in form.kinds and form.zone in (None, "UTC")
    if quick and "usual" in form.kinds:
        return cell.try_cast("timestamp")
    instant = _thorough(said_of(cell), form)
    return ibis.coalesce(_quick(cell.cast("string")), needed(instant, cell)) if quick else instant


def _thorough(written: StringValue, form: Form) -> Value:
    readers = {
        "iso": lambda: _iso(written, form.zone),
        "numeric": lambda: _written(_slashed(written), form.order, form.zone),
        "spoken": lambda: _written(_spoken(written), "day first", form.zone),
        "compact": lambda: try_strptime(written.re_extract(KINDS["compact"], 0), ["%Y%m%d"]),
        "epoch": lambda: _epoch(written),
        "serial": lambda: _serial(written, form.zone),
    }
    wanted = dict.fromkeys("numeric" if name in NUMERIC else name for name in form.kinds if name in KINDS)
    readings = [readers[name]() for name in wanted]
    return ibis.coalesce(*readings) if readings else ibis.null("timestamp")


def _plain(cell: Column) -> Value:
    """`2025-03-01` and `2025-03-01 13:16:17` by what every engine has: a pattern, then a cast.

    A day that no month has (February 30) is an error of an engine that has no cast that forgives.
    """
    text = cell.cast("string").strip()
    return text.re_search(_PLAIN).ifelse(text, ibis.null("string")).cast("timestamp(6)")


def _in_zone(clock: Value, zone: str | None) -> Value:
    return clock if zone in (None, "UTC") else timezone(zone, clock).cast("timestamp")


def _iso(written: StringValue, zone: str | None) -> Value:
    text = written.re_extract(KINDS["iso"], 0).re_replace(r"^(\d{4})[-/.](\d\d?)[-/.](\d\d?)[Tt, ]*", r"\1-\2-\3 ")
    text = text.re_replace(r"(:\d\d),(\d+)", r"\1.\2").re_replace(
        r"(?i)\s*(?:utc|gmt|z)?\s*([+-]\d\d:?\d\d|[+-]\d\d|)\s*(?:utc)?$", r"\1"
    )
    instant = text.try_cast("timestamp('UTC')").cast("timestamp")
    naive = written.contains(":") & ~written.lower().re_search(rf"(?:z|utc|gmt)$|{_OFFSET}")
    return naive.ifelse(_in_zone(instant, zone), instant) if zone else instant


def _slashed(written: StringValue) -> StringValue:
    """12-31-25 and 12.31.25 as 12/31/25."""
    pattern = rf"^(\d\d?)[-/.](\d\d?)[-/.]({_YEAR}|\d\d)(?:$|[ ,T]+(.*)$)"
    return written.re_search(pattern).ifelse(written.re_replace(pattern, r"\1/\2/\3 \4"), "")


def _spoken(written: StringValue) -> StringValue:
    """`March 3, 2025 10:00` and `3. März 2025 10:00` as `3/3/2025 10:00`."""
    text = strip_accents(written).lower().re_replace(r"\s*\([^)]*\)$", "")
    for number, names in enumerate(_MONTHS, 1):
        text = text.re_replace(rf"(^|[ .\d-])(?:{names})[a-z]*\.?([, -]|$)", rf"\1~{number}~\2")
    swaps = (
        (rf"^({_YEAR})[-/.](\d\d?)[-/.](\d\d?)[ t]", r"\3/\2/\1 "),
        (rf"^(?:[a-z]+\.?,? +)?(\d\d?){_OF}~(\d+)~,?[ -]*(?:de |del )?(\d{{4}}|\d\d)\b[ ,]*", r"\1/\2/\3 "),
        (r"^(?:[a-z]+\.?,? +)?~(\d+)~ *(\d\d?)(?:st|nd|rd|th)?,?[ -]+(\d{4})\b[ ,]*", r"\2/\1/\3 "),
        (rf"^[a-z]+ ~(\d+)~ (\d\d?) ({_CLOCK})(.*) (\d{{4}})$", r"\2/\1/\5 \3\4"),
    )
    for pattern, swapped in swaps:
        text = text.re_replace(pattern, swapped)
    return strip_accents(written).re_search(KINDS["spoken"]).ifelse(text, "")


def _written(text: StringValue, order: str, zone: str | None) -> Value:
    """`31/12/2025 1:16 pm +01:00` as a moment."""
    text = (
        text.lower()
        .re_replace(r" (?:at|um|a las|alle ore|alle|om|as|a|kl\.?|-) ", " ")
        .re_replace(r"\s*(?:uhr|hrs?|h)$", "")
    )
    text = (
        text.re_replace(r"\b([ap])\.? ?m\b\.?", r"\1m").re_replace(r"(\d)([ap]m)", r"\1 \2").re_replace(r"[, ]+", " ")
    )
    clock = text.re_replace(r" ?(?:utc|gmt|z)? ?(?:[+-]\d\d:?\d\d|[+-]\d\d)?$", "").strip()
    day, month = ("%d", "%m") if order == "day first" else ("%m", "%d")
    formats = [f"{day}/{month}/{year}{clock}" for year in ("%y", "%Y") for clock in _CLOCKS]
    instant = try_strptime(clock, formats)
    offset = text.re_extract(r"([+-]\d\d):?(\d\d)?$", 0)
    minutes = offset.re_extract(r"^[+-](\d\d)", 1).try_cast("int64") * 60 + offset.re_extract(
        r"^[+-]\d\d:?(\d\d)$", 1
    ).try_cast("int64").fill_null(0)
    minutes = offset.startswith("-").ifelse(-minutes, minutes)
    moved = instant - minutes.as_interval("m")
    zoned = text.re_search(r"(?:utc|gmt|z)$") | (offset != "")
    dated = ~text.contains(":")
    return ibis.cases((offset != "", moved), (zoned | dated, instant), else_=_in_zone(instant, zone))


def _epoch(written: StringValue) -> Value:
    """Seconds, milliseconds or microseconds since 1970, told apart by their size."""
    count = written.re_extract(KINDS["epoch"], 0).try_cast("float64")
    scale = ibis.cases((count >= 1e15, 1.0), (count >= 1e12, 1e3), else_=1e6)
    return make_timestamp((count * scale).round().cast("int64"))


def _serial(written: StringValue, zone: str | None) -> Value:
    """Days since 1899-12-30, as spreadsheets count, to the second."""
    days = written.re_extract(KINDS["serial"], 0).replace(",", ".").try_cast("float64")
    instant = make_timestamp(((days - 25_569) * 86_400).round().cast("int64") * 1_000_000)
    return (days == days.floor()).ifelse(instant, _in_zone(instant, zone))

"""Words in a cell: blank or not, yes or no, an id."""

import re
from functools import reduce
from operator import or_

import ibis
from ibis.expr.types import BooleanValue, Column, StringValue, Value

from nps.literals import nothing

NO = (
    *("false", "f", "no", "n", "0", "0.0", "none", "null", "na", "n/a", "-", "off"),
    *("nein", "falsch", "aus", "non", "faux", "falso", "não", "nao", "nee", "onwaar"),
)
NOBODY = (
    *("anonymous", "anonym", "anonyme", "anonymer", "anonymous user", "anónimo", "anonimo", "anônimo", "anoniem"),
    *(
        "(not set)",
        "unknown",
        "unbekannt",
        "inconnu",
        "desconocido",
        "desconhecido",
        "sconosciuto",
        "onbekend",
        "guest",
    ),
)
_ANONYMOUS = "anon[.]?|anonym[^ _@-]*|an[oóô]nim[^ _@-]*|anoniem[^ _@-]*|匿名[^ @]*"
_UNKNOWN = "unknown|unbekannte?[rsn]?|inconnue?|desconocid[oa]|desconhecid[oa]|sconosciut[oa]|onbekende?|nieznan[yae]"
_GUESTS = "guest|gast|invitée?|invitad[oa]|convidad[oa]|ospite|gość|gäst|misafir|ゲスト"
_USERS = (
    "users?|visitors?|customers?|accounts?|nutzer|benutzer|kunde|konto|utilisateur|usuario|usuário|utente|gebruiker"
)
_NOTHING = f"^({nothing.ANY})?$"
_UNUSUAL = rf"^[ \t\n\r\v\f]|[ \t\n\r\v\f]$|{_NOTHING}"
_NAMELESS = (
    f"([^ 0-9@]+[ _-])?({_ANONYMOUS}|{_UNKNOWN})([ _-][^ 0-9@]+)?",  # a word more, as user or respondent
    f"({_GUESTS})([ _-]?({_USERS}))?",
    "no[ -]?name|nobody|not logged in|deleted[ _-]user|nicht (angemeldet|eingeloggt)|non connecté|no identificado",
    *(re.sub("[()]", r"[\g<0>]", word) for word in NOBODY),
)
_NOBODY = rf"^[(<\[]?({'|'.join(_NAMELESS)})[)>\]]?$"  # no IN, see dates
PLAIN_ID = r"^(([1-9]|[0-9A-Za-z_.:][0-9A-Za-z_.:-]*[1-9])[0-9A-Za-z_.:-]*|[0-9a-z_.+-]+@[0-9a-z.-]+)$"
MARKS = "'‘’`´"
SHORTENED_ID = r"^[1-9]([.,][0-9]+)?[eE][+][0-9]{2,3}$"
ROUNDED_ID = r"^\d{15}0+$"
LONG_ID = r"^\d{16,}$"


@ibis.udf.scalar.builtin
def strip_accents(text: str) -> str:
    """DuckDB's: é as e."""


def fold(text: str) -> str:
    """Lower case without accents: Größe is grosse."""
    if text.isascii():
        return text.lower()
    return nothing.without_accents(text.casefold())


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
    """Trimmed text; blank or a word for nothing is missing, and a whole number that some program keeps as 7.0 is 7."""
    written = cell.cast("string")
    if cell.type().is_floating():
        return written.re_replace(r"\.0$", "")
    if not (cell.type().is_string() or cell.type().is_uuid()):
        return written
    bare = written.strip()  # looking is quicker than trimming
    return written.lower().re_search(_UNUSUAL).ifelse(bare.lower().re_search(_NOTHING).ifelse(None, bare), written)


def stated(cell: Column, header: str) -> Value:
    """A cell under some header as it came, without words for nothing; NA may be a place."""
    if not cell.type().is_string():
        return cell
    return (cell.upper() == "NA").ifelse(cell, text(cell)) if nothing.may_be_a_place(plain(header)) else text(cell)


def identity(cell: Column, plain: BooleanValue | None = None) -> StringValue:
    """An id as text: addresses in small letters, without the ="..." or ' that keep a spreadsheet from changing it.

    plain  which cells `is_plain` holds for, where that is known without a look at each
    """
    if not cell.type().is_string():
        return text(cell)
    bare = _unguarded(cell)
    plain = is_plain(cell) if plain is None else plain
    read = bare.contains("@").ifelse(_address(bare), bare.strip())
    return plain.ifelse(cell, read.lower().re_search(_NOTHING).ifelse(None, read))


def _address(cell: StringValue) -> StringValue:
    """An address in small letters, without what programs put around it."""
    cell = cell.lower()
    for odd in ("\u00a0", "\u200b", "\ufeff", "mailto:", "<", ">", ";"):
        cell = cell.replace(odd, " ")
    return cell.strip()


def is_plain(cell: Column) -> BooleanValue:
    """An id that shows at a glance: it is what it is, and neither a word nor a number (0, -1) for nothing or nobody.

    None where numbers are kept with a decimal point, as 7.0 is 7.
    """
    if cell.type().is_floating():
        return ibis.literal(False)
    return cell.cast("string").re_search(PLAIN_ID).fill_null(False)


def _unguarded(cell: Column) -> Column:
    """What stands in ="...", =T("...") or "...", or behind a single mark."""
    if not cell.type().is_string():
        return cell
    inside = cell
    for sign in ("=T(", '")', '"', "="):
        inside = inside.replace(sign, "")
    return ibis.cases((_quoted(cell), inside), (_begins(cell, MARKS), cell.substr(1)), else_=cell)


def is_guarded(cell: Column) -> BooleanValue:
    """Whether it stands in ="..." or behind a ', or the like, so that a spreadsheet does not change it."""
    return _quoted(cell) | _begins(cell, MARKS)


def _quoted(cell: StringValue) -> BooleanValue:
    return _begins(cell, '"=') & cell.contains('"')


def _begins(cell: StringValue, signs: str) -> BooleanValue:
    """Whether it begins with one of the signs; no IN, see dates."""
    return reduce(or_, (cell.startswith(sign) for sign in signs))


def names_nobody(id_: StringValue) -> BooleanValue:
    """A word that stands for whoever it was, of an id that was read as text already."""
    return id_.lower().re_search(_NOBODY).fill_null(False)


def is_blank(cell: Column) -> BooleanValue:
    """Nothing but spaces, or a word for nothing."""
    return text(cell).isnull()


def is_empty(cell: Column) -> BooleanValue:
    """Nothing but spaces: not even a word for nothing."""
    return cell.cast("string").strip().fill_null("") == ""


def said_yes(cell: Column) -> BooleanValue:
    """True unless the cell is blank or plainly says no: when in doubt, nobody is written to."""
    return ~text(cell).lower().isin(NO).fill_null(True)


def shortened(cell: Column) -> BooleanValue:
    """An id like 1.23457E+14: a spreadsheet took it for a number, and its last digits are lost."""
    return cell.contains("+").ifelse(text(cell).re_search(SHORTENED_ID), False).fill_null(False)


def normalised(cell: Column) -> StringValue:
    """An id without what programs write differently: case, odd spaces around it, zeros in front, a final `.0`.

    In as few steps as it can be: an expression of an expression is written out in SQL each time, and one database lacks
    REGEXP_REPLACE.
    """
    return like(_unguarded(cell) if cell.type().is_string() else text(cell))


def like(written: StringValue) -> StringValue:
    """`normalised` of an id that was read as text already."""
    usual = written.replace("\u00a0", " ").replace("\u200b", "").replace("\ufeff", "").strip().lower()
    whole = usual.substr(0, usual.concat(".").find("."))
    return ibis.cases(
        (usual.re_search(_NOTHING), None),
        (usual.contains("@"), _address(usual)),
        (usual.re_search("^0+([.]0+)?$"), "0"),
        (usual.re_search("^[0-9]+([.]0+)?$"), whole.replace("0", " ").lstrip().replace(" ", "0")),
        else_=usual,
    )

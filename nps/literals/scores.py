"""Answers to a rating question, however a tool writes them, on the scale they were given on."""

from typing import NamedTuple

import ibis
import numpy as np
import pandas as pd
from ibis.expr.types import BooleanValue, Column, StringValue, Value

from nps.literals.words import needed, text

_UNUSUAL, _USUAL = "０１２３４５６７８９／\u00a0\u202f", "0123456789/  "
_SPEAKS = r"[^\d]*[^\s\d.,:=()–—-][^\d]*"
PLAIN = r"^\+?(-?\d{1,3}(?:[.,]\d*)?) ?%?$"
OF_TEN = r"^(\d{1,2}) ?(?:/|out of|of|von|sur|de|su|van(?: de)?) ?10$"
LABEL_AFTER = rf"^(\d{{1,3}}) ?[-–—:=.(]{_SPEAKS}$"
LABEL_BEFORE = rf"^{_SPEAKS}[-–—:=(] ?(\d{{1,3}})\)?$"
DAY = (  # what a spreadsheet makes of 9/10
    r"^\d{1,2}[-. /]+(?i:jan|feb|fev|f[ée]v|m[aä]r|mrz|apr|avr|abr|ma[iy]|jun|jui|jul|a[uo][gû]|sep|set|o[ckt]t|out|nov"
    r"|de[cz]|d[ée]c|dic|gen|ene|mag|giu|lug|ago)[a-z]*\.?$"
)
WRITINGS = (PLAIN, OF_TEN, LABEL_AFTER, LABEL_BEFORE)
NO_ANSWER = (
    r"^(?i:n\.?/?a\.?|#n/?[adv]|nan|null|none|nil|[-–—.?]+|(?:no|not) (?:answer|response|answered|applicable)|skipped"
    r"|missing|unknown|refused|prefer not to (?:say|answer)|(?:i )?don['’]?t know|dk|keine (?:angabe|antwort)"
    r"|k\.? ?a\.?|(?:ich )?wei[sß]s? (?:es )?nicht|sans r[ée]ponse|n[sr]p?|ns/n[cr]|(?:je )?ne sai[st] pas"
    r"|sin respuesta|no s[eé]|no sabe|sem resposta|n[ãa]o sei|nessuna risposta|non so|geen antwoord"
    r"|weet (?:ik )?niet|n\.?v\.?t\.?)$"
)
GROUP_WORDS = {  # the least that each word says: at least 9, at least 7, at most 6
    9: r"^(?i:promot(?:er|ers|or|oren|ora|ores|eur|eurs|rice|ore|ori))$",
    7: r"^(?i:passiv(?:e|es|er|o|a|os|i)?|passi(?:f|fs|ef|eve)|pasiv(?:o|a|os)|neutr(?:al|o|e))$",
    6: r"^(?i:detra(?:c|k)?t(?:or|ors|ora|oren|ores|tore|tori)|d[ée]tracteurs?|kritiker|criticaster|criticus)$",
}


class Scale(NamedTuple):
    """The numbers that people could choose from; `stretched` ones are drawn out to 0-10, halves rounded up."""

    low: int
    high: int
    stretched: bool = True


SCALES = {
    "0-10": Scale(0, 10, stretched=False),
    "1-10": Scale(1, 10, stretched=False),
    "1-11": Scale(1, 11),
    "1-5": Scale(1, 5),
    "1-7": Scale(1, 7),
    "0-100": Scale(0, 100),
    "groups": Scale(0, 10, stretched=False),
}


def usual(cell: Column) -> StringValue:
    """The cell's text in plain digits and spaces."""
    return cell.cast("string").translate(_UNUSUAL, _USUAL).strip().nullif("")


def numbers(cells: pd.Series) -> pd.Series:
    """The number in each text, NaN where there is none; each different text is looked at once."""
    which, different = pd.factorize(cells)
    written = pd.Series(different, dtype="string").str.translate(str.maketrans(_UNUSUAL, _USUAL)).str.strip()
    digits = pd.Series(pd.NA, index=written.index, dtype="string")
    for pattern in WRITINGS:
        digits = digits.fillna(written.where(~written.str.match(DAY)).str.extract(pattern, expand=False))
    read = pd.to_numeric(digits.str.replace(",", "."), errors="coerce").astype("Float64").astype("float64")
    return pd.Series(np.append(read.to_numpy(), np.nan)[which], index=cells.index)


def groups(cells: pd.Series) -> pd.Series:
    """Whether each text is the word for a group."""
    return cells.str.match("|".join(GROUP_WORDS.values())).fillna(False).astype(bool)


def unanswered(cell: Column) -> BooleanValue:
    """Blank, or a word for it such as N/A or -: no answer, and never a 0."""
    return text(cell).isnull() | usual(cell).re_search(NO_ANSWER).fill_null(False)


def score(cell: Column, scale: str = "0-10") -> Value:
    """0 to 10 as int8; NULL where the cell is no answer on that scale."""
    value = _thorough(usual(cell), scale)
    if scale == "groups" or SCALES[scale].stretched:
        return value
    return ibis.coalesce(_quick(cell.cast("string"), SCALES[scale]), needed(value, cell))


def _quick(text: StringValue, scale: Scale) -> Value:
    """What nearly every cell holds, one or two digits, by a cast; NULL for the rest."""
    first, last = text.ascii_str(), text.right(1).ascii_str()
    digits = (text.length() <= 2) & first.between(ord("0"), ord("9")) & last.between(ord("0"), ord("9"))
    number = digits.ifelse(text, None).try_cast("int8")
    return number.between(scale.low, scale.high).ifelse(number, None)


def _thorough(written: StringValue, scale: str) -> Value:
    if scale == "groups":
        return ibis.cases(*((written.re_search(word), value) for value, word in GROUP_WORDS.items())).cast("int8")
    low, high, stretched = SCALES[scale]
    written = written.re_search(DAY).ifelse(ibis.null("string"), written)
    extracted = ibis.coalesce(*(written.re_extract(pattern, 1).nullif("") for pattern in WRITINGS))
    number = extracted.replace(",", ".").try_cast("float64")
    fits = number.between(low, high)
    if not stretched:
        return (fits & (number == number.floor())).ifelse(number, ibis.null("float64")).cast("int8")
    drawn_out = ((number - low) * 10 / (high - low) + 0.5).floor()
    return fits.ifelse(drawn_out, ibis.null("float64")).cast("int8")

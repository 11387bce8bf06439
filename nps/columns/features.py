"""What is a feature: something that people used, and no month, session, id, sum of money, device, plan or segment."""

import re
from collections.abc import Mapping

import pandas as pd

from nps.columns import content, names
from nps.fields import PERSON_FIELDS
from nps.fields.headers.never import MONEY, NO_FEATURE
from nps.literals.dates import MONTH, looks

MOST_FEATURES = 500
_PERIOD = (
    r"^(?:\d{4} (?:0?[1-9]|1[0-2])|(?:0?[1-9]|1[0-2]) \d{4}|\d{4} ?(?:w|kw|q|h)\d\d?|(?:w|kw|q|h) ?\d\d?(?: \d{4})?"
    rf"|{MONTH} \d{{4}})$"
)
_TIMES = (  # months and days of the week in the languages of headers
    rf"(?:\d{{4}}[-/. ]?)?(?:{MONTH}|0?[1-9]|1[0-2])(?:[-/. ]?\d{{2,4}})?|\d{{4}}[-/. ]?(?:kw|w|q|h)?\d{{1,2}}"
    r"|(?:w|kw|q|h)\d{1,2}"
    r"|(?:mon|tue|wed|thu|fri|sat|sun)\w*|(?:mo|di|mi|do|fr|sa|so)|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch"
    r"|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|lunes|martes|miercoles|jueves|viernes|sabado|domingo"
    r"|(?:segunda|terca|quarta|quinta|sexta)(?:[ -]feira)?|lunedi|martedi|mercoledi|giovedi|venerdi|sabato|domenica"
    r"|(?:maan|dins|woens|donder|vrij|zater|zon)dag"
)
_DEVICES = (
    r"ios|android|windows(?: \w+)?|mac(?: ?os)?(?: x)?|linux|ipad(?:os)?|iphone|desktop|mobile|tablet|web|chrome"
    r"|firefox|safari|edge|opera|phone|pc"
)
_TOKENS = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{18,}|[0-9a-f]{16,}|[^@ ]+@[^@ ]+"
_OTHERS = rf"(?i:{_TIMES}|{_DEVICES}|{_TOKENS})"


def by_content(sample: pd.DataFrame, spare: list[str], person: str, dated: bool) -> dict[str, str]:
    """The only column of words that come again and may be features."""
    if not sample[person].duplicated().any():
        return {}
    words = [c for c in spare if _names_things(sample[c], c) and (dated or _varies(sample, c, person))]
    return {"feature": words[0]} if len(words) == 1 else {}


def wide(sample: pd.DataFrame, columns: Mapping[str, str]) -> tuple[str, ...]:
    """The number columns of a usage file that has one column per feature; one without any number yet may get some."""
    taken = [columns[name] for name in ("person_id", "at", "minutes") if name in columns]
    dated = set(sample.columns[looks(pd.Series(sample.columns)).to_numpy(bool)])
    spare = [c for c in sample.columns if c not in taken and c not in dated and _may_be_used(sample[c], c)]
    numeric = [c for c in spare if content.numeric(sample[c])]
    return tuple(c for c in spare if c in numeric or sample[c].isna().all()) if numeric else ()


def _may_be_used(cells: pd.Series, header: str) -> bool:
    words = names.plain(header)
    if re.search(rf"{NO_FEATURE}|{_PERIOD}", words) or content.numbered(cells) or content.money(cells):
        return False
    return not re.search(rf"^{MONEY}|{MONEY}$", words)


def _names_things(cells: pd.Series, header: str) -> bool:
    """Whether a few words come again and again, and they are no times, devices, ids or facts about a person."""
    words = names.plain(header)
    if re.search(rf"{NO_FEATURE}|{MONEY}", words) or any(
        names.rank(name, header) is not None for name in PERSON_FIELDS
    ):
        return False
    if (
        content.numeric(cells)
        or content.dated(cells) >= 0.5
        or content.share(cells.map(names.plain, "ignore"), _OTHERS) >= 0.5
    ):
        return False
    several = 1 < cells.nunique() <= MOST_FEATURES
    return bool(several and (cells.count() < 10 or cells.nunique() <= cells.count() / 2))


def _varies(sample: pd.DataFrame, column: str, person: str) -> bool:
    """Whether somebody has several values: else the column is a fact about the person."""
    return bool((sample.groupby(person)[column].nunique() > 1).any())

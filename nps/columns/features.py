"""What is a feature: something that people used, and no month, session, id, sum of money, device, plan or segment."""

import re
from collections.abc import Iterable, Mapping

import pandas as pd

from nps.columns import content, names
from nps.fields import PERSON_FIELDS
from nps.fields.headers.never import MONEY, NO_FEATURE, NO_USE, NUMBERING
from nps.literals.dates import looks
from nps.literals.periods import DAY_OF_WEEK, DAY_OR_CLOCK, NAMED, TIME_OF_DAY, YEAR

MOST_FEATURES = 500
MANY_OWNED = 10
_NUMBERED = r"\d{4} ?(?:q|h|w|kw)?\d{1,2}|\d{4}|(?:0?[1-9]|1[0-2]) \d{4}"
_TIMES = rf"{NAMED}|{DAY_OF_WEEK}|{TIME_OF_DAY}|{DAY_OR_CLOCK}|{_NUMBERED}"
_DEVICES = (
    r"ios|android|windows(?: \w+)?|mac(?: ?os)?(?: x)?|linux|ipad(?:os)?|iphone|desktop|mobile|tablet|web|chrome"
    r"|firefox|safari|edge|opera|phone|pc"
)
_TOKENS = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{18,}|[0-9a-f]{16,}|[^@ ]+@[^@ ]+"
_OTHERS = rf"(?i:{_TIMES}|{_DEVICES}|{_TOKENS})"
_PERIOD = rf"(?:{NAMED}|{DAY_OF_WEEK}|{DAY_OR_CLOCK}|{YEAR})"
_ONE_PERIOD = rf"(?=.*\d)(?:{NAMED})"  # a month without a year may be a word for something else


def by_content(sample: pd.DataFrame, spare: list[str], person: str, dated: bool) -> dict[str, str]:
    """The only column of words that come again and may be features."""
    if not sample[person].duplicated().any():
        return {}
    words = [c for c in spare if _names_things(sample[c], c) and not _owned(sample, c, person)]
    words = [c for c in words if dated or _varies(sample, c, person)]
    return {"feature": words[0]} if len(words) == 1 else {}


def wide(sample: pd.DataFrame, columns: Mapping[str, str]) -> tuple[str, ...]:
    """The number columns of a usage file that has one column per feature; one without any number yet may get some."""
    taken = [columns[name] for name in ("person_id", "at", "minutes") if name in columns]
    dated = set(sample.columns[looks(pd.Series(sample.columns)).to_numpy(bool)]) | _periods(sample.columns)
    spare = [c for c in sample.columns if c not in taken and c not in dated and _may_be_used(sample[c], c)]
    numeric = [c for c in spare if content.numeric(sample[c])]
    return tuple(c for c in spare if c in numeric or sample[c].isna().all()) if numeric else ()


def _periods(headers: Iterable[str]) -> set[str]:
    """Those that name a period, where several do: one may be a word for something else."""
    named = {header for header in headers if re.fullmatch(_PERIOD, names.plain(header))}
    return named if len(named) > 1 else set()


def _may_be_used(cells: pd.Series, header: str) -> bool:
    words = names.plain(header)
    if re.search(rf"{NO_FEATURE}|{NO_USE}", words) or re.fullmatch(_ONE_PERIOD, words):
        return False
    if content.money(cells) or (re.search(NUMBERING, words) and any(content.numbered(cells, n) for n in (0, 1))):
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


def _owned(sample: pd.DataFrame, column: str, person: str) -> bool:
    """Whether many values are each one person's alone, as sessions are."""
    people = sample.groupby(column)[person].nunique()
    return len(people) >= MANY_OWNED and bool((people == 1).all())


def _varies(sample: pd.DataFrame, column: str, person: str) -> bool:
    """Whether somebody has several values: else the column is a fact about the person."""
    return bool((sample.groupby(person)[column].nunique() > 1).any())

"""Columns that divide nobody: what is made of the score, other scores, the numbers of rows."""

import math
import re
from collections.abc import Iterable, Iterator

import pandas as pd

from nps.columns import content, names
from nps.fields.headers.never import NUMBERING
from nps.literals import scores
from nps.literals.periods import NAMED, YEAR
from nps.notes import Note, note, shortlist

_OF_SCORES = r"\bnps\b|\bscores?\b|promot|detra[ck]?t|passiv|pasiv"
_BEFORE = (
    rf"^(?:{NAMED}|{YEAR})$|^(?:previous|prev|prior|last|former|old|first|baseline|vor\w*|letzte[rs]?|alte[rs]?"
    r"|ancien\w*|precedente?|dernier\w*|anterior|ultim[oa]|passat[oa]|vorige|laatste)\b"
    r"|\b(?:previous|last year|vorjahr\w*|anterior|precedente?|vorige|vorig jaar|waves?|wellen?|vague|ola|onda)\b"
)
MANY_SCORES = 8  # different ones, from 0 to 10
SURE_BITS = 10  # chance makes a column repeat the score as well as that in 1 of 1,024 files
FIRST_ROWS = 1_000  # these show nearly always that a column does not repeat the score
FEW_ROWS = 8  # fewer numbers of rows may be anything
REPEATS, NUMBERS, SCORES = "derived.repeats", "derived.numbers", "derived.scores"
MOST_NAMED = 5


def why(header: str, cells: pd.Series, score: pd.Series, each: pd.Series | None = None) -> str | None:
    """Why a column divides nobody, as a code; None where it may. Cells, trimmed, and scores of the same answers.

    each  which of them is the first of its person, as what is known of people stands beside all of their answers
    """
    text = cells.astype("string")
    if _numbers_rows(text if each is None else text[each], header):
        return NUMBERS
    if _repeats(text, score, header) or (text.isna().any() and _repeats(text.fillna(""), score, header)):
        return REPEATS
    return SCORES if _scored_before(text, header) else None


def notes(sample: pd.DataFrame, others: Iterable[str], score: pd.Series) -> Iterator[Note]:
    """What to say of the columns of answers that divide nobody."""
    reasons = {column: why(column, sample[column], score) for column in others}
    for reason in (REPEATS, NUMBERS, SCORES):
        if found := [column for column, its in reasons.items() if its == reason]:
            yield note(reason, columns=shortlist(found, MOST_NAMED))


def _scored_before(cells: pd.Series, header: str) -> bool:
    """Whether these are scores of another question or time: called so, or of a period and from 0 to 10."""
    if names.rank("score", header) is not None:
        return cells.nunique() > 2 and content.scored(cells) >= 0.95
    return bool(re.search(_BEFORE, names.plain(header))) and cells.nunique() >= MANY_SCORES and _on_ten(cells)


def _on_ten(cells: pd.Series) -> bool:
    return content.scored(cells) >= 0.95 and bool(scores.numbers(cells.dropna()).max() == 10)


def _numbers_rows(cells: pd.Series, header: str) -> bool:
    """Whether these are different whole numbers that are called numbers of something, or have no gaps, or hardly any:
    some rows may have been left out."""
    if _repeat_soon(cells) or cells.count() < FEW_ROWS or cells.nunique() < cells.count():
        return False
    numbers = pd.to_numeric(cells.dropna(), errors="coerce")
    whole = numbers.notna().all() and (numbers % 1 == 0).all()
    if not whole:
        return False
    return bool(re.search(NUMBERING, names.plain(header)) or numbers.max() - numbers.min() < 1.05 * len(numbers) + 1)


def _repeat_soon(cells: pd.Series) -> bool:
    """Whether two of the first cells are the same, as in most columns."""
    there: set[str] = set()
    return any(pd.notna(cell) and (cell in there or there.add(cell)) for cell in cells.head(FIRST_ROWS))


def _contradict(cells: pd.Series, score: pd.Series) -> bool:
    """Whether two of the first answers with one score have different values: most columns show that soon."""
    pairs = zip(score.head(FIRST_ROWS), cells.head(FIRST_ROWS), strict=True)
    first: dict[float, str] = {}
    return any(
        pd.notna(given) and pd.notna(value) and first.setdefault(given, value) != value for given, value in pairs
    )


def _repeats(cells: pd.Series, score: pd.Series, header: str) -> bool:
    """Whether each score has one value, and each value one run of scores, more surely than chance makes it.

    Where a value has several runs, twice as surely.
    """
    if _contradict(cells, score):
        return False
    pairs = pd.DataFrame({"score": score, "value": cells}).dropna()
    if pairs["value"].nunique() < 2 or (pairs.groupby("score")["value"].nunique() > 1).any():
        return False
    values = pairs.groupby("score")["value"].first().sort_index()
    likeness = float((pairs["value"].value_counts(normalize=True) ** 2).sum())
    bits = (len(pairs) - len(values)) * -math.log2(likeness)
    if values.ne(values.shift().fillna("\0")).sum() != values.nunique():
        return bits >= 2 * SURE_BITS
    return bits >= SURE_BITS or re.search(_OF_SCORES, names.plain(header)) is not None

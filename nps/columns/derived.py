"""Columns that divide nobody: what is made of the score, other scores, the numbers of rows."""

import math
import re
from collections.abc import Iterable, Iterator

import pandas as pd

from nps.columns import content, names
from nps.notes import Note, note, shortlist

_OF_SCORES = r"\bnps\b|\bscores?\b|promot|detra[ck]?t|passiv|pasiv"
SURE_BITS = 10  # chance makes a column repeat the score as well as that in 1 of 1,024 files
FIRST_ROWS = 1_000  # these show nearly always that a column does not repeat the score
FEW_ROWS = 8  # fewer numbers of rows may be anything
REPEATS, NUMBERS, SCORES = "derived.repeats", "derived.numbers", "derived.scores"
MOST_NAMED = 5


def why(header: str, cells: pd.Series, score: pd.Series) -> str | None:
    """Why a column divides nobody, as a code; None where it may. Cells and scores (numbers) of the same answers."""
    return _why(header, cells.astype("string").str.strip().replace("", pd.NA), score)


def _why(header: str, text: pd.Series, score: pd.Series) -> str | None:
    if _numbers_rows(text):
        return NUMBERS
    if _repeats(text, score, header):
        return REPEATS
    if names.rank("score", header) is not None and text.nunique() > 2 and content.scored(text) >= 0.95:
        return SCORES
    return None


def notes(sample: pd.DataFrame, others: Iterable[str], score: pd.Series) -> Iterator[Note]:
    """What to say of the columns of answers that divide nobody."""
    reasons = {column: _why(column, sample[column], score) for column in others}
    for reason in (REPEATS, NUMBERS, SCORES):
        if found := [column for column, its in reasons.items() if its == reason]:
            yield note(reason, columns=shortlist(found, MOST_NAMED))


def _numbers_rows(cells: pd.Series) -> bool:
    """Whether these are different whole numbers without gaps, or hardly any: some rows may have been left out."""
    if (
        cells.count() < FEW_ROWS
        or cells.head(FIRST_ROWS).dropna().duplicated().any()
        or cells.nunique() < cells.count()
    ):
        return False
    numbers = pd.to_numeric(cells.dropna(), errors="coerce")
    whole = numbers.notna().all() and (numbers % 1 == 0).all()
    return bool(whole and numbers.max() - numbers.min() < 1.05 * len(numbers) + 1)


def _contradict(cells: pd.Series, score: pd.Series) -> bool:
    """Whether two of the first answers with one score have different values: most columns show that soon."""
    filled = (cells.notna() & score.notna()).to_numpy()
    pairs = zip(score[filled].head(FIRST_ROWS), cells[filled].head(FIRST_ROWS), strict=True)
    first: dict[float, str] = {}
    return any(first.setdefault(given, value) != value for given, value in pairs)


def _repeats(cells: pd.Series, score: pd.Series, header: str) -> bool:
    """Whether each score has one value, and each value one run of scores, more surely than chance makes it."""
    if _contradict(cells, score):
        return False
    pairs = pd.DataFrame({"score": score, "value": cells}).dropna()
    if pairs["value"].nunique() < 2 or (pairs.groupby("score")["value"].nunique() > 1).any():
        return False
    values = pairs.groupby("score")["value"].first().sort_index()
    if values.ne(values.shift().fillna("")).sum() != values.nunique():
        return False
    likeness = float((pairs["value"].value_counts(normalize=True) ** 2).sum())
    bits = (len(pairs) - len(values)) * -math.log2(likeness)
    return bits >= SURE_BITS or re.search(_OF_SCORES, names.plain(header)) is not None

"""What the first rows of a column say it is."""

import pandas as pd

from nps.fields import DATES, NUMBERS
from nps.literals import dates, nothing, numbers, scores
from nps.sources import Source

SAMPLE_ROWS = 5_000
EMAIL = r"[^@\s]+@[^@\s]+\.[^@\s]+"


def sample(source: Source) -> pd.DataFrame:
    """The first rows as trimmed text; blanks and words for nothing are missing."""
    frame = source.table.limit(SAMPLE_ROWS).to_pandas()[list(source.columns)]
    return frame.apply(lambda column: filled(column.astype("string")))


def filled(cells: pd.Series) -> pd.Series:
    """Text, trimmed; blanks and words for nothing are missing. Each different text is looked at once."""
    codes, different = pd.factorize(cells)
    texts = pd.Series(different, dtype="string")
    bare = texts.str.strip()
    bare = bare.mask(bare.eq("") | nothing.stands(bare))
    return cells if bare.equals(texts) else bare.reindex(codes).set_axis(cells.index)


def share(cells: pd.Series, pattern: str) -> float:
    """Of the filled cells, those that are wholly like the pattern."""
    filled = cells.dropna()
    return float(filled.str.fullmatch(pattern).mean()) if len(filled) else 0.0


def fits(name: str, cells: pd.Series, scale: str | None = None) -> bool:
    """Does the content allow this field? An empty column fits nothing."""
    if cells.notna().sum() == 0:
        return False
    if name == "score":
        return scored(cells, scale) >= 0.5
    if name in DATES:
        return dated(cells) >= 0.5
    if name in NUMBERS:
        return numeric(cells)
    if name == "survey":  # else it is the id of the answer
        return not tells_apart(cells)
    if name == "comment":
        return not questions(cells)
    if name == "feature":  # an event's own id names no feature
        return cells.nunique() <= max(50, cells.count() / 2)
    return True


def tells_apart(cells: pd.Series) -> bool:
    """Whether (nearly) every cell differs from every other, as ids do; a few cells tell nothing."""
    return cells.count() >= 10 and cells.nunique() > 0.9 * cells.count()


def numbered(cells: pd.Series, first: int = 1) -> bool:
    """Whether the cells number the rows, from the first number and one up each."""
    numbers = pd.to_numeric(cells, errors="coerce").astype("Float64").fillna(-1)
    steps = numbers.diff().iloc[1:].eq(1).all()
    return bool(len(cells) >= 5 and numbers.iloc[0] == first and steps)


def questions(cells: pd.Series) -> bool:
    """Whether the cells ask, and ask the same again and again."""
    filled = cells.dropna()
    again = len(filled) > 1 and filled.nunique() <= len(filled) / 2
    return bool(again and (filled.str.contains(r"[?？](?:\s*\(.*\))?$").mean() >= 0.5))


def money(cells: pd.Series) -> bool:
    """Whether the cells are amounts: nearly all have two decimals, as no number of uses has."""
    return cells.count() >= 3 and share(cells, rf"\W{{0,2}}(?:{numbers.MONEY} ?)?[\d.,' ]*\d[.,]\d\d\W{{0,2}}") >= 0.8


def scored(cells: pd.Series, scale: str | None = None) -> float:
    """Of the answers, those that are whole scores on the scale, 0 to 10 unless said; words for groups where said."""
    answers = answered(cells)
    if answers.empty:
        return 0.0
    if scale == "groups":
        return float(scores.groups(answers).mean())
    low, high, stretched = scores.SCALES[scale or "0-10"]
    numbers = scores.numbers(answers)
    return float((numbers.between(low, high) & ((numbers % 1 == 0) | stretched)).mean())


def rated(cells: pd.Series) -> bool:
    """Whether it is some rating, on whatever scale."""
    answers = answered(cells)
    return len(answers) > 0 and (scores.numbers(answers).notna() | scores.groups(answers)).mean() >= 0.5


def answered(cells: pd.Series) -> pd.Series:
    """The cells that hold an answer."""
    filled = cells.dropna()
    return filled[~filled.str.match(scores.NO_ANSWER)]


def dated(cells: pd.Series, *kinds: str) -> float:
    """Of the filled cells, those that are dates; day numbers of a spreadsheet only where nearly all are."""
    filled = cells.dropna()
    if filled.empty:
        return 0.0
    serials = float(dates.looks(filled, ("serial",)).mean())
    others = tuple(name for name in kinds or dates.KINDS if name != "serial")
    return serials if serials >= 0.95 and not kinds else float(dates.looks(filled, others).mean())


def numeric(cells: pd.Series) -> bool:
    """Whether at least half of the filled cells are numbers."""
    filled = cells.dropna().str.replace(numbers.MONEY, "", regex=True).str.strip()
    return (
        len(filled) > 0
        and filled.str.match(r"^[-+]?\W{0,2}[\d.,' \u00a0]*\d[\d.,]*(?:[eE][-+]?\d+)?\W{0,2}$").mean() >= 0.5
    )


def mean_length(cells: pd.Series) -> float:
    """Characters of the filled cells."""
    filled = cells.dropna()
    return float(filled.str.len().mean()) if len(filled) else 0.0

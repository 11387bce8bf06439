"""The scale that a whole column of scores was given on: 0 to 10, or a question to whoever brought the file."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from nps.columns.content import answered
from nps.columns.names import plain
from nps.literals import scores
from nps.notes import InputError, Note, note
from nps.sources import Source

MANY = 20  # answers that show a scale by the numbers they leave out
MOST_DIFFERENT = 2_000
MISSING = {-1, -2, -7, -8, -9, -77, -88, -97, -98, -99, -999}  # codes of statistics programs
_ONE_TO_TEN = r"\b1 (?:to |bis |a |tot |e |through )?10\b"
_LOW_WORDS = r"^1 ?[-–—:=.(] ?\D*(?:not|never|unlikely|nicht|unwahrscheinlich|pas|nada|poco|niet|poor|worst|low)"


@dataclass(frozen=True)
class Seen:
    """What stands in a column of scores.

    numbers   the numbers, each as often as it occurs: value -> cells
    groups    cells that say promoter, passive or detractor
    answers   cells that hold an answer
    longer    a cell that says more than its number, and how many do
    hint      whether the header or a label says that 1 is the lowest
    """

    numbers: pd.Series
    groups: int
    answers: int
    longer: tuple[str, int]
    hint: bool

    def above(self, value: float) -> int:
        return int(self.numbers[self.numbers.index > value].sum())

    def of(self, value: float) -> int:
        return int(self.numbers.get(value, 0))

    @property
    def n(self) -> int:
        return int(self.numbers.sum())

    @property
    def low(self) -> float:
        return float(self.numbers.index.min())

    @property
    def high(self) -> float:
        return float(self.numbers.index.max())


def seen(source: Source, column: str) -> Seen:
    """Counts of the different cells of the whole column; of more than 2,000 different ones the most frequent."""
    written = source.table.select(cell=source.table[column]).group_by("cell").aggregate(n=lambda t: t.count())
    counted = written.group_by(cell=written.cell.cast("string").strip()).aggregate(n=written.n.sum())
    counted = counted.order_by(counted.n.desc(), counted.cell).limit(MOST_DIFFERENT).to_pandas()
    filled = counted[counted["cell"].fillna("").ne("")].astype({"cell": "string"}).set_index("cell")["n"]
    return look(filled, column)


def look(cells: pd.Series, header: str = "") -> Seen:
    """The same from the cells (index) and how often each occurs."""
    texts = answered(cells.index.to_series())
    counts = cells[texts.index]
    values = scores.numbers(texts)
    labels = texts[values.notna() & ~texts.str.match(scores.PLAIN)]
    hint = bool(re.search(_ONE_TO_TEN, plain(header))) or bool(texts.str.contains(_LOW_WORDS, case=False).any())
    return Seen(
        counts.groupby(values.to_numpy()).sum(),
        int(counts[scores.groups(texts).to_numpy()].sum()),
        int(counts.sum()),
        (labels.iloc[0] if len(labels) else "", int(counts[labels.index].sum())),
        hint,
    )


def notes(source: Source, column: str, scale: str | None) -> tuple[Note, ...]:
    """What to say about the scores of a column. Raises InputError where the scale has to be said first."""
    scores = seen(source, column)
    if scale is None:
        _refuse(scores, column)
    lines = [_said(scale, column)] if scale not in (None, "0-10") else []
    label, cells = scores.longer
    if label and scale != "groups":
        lines.append(note("scales.longer", column=column, n=cells, label=label[:60]))
    return (*lines, *(_doubts(scores, column) if scale is None else ()))


def _said(scale: str, column: str) -> Note:
    if scale == "groups":
        return note("scales.groups", column=column)
    low, high, stretched = scores.SCALES[scale]
    if not stretched:
        return note("scales.no_zero", column=column, low=low, high=high)
    if scale == "1-11":
        return note("scales.codes", column=column)
    return note("scales.stretched", column=column, low=low, high=high, examples=_examples(low, high))


def _examples(low: int, high: int) -> tuple[Note, ...]:
    step = 1 if high <= 10 else 25
    read = {value: int((value - low) * 10 / (high - low) + 0.5) for value in range(high, low - 1, -step)}
    return tuple(note("scales.example", value=value, score=score) for value, score in read.items())


def _refuse(scores: Seen, column: str) -> None:
    """Raise InputError when the whole column looks like another scale than 0 to 10."""
    if scores.groups and scores.groups >= 0.5 * scores.answers:
        raise InputError("scales.ask_groups", column=column)
    if not scores.n:
        return
    if _are_net_scores(scores):
        low, high = (f"{value:g}".replace("-", "−") for value in (scores.low, scores.high))
        if low == high:
            raise InputError("scales.net_score", column=column, value=low)
        raise InputError("scales.net_scores", column=column, low=low, high=high)
    for true, code in _SIGNS:
        if true(scores):
            raise InputError(code, column=column, high=scores.high)


def _are_net_scores(scores: Seen) -> bool:
    """Numbers between −1 and 1, or below 0 and no code for an answer that is missing."""
    below = scores.numbers[scores.numbers.index < 0]
    fractions = any(value % 1 for value in scores.numbers.index)
    if scores.high <= 1 and scores.low >= -1:
        return fractions or len(below) > 0
    odd = not {*below.index} <= MISSING or scores.high < 0
    return odd and bool(below.sum() >= 0.05 * scores.n)


_SIGNS: tuple[tuple[Callable[[Seen], bool], str], ...] = (
    (lambda s: s.n >= MANY and s.high <= 5, "scales.ask_5"),
    (lambda s: s.n >= MANY and s.high in (6, 7) and s.low >= 1, "scales.ask_7"),
    (lambda s: s.high == 11 and s.low >= 1 and (s.of(11) >= 2 or s.n >= MANY), "scales.ask_11"),
    (lambda s: s.high <= 100 and s.above(11) >= max(2, 0.05 * s.n), "scales.ask_100"),
    (lambda s: s.hint and s.high == 10 and not s.of(0), "scales.ask_10"),
)


def _doubts(scores: Seen, column: str) -> list[Note]:
    """What is accepted as 0 to 10 and might still be another scale."""
    if not scores.n:
        return []
    if scores.high <= 5:
        return [note("scales.none_above", column=column, high=scores.high)]
    # On 0-10 people who are very unhappy choose 0 at least as often as 1: five 1s without a 0 have a chance of 1 in 32.
    if scores.high == 10 and not scores.of(0) and scores.of(1) >= 5:
        return [note("scales.none_zero", column=column)]
    return []

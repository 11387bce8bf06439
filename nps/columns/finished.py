"""Files of finished figures, a row a month or a score: NPS cannot be counted from them, and says so."""

import re
from collections.abc import Iterable

import pandas as pd

from nps.columns import content, names
from nps.fields.headers.never import IDS
from nps.fields.headers.phrases import whole
from nps.literals import scores
from nps.literals.periods import NAMED
from nps.notes import InputError

_GROUPS = (
    r"\bpromot(?:er|or|eur|ore)\w*|\bpromotoras?\b",
    r"\bdetra(?:c|k)?t\w+|\bkritiker\b|\bcritic\w+",
    r"\bpassi\w+|\bpasiv\w+|\bneutr\w+|\bindifferent\w*",
)
_COUNTS = whole(
    r"n|base|freq(?:uency)?|sample size"
    r"|(?:total |number of |no of |num |valid )?(?:count|responses|answers|respondents|surveys|participants)(?: count)?"
    r"|(?:total|number of|no of|num) (?:people|customers|users)",
    r"anzahl(?: (?:der )?\w+)?|haufigkeit|(?:anzahl )?(?:antworten|teilnehmer|befragte|stimmen)|stichprobe",
    r"(?:nombre de |nb )?(?:reponses|repondants|participants)|nombre|frequence|effectif",
    r"(?:numero de |n de )?(?:respuestas|encuestados|participantes)|cantidad|frecuencia|muestra",
    r"(?:numero de |n de )?(?:respostas|respondentes|participantes)|quantidade|frequencia|amostra",
    r"(?:numero (?:di )?)?(?:risposte|rispondenti|intervistati|partecipanti)|quantita|frequenza|campione",
    r"(?:aantal )?(?:antwoorden|respondenten|deelnemers)|aantal|frequentie|steekproef",
)
_PERSONAL = ("person_id", "email", "response_id", "comment", "name")
_FEWEST_SCORES = 8  # each once, and one after the other: so many answers never are
_FEWEST_PERIODS = 4  # each once, with scores that people may give, too


def refuse(sample: pd.DataFrame) -> None:
    """Raise InputError where each row is a figure made of many answers: counts of groups or scores, or of a period."""
    counts = [c for c in sample if re.search(_COUNTS, names.plain(c)) and _counted(sample[c])]
    scored = [c for c in sample if (names.rank("score", c) is not None or _is_nps(c)) and content.numeric(sample[c])]
    scored = [c for c in scored if c not in counts]
    if any(_personal(c, sample[c]) for c in sample):
        beyond = [c for c in scored if counts and _is_nps(c) and _beyond(sample[c])]
        found = (beyond[0], counts[0]) if beyond else None
    else:
        found = _groups_across(sample, counts) or _groups_below(sample) or _spread(sample)
        found = found or _figures(sample, scored, counts)
    if found:
        raise InputError("columns.finished_figures", column=found[0][:60], beside=found[1][:60])


def _personal(header: str, cells: pd.Series) -> bool:
    """Whether it tells who answered, or what they said: a number is neither name nor comment."""
    fields = [name for name in _PERSONAL if names.rank(name, header) is not None]
    return bool(fields) and not ({*fields} <= {"name", "comment"} and content.numeric(cells))


def _groups_across(sample: pd.DataFrame, counts: list[str]) -> tuple[str, str] | None:
    """A column of counts or shares for each of several groups, and what stands beside the first."""
    groups = [c for c in sample if _group(c) is not None and (_counted(sample[c]) or _shares(sample[c]))]
    if len({_group(c) for c in groups}) < 2:
        return None
    return groups[0], _beside([*groups, *counts], groups[0])


def _groups_below(sample: pd.DataFrame) -> tuple[str, str] | None:
    """A column that names groups, a row each for whatever they are of, beside a column of numbers."""
    named = [c for c in sample if sample[c].nunique() > 1 and scores.groups(sample[c].dropna()).mean() > 0.9]
    numbers = [c for c in sample if c not in named and (_counted(sample[c]) or _shares(sample[c]))]
    if any(names.rank("score", c) is not None for c in numbers):
        return None
    if len(named) != 1 or not numbers:
        return None
    told = sample[[c for c in sample if c not in numbers]]
    of = told.drop(columns=named).drop_duplicates() if len(told.columns) > 1 else told[:1]
    return None if told.duplicated().any() or len(told) < 2 * len(of) else (named[0], numbers[0])


def _spread(sample: pd.DataFrame) -> tuple[str, str] | None:
    """A column of the scores themselves, each once and in order, beside columns of other numbers alone."""
    for column in sample:
        steps = scores.numbers(sample[column].dropna()).diff().iloc[1:]
        low, high = _ends(sample[column])
        in_order = len(steps) + 1 >= _FEWEST_SCORES and (steps.eq(1).all() or steps.eq(-1).all())
        if in_order and (low, high) in ((0, 10), (1, 10)):
            beside = [c for c in sample if c != column and (_counted(sample[c]) or _shares(sample[c]))]
            others = [c for c in sample if c != column and (c not in beside or content.scored(sample[c]) > 0.95)]
            return (column, beside[0]) if beside and not others else None
    return None


def _figures(sample: pd.DataFrame, scored: list[str], counts: list[str]) -> tuple[str, str] | None:
    """A score beside how many gave it, or a period, or an NPS that nobody can answer beside whatever it is of."""
    if not scored:
        return None
    if counts:
        return scored[0], counts[0]
    others = [c for c in sample if c not in scored]
    periods = [c for c in others if _period(sample[c])]
    if beyond := [c for c in scored if _beyond(sample[c])]:
        periods += [c for c in others if _dated_once(sample[c])]
        if not periods and _is_nps(beyond[0]) and not _tens(sample[beyond[0]]):
            periods = [] if any(re.search(IDS, names.plain(c)) for c in sample) else others
    elif len(sample) < _FEWEST_PERIODS:
        return None
    return ((beyond or scored)[0], periods[0]) if periods else None


def _beside(columns: Iterable[str], figure: str) -> str:
    return next(c for c in columns if c != figure)


def _group(header: str) -> int | None:
    return next((n for n, words in enumerate(_GROUPS) if re.search(words, names.plain(header))), None)


def _is_nps(header: str) -> bool:
    return re.search(r"\be?nps\b|net promoter", names.plain(header)) is not None


def _numbers(cells: pd.Series) -> pd.Series:
    written = cells.dropna().str.replace("−", "-").str.replace(r"[%\s+]", "", regex=True).str.replace(",", ".")
    return pd.to_numeric(written, errors="coerce")


def _counted(cells: pd.Series) -> bool:
    """Whether these are numbers of more than one: a flag is 0 or 1."""
    numbers = _numbers(cells)
    return len(numbers) > 0 and numbers.notna().mean() >= 0.8 and numbers.max() > 1


def _shares(cells: pd.Series) -> bool:
    """Whether these are parts of one."""
    numbers = _numbers(cells).dropna()
    return len(numbers) > 0 and bool(numbers.between(0, 1).all() and (numbers % 1 > 0).any())


def _ends(cells: pd.Series) -> tuple[float, float]:
    numbers = scores.numbers(cells.dropna())
    return numbers.min(), numbers.max()


def _beyond(cells: pd.Series) -> bool:
    """Whether the numbers are none that one person can answer: below 0, above 10 or with decimals."""
    numbers = _numbers(cells).dropna()
    return len(numbers) > 0 and bool(((numbers < 0) | (numbers > 10) | (numbers % 1 > 0)).mean() >= 0.5)


def _tens(cells: pd.Series) -> bool:
    """Whether nearly all are a multiple of ten, as answers from 0 to 10 that were drawn out to 100 are."""
    return bool((_numbers(cells).dropna() % 10 == 0).mean() >= 0.9)


def _period(cells: pd.Series) -> bool:
    """Whether each row is a period of its own: a month, a quarter, a week."""
    return _once(cells) and content.share(cells.map(names.plain, "ignore"), NAMED) >= 0.9


def _dated_once(cells: pd.Series) -> bool:
    """Whether each row has a date, year or number of a period of its own."""
    return _once(cells) and (content.dated(cells) >= 0.9 or content.share(cells, r"(?:19|20)\d\d|[1-5]?\d") >= 0.9)


def _once(cells: pd.Series) -> bool:
    filled = cells.dropna()
    return len(filled) >= 2 and not filled.duplicated().any()

"""Files of finished figures, a row a month or a score: NPS cannot be counted from them, and says so."""

import re

import pandas as pd

from nps.columns import content, names
from nps.fields.headers.phrases import whole
from nps.literals.dates import MONTH
from nps.notes import InputError

_GROUPS = (
    r"\bpromot(?:er|or|eur|ore)\w*|\bpromotoras?\b",
    r"\bdetra(?:c|k)?t\w+|\bkritiker\b|\bcritic\w+",
    r"\bpassi\w+|\bpasiv\w+|\bneutr\w+|\bindifferent\w*",
)
_COUNTS = whole(
    r"n|base|freq(?:uency)?|sample size|(?:total |number of |no of |num |valid )?(?:count|responses|answers|respondents"
    r"|surveys|participants|people|customers|users)(?: count)?",
    r"anzahl(?: (?:der )?\w+)?|haufigkeit|(?:anzahl )?(?:antworten|teilnehmer|befragte|stimmen)|stichprobe",
    r"(?:nombre de |nb )?(?:reponses|repondants|participants)|nombre|frequence|effectif",
    r"(?:numero de |n de )?(?:respuestas|encuestados|participantes)|cantidad|frecuencia|muestra",
    r"(?:numero de |n de )?(?:respostas|respondentes|participantes)|quantidade|frequencia|amostra",
    r"(?:numero (?:di )?)?(?:risposte|rispondenti|intervistati|partecipanti)|quantita|frequenza|campione",
    r"(?:aantal )?(?:antwoorden|respondenten|deelnemers)|aantal|frequentie|steekproef",
)
_PART = rf"(?:{MONTH}|q[1-4]|t[1-4]|h[12]|kw ?\d+|w ?\d+|0?[1-9]|1[0-2])"
_PERIOD = rf"(?i:(?:\d{{4}}[-/. ]?)?{_PART}(?:[-/. ]?\d{{2,4}})?|\d{{4}})"
_PERSONAL = ("person_id", "email", "response_id", "comment", "name")


def refuse(sample: pd.DataFrame) -> None:
    """Raise InputError where each row is a figure made of many answers: counts of groups or scores, or of a period."""
    if any(names.rank(name, c) is not None for name in _PERSONAL for c in sample):
        return
    groups = [c for c in sample if _group(c) is not None and _counted(sample[c])]
    counts = [c for c in sample if re.search(_COUNTS, names.plain(c)) and _counted(sample[c])]
    scores = [c for c in sample if (names.rank("score", c) is not None or _is_nps(c)) and content.numeric(sample[c])]
    scores = [c for c in scores if c not in counts]
    if len({_group(c) for c in groups}) >= 2 or (scores and counts):
        figure = (scores or groups)[0]
        raise _finished(figure, next(c for c in (*groups, *counts) if c != figure))
    periods = [c for c in sample if c not in scores and _period(sample[c])]
    if scores and periods and _beyond(sample[scores[0]]):
        raise _finished(scores[0], periods[0])


def _finished(column: str, beside: str) -> InputError:
    return InputError("columns.finished_figures", column=column[:60], beside=beside[:60])


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


def _beyond(cells: pd.Series) -> bool:
    """Whether the numbers are none that one person can answer: below 0, above 10 or with decimals."""
    numbers = _numbers(cells).dropna()
    return len(numbers) > 0 and bool(((numbers < 0) | (numbers > 10) | (numbers % 1 > 0)).mean() >= 0.5)


def _period(cells: pd.Series) -> bool:
    """Whether each row is a period of its own: months, quarters, or dates that all are the first of a month."""
    filled = cells.dropna()
    if len(filled) < 2 or filled.duplicated().any():
        return False
    first_of_month = filled.str.fullmatch(r"\d{4}-\d\d-01(?:[ T].*)?").all()
    return bool(first_of_month or content.share(filled.map(names.plain), _PERIOD) >= 0.9)

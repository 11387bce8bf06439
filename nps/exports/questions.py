"""Answers to several questions in one column, a row for each: NPS, CSAT and CES told apart by another column."""

import re
from typing import NamedTuple

import pandas as pd

from nps.exports.layout import Layout, head, hinted, is_blank, noted, text, without
from nps.fields.headers import NAMES
from nps.fields.headers.never import OTHER_MEASURES, SURE
from nps.fields.headers.phrases import whole
from nps.literals import scores
from nps.literals.words import plain
from nps.notes import InputError, Note, note, quoted
from nps.sources import Source

_QUESTION = whole(
    r"questions?(?: (?:text|name|label|title|id|key))?|prompt|item",
    r"fragen?(?: ?(?:text|name|id))?|frage stellung",
    r"question(?: posee)?|(?:texte|libelle|intitule) d[ae]?\w* ?(?:la )?question",
    r"preguntas?|texto de la pregunta",
    r"perguntas?|texto da pergunta",
    r"domand[ae]|testo della domanda",
    r"vraag|vragen|vraagtekst",
)
_TYPE = whole(
    r"(?:(?:survey|question|response|rating|score|feedback|poll|metric|measure) )?(?:type|kind|category)|metrics?"
    r"|metric name|measures?|kpi|indicator",
    r"typ|art|(?:umfrage|fragen?|bewertungs|befragungs) ?(?:typ|art)|kennzahl|metrik|messgrosse",
    r"type (?:d )?(?:e )?(?:enquete|question|sondage|mesure)|indicateur|mesure|metrique",
    r"tipo(?: de (?:encuesta|pregunta|metrica))?|metrica|indicador|medida",
    r"tipo(?: de (?:pesquisa|pergunta|inquerito))?",
    r"tipo(?: di (?:sondaggio|domanda|indagine))?|indicatore|misura",
    r"soort|(?:type|soort) (?:vraag|enquete|onderzoek)|vraagtype|meting",
)
_ANSWER = whole(
    r"answers?|value|response|result|response value|answer value|numeric (?:value|response)",
    r"antwort(?:en)?|wert|ergebnis",
    r"reponse|valeur|resultat",
    r"respuesta|valor|resultado",
    r"resposta",
    r"risposta|valore|risultato",
    r"antwoord|waarde|resultaat",
)
_NPS, _OTHER = SURE, rf"{OTHER_MEASURES}|csat|satisf"
MOST_QUESTIONS, MOST_NAMED, LOW_SCALE = 60, 5, 7


class Questions(NamedTuple):
    """The column that tells questions apart, the one with answers, the questions that are not NPS, and if any is."""

    by: str
    answer: str
    others: tuple[str, ...]
    any_nps: bool
    all_told: bool


def layout_of(source: Source) -> Questions | None:
    """How answers to several questions are told apart; None where they are not, or all are one question's."""
    kinds = [(c, kind) for kind in (_QUESTION, _TYPE, NAMES["survey"][0]) for c in source.columns if _is(kind, c)]
    answers = [c for c in source.columns if _is(NAMES["score"][2], c) or _is(_ANSWER, c)]
    if not kinds or not answers:
        return None
    rows = pd.DataFrame(head(source), columns=[*source.columns], dtype="str").apply(lambda cells: cells.str.strip())
    for by, kind in kinds:
        for answer in answers:
            if by != answer and (layout := _told(rows, by, answer, kind)):
                return layout
    return None


def _is(pattern: str, header: str) -> bool:
    return re.search(pattern, plain(header)) is not None


def _told(rows: pd.DataFrame, by: str, answer: str, kind: str) -> Questions | None:
    filled = rows.loc[rows[by] != "", [by, answer]]
    if not 2 <= filled[by].nunique() <= MOST_QUESTIONS:
        return None
    highest = scores.numbers(filled[answer].astype("string")).groupby(filled[by]).max()
    on_ten = highest[highest.between(8, 10)]
    is_nps = [question for question in highest.index if re.search(_NPS, plain(question))]
    if is_nps and not len(on_ten.reindex(is_nps).dropna()):
        return None
    if is_nps:
        others = [question for question in highest.index if question not in is_nps]
        others_asked = [question for question in others if _is_other(question, kind, highest[question])]
        return Questions(by, answer, tuple(others_asked), True, kind == _QUESTION) if others_asked else None
    low = highest[highest <= LOW_SCALE]
    recognised = [question for question in highest.index if re.search(_OTHER, plain(question))]
    unclear = kind != NAMES["survey"][0] and len(low) and len(on_ten)
    return (
        Questions(by, answer, tuple(highest.index), False, True) if len(recognised) == len(highest) or unclear else None
    )


def _is_other(question: str, kind: str, highest: float) -> bool:
    """Whether a question that does not speak of recommending is another measure than NPS."""
    if kind == _QUESTION or re.search(_OTHER, plain(question)):
        return True
    return kind == _TYPE and not highest > LOW_SCALE


def only_nps(source: Source) -> Source:
    """The answers to NPS; all others are left out and counted. Raises InputError where it cannot be told which."""
    layout = layout_of(source)
    if layout is None:
        return source
    if not layout.any_nps:
        raise InputError(
            "export.which_question", answer=layout.answer, by=layout.by, questions=quoted(layout.others[:MOST_NAMED])
        )
    everything = source.table.select(by=text(source.table[layout.by])).distinct().by.to_pandas().dropna()
    others = everything if layout.all_told else everything[everything.isin(layout.others)]
    others = sorted(question for question in others if not re.search(_NPS, plain(question)))
    for question in others[:MOST_NAMED]:
        source = without(source, lambda t, q=question: (text(t[layout.by]) == q).fill_null(False), _reason(question))
    if rest := others[MOST_NAMED:]:
        reason = note("row.other_question")
        source = without(source, lambda t: text(t[layout.by]).isin(rest).fill_null(False), reason)
    if layout.all_told:
        source = without(source, lambda t: is_blank(t[layout.by]), note("row.unnamed_question"))
    return noted(hinted(source, score=layout.answer), note("export.told_by", column=layout.by))


def _reason(question: str) -> Note:
    return note("row.another_question", question=question[:60])


SEVERAL = Layout("list of answers to several questions", "responses", fits=lambda s: bool(layout_of(s)), read=only_nps)
LAYOUTS = (SEVERAL,)

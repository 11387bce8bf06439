"""Answers to several questions in one column, a row for each: NPS, CSAT and CES told apart by another column."""

import re
from typing import NamedTuple

import numpy as np
import pandas as pd

from nps.exports.layout import Layout, hinted, is_blank, noted, text, without
from nps.fields.headers import NAMES
from nps.fields.headers.never import OTHER_MEASURES, SURE
from nps.fields.headers.phrases import whole
from nps.literals import scores
from nps.literals.words import plain
from nps.notes import InputError, Note, note, quoted
from nps.sources import Source

_QUESTION = whole(
    r"questions?(?: (?:text|name|label|title|id|key|code))?|prompt|item(?: name| text)?|variable|statement",
    r"fragen?(?: ?(?:text|name|id|titel))?|frage stellung|aussage",
    r"question(?: posee)?|(?:texte|libelle|intitule)(?: d[ae]?\w*)?(?: la)? question",
    r"preguntas?|texto de la pregunta",
    r"perguntas?|texto da pergunta",
    r"domand[ae]|testo della domanda",
    r"vraag|vragen|vraagtekst|stelling",
)
_TYPE = whole(
    r"(?:(?:survey|question|response|rating|score|feedback|poll|metric|measure) )?(?:type|kind|category)|metrics?"
    r"|metric name|measures?|kpi|indicator",
    r"typ|art|(?:umfrage|fragen?|bewertungs|befragungs) ?(?:typ|art)|(?:typ|art) der \w+|kennzahl|metrik|messgrosse",
    r"type (?:d )?(?:e )?(?:enquete|question|sondage|mesure|questionnaire)|indicateur|mesure|metrique",
    r"tipo(?: de)?(?: (?:encuesta|pregunta|metrica))?|metrica|indicador|medida|medicion",
    r"tipo(?: de)?(?: (?:pesquisa|pergunta|inquerito|avaliacao))?",
    r"tipo(?: di)?(?: (?:sondaggio|domanda|indagine|questionario))?|indicatore|misura",
    r"soort|(?:type|soort) (?:vraag|enquete|onderzoek)|vraagtype|meting",
)
_ANSWER = whole(
    r"answers?|(?:measure |metric )?values?|response|result|response value|answer value|numeric (?:value|response)",
    r"antwort(?:en)?|wert|ergebnis",
    r"reponse|valeur|resultat",
    r"respuesta|valor|resultado",
    r"resposta",
    r"risposta|valore|risultato",
    r"antwoord|waarde|resultaat",
)
_NPS, _OTHER, _SURELY_OTHER = SURE, rf"{OTHER_MEASURES}|csat|satisf", r"\b(?:csat|ces|sus)\b"
_MEASURE = rf"{_SURELY_OTHER}|satisf|zufrieden|soddisf|tevreden|effort|aufwand|esfuerzo|esforco|sforzo|moeite"
_OWN_NAME = r"^\w?nps$|^net promoter(?: score)?$"
_NEVER_ASKED = ("responded_at", "person_id", "response_id", "comment", "email")
MOST_QUESTIONS, MOST_NAMED, LOW_SCALE, MOST_OF_TEN = 60, 5, 7, 10
AGAIN, ONCE = 1.5, 0.95  # rows that a person has at one moment, and how many of them ask what no other does


class Questions(NamedTuple):
    """The column that tells questions apart, the one with answers, the questions that are not NPS, and if any is."""

    by: str
    answer: str
    others: tuple[str, ...]
    any_nps: bool
    all_told: bool


def layout_of(source: Source) -> Questions | None:
    """How answers to several questions are told apart; None where they are not, or all are one question's.

    By a column that is called so; else by any whose cells name NPS and other measures, or that are asked at once.
    """
    answers = [c for c in source.columns if _is(NAMES["score"][2], c) or _is(_ANSWER, c)]
    kinds = [(c, kind) for kind in (_QUESTION, _TYPE, NAMES["survey"][0]) for c in source.columns if _is(kind, c)]
    taken = {*answers, *(c for c, _ in kinds)}
    kinds += [(c, None) for c in source.columns if c not in taken and not _named(c)]
    if not kinds or not answers:
        return None
    rows = source.first_rows
    numbers = {answer: scores.numbers(rows[answer].astype("string")).to_numpy() for answer in answers}
    for by, kind in kinds:
        codes, questions = pd.factorize(rows[by].str.strip().replace("", None))
        if 2 <= len(questions) <= MOST_QUESTIONS and (kind is not None or 2 * len(questions) <= (codes >= 0).sum()):
            for answer in answers:
                highest = np.full(len(questions), np.nan)
                np.fmax.at(highest, codes[codes >= 0], numbers[answer][codes >= 0])
                if by != answer and (layout := _told(rows, by, answer, pd.Series(highest, questions), kind)):
                    return layout
    return None


def _is(pattern: str, header: str) -> bool:
    return re.search(pattern, plain(header)) is not None


def _named(header: str) -> bool:
    """Whether a header says what tells no questions apart."""
    return any(_is(pattern, header) for name in _NEVER_ASKED for pattern in NAMES[name])


def _told(rows: pd.DataFrame, by: str, answer: str, highest: pd.Series, kind: str | None) -> Questions | None:
    """How questions are told apart, by a column of the rows, from the highest answer to each."""
    low, on_ten = highest.index[highest <= LOW_SCALE], highest.index[highest.between(8, MOST_OF_TEN)]
    is_nps = [question for question in highest.index if _is(_NPS, question)]
    if is_nps:
        if not on_ten.intersection(is_nps).size:
            return None
        named = kind or (_TYPE if any(_is(_OWN_NAME, each) for each in is_nps) else None)
        others = [each for each in highest.index if each not in is_nps]
        asked = [each for each in others if _is_other(each, named, highest[each])]
        if kind != _QUESTION and len(asked) < len(others) and _asked_at_once(rows, by, answer):
            return Questions(by, answer, tuple(others), True, True)
        return Questions(by, answer, tuple(asked), True, kind == _QUESTION) if asked else None
    measures = (_is(_MEASURE, each) or (each in low and _is(_OTHER, each)) for each in highest.index)
    unclear = low.size and on_ten.size and (kind == _QUESTION or _asked_at_once(rows, by, answer))
    if unclear or (kind is not None and all(measures)):
        return Questions(by, answer, tuple(highest.index), False, True)
    return None


def _is_other(question: str, kind: str | None, highest: float) -> bool:
    """Whether a question that does not speak of recommending is another measure than NPS, by its words and answers.

    Other words than those of measures may be what answers are about, as prices: then only low answers tell.
    """
    if kind == _QUESTION or _is(_SURELY_OTHER, question):
        return True
    low = not highest > LOW_SCALE
    return (kind == _TYPE and low) or (_is(_OTHER, question) and (low or kind is not None))


def _asked_at_once(rows: pd.DataFrame, by: str, answer: str) -> bool:
    """Whether somebody gives several answers at one moment, one to each question."""
    rows = rows[rows[by] != ""]
    dates = [c for c in rows if any(_is(pattern, c) for pattern in NAMES["responded_at"][:3])]
    people = [
        c for c in rows.columns.drop([by, answer, *dates]) if 2 * rows[c].nunique() * rows[by].nunique() >= len(rows)
    ]
    for column in people if dates else ():
        each = rows[rows[column] != ""].groupby([column, dates[0]])[by]
        asked = each.size().sum()
        if asked and asked >= AGAIN * each.ngroups and each.nunique().sum() >= ONCE * asked:
            return True
    return False


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
    others = sorted(question for question in others if not _is(_NPS, question))
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

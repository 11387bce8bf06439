"""Words for nothing: what programs and people write into a cell that has no value.

The one place for it: a cell with such a word is as blank as an empty one, whatever column it stands in.
"""

import re

import pandas as pd

NIL_UUID = "00000000-0000-0000-0000-000000000000"
_SIGNS = (NIL_UUID, "-", "--", "---", "–", "—", ".", "..", "...", "…", "?", "??", "???", "/", "_", "*", "~")
WORDS = (
    "\\n",
    *_SIGNS,
    *("null", "(null)", "<null>", "none", "(none)", "<none>", "nil", "nan", "nat", "<na>", "undefined", "void"),
    *("empty", "(empty)", "<empty>", "blank", "(blank)", "na", "n/a", "n.a.", "n.a", "n / a", "#n/a", "#n/d", "#nv"),
    *("not provided", "not available", "not applicable", "not specified", "not set", "(not set)", "not given"),
    *("no data", "no value", "no answer", "no response", "no comment", "not answered", "unspecified", "missing"),
    *("none given", "none provided", "not stated", "not disclosed", "prefer not to say"),
    *("keine angabe", "keine angaben", "k.a.", "k. a.", "k.a", "k/a", "ohne angabe", "nicht angegeben", "leer"),
    *("nicht verfügbar", "nicht vorhanden", "nicht zutreffend", "trifft nicht zu", "entfällt", "kein wert", "keine"),
    *("keine antwort", "kein kommentar", "nicht gesetzt", "undefiniert"),
    *("sans objet", "s.o.", "non renseigné", "non renseignée", "non renseigne", "non précisé", "non precise"),
    *("non communiqué", "non communique", "non fourni", "non disponible", "non applicable", "n.c.", "n/c", "néant"),
    *("neant", "aucun", "aucune", "vide", "pas de réponse", "sans réponse", "pas de commentaire", "non défini", "n.r."),
    *("no aplica", "no disponible", "no especificado", "no informado", "no proporcionado", "no facilitado", "n/d"),
    *("sin datos", "sin especificar", "sin información", "sin informacion", "sin respuesta", "sin comentarios"),
    *("ninguno", "ninguna", "vacío", "vacio", "n.d.", "s/d", "no definido", "nulo"),
    *("não informado", "nao informado", "não aplicável", "nao aplicavel", "não se aplica", "nao se aplica"),
    *("não disponível", "nao disponivel", "não especificado", "nao especificado", "sem dados", "sem informação"),
    *("sem informacao", "sem resposta", "sem comentários", "sem comentarios", "nenhum", "nenhuma", "vazio"),
    *("não fornecido", "nao fornecido", "indefinido", "não definido", "nao definido"),
    *("non disponibile", "non applicabile", "non specificato", "non fornito", "non indicato", "nessuno", "nessuna"),
    *("vuoto", "nullo", "nessuna risposta", "nessun commento", "dato mancante", "non definito"),
    *("niet van toepassing", "n.v.t.", "n.v.t", "nvt", "niet opgegeven", "niet ingevuld", "niet beschikbaar"),
    *("geen", "leeg", "geen antwoord", "geen opgave", "niet bekend", "geen gegevens"),
    *("saknas", "ej angivet", "ikke oplyst", "ikke oppgitt", "brak", "brak danych", "nie dotyczy", "nie podano"),
    *("neuvedeno", "yok", "belirtilmemiş", "нет данных", "не указано", "なし", "無し", "未設定"),
    *("无", "不适用", "없음"),
)
ANY = "|".join(re.sub(r"[.?*()]", r"[\g<0>]", word).replace("\\", r"\\") for word in WORDS)  # over small letters
_WORDS = frozenset(WORDS)
_PLACES = r"\b(?:region|country|pays|pais|paese|land|market|markt|territory|continent|kontinent|area|geo|state)\b"


def stands(cells: pd.Series) -> pd.Series:
    """Which of these trimmed texts are words for nothing."""
    return cells.isin([cell for cell in cells.dropna().unique() if cell.lower() in _WORDS])


def may_be_a_place(header: str) -> bool:
    """Whether NA in a column called so, in words, is North America or Namibia."""
    return re.search(_PLACES, header) is not None

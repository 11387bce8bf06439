"""Words for nothing: what programs and people write into a cell that has no value.

The one place for it: a cell with such a word is as blank as an empty one, whatever column it stands in.
"""

import re
import unicodedata
from collections.abc import Iterable
from itertools import product

import pandas as pd

NIL_UUID = "00000000-0000-0000-0000-000000000000"
_SIGNS = (NIL_UUID, "-", "--", "---", "–", "—", ".", "..", "...", "…", "?", "??", "???", "/", "_", "*", "~")
_NOT_SAID = (  # in each language, what is not, and how
    (
        ("not", "none"),
        "provided available applicable specified set given stated disclosed answered known recorded assigned identified"
        " collected defined filled entered supplied",
    ),
    (
        ("no",),
        "data value answer response comment comments info information entry record id name email feedback role id",
    ),
    (
        ("nicht",),
        "angegeben verfügbar vorhanden zutreffend gesetzt bekannt ermittelt erfasst zugewiesen ausgefüllt beantwortet"
        " definiert hinterlegt benannt",
    ),
    (
        ("keine", "kein", "ohne"),
        "angabe angaben antwort daten wert kommentar kommentare eintrag information e-mail name rolle rückmeldung",
    ),
    (
        ("non",),
        "renseigné précisé communiqué fourni spécifié défini attribué saisi identifié disponible applicable concerné"
        " indiqué connu répondu",
    ),
    (("pas de", "sans", "aucun", "aucune"), "réponse commentaire commentaires donnée données objet information avis"),
    (
        ("no", "sin"),
        "aplica disponible especificado especificar informado informar proporcionado facilitado definido definir consta"
        " indicado indicar asignado asignar identificado identificar responde datos dato información respuesta"
        " comentario comentarios nombre correo",
    ),
    (
        ("não", "sem"),
        "informado aplicável disponível especificado fornecido definido preenchido identificado respondido atribuído"
        " consta dados informação informações resposta comentário comentários nome email",
    ),
    (
        ("non",),
        "disponibile applicabile specificato fornito indicato definito compilato assegnato identificato pervenuto"
        " presente noto",
    ),
    (("nessun", "nessuna", "senza"), "risposta commento dato nome informazione"),
    (("niet",), "opgegeven ingevuld beschikbaar bekend beantwoord gegeven toegewezen gespecificeerd"),
    (("geen",), "antwoord opgave gegevens opmerking opmerkingen commentaar waarde informatie reactie"),
    (("nie",), "podano dotyczy określono wskazano przypisano"),
    (("brak",), "danych uwag odpowiedzi komentarza informacji"),
    (("ej", "inte"), "angivet angiven tillgänglig aktuellt besvarad"),
    (("inga", "inget", "ingen"), "kommentarer svar kommentar uppgift data"),
)


def without_accents(word: str) -> str:
    """é as e."""
    plain = unicodedata.normalize("NFKD", word)
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def _said(words: Iterable[str]) -> tuple[str, ...]:
    """The words as they are, in the feminine, and without accents; each once."""
    feminine = [re.sub(r"é$", "ée", re.sub(r"(?<=[dt])o$", "a", word)) for word in words]
    return tuple(dict.fromkeys(form for word in (*words, *feminine) for form in (word, without_accents(word))))


def _written(word: str) -> str:
    """A pattern of the word as it is, in the feminine, and without accents, over small letters."""
    signs = (sign if sign == without_accents(sign) else f"[{sign}{without_accents(sign)}]" for sign in word)
    ends = re.sub(r"(?<=[dt])o$", "[oa]", "".join(signs))
    return re.sub(r"\[ée\]$", "[ée]e?", ends)


def _pattern(nos: Iterable[str], words: str) -> str:
    return f"({'|'.join(map(_written, nos))}) ({'|'.join(map(_written, words.split()))})"


_SENTENCES = _said([f"{no} {word}" for nos, words in _NOT_SAID for no, word in product(nos, words.split())])
_ALONE = (
    "\\n",
    *_SIGNS,
    *("null", "(null)", "<null>", "null.", "none", "(none)", "<none>", "nil", "nan", "-nan", "nat", "<na>", "1.#qnan"),
    *("na", "n/a", "n.a.", "n.a", "n / a", "n/a.", "(n/a)", "n/a n/a", "#na", "#n/a", "#n/a n/a", "#n/d", "#nv"),
    *(
        "#null!",
        "#ref!",
        "#value!",
        "undefined",
        "void",
        "empty",
        "(empty)",
        "<empty>",
        "blank",
        "(blank)",
        "(not set)",
    ),
    *("unspecified", "missing", "unassigned", "prefer not to say", "./.", "-/-", "tbd"),
    *("k.a.", "k. a.", "k.a", "k/a", "leer", "(leer)", "trifft nicht zu", "entfällt", "kein", "keine", "undefiniert"),
    *("s.o.", "n.c.", "n/c", "n.r.", "r.a.s.", "néant", "neant", "aucun", "aucune", "vide", "(vide)"),
    *("n/d", "n.d.", "s/d", "ninguno", "ninguna", "vacío", "vacio", "(vacío)", "(en blanco)", "nulo"),
    *("não se aplica", "nao se aplica", "n/i", "nenhum", "nenhuma", "vazio", "(vazio)", "(em branco)", "indefinido"),
    *("nessuno", "nessuna", "vuoto", "(vuoto)", "nullo", "dato mancante"),
    *("niet van toepassing", "n.v.t.", "n.v.t", "nvt", "n.b.", "geen", "leeg", "(leeg)"),
    *("saknas", "uppgift saknas", "ikke oplyst", "ikke oppgitt", "brak", "b/d", "(puste)"),
    *("neuvedeno", "yok", "yorum yok", "bilinmiyor", "belirtilmemiş", "нет данных", "не указано"),
    *(
        "なし",
        "無し",
        "未設定",
        "未回答",
        "未入力",
        "該当なし",
        "特になし",
        "不明",
        "无",
        "未填写",
        "不适用",
        "없음",
        "미정",
    ),
)
WORDS = (*_ALONE, *_SENTENCES)
_ANY = (re.sub(r"[.?*()]", r"[\g<0>]", word).replace("\\", r"\\") for word in _ALONE)
ANY = f"({'|'.join([*_ANY, *(_pattern(*said) for said in _NOT_SAID)])})[.!]?"  # over small letters
_WORDS = frozenset(WORDS)
_PLACES = r"\b(?:region|country|pays|pais|paese|land|market|markt|territory|continent|kontinent|area|geo|state)\b"


def stands(cells: pd.Series) -> pd.Series:
    """Which of these trimmed texts are words for nothing."""
    different = cells.dropna().unique()
    return cells.isin([cell for cell in different if {cell.lower(), cell.lower().rstrip(".!")} & _WORDS])


def may_be_a_place(header: str) -> bool:
    """Whether NA in a column called so, in words, is North America or Namibia."""
    return re.search(_PLACES, header) is not None

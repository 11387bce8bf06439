"""All comments as arrays of word numbers: each distinct word is looked at once.

Arrow folds and splits. Marks stand between the words: END after a sentence, TURN where a clause turns, COMMA; no phrase
reaches across one, and a clause is what lies between two of END and TURN.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

END, TURN, COMMA = "\ue000", "\ue001", "\ue002"  # of private use: neither letters nor digits
MARKS = (END, TURN, COMMA)
AT_ONCE = 20_000  # comments that are split together
_TURNS = (
    "but|however|although|though|aber|jedoch|allerdings|mais|cependant|toutefois|pourtant|par contre|en revanche|pero|"
    "sin embargo|aunque|mas|porém|no entanto|però|ma|tuttavia|anche se|maar|hoewel"
)
_ASKS = (  # after a comma
    "(?:now |and )?(?:wish|could|please|can you|would be)|bitte|es fehlt|könnt|il manque|pourriez|j[’']aimerais|falta|"
    "faltan|faltam|por favor|ojalá|podrían|me gustaría|gostaria|poderia|aggiungete|vorrei|manca|mancano|potreste|graag|"
    "zou|ik mis"
)
_NO_WORD = r"[^\p{L}\p{N}\p{M}]"


@dataclass(frozen=True, eq=False)
class Tokens:
    """Words and marks of n comments in one row, L long.

    words    the distinct ones, folded
    spelled  the distinct ones as written
    word     which of `words` stands there: int32 (L,)
    written  which of `spelled`: int32 (L,)
    clause   of which clause, counted through all comments: int32 (L,)
    of       the comment of each clause: int32 (C,)
    starts   where each comment begins: (n + 1,)
    """

    words: list[str]
    spelled: list[str]
    word: np.ndarray
    written: np.ndarray
    clause: np.ndarray
    of: np.ndarray
    starts: np.ndarray

    @cached_property
    def comment(self) -> np.ndarray:
        """Of which comment: (L,)."""
        return self.of[self.clause]

    @cached_property
    def whole(self) -> np.ndarray:
        """Where a word stands, not a mark and not nothing: bool (L,)."""
        return ~self.are(*MARKS, "")

    @cached_property
    def shouted(self) -> np.ndarray:
        """Which comments have capitals and no small letter: bool (n,)."""
        comment, comments = self.comment, len(self.starts) - 1
        small, capital = (
            np.bincount(comment, np.array([*map(has, self.spelled)], bool)[self.written], comments) > 0
            for has in (lambda text: text.upper() != text, lambda text: text.lower() != text)
        )
        return capital & ~small

    def are(self, *texts: str) -> np.ndarray:
        """Where one of these words or marks stands: bool (L,)."""
        return np.array([word in texts for word in self.words], bool)[self.word]

    def text(self, begin: int, end: int) -> str:
        """The words from one place to before another, as written."""
        return " ".join(self.spelled[number] for number in self.written[begin:end])


def tokens(comments: Sequence[str]) -> Tokens:
    """Split comments into words and marks."""
    spelled, written, starts = _written(comments)
    folded = _folded(pa.array(spelled, pa.string())).dictionary_encode()  # each word once, wherever it stands
    words, word = folded.dictionary.to_pylist(), folded.indices.to_numpy().astype(np.int32)[written]
    comment = np.repeat(np.arange(len(comments), dtype=np.int32), np.diff(starts))
    begins = np.array([text in (END, TURN) for text in words], bool)[word]
    begins[1:] |= comment[1:] != comment[:-1]
    begins[:1] = True
    clause = np.cumsum(begins, dtype=np.int32) - np.int32(1)
    return Tokens(words, spelled, word, written, clause, comment[begins], starts)


def _written(comments: Sequence[str]) -> tuple[list[str], np.ndarray, np.ndarray]:
    """The distinct words as written, which stands where, and where each comment begins; some comments at a time."""
    number: dict[str, int] = {}
    written, lengths = [np.empty(0, np.int32)], [np.zeros(1, np.int64)]
    for first in range(0, len(comments), AT_ONCE):
        flat, starts = _split(_marked(comments[first : first + AT_ONCE]))
        coded = flat.dictionary_encode()
        own = np.array([number.setdefault(text, len(number)) for text in coded.dictionary.to_pylist()], np.int32)
        written.append(own[coded.indices.to_numpy()])
        lengths.append(np.diff(starts))
    return list(number), np.concatenate(written), np.cumsum(np.concatenate(lengths))


def folded_words(text: str) -> list[str]:
    """The words of a short text as comments are folded, without marks."""
    return folded([text])[0]


def folded(texts: Sequence[str]) -> list[list[str]]:
    """The same of many at once, as each call compiles its expressions anew: 10 ms."""
    words: list[list[str]] = [[] for _ in texts]
    if texts:
        found = tokens(texts)
        for comment, number in zip(found.comment[found.whole], found.word[found.whole], strict=True):
            words[comment].append(found.words[number])
    return words


def _marked(comments: Sequence[str]) -> pa.Array:
    """Comments as written, with marks for their punctuation; what a comment has of our marks is a blank."""
    text = pc.utf8_normalize(pa.array(comments, pa.string()), form="NFC")
    text = pc.replace_substring_regex(text, f"[{''.join(MARKS)}]", " ")
    text = pc.replace_substring_regex(text, rf"(^|{_NO_WORD})(\p{{L}})\.(\p{{L}})\.", r"\1\2\3")  # A.I. is AI
    text = pc.replace_substring_regex(text, r"(\d)[.,](\d)", r"\1 \2")
    text = pc.replace_substring_regex(text, r"[.!?;\r\n]+", f" {END} ")
    text = pc.replace_substring_regex(text, rf"(?i)(^|{_NO_WORD})({_TURNS})($|{_NO_WORD})", rf"\1{TURN} \2\3")
    text = pc.replace_substring_regex(text, rf"(?i),\s*({_ASKS})($|{_NO_WORD})", rf" {TURN} \1\2")
    return pc.replace_substring_regex(text, r"[,:()\[\]\"]+", f" {COMMA} ")


def _split(text: pa.Array) -> tuple[pa.Array, np.ndarray]:
    """All words and marks in one row, and where each comment's begin. A comment without any is one empty word."""
    none = rf"[^\p{{L}}\p{{N}}\p{{M}}{''.join(MARKS)}]+"
    lists = pc.split_pattern(pc.utf8_trim(pc.replace_substring_regex(text, none, " "), " "), " ")
    return lists.flatten(), lists.offsets.to_numpy()


def _folded(words: pa.Array) -> pa.Array:
    """Small letters without accents; ß is ss."""
    small = pc.replace_substring(pc.utf8_lower(words), "ß", "ss")
    return pc.replace_substring_regex(pc.utf8_normalize(small, form="NFKD"), r"\p{M}+", "")

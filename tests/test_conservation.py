"""Whatever happened to a file: it is refused in a plain sentence, or every row of it is accounted for."""

import os
import re
from collections import Counter
from pathlib import Path

import builders
import mutants
import pytest
from accounts import Accounts, accounts
from hypothesis import Phase, example, given, settings
from spoken import sentences

import nps
from nps.sources.ledger import LONGEST_VALUE

NO_SENTENCE = re.compile(r"Traceback|Exception|Error\b|0x[0-9a-f]{6}|/tmp|<class|(?:zq\d\d.*){3}")
NOTHING, QUOTED = re.compile(r"\bNone\b|\bnan\b"), re.compile(r"“[^”]*”")  # a file may call a column so
ABOVE = re.compile(r"(A line|(?P<many>\d+) lines) above the header")
HEADER = re.compile(r"The header has (\d+) rows")
ZERO = r"\s*[-+]?0+(?:[.,]0*)?\s*"


def check(name: str, done: list, folder: Path) -> None:
    """Refused in a sentence, or accounted for."""
    seed = mutants.SEEDS[name]
    content = mutants.mutant(seed, done)
    path = builders.write(folder, seed.packed(content), "upload")
    try:
        told = accounts(path)
    except nps.InputError as refused:
        check_sentence(str(refused))
        return
    for note in told.notes:
        check_sentence(note)
    check_typed(told)
    if seed.is_text:
        check_marks(told, content)
        check_lines(told, content)


def check_sentence(said: str) -> None:
    assert said.endswith((".", "?", "?”"))
    assert len(said) < 500
    assert not NO_SENTENCE.search(said)
    assert not NOTHING.search(QUOTED.sub("", said))


def check_typed(told: Accounts) -> None:
    """Every row is typed, or rejected once with its reason; a score is the number that its cell says."""
    reading, rejected = told.reading, told.rejected
    own = rejected if not reading.features else rejected[~rejected["column"].isin(reading.features)]
    assert (rejected["reason"] != "").all()
    typed = own[~own["reason"].isin(told.held["reason"])]  # several broken objects of JSON may share a line
    assert not typed["row"].dropna().duplicated().any() or "file" in own
    rows, used, held_back, ignored = told.balance
    assert rows == used + held_back + ignored == len(told.raw) + len(told.held) + told.ignored
    assert (used, held_back) == (len(told.typed), len(own)) or reading.features
    unused = told.raw[reading.columns["uses"]] if reading.table == "usage" and "uses" in reading.columns else None
    zeros = 0 if unused is None else int(unused.fillna("").astype(str).str.fullmatch(ZERO).sum())
    assert ignored - told.ignored <= zeros
    if reading.table == "responses":
        cells = told.raw.set_index("record")[reading.columns["score"]].astype(str)
        numbers = told.typed.set_index("record")["score"]
        for record, score in numbers.items():
            assert str(score) in re.findall(r"\d+", cells[record])


def check_marks(told: Accounts, content: bytes) -> None:
    """Every word that a row has for itself comes up once: among the rows, in what was held back, or in the header."""
    text = decoded(content)
    cells = " ".join(told.raw.drop(columns="record").fillna("").astype(str).to_numpy().ravel())
    there = " ".join([cells, *told.held["value"], *told.source.columns])
    lost = Counter(re.findall(mutants.MARK, text)) - Counter(re.findall(mutants.MARK, there))
    cut = int((told.held["value"].str.len() >= LONGEST_VALUE).sum())  # the words behind that are not shown
    allowed = told.ignored + above(told) + cut
    assert lost.total() <= allowed, lost


def counted(told: Accounts, reason: str) -> int:
    return sum(part.rows for part in told.source.ignored if reason in str(part.reason))


def above(told: Accounts) -> int:
    found = [match for note in told.notes if (match := ABOVE.search(note))]
    return sum(int(match["many"] or 1) for match in found)


def check_lines(told: Accounts, content: bytes) -> None:
    """Where no quotation mark stands, every line that is not blank is a row, the header, or said to be above it."""
    text = decoded(content)
    if '"' in text or "'" in text or text.lstrip("\ufeff \n").startswith(("{", "[")):
        return
    if told.source.columns == (told.source.columns[0],):
        return
    blank = str.maketrans("", "", "\0\ufeff" + told.source.delimiter)
    lines = [line for line in re.split(r"[\r\n]+", text) if line.translate(blank).strip()]
    assert len(told.raw) + len(told.held) + counted(told, "headers") == len(lines) - header(told) - above(told)


def header(told: Accounts) -> int:
    """How many rows of the file are said to be its header."""
    if any("looks like data" in note for note in sentences(told.notes)):
        return 0
    return next((int(match[1]) for note in told.notes if (match := HEADER.search(note))), 1)


def decoded(content: bytes) -> str:
    if content.startswith(b"\xff\xfe"):
        return content.decode("utf-16", errors="replace")
    if content[:40:2].count(0) > 10:  # what is left of UTF-16 whose first bytes, an odd number of them, are lost
        return content.decode("utf-16-be", errors="replace")
    if content[1:40:2].count(0) > 10:  # or two of them
        return content.decode("utf-16-le", errors="replace")
    return content.decode(errors="replace")


@settings(max_examples=10, phases=[Phase.explicit, Phase.generate])
@given(mutants.mutants())
@example(("damaged Parquet", [("replace", 19, 19, b"{")]))  # Arrow can read it, DuckDB cannot
@example(("comma", [("cell changed", 4000, 11, b"\xef\xbb\xbf"), ("blank cells", 4000, 0, b"\n\n")]))
@example(("lines in cells", [("header again", 1, 0, b""), ("cell more", 4, 0, b"7.5")]))
@example(("all quoted, BOM", [("cut", 17, 0, b"")]))
@example(("Google Forms", [("cell changed", 0, 0, b"x" * 2000)]))
@example(("tab, UTF-16", [("header again", 0, 0, b""), ("replace", 0, 0, b"\n\n")]))
@example(("tab, UTF-16", [("repeat", 221, 4, b"Total"), ("cell more", 256, 36, b" ")]))  # a line of a thin space
@example(("title and totals", [("cell more", 1, 35, b"\xef\xbb\xbf")]))  # nothing but a mark in a cell
@example(("SurveyMonkey", [("cell changed", 2, 3, b"x" * 2000), ("insert", 60, 0, b"a,b;c\td|e")]))
@example(("damaged Parquet", [("replace", 289, 0, b"\xff\xfe")]))  # a comment is no UTF-8
@example(("damaged Parquet", [("replace", 367, 0, b"\xe9")]))  # nor is the name of a column
@example(("damaged Parquet", [("replace", 196, 0, b"\xff")]))  # a moment lies before the year 1
@example(("damaged Parquet", [("replace", 468, 0, b"\0")]))  # a column is said to have no cells
@example(
    (
        "SurveyMonkey",
        [
            ("cut", 142, 35, b","),
            ("repeat", 7, 38, b"Total"),
            ("blank line", 286, 34, b"-1"),
            ("repeat", 810, 19, b"8,5"),
        ],
    )
)
@example(
    (
        "Qualtrics",
        [
            ("insert", 105, 30, b"45000"),
            ("insert", 105, 30, b"45000"),
            ("cut", 900, 0, b"#N/A"),
            ("insert", 265, 36, b"\n"),
        ],
    )
)
def test_a_file_is_refused_or_accounted_for(tmp_path_factory, made):
    check(*made, tmp_path_factory.mktemp("mutant"))


@pytest.mark.slow
@pytest.mark.timeout(1800)
@settings(max_examples=int(os.environ.get("MUTATED_FILES", "3000")), phases=[Phase.explicit, Phase.generate])
@given(mutants.mutants())
def test_thousands_of_files_are_refused_or_accounted_for(tmp_path_factory, made):
    check(*made, tmp_path_factory.mktemp("mutant"))

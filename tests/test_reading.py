"""What people upload: what enters, what is held back, and what is said about it."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field

import builders
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nps
from nps import sources

UNCLOSED = "row.quotes"
FEWER, MORE = "row.too_few", "row.too_many"
TOTALS = "row.totals"


@dataclass
class Upload:
    """A file, and what must become of it: rows, (line, reason) of rows held back, blank rows, pieces of notes."""

    content: str | bytes
    rows: list[tuple]
    held: list[tuple[int, str]] = field(default_factory=list)
    blank: int = 0
    notes: Sequence[str] = ()


def read(path, choice=None) -> tuple[pd.DataFrame, pd.DataFrame, sources.Source]:
    """Accepted rows with the line of each as index, those held back, and the source."""
    with sources.connect() as (con, scratch):
        source = sources.open_source(path, "responses", con, scratch, choice)
        kept = sources.materialise(source, con)
        frame = kept.table.to_pandas().sort_values("record")
        rows = frame.drop(columns="record").astype(object)
        rows = rows.where(rows.notna(), None).set_axis(kept.lines(frame["record"]), axis=0)
        held = kept.malformed()
        assert source.rows_in_file() == len(rows) + len(held) + sum(part.rows for part in source.ignored)
        return rows, held, source


TWO = [("a", "9", "fine"), ("b", "3", "bad")]
UPLOADS = {
    "plain": Upload("id,score,text\na,9,fine\nb,3,bad\n", TWO),
    "a line that names the delimiter": Upload("sep=;\nid;score;text\na;9;fine\nb;3;bad\n", TWO),
    "decimal commas": Upload("id;score;text\na;9,0;x,y\nb;8,5;z\n", [("a", "9,0", "x,y"), ("b", "8,5", "z")]),
    "single quotes": Upload(
        "'id','score','text'\n'a','9','it, is'\n'b','3','no'\n", [("a", "9", "it, is"), ("b", "3", "no")]
    ),
    "apostrophes are no quotes": Upload(
        "id,score,text\na,9,'tis\nb,3,it's\n", [("a", "9", "'tis"), ("b", "3", "it's")]
    ),
    "escaped by a backslash": Upload(
        'id,score,text\na,9,"say \\"hi\\", you"\nb,3,"C:\\"\n',
        [("a", "9", 'say "hi", you'), ("b", "3", "C:\\")],
        notes=["1 row has quotation marks behind a backslash"],
    ),
    "a space behind every comma": Upload('id, score, text\na, 9, "x, y"\n', [("a", "9", "x, y")]),
    "quotes after a space": Upload('id,score,text\na, 9, "x, y"\n', [("a", " 9", "x, y")]),
    "inches": Upload('id,score,text\na,9,5" pipe\nb,3,"7"" pipe"\n', [("a", "9", '5" pipe'), ("b", "3", '7" pipe')]),
    "lines above the header": Upload(
        "NPS report\nExported: March 3\n\nid,score,text\na,9,fine\nb,3,bad\n",
        TWO,
        notes=["2 lines above the header (“NPS report”)"],
    ),
    "a padded title": Upload(
        "NPS report,,\n,,\nid,score,text\na,9,fine\nb,3,bad\n", TWO, notes=["A line above the header"]
    ),
    "totals below": Upload("id,score,text\na,9,fine\nb,3,bad\nTotal,12,\n", TWO, [(4, TOTALS)]),
    "a person called Total": Upload("id,score,text\nTotal,9,fine\nb,3,bad\n", [("Total", "9", "fine"), TWO[1]]),
    "blank rows": Upload("id,score,text\na,9,fine\n,,\nb,3,bad\n , ,\n,,\n", TWO, blank=3),
    "an index without a name": Upload(",id,score\n0,a,9\n1,b,3\n", [("0", "a", "9"), ("1", "b", "3")]),
    "no header": Upload(
        "a,9,2025-01-01\nb,3,2025-01-02\n",
        [("a", "9", "2025-01-01"), ("b", "3", "2025-01-02")],
        notes=["The first row looks like data (“a, 9, 2025-01-01”)"],
    ),
    "one column of sentences": Upload("text\ngood\nfast, cheap\nok\n", [("good",), ("fast, cheap",), ("ok",)]),
    "a header that names one of two columns": Upload("id,\na,x\nb,y\n", [("a", "x"), ("b", "y")]),
    "a header of years": Upload("id,2024,2025\na,1,2\nb,3,4\n", [("a", "1", "2"), ("b", "3", "4")]),
    "ragged": Upload("id,score,text\na,9,fine\nx,1\nb,3,bad\ny,1,2,3\n", TWO, [(3, FEWER), (5, MORE)]),
    "blank cells too many": Upload(
        "id,score,text\na,9,fine,\nb,3,bad,,\n", TWO, notes=["end in a blank cell", "1 row has a blank cell more"]
    ),
    "a delimiter too many in the header": Upload("id,score,text,\na,9,fine\nb,3,bad\n", TWO),
    "zero bytes": Upload(b"id,score,text\na,9,fi\0ne\nb,3,bad\n", TWO, notes=["1 zero byte was taken out"]),
    "a quotation mark that is not closed": Upload(
        'id,score,text\nx,1,"oh\na,9,fine\nb,3,"bad"\n', TWO, [(2, UNCLOSED)]
    ),
    "closed by a later row's mark": Upload(
        'id,score,text\np1,9,"great\np2,8,fine\np3,7,good"\np4,6,ok\n',
        [("p2", "8", "fine"), ("p3", "7", 'good"'), ("p4", "6", "ok")],
        [(2, UNCLOSED)],
    ),
    "text behind a closing mark": Upload('id,score,text\nx,1,"oh" no\na,9,fine\nb,3,bad\n', TWO, [(2, UNCLOSED)]),
    "long comments are no rows": Upload(
        'id,text\np1,"Good, because\n\nfast, cheap,\nand ""nice"", too"\np2,x\n',
        [("p1", 'Good, because\n\nfast, cheap,\nand "nice", too'), ("p2", "x")],
    ),
    "cut off in a row": Upload(
        "id,score,text\na,9,fine\nb,3,bad\nc,1", TWO, [(4, FEWER)], notes=["ends in the middle of line 4"]
    ),
    "cut off in a quoted cell": Upload(
        'id,score,text\na,9,fine\nb,3,bad\nc,1,"and', TWO, [(4, UNCLOSED)], notes=["ends in the middle of line 4"]
    ),
    "mixed line ends": Upload(b"id,score,text\r\na,9,fine\nb,3,bad\r\n", TWO),
    "an end of a line inside a line": Upload(
        b"id,score,text\r\na,9,fine\rb,3,bad\r\n", TWO, notes=["1 carriage return without a line feed"]
    ),
    "a cell of 5 MB": Upload(
        "id,score,text\na,9," + "x" * 5_000_000 + "\nb,3,bad\n", [("a", "9", "x" * 5_000_000), TWO[1]]
    ),
    "repeated names": Upload("id,score,score\na,9,fine\nb,3,bad\n", TWO, notes=["called “score”"]),
}


@pytest.mark.parametrize("upload", UPLOADS.values(), ids=UPLOADS)
def test_what_enters_what_is_held_back_and_what_is_said(tmp_path, upload):
    rows, held, source = read(builders.write(tmp_path, upload.content))
    assert list(rows.itertuples(index=False, name=None)) == upload.rows
    assert list(zip(held["line"], held["reason"], strict=True)) == upload.held
    assert sum(part.rows for part in source.ignored) == upload.blank
    assert len(source.notes) == len(upload.notes)
    assert all(piece in str(note) for piece, note in zip(upload.notes, source.notes, strict=True))


TEXT = "id,text\n1,Très bien à Köln\n2,fine\n3,Señor Müller\n"


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
        ("cp1252", "Windows-1252"),
        ("latin-1", "Windows-1252"),
        ("cp850", "code page 850"),
        ("mac_roman", "Mac Roman"),
    ],
)
def test_an_encoding_is_found_named_and_shown_by_words_of_the_file(tmp_path, encoding, named):
    rows, _, source = read(builders.write(tmp_path, TEXT.encode(encoding)))
    assert rows["text"].tolist() == ["Très bien à Köln", "fine", "Señor Müller"]
    (told,) = source.notes
    assert named in str(told)
    assert "(as “Très” in line 2, “Señor” in line 4)" in str(told)


def test_an_alphabet_that_is_not_latin(tmp_path):
    rows, _, source = read(builders.write(tmp_path, "id,text\n1,Очень хорошо и быстро\n2,плохо\n".encode("cp1251")))
    assert rows["text"].tolist() == ["Очень хорошо и быстро", "плохо"]
    assert "cp1251 (as “Очень” in line 2" in str(source.notes[0])


def test_each_line_of_a_file_in_several_encodings_is_read_in_its_own(tmp_path):
    content = "id,text\n1,déjà\n".encode() + "2,café crème\n".encode("cp1252") + "3,été à Paris\n".encode("cp850")
    rows, _, source = read(builders.write(tmp_path, content))
    assert rows["text"].tolist() == ["déjà", "café crème", "été à Paris"]
    assert [str(note).partition("; ")[2] for note in source.notes] == [
        "1 line was read as Windows-1252 (as “café” in line 3).",
        "1 line was read as code page 850 (DOS) (as “été” in line 4).",
    ]


def test_quotation_marks_and_dashes_of_old_word_files(tmp_path):
    rows, _, _ = read(builders.write(tmp_path, "id,text\n1,“Nice” – 5 € – don’t…\n".encode("cp1252")))
    assert rows["text"].tolist() == ["“Nice” – 5 € – don’t…"]


@pytest.mark.parametrize("content", ['"id"|"score"\n"a","9"\n"b","3"\n', '"id"x,score\na,9\nb,3\n'])
def test_a_header_that_cannot_be_read_is_refused_for_else_a_row_would_be_taken_for_it(tmp_path, content):
    with pytest.raises(nps.InputError, match="The header cannot be read"):
        read(builders.write(tmp_path, content))


def test_a_header_that_does_not_fit_its_rows_is_refused(tmp_path):
    with pytest.raises(nps.InputError, match="The header has 2 names, but the rows below it have 3 cells"):
        read(builders.write(tmp_path, "id,score\na,9,x\nb,3,y\n"))


def test_lines_of_rows_that_the_slow_reader_read(tmp_path):
    rows, held, _ = read(builders.write(tmp_path, 'id,text\n\na,"one\ntwo"\n\nb,"oh\nc,x\n,\nd,y\n'))
    assert rows.index.tolist() == [3, 7, 9]
    assert held["line"].tolist() == [6]


WORDS = st.sampled_from(
    ["", "fine", "a, b", 'say "hi"', "two\nlines", "x;y", "Très bien", "it's", "5\t6", "-", "p1,9,z"]
)
DELIMITERS = st.sampled_from(",;\t|")


@st.composite
def tables(draw) -> list[list[str]]:
    width, rows = draw(st.integers(2, 4)), draw(st.integers(1, 12))
    return [[f"p{row}", *draw(st.lists(WORDS, min_size=width - 1, max_size=width - 1))] for row in range(rows)]


def written(rows: list[list[str]], delimiter: str, quoting: int, line_end: str) -> list[bytes]:
    """Every row as the bytes of its line or lines."""
    lines = []
    for row in rows:
        stream = io.StringIO()
        csv.writer(stream, delimiter=delimiter, quoting=quoting, lineterminator=line_end).writerow(row)
        lines.append(stream.getvalue().encode())
    return lines


def header(rows: list[list[str]]) -> list[str]:
    return ["person", "answer", "comment", "more"][: len(rows[0])]


def cells(rows: list[list[str]]) -> list[tuple]:
    return [tuple(cell or None for cell in row) for row in rows]


@builders.SOME
@given(tables(), DELIMITERS, st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]), st.sampled_from(["\n", "\r\n"]))
def test_a_sound_file_comes_back_as_it_was_written(tmp_path_factory, rows, delimiter, quoting, line_end):
    content = b"".join(written([header(rows), *rows], delimiter, quoting, line_end))
    read_rows, held, _ = read(builders.write(tmp_path_factory.mktemp("sound"), content))
    assert list(read_rows.itertuples(index=False, name=None)) == cells(rows)
    assert held.empty


@st.composite
def damages(draw, line: bytes) -> bytes:
    """The line with one thing wrong."""
    body = line.rstrip(b"\r\n")
    at = draw(st.integers(0, len(body)))
    what = draw(
        st.sampled_from([b'"', b",", b";", b"\0", b"\xe9", b"\n", b"\r", b'""', b"x", b"cut", b"twice", b"lost"])
    )
    if what in (b"cut", b"twice", b"lost"):
        return {b"cut": line[:at], b"twice": line + line, b"lost": line[:at] + line[at + 1 :]}[what]
    return line[:at] + what + line[at:]


@builders.SOME
@given(st.data(), tables(), DELIMITERS, st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
def test_a_damaged_row_never_changes_another(tmp_path_factory, data, rows, delimiter, quoting):
    """Every other row comes in as it was or is held back, and the accounts are exact (`read` adds them up)."""
    lines = written([header(rows), *rows], delimiter, quoting, "\n")
    at = data.draw(st.integers(1, len(rows)))
    lines[at] = data.draw(damages(lines[at]))
    path = builders.write(tmp_path_factory.mktemp("damaged"), b"".join(lines))
    try:
        read_rows, held, _ = read(path)
    except nps.InputError:
        assert len(rows) <= 2  # too little left to tell what the table was
        return
    come = {row[0]: row for row in read_rows.itertuples(index=False, name=None)}
    held_text = "\n".join(held["value"])
    for number, row in enumerate(cells(rows), 1):
        if number not in (at, at + 1):  # a lost line end joins the row to the next
            assert come.get(row[0]) == row or row[0] in held_text

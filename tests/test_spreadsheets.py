"""A file that leaves holds no formula, whatever its cells hold and however a spreadsheet splits them."""

import csv
import io
import re
import sys
import unicodedata

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nps.measures.spreadsheets import SEPARATORS, SIGNS, as_csv, file_name, formula_safe

CHARACTERS = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
UNSEEN = [sign for sign in CHARACTERS if unicodedata.category(sign) in ("Cc", "Cf")]
BLANK = [sign for sign in CHARACTERS if unicodedata.category(sign) == "Zs"]
DISARMED = {
    "=1+1": "'=1+1",
    "+1": "'+1",
    "-5": "'-5",
    "@SUM(A1)": "'@SUM(A1)",
    " =1": "' =1",
    "  \u00a0+1": "'  \u00a0+1",
    "＝1": "'＝1",
    "﹣1": "'﹣1",
    "⁼1": "'⁼1",
    "=": "'=",
    "\x00=1": "'=1",
    "\ufeff\u200b=1": "'=1",
    "\u202e\u200d=1": "'=1",
    "\t=1": "'\t'=1",
    "a;=1+1": "a;'=1+1",
    "a; \u200d-1": "a;' -1",
    "a\t=1": "a\t'=1",
    "one\r\n- two": "one\n'- two",
    'a;"=1': "a;'\"=1",
    "a；＝1": "a；'＝1",
}
HARMLESS = ["plain", "1+1", "a=b", "", "'=1", "me@x.example", "5", "…", "two\nlines", "a\tb", "A; B", "👩‍💻", "می‌خواهم"]
TEXT = st.text(st.sampled_from([*"ab =+-@,;|\t\r\n\"'", *UNSEEN[:80], "\u200d", "\u202e", "\ufeff", "＝", "；", "7"]))


def pieces(content: bytes) -> list[str]:
    """All that could become a cell: as the file says, and split at any sign whatever quotation marks say."""
    text = content.decode("utf-8-sig")
    right = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    return right + [piece for sign in SEPARATORS for line in text.splitlines() for piece in line.split(sign)]


def runs(piece: str) -> bool:
    """Whether the most careless of spreadsheets would take it for a formula; a number is none."""
    seen = "".join(sign for sign in piece if sign not in UNSEEN)
    bare = unicodedata.normalize("NFKC", seen).strip().lstrip('"').strip()
    return bare.startswith(("=", "+", "-", "@")) and not re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", bare)


@pytest.mark.parametrize(
    "dtype", ["str", "object", "category", "string", "string[pyarrow]", pd.ArrowDtype(pa.string())]
)
def test_formulas_are_disarmed_in_every_kind_of_text_column(dtype):
    cells = pd.Series([*DISARMED, *HARMLESS], dtype=dtype)
    safe = formula_safe(pd.DataFrame({"text": cells}))["text"].tolist()
    assert safe == [*DISARMED.values(), *HARMLESS]
    assert formula_safe(pd.DataFrame({"text": safe}))["text"].tolist() == safe


def test_every_sign_that_becomes_one_of_a_formula_once_normalised_is_known():
    first = {sign: unicodedata.normalize("NFKC", sign).lstrip()[:1] for sign in CHARACTERS}
    assert {sign for sign, becomes in first.items() if becomes and becomes in "=+-@"} == {*SIGNS}
    assert {sign for sign, becomes in first.items() if becomes and becomes in ",;|"} | {*"\t\n"} == {*SEPARATORS}


@pytest.mark.parametrize("sign", "=+-@")
def test_nothing_unseen_hides_a_sign(sign):
    frame = pd.DataFrame({"n": 1, "cell": [f"{hidden}{sign}1+1" for hidden in (*UNSEEN, *BLANK)]})
    assert any(map(runs, frame["cell"]))
    assert not any(map(runs, pieces(as_csv(frame))))


@given(st.lists(TEXT, min_size=1), TEXT)
def test_no_text_becomes_a_formula_however_the_file_is_split(cells, header):
    assert [piece for piece in pieces(as_csv(pd.DataFrame({"a": "a", header: cells, "n": -5}))) if runs(piece)] == []


def test_numbers_dates_and_missing_cells_stay_as_they_are():
    frame = pd.DataFrame(
        {
            "change": [-5, 3],
            "share": [-0.5, float("nan")],
            "exact": pd.Series([-5, None], dtype=pd.ArrowDtype(pa.int64())),
            "mixed": [-5, "-5"],
            "when": pd.to_datetime(["2025-03-01", None]),
            "name": ["Ann", None],
            "flag": [True, False],
        }
    )
    safe = formula_safe(frame)
    pd.testing.assert_frame_equal(safe.drop(columns="mixed"), frame.drop(columns="mixed"), check_dtype=False)
    assert safe["mixed"].tolist() == [-5, "'-5"]


def test_headers_and_names_of_files_are_disarmed():
    columns = formula_safe(pd.DataFrame({"=cmd()": [1], " +x": ["a"], "a\u202e;=1": [2]})).columns
    assert columns.tolist() == ["'=cmd()", "' +x", "a;'=1"]
    names = ["contacts.csv", "../../=cmd\u202e.csv", "-rf", "a\r\nb.csv", "\u200b"]
    assert [file_name(name) for name in names] == ["contacts.csv", "cmd.csv", "rf", "a b.csv", "table.csv"]


def test_the_frame_given_is_not_changed():
    frame = pd.DataFrame({"text": ["=1"]})
    formula_safe(frame)
    assert frame["text"].tolist() == ["=1"]


def test_half_of_a_pair_of_surrogates_does_not_stop_a_file():
    assert as_csv(pd.DataFrame({"text": ["a\ud800b"]}, dtype=object)).decode("utf-8-sig") == '"text"\n"ab"\n'

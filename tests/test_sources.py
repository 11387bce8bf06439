"""Files as they come: decoded, split and numbered by line, or refused in one sentence."""

import gzip
import time
from functools import partial

import builders
import ibis
import numpy as np
import pandas as pd
import pytest

import nps
from nps import sources

gzipped = partial(gzip.compress, mtime=0)  # the same bytes at any time

PLAIN = "person,score\na,9\nb,3\n"
ROWS = [("a", "9"), ("b", "3")]


def refusal(path) -> str:
    with pytest.raises(nps.InputError) as refused:
        builders.rows_of(path)
    return str(refused.value)


@pytest.mark.parametrize(
    "content",
    [
        PLAIN,
        "\ufeff" + PLAIN,
        PLAIN.encode("utf-16"),
        b"\xfe\xff" + PLAIN.encode("utf-16-be"),
        PLAIN.replace(",", ";"),
        PLAIN.replace(",", "\t"),
        PLAIN.replace(",", "|"),
        PLAIN.replace("\n", "\r\n"),
        PLAIN.replace("\n", "\r"),
        "person,score\r\na,9\nb,3\r\n",
        PLAIN.rstrip(),
        'person,"score"\n"a","9"\n"b",3\n',
        "\n\n" + PLAIN,
        ",\n , \n" + PLAIN,
        "person,score\n\na,9\n\n\nb,3\n\n",
        gzipped(PLAIN.encode()),
        gzipped(PLAIN.encode("utf-16")),
        PLAIN.replace("rs", "r\0s").encode("utf-16"),
    ],
    ids=[
        *("plain", "byte order mark", "UTF-16", "UTF-16 big-endian", "semicolons", "tabs", "bars"),
        *("CR LF", "CR", "mixed line ends", "no last line end", "quotes", "blank lines first", "blank cells first"),
        *("blank lines", "gz", "gz of UTF-16", "a null in a name"),
    ],
)
def test_the_same_table_however_it_was_saved(tmp_path, content):
    path = builders.write(tmp_path, content)
    assert builders.rows_of(path) == ROWS
    assert builders.uploaded(path, lambda source, _: source.columns) == ("person", "score")


def test_old_excel_files_are_read_as_windows_1252_and_say_so(tmp_path):
    path = builders.write(tmp_path, "person,comment\na,“Très bien” – 5 €\n".encode("cp1252"))
    assert builders.rows_of(path) == [("a", "“Très bien” – 5 €")]
    notes = builders.uploaded(path, lambda source, _: [str(note) for note in source.notes])
    assert notes == ["The file is not in UTF-8 throughout; 1 line was read as Windows-1252 (as “Très” in line 2)."]


def test_one_letter_of_another_encoding_at_the_end_of_a_long_file_is_seen(tmp_path):
    path = builders.write(tmp_path, b"person,comment\n" + b"a,fine\n" * 200_000 + "b,café".encode("cp1252"))
    assert builders.rows_of(path)[-1] == ("b", "café")


def test_ids_of_19_digits_stay_as_they_are(tmp_path):
    ids = ["3074457347487777543", "0003074457347487777544", "1e5", "NA"]
    path = builders.write(tmp_path, "person,score\n" + "".join(f"{name},9\n" for name in ids))
    assert [row[0] for row in builders.rows_of(path)] == ids


def test_quoted_cells_hold_line_ends_delimiters_and_quotes(tmp_path):
    path = builders.write(tmp_path, 'person,comment\na,"one\n\ntwo, ""three"""\nb,x\n')
    assert builders.rows_of(path) == [("a", 'one\n\ntwo, "three"'), ("b", "x")]


def test_rows_know_the_line_at_which_they_begin(tmp_path):
    path = builders.write(tmp_path, '\nperson,comment\na,"one\n\ntwo"\n\nb,x\nonly\nc,"y\nz"\nd,\n')
    lines, malformed = builders.lines_of(path)
    assert lines == [3, 7, 9, 11]
    assert malformed == [(8, "only", "row.too_few")]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_ragged_rows_are_held_back(tmp_path, line_end, mark):
    content = mark + "a,b,c\n1,2,3\n4,5\n6,7,8,9,10\n\n11,12,13\n".replace("\n", line_end)
    path = builders.write(tmp_path, content)
    assert builders.rows_of(path) == [("1", "2", "3"), ("11", "12", "13")]
    assert builders.lines_of(path) == (
        [2, 6],
        [(3, "4,5", "row.too_few"), (4, "6,7,8,9,10", "row.too_many")],
    )


def test_a_quotation_mark_that_is_never_closed_costs_its_own_row_only(tmp_path):
    path = builders.write(tmp_path, 'a,b\n1,2\n3,"4\n5,6\n')
    assert builders.rows_of(path) == [("1", "2"), ("5", "6")]
    assert builders.lines_of(path) == ([2, 4], [(3, '3,"4', "row.quotes")])


def test_a_quoted_cell_may_stand_after_a_space(tmp_path):
    path = builders.write(tmp_path, 'a,b\n1, "x\ny"\n2,z\n')
    assert [row[0] for row in builders.rows_of(path)] == ["1", "2"]
    assert builders.lines_of(path) == ([2, 4], [])


def test_a_file_of_one_column_may_have_blank_rows(tmp_path):
    path = builders.write(tmp_path, "score\n9\n\n3\n")
    assert builders.rows_of(path) == [("9",), (None,), ("3",)]
    assert builders.lines_of(path)[0] == [2, 3, 4]


def test_lines_of_a_long_file_that_is_read_in_parallel(tmp_path):
    """100,000 rows with quoted line ends, blank lines and three kinds of bad rows among them."""
    kinds = np.random.default_rng(0).choice(6, 100_000, p=[0.9, 0.05, 0.047, 0.001, 0.001, 0.001])
    shapes = ["{},9,x\n", '{},9,"one\n\ntwo"\n', "\n", "{},9\n", "{},9,x,y,z\n", '{},9,"x" y\n']
    content, begins, bad, line = ["person,score,comment\n"], [], [], 2
    for number, kind in enumerate(kinds):
        content.append(shapes[kind].format(number))
        if kind < 2:
            begins.append(line)
        elif kind > 2:
            bad.append(line)
        line += content[-1].count("\n")
    path = builders.write(tmp_path, "".join(content))
    started = time.monotonic()
    lines, malformed = builders.lines_of(path)
    assert lines == begins
    assert [row[0] for row in malformed] == bad
    assert time.monotonic() - started < 20


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("score,Score,score", ("score", "Score (2)", "score (3)")),
        (",score, ", ("column 1", "score", "column 3")),
        ('"how\nlikely",  our \u00a0 score  ', ("how likely", "our score")),
        ("record,Record", ("record (2)", "Record (3)")),
    ],
    ids=["repeated", "blank", "untidy", "a name of our own"],
)
def test_every_column_gets_a_name(tmp_path, header, names):
    path = builders.write(tmp_path, header + "\n" + ",".join("123"[: len(names)]) + "\n")
    assert builders.uploaded(path, lambda source, _: source.columns) == names
    assert builders.rows_of(path) == [tuple("123"[: len(names)])]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\n \n\n", "is empty"),
        (b",,\n,\n", "is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "an image"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "an image"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"PK\x03\x04" + bytes(100), "zip or Excel file is cut off or damaged"),
        (b"PAR1" + bytes(100), "Parquet file is cut off or damaged"),
        (bytes(range(256)) * 20, "binary data"),
        (gzipped(PLAIN.encode() * 1000)[:-20], "cut off or damaged"),
        (gzipped(PLAIN.encode() * 1000)[:40], "cut off or damaged"),
        (gzipped(PLAIN.encode() * 1000)[:20] + bytes(40), "cut off or damaged"),
        (gzipped(b""), "is empty"),
        (",".join(f"c{i}" for i in range(2001)).encode(), "2,001 columns"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(tmp_path, content, words):
    message = refusal(builders.write(tmp_path, content, "export.csv"))
    assert words in message
    assert message.endswith((".", "read."))


def test_a_missing_file_is_named(tmp_path):
    assert refusal(tmp_path / "nowhere.csv") == f"There is no file at {tmp_path / 'nowhere.csv'}."
    assert "holds no files" in refusal(tmp_path)


def test_a_gz_that_unpacks_to_far_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sources.containers, "MAX_EXPANDED_BYTES", 1000)
    assert "too large once unpacked" in refusal(builders.write(tmp_path, gzipped(b"a,b\n" * 500_000)))


def test_a_name_with_the_signs_of_a_pattern_is_only_that_file(tmp_path):
    builders.write(tmp_path, "person,score\nx,0\n", "nps1.csv")
    for name in ("nps[1].csv", "nps?.csv", "nps*.csv"):
        path = builders.write(tmp_path, PLAIN + "lonely\n", name)
        assert builders.rows_of(path) == ROWS
        assert builders.lines_of(path) == ([2, 3], [(4, "lonely", "row.too_few")])


def test_a_frame_is_read_as_its_csv_would_be():
    frame = pd.DataFrame({"person": [1, 2], "score": [9, None], "when": pd.to_datetime(["2025-01-01", None])})
    assert builders.rows_of(frame) == [("1", "9.0", "2025-01-01"), ("2", None, None)]
    assert builders.lines_of(frame) == ([2, 3], [])


def test_a_frame_with_awkward_names_and_no_rows():
    frame = pd.DataFrame([[1, 2, 3]], columns=["score", "score", 7])
    assert builders.rows_of(frame) == [("1", "2", "3")]
    assert builders.uploaded(frame, lambda source, _: source.columns) == ("score", "score (2)", "7")
    assert builders.rows_of(frame.head(0)) == []
    assert "no columns" in refusal(pd.DataFrame())


def test_a_table_of_a_database_keeps_its_types_and_has_no_lines():
    elsewhere = ibis.duckdb.connect()
    frame = pd.DataFrame({"person": pd.array([3074457347487777543, None], "Int64"), "record": [True, False]})
    table = elsewhere.create_table("answers", frame)

    def read(source, con):
        kept = sources.materialise(source, con)
        assert kept.table.schema()["person"].is_integer()
        assert kept.table["record (2)"].type().is_boolean()
        ids = kept.table.person.cast("string").to_pandas()
        return ids.tolist()[0], kept.lines(kept.table.record.to_pandas()).isna().all()

    assert builders.uploaded(table, read) == ("3074457347487777543", True)


def test_nothing_is_printed_while_duckdb_works(capfd):
    """Its bar would stand between what `check --json` prints. Without the setting, this prints one."""
    with sources.connect() as (con, _):
        con.raw_sql("SET enable_progress_bar = true")
        con.raw_sql("SET progress_bar_time = 0")
        con.raw_sql("SELECT sum(one.range * other.range) FROM range(20000) one, range(20000) other").fetchall()
    assert "%" not in capfd.readouterr().out


def test_nothing_is_left_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()
    builders.rows_of(builders.write(tmp_path, gzipped(PLAIN.encode("cp1252"))))
    assert list((tmp_path / "scratch").iterdir()) == []


def test_a_table_may_be_as_wide_as_it_is(tmp_path):
    columns = [f"c{number}" for number in range(2_000)]
    path = builders.write(tmp_path, "\n".join([",".join(columns), ",".join("7" * 2_000)]))
    assert builders.rows_of(path) == [("7",) * 2_000]

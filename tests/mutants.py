"""Small sound files of many kinds, and what happens to files on their way: anything."""

import gzip
import io
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import openpyxl
from hypothesis import strategies as st

MARK = r"zq\d\d"
Rows = list[list[str]]


def numbered(header: str, rows: list[str]) -> Rows:
    """Cells of a table whose every row has a word of its own: # becomes zq00, zq01, ..."""
    return [header.split(","), *(row.replace("#", f"zq{n:02}").split(",") for n, row in enumerate(rows))]


ANSWERS = numbered(
    "person_id,score,responded_at,comment",
    [
        *("p-#,9,2025-03-01 09:00:00,fine", "p-#,3,2025-03-02 10:30:00,slow", "p-#,10,2025-03-13 11:00:00,"),
        *("p-#,7,2025-03-04 12:00:00,Zoë says it’s good", "p-#,0,2025-03-05 13:00:00,never", "p-#,,,nothing"),
        *("p-#,8,2025-03-06 14:00:00,ok", "p-#,6,2025-03-07 15:00:00,very good"),
    ],
)
USAGE = numbered(
    "user_id,feature,day,count",
    [
        *("u1,Board #,2025-02-01,3", "u1,Timer #,2025-02-02,1", "u2,Board #,2025-02-03,0", "u3,Search #,2025-02-03,2"),
        *("u2,Export #,2025-02-04,12", "u4,Board #,2025-02-05,1", "u1,Search #,2025-02-06,7", "u5,Board #,2025-02-07,"),
    ],
)
WIDE = numbered("user_id,Board,Timer,Search", ["u-#,3,1,", "u-#,0,,2", "u-#,1,1,1", "u-#,12,4,", "u-#,,,", "u-#,2,0,5"])
PEOPLE = numbered(
    "user_id,name,email,role,joined",
    ["u-#,Ann,a@x.example,Admin,2024-01-31", "u-#,Bob,b@x.example,Viewer,2024-02-28", "u-#,Cem,,Admin,"],
)
QUALTRICS = [
    ["ResponseId", "EndDate", "Status", "ExternalReference", "Q1", "Q2"],
    ["Response ID", "End Date", "Response Type", "External Data Reference", "Would you recommend us?", "Why?"],
    [f'{{"ImportId":"{name}"}}' for name in ("_recordId", "endDate", "status", "ref", "QID1", "QID2_TEXT")],
    *numbered("", [f"R_#,2026-01-0{day} 09:00:00,IP Address,u{day},{day},good, and fast" for day in range(1, 8)])[1:],
]
QUALTRICS = [[*row[:5], ",".join(row[5:])] for row in QUALTRICS]
SURVEYMONKEY = [
    ["Respondent ID", "Collector ID", "Start Date", "End Date", "How likely are you to recommend us?", "Why?"],
    ["", "", "", "", "Response", "Open-Ended Response"],
    *numbered(
        "",
        [
            f"1180000000{day},c1,4329{day}.5,4329{day}.53487,{label},#"
            for day, label in enumerate(["9", "10", "3", "7"])
        ],
    )[1:],
]
SURVEYMONKEY[3][4] = "Extremely likely - 10"
GOOGLE = numbered(
    "Timestamp,How likely are you to recommend us to a friend?,What could we do better?",
    [f"{day}/28/2025 14:12:52,{day},word # of mine" for day in range(1, 9)],
)
MIXPANEL = [
    f'{{"event":"Board zq{n:02}","properties":{{"time":{1602611311 + n},"$insert_id":"{n}","distinct_id":"u{n % 3}"}}}}'
    for n in range(8)
]
LINES = [
    f'{{"person": "p{n}", "score": {n}, "when": "2025-03-0{n + 1}", "said": "zq{n:02}", "who": {{"plan": "Pro"}}}}'
    for n in range(8)
]


def joined(rows: Rows, delimiter: str = ",", end: str = "\n", quote: bool = False) -> str:
    """Delimited text; cells are quoted where they must be, or all."""

    def cell(text: str) -> str:
        needed = quote or any(sign in text for sign in (delimiter, '"', "\n"))
        return '"' + text.replace('"', '""') + '"' if needed else text

    return "".join(delimiter.join(map(cell, row)) + end for row in rows)


def german(rows: Rows) -> Rows:
    """The same with dates and numbers as Germany writes them."""
    return [rows[0], *([row[0], row[1], f"0{day}.03.2025 09:00", row[3]] for day, row in enumerate(rows[1:], 1))]


def with_line_ends(rows: Rows) -> Rows:
    return [rows[0], *([*row[:-1], row[-1] + "\nand more"] for row in rows[1:])]


def zipped(contents: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return stream.getvalue()


def workbook(rows: Rows) -> bytes:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append([int(cell) if cell.isdecimal() else cell or None for cell in row])
    book.save(stream)
    return stream.getvalue()


def parquet(rows: Rows) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.csv"
        path.write_text(joined(rows), encoding="utf-8")
        duckdb.read_csv(str(path)).write_parquet(str(path.with_suffix(".parquet")))
        return path.with_suffix(".parquet").read_bytes()


def sqlite(rows: Rows) -> bytes:
    with sqlite3.connect(":memory:") as database:
        database.execute(f"CREATE TABLE answers ({', '.join(rows[0])})")
        database.executemany(f"INSERT INTO answers VALUES ({', '.join('?' * len(rows[0]))})", rows[1:])
    content = database.serialize()
    database.close()
    return content


def inside_workbook(content: bytes) -> bytes:
    """The workbook of ANSWERS with this for its sheet."""
    with zipfile.ZipFile(io.BytesIO(BOOK)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return zipped(members | {"xl/worksheets/sheet1.xml": content})


BOOK = workbook(ANSWERS)
with zipfile.ZipFile(io.BytesIO(BOOK)) as _archive:
    SHEET = _archive.read("xl/worksheets/sheet1.xml")


@dataclass(frozen=True)
class Seed:
    """A sound file: its content, and what it is packed in once that is damaged."""

    content: bytes
    packed: Callable[[bytes], bytes] = bytes
    is_text: bool = True


SEEDS = {
    "comma": Seed(joined(ANSWERS).encode()),
    "no last line end": Seed(joined(ANSWERS).encode().rstrip()),
    "semicolon, cp1252": Seed(joined(german(ANSWERS), ";", "\r\n").encode("cp1252")),
    "tab, UTF-16": Seed(joined(ANSWERS, "\t", "\r\n").encode("utf-16")),
    "pipe": Seed(joined(ANSWERS, "|").encode()),
    "all quoted, BOM": Seed(joined(ANSWERS, quote=True).encode("utf-8-sig")),
    "lines in cells": Seed(joined(with_line_ends(ANSWERS), quote=True).encode()),
    "title and totals": Seed(f"Report of March\n\n{joined(ANSWERS)}Total,8,,\n".encode()),
    "carriage returns": Seed(joined(ANSWERS, end="\r").encode()),
    "usage": Seed(joined(USAGE).encode()),
    "wide": Seed(joined(WIDE, ";").encode()),
    "people": Seed(joined(PEOPLE).encode()),
    "Qualtrics": Seed(joined(QUALTRICS, end="\r\n").encode()),
    "SurveyMonkey": Seed(joined(SURVEYMONKEY, end="\r\n").encode()),
    "Google Forms": Seed(joined(GOOGLE).encode("utf-8-sig")),
    "Mixpanel": Seed("\n".join(MIXPANEL).encode()),
    "JSON lines": Seed("\n".join(LINES).encode()),
    "JSON array": Seed(("[\n" + ",\n".join(LINES) + "\n]").encode()),
    "gz": Seed(joined(ANSWERS).encode(), gzip.compress),
    "zip": Seed(
        joined(ANSWERS).encode(), lambda content: zipped({"a.csv": content, "b.csv": joined(ANSWERS[:1]).encode()})
    ),
    "a sheet": Seed(SHEET, inside_workbook, is_text=False),
    "damaged gz": Seed(gzip.compress(joined(ANSWERS).encode()), is_text=False),
    "damaged zip": Seed(zipped({"a.csv": joined(ANSWERS).encode()}), is_text=False),
    "damaged workbook": Seed(BOOK, is_text=False),
    "damaged Parquet": Seed(parquet(ANSWERS), is_text=False),
    "damaged SQLite": Seed(sqlite(ANSWERS), is_text=False),
}
CELLS = [
    *(
        b"",
        b" ",
        b"abc",
        b"#N/A",
        b"NA",
        b"-1",
        b"11",
        b"7.5",
        b"8,5",
        b"1e309",
        b"99999999999999999999",
        b"nan",
        b"'=1",
    ),
    *(
        b"31/31/2025",
        b"2025-02-30",
        b"45000",
        b"1740830400",
        b"10 - Extremely likely",
        b"9/10",
        b"1.23457E+14",
        b"00012",
    ),
    *(
        "é😀\u202e".encode(),
        b"\xe9\x82",
        b'"',
        b'""',
        b"'",
        b"a,b;c\td|e",
        b"\xef\xbb\xbf",
        b"\\",
        b'\\"',
        b"Total",
        b"x" * 2000,
    ),
]
PIECES = [
    *CELLS,
    b"\n",
    b"\r",
    b"\r\n",
    b"\0",
    b",",
    b";",
    b"\t",
    b"|",
    b"\n\n",
    b",,,,\n",
    b"\xff\xfe",
    b"\x1a",
    b"{",
    b"}",
    b"[",
]


def _bytes_change(content: bytes, what: str, at: int, length: int, piece: bytes) -> bytes:
    at %= len(content) + 1
    return {
        "delete": content[:at] + content[at + length :],
        "repeat": content[: at + length] + content[at : at + length] + content[at + length :],
        "insert": content[:at] + piece + content[at:],
        "replace": content[:at] + piece + content[at + len(piece) :],
        "cut": content[:at],
    }[what]


def _line_change(content: bytes, what: str, at: int, length: int, piece: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    if not lines:
        return content
    at %= len(lines)
    line = lines[at]
    body = line.rstrip(b"\r\n")
    end = line[len(body) :]
    delimiter = max(b",;\t|", key=content.count)
    cells = body.split(bytes([delimiter]))
    cells[length % len(cells)] = piece
    changed = {
        "line lost": b"",
        "line twice": line + line,
        "header again": line + lines[0],
        "blank line": line + end,
        "blank cells": line + bytes([delimiter]) * 3 + end,
        "other delimiter": body.translate(bytes.maketrans(b",;\t|", b";,|\t")) + end,
        "cell more": body + bytes([delimiter]) + piece + end,
        "cell less": body.rpartition(bytes([delimiter]))[0] + end,
        "cell changed": bytes([delimiter]).join(cells) + end,
        "other encoding": body.decode(errors="replace").encode("cp850", errors="replace") + end,
    }
    lines[at] = changed[what]
    return b"".join(lines)


BYTES = ("delete", "repeat", "insert", "replace", "cut")
LINEWISE = (
    *("line lost", "line twice", "header again", "blank line", "blank cells", "other delimiter"),
    *("cell more", "cell less", "cell changed", "other encoding"),
)


@st.composite
def changes(draw) -> tuple[str, int, int, bytes]:
    """What is done, where, over how much, and what is put there."""
    what = draw(st.sampled_from(BYTES + LINEWISE))
    return what, draw(st.integers(0, 4000)), draw(st.integers(0, 40)), draw(st.sampled_from(PIECES))


def mutant(seed: Seed, done: list[tuple[str, int, int, bytes]]) -> bytes:
    """The content after all that was done to it, one after the other."""
    content = seed.content
    for what, at, length, piece in done:
        change = _bytes_change if what in BYTES else _line_change
        content = change(content, what, at, length, piece)
    return content


def mutants():
    """The name of a seed, and what is done to it."""
    return st.tuples(st.sampled_from(list(SEEDS)), st.lists(changes(), min_size=1, max_size=4))

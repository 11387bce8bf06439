"""JSON: an object to a line, or one array of objects. Numbers keep the text they were written in."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import ibis

from nps.notes import NotATable, Note, TooLarge, note
from nps.sources.copying import Shape, copied
from nps.sources.encodings import as_utf8
from nps.sources.layout import MAX_COLUMNS
from nps.sources.source import Source, distinct
from nps.sources.splitting import Record

MAX_ARRAY_BYTES = 256 * 1024**2
BROKEN, CUT_OFF = "row.no_object", "row.no_end"


_NEXT = re.compile(r"\n[ \t,\[]*\{")


class Written(float):
    """A number that remembers its text, so that 9.0 stays 9.0 and long numbers stay whole."""

    text: str

    def __new__(cls, text: str):
        number = super().__new__(cls, text)
        number.text = text
        return number


class Found(NamedTuple):
    """An object: the line it begins at, its text and its cells, or why it has none."""

    line: int
    text: str
    cells: dict[str, str] | None
    reason: str = ""


def open_json(path: Path, name: str, con: ibis.BaseBackend, scratch: Path) -> Source:
    """JSON lines or an array of objects; nested objects become columns with dots, lists become text.

    What is no object is held back. Raises InputError where there is none, or the array is too long to be read whole.
    """
    text = as_utf8(path, scratch / "decoded.json")
    path, notes = _unwrapped(text.path, scratch / "rows.json")
    keys: dict[str, None] = {}
    for item in _objects(path):
        keys |= dict.fromkeys(item.cells or ())
        if len(keys) > MAX_COLUMNS:
            raise TooLarge("tables.wider", most=MAX_COLUMNS)
    if not keys:
        raise NotATable("json.no_objects")
    rows = (
        Record(line, raw, None if cells is None else [cells.get(key, "") for key in keys], reason)
        for line, raw, cells, reason in _objects(path)
    )
    return copied(rows, name, Shape(distinct(keys)), text.notes + notes, con, scratch / "objects.csv", totals=False)


def _objects(path: Path) -> Iterator[Found]:
    """The objects of lines, of an array, or written one after the other over several lines."""
    with path.open(encoding="utf-8-sig", newline="\n") as stream:
        first = next((line for line in stream if line.strip()), "")
        stream.seek(0)
        if not first.lstrip().startswith("[") and (first.rstrip().endswith("}") or _is_large(path)):
            yield from (
                Found(number, line.strip(), *_read(line)) for number, line in enumerate(stream, 1) if line.strip()
            )
        elif _is_large(path):
            raise TooLarge("json.large_array", mb=MAX_ARRAY_BYTES // 1024**2)
        else:
            yield from _one_after_another(stream.read())


def _unwrapped(path: Path, copy: Path) -> tuple[Path, tuple[Note, ...]]:
    """The list inside a single object, as program interfaces send rows, on the lines where it stands; and a note.

    Raises InputError for an object of columns.
    """
    if _is_large(path) or _has_lines(path):
        return path, ()
    text = path.read_text(encoding="utf-8-sig")
    try:
        value, end = DECODER.raw_decode(text, len(text) - len(text.lstrip()))
    except (ValueError, RecursionError):
        return path, ()
    if not isinstance(value, dict) or text[end:].strip():
        return path, ()
    _check_rows(value)
    lists = [key for key, inner in value.items() if _is_rows(inner)]
    where = re.search(rf"{re.escape(json.dumps(lists[0], ensure_ascii=False))}\s*:\s*", text) if lists else None
    if len(lists) > 1 or where is None or not text.startswith("[", where.end()):
        return path, ()
    _, end = DECODER.raw_decode(text, where.end())
    copy.write_text("\n" * text.count("\n", 0, where.end()) + text[where.end() : end], encoding="utf-8", newline="\n")
    beside = len(value) - 1
    remark = note("json.list_beside", name=lists[0], beside=beside) if beside else note("json.list", name=lists[0])
    return copy, (remark,)


def _has_lines(path: Path) -> bool:
    """Is the first line an object by itself, with more lines below it?"""
    with path.open(encoding="utf-8-sig", newline="\n") as stream:
        first = next((line for line in stream if line.strip()), "")
        return _read(first)[0] is not None and any(line.strip() for line in stream)


def _is_rows(value: object) -> bool:
    return isinstance(value, list) and len(value) > 0 and all(isinstance(one, dict) for one in value)


def _check_rows(value: dict) -> None:
    """Raise InputError when an object holds the cells of each column, by number or in a list, and not rows."""
    shapes = [
        (type(inner), len(inner), tuple(inner) if isinstance(inner, dict) else None)
        for inner in value.values()
        if isinstance(inner, (list, dict)) and not _is_rows(inner)
    ]
    if len(value) > 1 and len(shapes) == len(value) and len(set(shapes)) == 1 and shapes[0][1] > 1:
        raise NotATable("json.columns")


def _is_large(path: Path) -> bool:
    return path.stat().st_size > MAX_ARRAY_BYTES


def _one_after_another(text: str) -> Iterator[Found]:
    """What stands behind a broken object is held back with it, up to a line that begins with the next one."""
    at = len(text) - len(text.lstrip("\ufeff \t\r\n"))
    array = text.startswith("[", at)
    at, line, counted = at + array, 1, 0
    while True:
        while at < len(text) and text[at] in " \t\r\n,":
            at += 1
        line, counted = line + text.count("\n", counted, at), at
        if at == len(text):
            yield from [Found(line, "", None, CUT_OFF)] if array else []
            return
        if array and text[at] == "]":
            array, at = False, at + 1
            continue
        try:
            _, end = DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            again = _NEXT.search(text, at + 1)
            end = again.end() - 1 if again else len(text)
        yield Found(line, text[at:end], *_read(text[at:end]))
        if end == len(text):
            array = False
        at = end


def _read(text: str) -> tuple[dict[str, str] | None, str]:
    """The cells of an object, or the code of why it has none."""
    try:
        value = DECODER.decode(text.strip())
        return (_flat(value), "") if isinstance(value, dict) else (None, BROKEN)
    except (ValueError, RecursionError):
        return None, BROKEN


def _distinct_names(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object; one that says a name twice is refused, for only one of the two could be kept."""
    if len(dict(pairs)) < len(pairs):
        raise ValueError("twice")
    return dict(pairs)


DECODER = json.JSONDecoder(parse_float=Written, parse_constant=str, object_pairs_hook=_distinct_names)


def _flat(value: Mapping, prefix: str = "") -> dict[str, str]:
    """`{"user": {"id": 7}}` as `{"user.id": "7"}`."""
    cells: dict[str, str] = {}
    for key, inner in value.items():
        if isinstance(inner, dict) and inner:
            cells |= _flat(inner, f"{prefix}{key}.")
        else:
            cells[f"{prefix}{key}"] = _cell(inner)
    return cells


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Written):
        return value.text
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

"""What a visitor is told, text by text, and a product whose words can be told from ours.

Every word of the customer's begins with a digit, no word of ours does, and the pseudo-language marks each letter of
ours. Names of columns by which fields are recognised are the one exception: `HEADERS`.
"""

import csv
import json
import re
import unicodedata
from collections.abc import Iterator
from itertools import chain

import pandas as pd
import pyarrow as pa
from conftest import ROOT
from files import table
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from nps.fields import FIELDS
from nps.wording.speech import _ACCENTED

MARKED = frozenset(map(chr, _ACCENTED.values()))
OURS_EVERYWHERE = {"NPS", "Lens", "CSV", "SQL", "SELECT", "UTC", "PostgreSQL", "MySQL", "SVG", "PNG"}
OF_PROGRAMS = {
    *("id", "url", "key", "icon", "form_id", "element_id", "deferred_file_id", "type", "page", "autocomplete"),
    *("format", "columns", "language", "shortcut"),
}
FIELD_NAMES = frozenset().union(*FIELDS.values())
NO_WORDS = re.compile(
    r":material/\w+:|:\w+-badge|^\?\S+$|docs/methods\.md|https?://\S+|\b[A-Z]\w+/[\w/-]+|\.csv\b|`[^`]*`"
)
LITERAL = re.compile(r"'([^']*)'")
UNSEEN = {"detail", "order", "key", "href", "x2", "y2", "size", "opacity", "xOffset", "yOffset"}  # no word is drawn
CUSTOMERS = (
    *("name", "email", "account_name", "role", "plan", "region", "comment", "survey", "channel", "feature", "kind"),
)


def unmarked(text: str) -> list[str]:
    """Words of ours that nobody gave to be translated; a field that the report names is called so in every language."""
    if text in FIELD_NAMES:
        return []
    words = re.findall(r"\w+", NO_WORDS.sub(" ", text))
    return [
        word for word in words if word.isascii() and word.isalpha() and len(word) > 1 and word not in OURS_EVERYWHERE
    ]


def marked(text: str) -> list[str]:
    """Words of the customer's that were translated."""
    return [word for word in re.findall(r"\b7[^\W\d]+", text) if MARKED & {*word}]


def product(people: int = 750) -> dict[str, bytes]:
    """Some people of the sample, with what they answered and used, each of their words behind a digit."""
    known = _rows("people")
    some = {row["person_id"] for row in known[: people * 2]}
    tables = {"people": known, "responses": _rows("responses"), "usage": _rows("usage")}
    return {
        name: table(map(_header, rows[0]), [_theirs(row).values() for row in rows if row["person_id"] in some])
        for name, rows in tables.items()
    }


def brought() -> dict[str, bytes]:
    """A few people whose columns have no word of a language for a name; two of their answers cannot be used."""
    days = [f"2026-03-{1 + number % 28:02}" for number in range(60)]
    answers = [(f"p{n}", n % 11, day, f"7word 7said {n}", f"7part{n % 2}") for n, day in enumerate(days)]
    odd = [("p60", "7eleven", days[0], "7word", "7part1"), ("p61", 9, "7never", "7word", "7part1")]
    used = [(f"p{n}", f"7Feature{n % 3}", 1 + n % 4) for n in range(50)]
    people = [(f"p{n}", f"7Name{n}", day, int(n % 7 == 0)) for n, day in enumerate(days)]
    return {
        "responses": table(("person_id", "nps_score", "responded_at", "nps_comment", "7part"), answers + odd),
        "usage": table(("person_id", "feature_name", "use_count"), used),
        "people": table(("person_id", "full_name", "joined_at", "opted_out"), people),
    }


def _rows(name: str) -> list[dict[str, str]]:
    with (ROOT / f"sample_data/{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _header(name: str) -> str:
    return f"7{name}" if name in ("region", "channel") else name


def _theirs(row: dict[str, str]) -> dict[str, str]:
    """The row, each word behind a digit, without accents: those are the mark of ours."""
    plain = {name: unicodedata.normalize("NFKD", cell).encode("ascii", "ignore").decode() for name, cell in row.items()}
    return {name: re.sub("[A-Za-z]+", r"7\g<0>", cell) if name in CUSTOMERS else cell for name, cell in plain.items()}


def texts(app: AppTest) -> Iterator[tuple[str, str]]:
    """All that a page shows: the kind of element, and each of its texts."""
    for node in chain.from_iterable(map(_nodes, app._tree.children.values())):
        readers = {"dataframe": _of_table, "vega_lite_chart": _of_chart, "bidi_component": _of_none}
        read = readers.get(node.type, _of_element)
        yield from ((node.type, text) for text in read(node))


def _nodes(node: object) -> Iterator:
    if getattr(node, "proto", None) is not None:
        yield node
    if isinstance(node, Block):
        for child in node.children.values():
            yield from _nodes(child)


def _of_none(_node: object) -> Iterator[str]:
    """A component of ours says nothing but what stands on the page."""
    yield from ()


def _of_element(node: object) -> Iterator[str]:
    return _of_message(node.proto)


def _of_message(message: Message) -> Iterator[str]:
    for field, value in message.ListFields():
        if field.name not in OF_PROGRAMS:
            for each in value if field.is_repeated else [value]:
                if isinstance(each, Message):
                    yield from _of_message(each)
                elif isinstance(each, str):
                    yield each


def _of_table(node: object) -> Iterator[str]:
    """Headings with their help, and cells; a heading that nobody gave is the name of its column."""
    settings = json.loads(node.proto.columns)
    for name in node.value:
        told = settings.get(name, {})
        if not told.get("hidden"):
            yield told.get("label") or name
            yield told.get("help") or ""
            yield from _strings(node.value[name])


def _of_chart(node: object) -> Iterator[str]:
    spec = json.loads(node.proto.spec)
    sets = [pa.ipc.open_stream(each.data.data).read_pandas() for each in node.proto.datasets]
    sets += [pd.DataFrame(rows) for rows in spec.pop("datasets", {}).values()]
    data = {name: [] for frame in sets for name in frame}
    for name, cells in ((name, _strings(frame[name])) for frame in sets for name in frame):
        data[name] += cells
    titled = {channel for channel, encoded in _channels(spec) if "title" in encoded} - {"tooltip"} | {
        "text",
        "description",
    }
    for channel, encoded in _channels(spec):
        yield from _of_channel(encoded, data, channel not in titled)
    yield from _of_spec(spec)


def _channels(spec: object) -> Iterator[tuple[str, dict]]:
    """Each channel of the encodings, with what it shows."""
    for name, value in spec.items() if isinstance(spec, dict) else enumerate(spec) if isinstance(spec, list) else ():
        if name == "encoding":
            pairs = [
                (channel, each) for channel, of in value.items() for each in (of if isinstance(of, list) else [of])
            ]
            yield from ((channel, each) for channel, each in pairs if channel not in UNSEEN)
        yield from _channels(value)


def _of_channel(encoded: dict, data: dict[str, list[str]], names_itself: bool) -> Iterator[str]:
    """The values of a field that is shown, and the name of the field where no title is given anywhere."""
    field, guides = encoded.get("field"), [encoded.get(guide, {}) for guide in ("axis", "legend", "header")]
    if not isinstance(field, str) or None in guides:
        return
    if not any("labelExpr" in guide or guide.get("labels") is False for guide in guides):
        yield from data.get(field, ())
        yield from (each for each in (encoded.get("scale") or {}).get("domain", ()) if isinstance(each, str))
    if names_itself and "title" not in encoded and not any("title" in guide for guide in guides):
        yield field


def _of_spec(spec: object) -> Iterator[str]:
    """Titles, descriptions and texts, and what expressions write."""
    for name, value in spec.items() if isinstance(spec, dict) else enumerate(spec) if isinstance(spec, list) else ():
        if name in ("title", "subtitle", "description", "text") and isinstance(value, str | list):
            yield from ([value] if isinstance(value, str) else [line for line in value if isinstance(line, str)])
        elif name in ("calculate", "labelExpr"):
            yield from LITERAL.findall(value)
        elif name == "text" and "expr" in value:
            yield from LITERAL.findall(value["expr"])
        yield from _of_spec(value)


def _strings(column: pd.Series) -> list[str]:
    return [*dict.fromkeys(cell for cell in column if isinstance(cell, str))]

"""Every English text of ours, as a catalogue to be translated: read from the code, where each is written out."""

import ast
from collections.abc import Iterator
from pathlib import Path

import polib

from nps.wording.sentences import SENTENCES

ROOT = Path(__file__).parents[2]
PLACES = ("app.py", "pages", "web", "workspace", "nps")
SPOKEN = ("_", "several")
NAMING = ("Layout", "Engine")  # whose first text is a name, spoken where `{name:ours}` stands
Text = tuple[str, ...]  # one, or one and many
METADATA = {
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}


def template() -> polib.POFile:
    """Each text once, with where it stands or its code, in a catalogue without translations."""
    entries: dict[Text, polib.POEntry] = {}
    for text, place in [*_coded(), *_written()]:
        entries.setdefault(text, _entry(text)).occurrences.append(place)
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = METADATA
    catalogue.extend(entries.values())
    return catalogue


def _entry(text: Text) -> polib.POEntry:
    one, *many = text
    flags = ["python-brace-format"] if "{" in "".join(text) else []
    if many:
        return polib.POEntry(msgid=one, msgid_plural=many[0], msgstr_plural={0: "", 1: ""}, flags=flags)
    return polib.POEntry(msgid=one, flags=flags)


def _coded() -> Iterator[tuple[Text, tuple[str, str]]]:
    for code, text in SENTENCES.items():
        yield (text if isinstance(text, tuple) else (text,)), (code, "")


def _written() -> Iterator[tuple[Text, tuple[str, str]]]:
    for path in sources():
        tree, every = ast.parse(path.read_text(encoding="utf-8")), path.is_relative_to(Path(__file__).parent)
        for node, text in [*_calls(tree), *_names(tree), *_tables(tree, every=every)]:
            yield text, (path.relative_to(ROOT).as_posix(), str(node.lineno))


def sources() -> Iterator[Path]:
    """Files whose texts people see."""
    for place in PLACES:
        yield from sorted((ROOT / place).rglob("*.py")) if (ROOT / place).is_dir() else [ROOT / place]


def given(tree: ast.AST) -> Iterator[tuple[ast.Call, list[ast.AST]]]:
    """Calls of `_` and `several`, and what stands in them in the place of a text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SPOKEN:
            yield node, node.args[: 1 + (node.func.id == "several")]


def _calls(tree: ast.AST) -> Iterator[tuple[ast.AST, Text]]:
    """What is written out in `_("…")` and `several("…", "…")`."""
    for call, texts in given(tree):
        if all(isinstance(text, ast.Constant) for text in texts):
            yield call, tuple(text.value for text in texts)


def _names(tree: ast.AST) -> Iterator[tuple[ast.AST, Text]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in NAMING:
            yield from ((node, (name.value,)) for name in node.args[:1] if isinstance(name, ast.Constant))


def tables(tree: ast.Module) -> dict[str, ast.AST]:
    """Module constants that hold several values, by name."""
    held = (node for node in tree.body if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict | ast.Tuple))
    return {node.targets[0].id: node.value for node in held if isinstance(node.targets[0], ast.Name)}


def named(texts: list[ast.AST]) -> set[str]:
    """What is named in the place of a text, as a table in `_(TABLE[code])`."""
    return {node.id for text in texts for node in ast.walk(text) if isinstance(node, ast.Name)}


def _tables(tree: ast.Module, *, every: bool) -> Iterator[tuple[ast.AST, Text]]:
    """Texts in tables that are looked up in a call; every: in all tables, as functions are handed them."""
    wanted = set().union(*(named(texts) for _call, texts in given(tree)))
    for name, held in tables(tree).items():
        if (every or name in wanted) and name != "SENTENCES":
            yield from ((each, (each.value,)) for each in _held(held) if each.value)


def _held(node: ast.AST) -> Iterator[ast.Constant]:
    """Text in a dict or a tuple, or in those that it holds."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node
    elif isinstance(node, ast.Starred):
        yield from _held(node.value)
    elif isinstance(node, ast.Dict | ast.Tuple):
        for each in node.values if isinstance(node, ast.Dict) else node.elts:
            yield from _held(each)

"""The codes that the code base uses for what there is to tell. `python tests/codes.py` writes docs/errors.md anew."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import NamedTuple

from nps import notes
from nps.engines import failures
from nps.sources import CHOICES
from nps.wording import SENTENCES

ROOT = Path(__file__).parents[1]
ERRORS = ROOT / "docs/errors.md"
ROOTS = ("nps", "pages", "web", "workspace")
FILES = [path for root in ROOTS for path in (ROOT / root).rglob("*.py") if "sentences" not in path.parts]
KINDS = (notes.InputError, *notes.InputError.__subclasses__())
MAKERS = {"note", "Note", *(kind.__name__ for kind in KINDS)}
CLEANING = {"line", "optional", "prose"}  # of follow_up/words.py: the third thing given is what they refuse by
FAMILY = "_named"  # in nps/wording/names.py: takes the beginning of a code, and the rest
CODE = re.compile(r"[a-z_]+\\\.")
BEGIN = "<!-- written by tests/codes.py -->\n"


class Use(NamedTuple):
    r"""A place where something is told.

    maker   `note`, or the name of a kind of refusal
    code    as a regular expression, as `table\.[\w.]+`; None where it comes from elsewhere
    values  their names; None where they come from elsewhere
    """

    where: str
    maker: str
    code: str | None
    values: set[str] | None


def uses() -> list[Use]:
    """All of them."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in FILES}
    constants = dict(pair for tree in trees.values() for pair in _constants(tree))
    return [use for path, tree in trees.items() for use in _uses(path, tree, constants | dict(_constants(tree)))]


def _constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Names of a module and the texts that they stand for."""
    for node in tree.body:
        if isinstance(node, ast.Assign):
            (target,) = node.targets
            names, values = getattr(target, "elts", [target]), getattr(node.value, "elts", [node.value])
            for name, value in zip(names, values, strict=False):
                if isinstance(name, ast.Name) and isinstance(value, ast.Constant) and isinstance(value.value, str):
                    yield name.id, value.value


def _uses(path: Path, tree: ast.Module, constants: dict[str, str]) -> Iterator[Use]:
    for node in ast.walk(tree):
        maker = getattr(node, "func", None)
        name = getattr(maker, "id", getattr(maker, "attr", ""))
        if isinstance(node, ast.Call) and name in CLEANING and len(node.args) > 2:
            for code in _codes(node.args[2], constants):
                yield Use(f"{path.relative_to(ROOT).as_posix()}:{node.lineno}", "Refused", code, {"most"})
        if isinstance(node, ast.Call) and node.args and name in MAKERS:
            given = {keyword.arg for keyword in node.keywords}
            for code in _codes(node.args[0], constants):
                where = f"{path.relative_to(ROOT).as_posix()}:{node.lineno}"
                yield Use(where, name, code, None if None in given else given)


def _codes(node: ast.expr, constants: dict[str, str]) -> list[str | None]:
    """What a code may be, as regular expressions; none for what is no code."""
    if isinstance(node, ast.IfExp):
        return [*_codes(node.body, constants), *_codes(node.orelse, constants)]
    if isinstance(node, ast.Constant):
        return [re.escape(node.value)] if isinstance(node.value, str) else []
    if isinstance(node, ast.JoinedStr):
        return [_made(node)]
    return [re.escape(constants[node.id]) if isinstance(node, ast.Name) and node.id in constants else None]


def _made(node: ast.JoinedStr) -> str:
    return "".join(re.escape(part.value) if isinstance(part, ast.Constant) else r"[\w.]+" for part in node.values)


def texts() -> tuple[set[str], set[str]]:
    """Every text in the code, and as regular expressions those that are made of a code's beginning."""
    nodes = [node for path in FILES for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    whole = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    made = {_made(node) for node in nodes if isinstance(node, ast.JoinedStr)}
    named = [node.args[0] for node in nodes if getattr(getattr(node, "func", None), "id", "") == FAMILY]
    families = {name.value for name in named if isinstance(name, ast.Constant)}
    return whole, {code for code in made if CODE.match(code)} | {rf"{family}\.[\w.]+" for family in families}


def placeholders(code: str) -> set[str]:
    """The values that the sentence of a code speaks of, `n` where it has one for many."""
    sentence = SENTENCES[code]
    forms = sentence if isinstance(sentence, tuple) else (sentence,)
    named = {field for form in forms for _, field, _, _ in Formatter().parse(form) if field}
    return named | ({"n"} if len(forms) > 1 else set())


def refusals() -> dict[str, str]:
    """The code of every refusal -> its kind."""
    kinds = {code: kind.__name__ for code, kind in failures.KINDS.items()}
    for none, several, absent in CHOICES.values():
        kinds |= {none: "NothingLeft", several: "Undecided", absent: "InputError"}
    for use in sorted(uses(), key=lambda use: use.code in map(re.escape, SENTENCES)):  # what is written out goes last
        if use.maker not in ("note", "Note") and use.code:
            kinds |= {code: use.maker for code in SENTENCES if re.fullmatch(use.code, code)}
    return kinds


def documented() -> str:
    """docs/errors.md as it has to be: what stands above the mark, and a table for each kind of refusal."""
    kinds, tables = refusals(), []
    for kind in KINDS:
        codes = sorted(code for code, own in kinds.items() if own == kind.__name__)
        rows = [f"| `{code}` | {_english(code)} |" for code in codes]
        tables.append("\n".join([f"\n## {kind.__name__}\n", "| code | English |", "|---|---|", *rows, ""]))
    above = ERRORS.read_text(encoding="utf-8").partition(BEGIN)[0]
    return above + BEGIN + "".join(tables)


def _english(code: str) -> str:
    sentence = SENTENCES[code]
    return (sentence[1] if isinstance(sentence, tuple) else sentence).replace("|", "\\|")


if __name__ == "__main__":
    ERRORS.write_text(documented(), encoding="utf-8")

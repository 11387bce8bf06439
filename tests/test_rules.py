"""Thresholds stand in one file, and what is said of them is made from it."""

import ast
import re
from pathlib import Path

import pytest

from nps import wording
from nps.measures import rules
from nps.wording.formulas import FORMULAS, formula

THRESHOLDS = [name for name, value in vars(rules).items() if name.isupper() and isinstance(value, int | float)]
SAID = {
    *("MIN_SHOWN", "GREY_BELOW", "CHANCE_BELOW", "NEAR", "NEAR_BELOW", "ROLLING_DAYS", "FEWER_DAYS", "MANY_ANSWERS"),
    *("PSEUDO_RESPONDENTS", "FLAG_BELOW", "APART_BELOW", "MIN_DIFFERENCE", "MIN_SIDE", "UNEXPLAINED", "ROBUST_BELOW"),
    *("HARDLY_USED", "SURE_BELOW", "SMALLEST_POINTS", "POWER", "BASELINE_WEEKS", "SLACK", "LIMIT", "ENOUGH_WEEKS"),
    *("MIN_EXPECTED", "MIN_CELL", "MIN_PROOF", "FEWEST_HOLD", "REASON_BELOW", "MOST_TERMS", "REPEATS", "FEWEST_NAME"),
    "MIN_WRITERS",
}
WORDING = Path(wording.__file__).parent
SENTENCES = [WORDING / "sentences" / f"{part}.py" for part in ("analysis", "formulas", "formulas_said", "names")]
PROSE = [path for path in WORDING.glob("*.py") if path.stem != "template"] + SENTENCES
NOTATION = {
    *("0", "1", "2", "4", "−1", "0.0"),  # algebra, and the outcomes of an answer
    *("5", "6", "7", "8", "9", "10", "100", "−100"),  # the scale, shares of 100, tenths of 5
    *("95", "99", "50", "24", "3"),  # of every interval, nearly all, a coin; hours of a day; answers that are added
}


@pytest.mark.parametrize("name", sorted(SAID))
def test_what_is_said_of_a_threshold_changes_with_it(monkeypatch, name):
    value, before = getattr(rules, name), [formula(figure) for figure in FORMULAS]
    monkeypatch.setattr(rules, name, value * 2 if value < 0.5 or value > 1 else value / 2)
    assert [formula(figure) for figure in FORMULAS] != before


def test_no_threshold_is_written_into_prose():
    """Only what is no choice of ours stands there as a number."""
    written = {}
    for path in PROSE:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = _docstrings(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
                numbers = set(re.findall(r"(?<![\w{:.])−?\d+(?:\.\d+)?(?![\w.]*})", node.value))
                if more := numbers - NOTATION:
                    written.setdefault(path.name, set()).update(more)
    assert written == {}


def test_thresholds_rest_on_nothing_of_ours():
    assert "import" not in Path(rules.__file__).read_text(encoding="utf-8").replace("Imports nothing", "")


def test_no_threshold_is_set_a_second_time():
    """A name of `rules` is bound there alone."""
    again = {}
    for path in Path(rules.__file__).parent.rglob("*.py"):
        names = {
            node.id
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        } & {*THRESHOLDS}
        if names and path != Path(rules.__file__):
            again[path.name] = names
    assert again == {}


def _docstrings(tree: ast.Module) -> set[int]:
    holders = [node for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)]
    first = [node.body[0] for node in holders]
    return {id(node.value) for node in first if isinstance(node, ast.Expr)}

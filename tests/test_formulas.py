"""Every figure can be opened: its rule, its formula, and a place in the documentation that exists."""

import re
from pathlib import Path

from nps.wording.formulas import FORMULAS, formula

ROOT = Path(__file__).parents[1]
HEADINGS = re.findall(r"^## ([^—\n]+)", (ROOT / "docs/methods.md").read_text(encoding="utf-8"), re.MULTILINE)
OPENED = {
    figure
    for page in (ROOT / "pages").rglob("*.py")
    for call in re.findall(r"counted\.how\((.*?)\)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    for figure in re.findall(r'"(\w+)"', call)
}


def test_every_formula_is_shown_somewhere_and_explained_in_the_documentation():
    assert {*FORMULAS} - OPENED == set()
    assert {formula(figure).heading for figure in FORMULAS} - {heading.strip() for heading in HEADINGS} == set()


def test_what_a_page_opens_is_known():
    assert OPENED - {*FORMULAS} == set()

"""Every figure can be opened: its rule, its formula, and a place in the documentation that exists."""

import re
from pathlib import Path

import pytest

from nps.measures.formulas import FORMULAS

ROOT = Path(__file__).parents[1]
HEADINGS = re.findall(r"^## ([^—\n]+)", (ROOT / "docs/methods.md").read_text(encoding="utf-8"), re.MULTILINE)
OPENED = {
    figure
    for page in (ROOT / "pages").glob("*.py")
    for call in re.findall(r"_show\.how\((.*?)\)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    for figure in re.findall(r'"(\w+)"', call)
}


@pytest.mark.parametrize("figure", FORMULAS)
def test_a_formula_is_shown_somewhere_and_explained_in_the_documentation(figure):
    assert figure in OPENED
    assert FORMULAS[figure].heading in {heading.strip() for heading in HEADINGS}


@pytest.mark.parametrize("figure", sorted(OPENED))
def test_what_a_page_opens_is_known(figure):
    assert figure in FORMULAS

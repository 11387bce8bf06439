"""Every code that is used has a sentence, every sentence is used, and both speak of the same values."""

import re

import pytest
from codes import ERRORS, documented, placeholders, texts, uses

from nps.notes import Note
from nps.wording import SENTENCES, say

USES = uses()


def test_every_code_has_a_sentence():
    untold = {use.where: use.code for use in USES if use.code and not any(re.fullmatch(use.code, c) for c in SENTENCES)}
    assert untold == {}


def test_every_sentence_is_told():
    whole, made = texts()
    untold = {code for code in SENTENCES if not (code in whole or any(re.fullmatch(own, code) for own in made))}
    assert untold == set()


def test_a_sentence_speaks_of_the_values_that_are_given():
    """What is told after it, as `also`, speaks for itself."""
    seen = [(use, code) for use in USES if use.values is not None for code in SENTENCES if use.code == re.escape(code)]
    wrong = {use.where: (code, use.values) for use, code in seen if placeholders(code) != use.values - {"also"}}
    assert seen
    assert wrong == {}


def test_a_code_that_nobody_wrote_a_sentence_for_is_a_fault():
    with pytest.raises(KeyError):
        say(Note("nobody.wrote_this"))


def test_the_documentation_lists_every_refusal():
    """Run `python tests/codes.py` where it does not."""
    assert ERRORS.read_text(encoding="utf-8") == documented()

"""Whoever changes the rules for comments in a browser sees what that does before it is kept."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_word_that_is_typed_is_tried_kept_and_stands_in_the_address(page):
    page.goto("/reasons")
    page.get_by_text("Change what counts as which reason").click()
    words = page.get_by_label(re.compile("words and phrases in English$"))
    expect(words).to_have_value(re.compile("pricing"))
    words.press("Control+End")
    words.press_sequentially(", Update*")
    words.press("Control+Enter")
    preview = page.get_by_text("13 of 563 comments would be read differently.")
    expect(preview).to_be_visible()
    expect(words).to_have_value(re.compile(r", update\*$"))
    page.get_by_role("button", name="Keep these rules").click()
    expect(page.get_by_text("Comments are read by version 1 of the rules")).to_be_visible()
    expect(page).to_have_url(re.compile("rules=[0-9a-f]{12}"))
    expect(preview).not_to_be_visible()
    page.reload()
    expect(page.get_by_text("The rules that this link asks for are not kept here.")).to_be_visible()
    expect(page).not_to_have_url(re.compile("rules="))

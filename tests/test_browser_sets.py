"""Who did what in a real browser: a link with several conditions."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import browsing
import pytest
from conftest import open_page
from playwright.sync_api import Page, expect

import nps

pytestmark = pytest.mark.browser
LINES = ("did.feature:Bulk export;uses:1-", "answered.0-10", "did.feature:Comments;uses:1-")


@pytest.fixture
def elsewhere(browser, server) -> Iterator[Page]:
    """Another browser."""
    with open_page(browser, server, **browsing.DESKTOP) as page:
        yield page


def narrowed(page: Page, sample: nps.Panel, address: str, *lines: str) -> None:
    """The page of this address is of whom these conditions hold for."""
    people = len(sample.select(nps.Selection(who=lines)).per_person.places)
    browsing.see(page, address)
    expect(page).to_have_url(re.compile("[?&]who="))
    expect(page.get_by_test_id("stMain").get_by_text(re.compile(rf"\b{people:,} people")).first).to_be_visible()


def test_a_link_with_three_conditions_opens_in_another_browser(page, elsewhere, sample):
    page.goto(f"/people?{urlencode(nps.Selection(who=LINES).to_query(), doseq=True)}")
    narrowed(page, sample, "people", *LINES)
    elsewhere.goto(page.url)
    narrowed(elsewhere, sample, "people", *LINES)
    assert elsewhere.url.count("who=") == len(LINES)

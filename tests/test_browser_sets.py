"""Who did what in a real browser: a link with several conditions."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import browsing
import pytest
from browsing import at_rest, pick, press, see
from conftest import open_page
from playwright.sync_api import Page, expect

import nps

pytestmark = pytest.mark.browser
OFTEN = "did.feature:Bulk export;times:3-"
LINES = ("did.feature:Bulk export;uses:1-", "answered.0-10", "did.feature:Comments;uses:1-")


@pytest.fixture
def elsewhere(browser, server) -> Iterator[Page]:
    """Another browser."""
    with open_page(browser, server, **browsing.DESKTOP) as page:
        yield page


def narrowed(page: Page, sample: nps.Panel, address: str, *lines: str) -> None:
    """The page of this address is of whom these conditions hold for."""
    people = len(sample.select(nps.Selection(who=lines)).per_person.places)
    see(page, address)
    expect(page).to_have_url(re.compile("[?&]who="))
    expect(page.get_by_test_id("stMain").get_by_text(re.compile(rf"\b{people:,} people")).first).to_be_visible()


def test_a_link_with_three_conditions_opens_in_another_browser(page, elsewhere, sample):
    page.goto(f"/people?{urlencode(nps.Selection(who=LINES).to_query(), doseq=True)}")
    narrowed(page, sample, "people", *LINES)
    elsewhere.goto(page.url)
    narrowed(elsewhere, sample, "people", *LINES)
    assert elsewhere.url.count("who=") == len(LINES)


def box(page: Page, key: str):
    return page.locator(f".st-key-{key}").get_by_role("combobox")


@pytest.mark.parametrize("screen", [browsing.DESKTOP, browsing.PHONE], ids=["desktop", "phone"])
def test_a_set_is_put_together_counted_saved_followed_and_used(browser, server, sample, screen):
    """Everything by hand: who exported in bulk at least three times, and answered with 0 to 6."""
    with open_page(browser, server, **screen) as page:
        page.goto("/people?view=sets")
        see(page, "people")
        expect(page.get_by_text("How many people that are stands here")).to_be_visible()
        pick(box(page, "set_0_and_what"), "Bulk export")
        page.locator(".st-key-set_0_and_least input").fill("3")
        page.keyboard.press("Enter")
        at_rest(page)
        pick(box(page, "set_0_and_measure"), "times")
        page.keyboard.press("Escape")
        counted = page.get_by_test_id("stMain").get_by_text(re.compile(r"^[\d,]+ people · "))
        expect(counted).to_have_text(re.compile(rf"^{sample.counted(OFTEN).people:,} people · "))
        press(page, "set_add")
        expect(page.get_by_text("used Bulk export at least 3 times")).to_be_visible()
        pick(box(page, "set_1_and_kind"), "are")
        pick(box(page, "set_1_and_column"), "plan")
        pick(box(page, "set_1_and_values_plan"), "Team")
        page.keyboard.press("Escape")
        both = sample.counted(OFTEN, "is.plan:Team")
        expect(counted).to_have_text(re.compile(rf"^{both.people:,} people · {both.respondents:,} of them answered"))
        press(page, "open_save_set")
        page.locator(".st-key-name_set input").fill("Team exporters")
        press(page, "save_set_button")
        expect(page.get_by_text("“Team exporters” is kept")).to_be_visible()
        page.get_by_role("radio", name="Metrics", exact=True).click()
        at_rest(page)
        pick(box(page, "metric_of"), "Team exporters")
        expect(page.get_by_text(re.compile("^people a week: used Bulk export at least 3 times"))).to_be_visible()
        page.get_by_role("radio", name="Who did what", exact=True).click()
        at_rest(page)
        press(page, "set_use")
        narrowed(page, sample, "people", OFTEN, "is.plan:Team")

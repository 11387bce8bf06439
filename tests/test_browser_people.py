"""People in a real browser: along a list by the keys of arrows, and from a step of onboarding to who stopped there."""

import re

import browsing
import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser


def click_row(page: Page, table: Locator, row: int = 0) -> None:
    """A table takes no click before it knows that the mouse is there."""
    at = {"x": 60, "y": 52 + 35 * row}
    table.hover(position=at)
    browsing.painted(page)
    table.click(position=at)


def test_the_keys_of_arrows_go_along_the_list_that_a_person_was_opened_from(page, sample):
    account = sample.respondents["account"].astype("str").value_counts().index[0]
    listed = sample.select().people.query("account == @account")["person_id"].tolist()[::-1]
    page.goto("/people")
    browsing.see(page, "people")
    page.get_by_role("textbox", name="Search").fill(account.upper())
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile(f"^{len(listed)} people"))).to_be_visible()
    click_row(page, page.locator(".st-key-everybody").get_by_test_id("stDataFrame"))
    browsing.see(page, "person")
    expect(page.get_by_text(f"1 of {len(listed)}", exact=True)).to_be_visible()
    for key, place in (("ArrowRight", 1), ("ArrowLeft", 0)):
        page.keyboard.press(key)
        expect(page).to_have_url(re.compile(f"person={listed[place]}"))
        expect(page.get_by_text(f"{place + 1} of {len(listed)}", exact=True)).to_be_visible()


def test_who_stopped_before_a_step_is_two_clicks_from_the_table_of_steps(page):
    page.goto("/people?view=onboarding")
    browsing.see(page, "people")
    browsing.headed(page, re.compile("newcomers"))
    expect(page.get_by_text("Who takes a step is not chosen at random.").first).to_be_visible()
    click_row(page, page.locator("[class*=st-key-onboarding_stops]").get_by_test_id("stDataFrame"), 1)
    browsing.at_rest(page)
    expect(page).to_have_url(re.compile("step=Shares"))
    click_row(page, page.locator("[class*=st-key-onboarding_people]").get_by_test_id("stDataFrame"))
    browsing.see(page, "person")
    expect(page.get_by_text(re.compile("Shares a board: (not taken|on day)"))).to_be_visible()
    expect(page.get_by_text(re.compile("^1 of [0-9]+$"))).to_be_visible()

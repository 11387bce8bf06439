"""What people come for, in as few clicks as it takes: each test counts them."""

import re

import browsing
import pytest
from browsing import UsageMap
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser


class Clicks:
    """Clicks on a page, counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.number = page, 0

    def on(self, place: Locator, **how: object) -> None:
        self.number += 1
        place.click(**how)
        browsing.at_rest(self.page)


def open_at(page: Page, path: str) -> None:
    page.goto(f"/{path}")
    browsing.see(page, path.partition("?")[0])


@pytest.fixture
def clicks(page) -> Clicks:
    return Clicks(page)


def test_why_nps_moved_is_one_click_from_the_overview(page, clicks):
    open_at(page, "")
    clicks.on(page.locator(".st-key-trend_0 .marks .mark-symbol path").nth(7), force=True)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("What changed around here")
    expect(dialog).to_contain_text("as many days before")
    expect(dialog).to_contain_text("The largest part is that of")
    assert clicks.number == 1


def test_detractors_who_name_a_feature_are_two_clicks_from_the_overview(page, clicks):
    open_at(page, "")
    clicks.on(page.locator("[class*=st-key-open_finding_]").nth(4).get_by_role("button"))
    browsing.see(page, "reasons")
    clicks.on(page.locator(".st-key-writers").get_by_role("radio", name="Detractors"))
    first = page.locator(".quotes .quote").first
    expect(first.locator("mark").first).to_have_text(re.compile("issue sync", re.IGNORECASE))
    assert int(first.locator(".score").inner_text()) <= 6
    assert clicks.number <= 3


def test_the_target_persona_before_and_after_is_two_clicks_away(page, clicks):
    open_at(page, "")
    clicks.on(page.get_by_role("link", name="Segments"))
    clicks.on(page.get_by_role("radio", name="Over time"))
    for label in ("Before", "Since", "Everyone else before", "Everyone else since"):
        expect(page.get_by_test_id("stMetricLabel").get_by_text(label, exact=True)).to_be_visible()
    assert clicks.number <= 2


def test_from_the_selection_to_a_person_and_back_are_two_clicks_and_nothing_is_lost(page, clicks):
    open_at(page, "map?activity=90-100&score=7-8")
    shown = UsageMap(page).there()
    browsing.headed(shown.page, "17 people selected")
    clicks.on(page.locator(".st-key-selection_people").get_by_test_id("stDataFrame"), position={"x": 60, "y": 52})
    browsing.see(page, "person")
    clicks.on(page.get_by_role("button", name="17 people selected"))
    browsing.see(page, "map")
    browsing.headed(shown.page, "17 people selected")
    assert clicks.number == 2

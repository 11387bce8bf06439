"""In a browser: a click on a row, or on a dot of the comparison, opens a feature, and the way back leads to all."""

import re

import browsing
from playwright.sync_api import Page, expect


def back(page: Page) -> None:
    page.get_by_role("button", name="All features").click()
    browsing.headed(page, re.compile("4 of 40 features"))
    browsing.at_rest(page)


def test_a_row_and_a_dot_open_a_feature_and_one_comes_back(page):
    page.goto("/features")
    browsing.headed(page, re.compile("4 of 40 features"))
    expect(page.get_by_test_id("stDataFrame")).to_have_count(3)
    browsing.at_rest(page)
    page.get_by_test_id("stDataFrame").first.click(position={"x": 60, "y": 52})
    browsing.headed(page, re.compile("NPS of its users is 31 points lower than that of others as active."))
    expect(page.locator(".st-key-feature_switch").get_by_role("combobox")).to_have_value("Issue sync")
    expect(page).to_have_url(re.compile("feature=Issue"))
    back(page)
    expect(page).to_have_url(re.compile("/features$"))

    page.get_by_role("radio", name="Comparison").click()
    dots = page.locator(".st-key-feature_comparison_score svg .mark-symbol path")
    expect(dots).to_have_count(25)
    dots.first.click()
    browsing.headed(page, re.compile("NPS of its users is 30 points higher than that of others as active."))
    expect(page.locator(".st-key-feature_switch").get_by_role("combobox")).to_have_value("Templates")
    back(page)

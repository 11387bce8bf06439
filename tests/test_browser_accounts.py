"""Accounts in a real browser: from which are about to leave although they are heavy users to whom to write to."""

import csv
import io
import re

import browsing
import pytest
from conftest import ROOT, open_page
from playwright.sync_api import Locator, Page, expect

import nps
from nps.chosen.watched import Watched
from nps.chosen.watching import Watching

pytestmark = pytest.mark.browser
NOW = Watching.from_json((ROOT / "sample_data/watching.json").read_text("utf-8"))
TABLES = ("responses", "usage", "people", "accounts")
FIRST_ROW = {"x": 60, "y": 52}  # a cell of a table


@pytest.fixture(scope="module")
def watched() -> Watched:
    panel = nps.load(**{name: ROOT / f"sample_data/{name}.csv" for name in TABLES})
    return panel.watched(keys=NOW.keys, onboarding=NOW.onboarding)


def table(page: Page, key: str) -> Locator:
    return page.locator(f"[class*=st-key-{key}]").get_by_test_id("stDataFrame").first


def open_first(page: Page, key: str) -> None:
    """A click on the first row; a table that was just drawn anew has to see the mouse come."""
    rows = table(page, key)
    rows.hover(position={"x": 60, "y": 120})
    rows.click(position=FIRST_ROW)


def test_from_heavy_users_who_may_leave_to_whom_to_write_to_in_five_clicks(page, watched):
    listed = watched.watch("leave", NOW.rules)
    heavy = listed[listed["heavy"]]
    first = heavy.iloc[0]
    page.goto("/")
    browsing.see(page, "")
    browsing.go(page, "accounts")  # one
    page.get_by_role("radio", name=re.compile(r"^May leave \d+$")).click()  # two
    browsing.headed(page, f"{len(listed)} accounts may leave")
    browsing.at_rest(page)
    page.locator(".st-key-heavy_users").get_by_text(re.compile(r"^Were heavy users \d+$")).click()  # three
    browsing.headed(page, re.compile("^1 account may leave although|accounts may leave although"))
    browsing.at_rest(page)
    open_first(page, "accounts_leave")  # four
    expect(page.locator(".st-key-person_name")).to_have_text(first["account"])
    browsing.at_rest(page)
    for reason in map(str, first["reasons"]):
        expect(page.get_by_text(f"•  {reason}")).to_be_visible()
    with page.expect_download() as waiting:
        page.locator(".st-key-account_contacts button").first.click()  # five
    content = waiting.value.path().read_text("utf-8-sig")
    people = list(csv.DictReader(io.StringIO(content, newline="")))
    own = watched.panel.select().everyone([first.name])
    assert {row["person"] for row in people} == {*own.loc[~own["opted_out"], "person_id"]}
    assert {row["why"] for row in people} == {"; ".join(map(str, first["reasons"]))}


def test_a_link_shows_the_same_list_and_the_same_account_elsewhere_and_back_returns(page, watched, browser, server):
    listed = watched.watch("leave", NOW.rules)
    page.goto("/accounts?list=leave&whom=heavy")
    browsing.see(page, "accounts")
    told = page.locator("h1").inner_text()
    open_first(page, "accounts_leave")
    account = listed.index[listed["heavy"]][0]
    expect(page).to_have_url(re.compile(rf"account={account}"))
    browsing.at_rest(page)
    with open_page(browser, server, **browsing.PHONE) as elsewhere:
        elsewhere.goto(page.url)
        browsing.see(elsewhere, "accounts")
        expect(elsewhere.locator(".st-key-person_name")).to_have_text(listed.loc[account, "account"])
        browsing.headed(elsewhere, page.locator("h1").inner_text())
    open_first(page, "account_people")
    browsing.see(page, "person")
    page.get_by_role("button", name="Accounts", exact=True).click()
    browsing.see(page, "accounts")
    expect(page.locator(".st-key-person_name")).to_have_text(listed.loc[account, "account"])
    page.locator(".st-key-all_accounts button").first.click()
    browsing.headed(page, told)

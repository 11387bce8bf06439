"""What is kept, in two real browsers: after F5, after somebody else refreshed it, after the server was restarted."""

import re

import pytest
from browsing import DESKTOP, at_rest, bring, drop, go, keep, pick, see
from conftest import open_page
from kept import FILES, RESPONSES
from playwright.sync_api import Page, expect
from team import own_server

pytestmark = pytest.mark.browser


def answers(page: Page, count: int) -> None:
    expect(page.get_by_test_id("stMetric").filter(has_text="Answers")).to_contain_text(f"{count}")


def test_what_one_keeps_the_other_opens_and_it_outlives_f5_and_the_server(browser, tmp_path):
    with own_server(tmp_path) as address, open_page(browser, address, **DESKTOP) as ann:
        bring(ann, {table: content.encode() for table, content in FILES.items()})
        go(ann, "data")
        keep(ann, "First quarter")
        expect(ann).to_have_url(re.compile(r"data=[0-9a-f]{32}"))
        ann.reload()
        see(ann, "data")
        answers(ann, 3)
        link = ann.url.replace(address, "")
        with open_page(browser, address, **DESKTOP) as ben:
            ben.goto("/segments")
            see(ben, "segments")
            ben.get_by_role("button", name="Sample data").click()
            pick(ben.get_by_label("Kept on this machine"), "First quarter")
            ben.keyboard.press("Escape")
            expect(ben).to_have_url(re.compile(re.escape(link.partition("?")[2])))
            go(ben, "data")
            answers(ben, 3)
            drop(ann, "responses", "april.csv", f"{RESPONSES}r4,customer-2,10,2026-04-01,\n".encode())
            ann.locator(".st-key-refresh_kept button").click()
            see(ann, "")
            ben.reload()
            see(ben, "data")
            answers(ben, 4)
    with own_server(tmp_path) as address, open_page(browser, address, **DESKTOP) as ann:
        ann.goto(link)
        see(ann, "data")
        answers(ann, 4)
        ann.locator(".st-key-undo_refresh button").click()
        answers(ann, 3)
        at_rest(ann)

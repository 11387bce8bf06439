"""What is kept, in two real browsers: after F5, after somebody else refreshed it, after the server was restarted."""

import re
from contextlib import contextmanager

import pytest
from browsing import DESKTOP, at_rest, bring, drop, go, pick, see
from conftest import ROOT, open_page, serve, status, wait_until
from kept import FILES, RESPONSES
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


@contextmanager
def server(folder):
    log = folder / "log"
    with serve(ROOT, log) as address:
        wait_until(lambda: status(f"{address}/health") == 200, "the app is warm")
        yield address
    assert "Traceback" not in log.read_text(), log.read_text()


def keep(page: Page, name: str) -> None:
    page.get_by_label("Keep on this machine, as").fill(name)
    page.get_by_label("Keep on this machine, as").press("Enter")
    at_rest(page)
    page.locator(".st-key-keep button").click()
    expect(page.get_by_text(f"“{name}” is kept on this machine")).to_be_visible()
    at_rest(page)


def answers(page: Page, count: int) -> None:
    expect(page.get_by_test_id("stMetric").filter(has_text="Answers")).to_contain_text(f"{count}")


def test_what_one_keeps_the_other_opens_and_it_outlives_f5_and_the_server(browser, tmp_path):
    with server(tmp_path) as address, open_page(browser, address, **DESKTOP) as ann:
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
    with server(tmp_path) as address, open_page(browser, address, **DESKTOP) as ann:
        ann.goto(link)
        see(ann, "data")
        answers(ann, 4)
        ann.locator(".st-key-undo_refresh button").click()
        answers(ann, 3)
        at_rest(ann)

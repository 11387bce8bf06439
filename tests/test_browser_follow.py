"""From a preset to a campaign that two people work on at once, and that is there after the server was started again."""

import csv
import io
import re

import files
import pytest
from browsing import DESKTOP, at_rest, bring, go, headed, keep, pick, press, see
from conftest import open_page
from playwright.sync_api import Page, expect
from team import own_server

pytestmark = pytest.mark.browser

HEADER, LINE, BOX = 35, 35, 17  # pixels of a table: its header, a row, and the middle of a box to tick
NUMBER = re.compile(r"\d+")


def tick(page: Page, key: str, row: int) -> None:
    table = page.locator(f"[class*=st-key-{key}] .stDataFrameGlideDataEditor").first
    table.scroll_into_view_if_needed()
    table.click(position={"x": BOX, "y": HEADER + LINE * row + BOX})
    at_rest(page)


def stand(page: Page, status: str) -> None:
    """Have those that are ticked stand there."""
    pick(page.locator(".st-key-members_status").get_by_role("combobox"), status)
    press(page, "send_members")


def pill(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name, exact=True).click()
    at_rest(page)


def test_a_preset_becomes_a_campaign_of_whom_the_rules_leave_that_two_work_on_and_that_outlives_the_server(
    browser, tmp_path
):
    with own_server(tmp_path) as address, open_page(browser, address, **DESKTOP) as ann:
        bring(ann, files.product(people=150))
        go(ann, "data")
        keep(ann, "Spring")
        go(ann, "map")
        ann.get_by_role("radio", name=re.compile("^Heavy promoters")).click()
        headed(ann, re.compile("selected"))
        at_rest(ann)
        press(ann, "open_follow_map")
        told = ann.get_by_text(re.compile(r"^\d+ of \d+ may be contacted\.$"))
        may, people = map(int, NUMBER.findall(told.inner_text()))
        assert 0 < may < people
        ann.locator(".st-key-follow_map_name input").fill("Ask for a reference")
        press(ann, "follow_map_make")
        see(ann, "follow_up")
        headed(ann, f"{may} people to be contacted")
        press(ann, "turn_running")
        expect(ann.get_by_text("Running", exact=True)).to_be_visible()
        pill(ann, "Lists")
        with ann.expect_download() as waiting:
            ann.locator(".st-key-campaign_list_file button").click()
        rows = list(csv.DictReader(io.StringIO(waiting.value.path().read_text("utf-8-sig"), newline="")))
        assert len(rows) == may
        opted_out = {str(files.FIRST_ID + number) for number in range(0, 150, 7)}
        assert opted_out.isdisjoint(row["person"] for row in rows)
        pill(ann, "People")
        link = ann.url.replace(address, "")
        with open_page(browser, address, **DESKTOP) as ben:
            ben.goto(link)
            see(ben, "follow_up")
            tick(ann, "members_", 0)
            tick(ben, "members_", 0)
            stand(ann, "Contacted")
            expect(ann.get_by_text("Contacted 1", exact=True)).to_be_visible()
            stand(ben, "Replied")
            expect(ben.get_by_text("Somebody changed 1 of them meanwhile")).to_be_visible()
            expect(ben.get_by_text("Contacted 1", exact=True)).to_be_visible()
    with own_server(tmp_path) as address, open_page(browser, address, **DESKTOP) as ann:
        ann.goto(link)
        see(ann, "follow_up")
        headed(ann, f"{may} people to be contacted")
        expect(ann.get_by_text("Contacted 1", exact=True)).to_be_visible()
        expect(ann.get_by_text(f"To contact {may - 1}", exact=True)).to_be_visible()

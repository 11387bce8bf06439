"""A playbook made by a form fires on data that are refreshed, and its messages and the digest arrive in a mailbox."""

import os
import re
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_string

import pytest
from browsing import DESKTOP, at_rest, bring, drop, go, headed, keep, pick, press, see
from conftest import ROOT, open_page, wait_until
from kept import FILES, RESPONSES
from playwright.sync_api import Page, expect
from receiving import mailbox
from team import own_server

pytestmark = pytest.mark.browser

MAIL = '[delivery.mail]\nserver = "127.0.0.1"\nport = {port}\nsecurity = "none"\nsender = "nps@lens.example"\n'


@contextmanager
def server(folder, port):
    """Running, with a mailbox that it knows."""
    (folder / ".streamlit").mkdir()
    (folder / ".streamlit/secrets.toml").write_text(MAIL.format(port=port))
    with own_server(folder) as address:
        yield address


def work(folder):
    """What cron does, beside the server, which does the same once a minute."""
    own = {"HOME": str(folder), "NPS_LENS_WORKSPACE": str(folder / ".nps-lens"), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "workspace", "work"], cwd=folder, env={**os.environ, **own}, capture_output=True
    )
    assert done.returncode == 0, done.stderr


def subjects(box):
    return sorted(str(message_from_string(got)["Subject"]) for got in box.got)


def view(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name, exact=True).click()
    at_rest(page)


def fill(page: Page, label: str, text: str) -> None:
    page.get_by_label(label, exact=True).fill(text)
    page.get_by_label(label, exact=True).press("Enter")
    at_rest(page)


def test_a_playbook_fires_on_refreshed_data_and_the_digest_arrives(browser, tmp_path):
    with mailbox() as (box, port), server(tmp_path, port) as address, open_page(browser, address, **DESKTOP) as page:
        bring(page, {table: content.encode() for table, content in FILES.items()})
        go(page, "data")
        keep(page, "First quarter")
        go(page, "follow_up")
        view(page, "Channels")
        press(page, "channel_new")
        fill(page, "Name", "Customer team")
        fill(page, "Address", "team@lens.example")
        press(page, "channel_keep")
        press(page, "channel_test")
        expect(page.get_by_text("A test message went to Customer team")).to_be_visible()
        assert subjects(box) == ["A test of NPS Lens"]
        view(page, "Playbooks")
        press(page, "playbook_new")
        fill(page, "Name", "Every answer")
        fill(page, "Then: make a task", "Call them")
        pick(page.get_by_label("Send a message to"), "Customer team")
        expect(page.get_by_text("it would have fired 3 times, at most once a day")).to_be_visible()
        press(page, "playbook_keep")
        headed(page, "1 playbook looks after these data")
        later = datetime.now(UTC) + timedelta(minutes=1)
        go(page, "data")
        drop(page, "responses", "newer.csv", f"{RESPONSES}r9,customer-3,1,{later:%Y-%m-%d %H:%M:%S},\n".encode())
        press(page, "refresh_kept")
        see(page, "")
        work(tmp_path)
        wait_until(lambda: len(box.got) > 1, "the message arrives")
        assert subjects(box) == ["A test of NPS Lens", "Every answer: 1 new case"]
        assert "customer-3" not in "".join(box.got)  # nobody said that this channel may have names
        go(page, "follow_up")
        view(page, "Inbox")
        headed(page, re.compile("1 "))
        view(page, "Digest")
        press(page, "digest_mail")
        expect(page.get_by_text("The digest leaves for Customer team")).to_be_visible()
        work(tmp_path)
        wait_until(lambda: len(box.got) > 2, "the digest arrives")
        work(tmp_path)
        assert subjects(box)[-1] == "First quarter: what there is to know"
        assert len(box.got) == 3
        page_of_it = next(part for part in message_from_string(box.got[-1]).walk() if part.get_filename())
        assert page_of_it.get_content_type() == "text/html"
        assert "People who answered" in page_of_it.get_payload(decode=True).decode()

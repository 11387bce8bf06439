"""Bringing files in a real browser: uploads, corrections, refusals, cold links, and sessions that share nothing."""

import os
import re
import signal
import subprocess

import browsing
import files
import pytest
from browsing import DESKTOP, UsageMap
from conftest import ROOT, TROUBLE, open_page, serve, status, wait_until
from playwright.sync_api import Locator, Page, expect

import nps
from nps.wording import words

pytestmark = pytest.mark.browser
FUNNY = (  # nothing here tells by its name what it is
    ["who", "grade", "other", "when"],
    [(f"w{number}", number % 11, (number * 7) % 11, f"2026-03-{1 + number % 28:02}") for number in range(60)],
)


def expect_loaded(page: Page, panel: nps.Panel) -> None:
    """The Data page counts what this panel holds."""
    if not re.search("/data", page.url):
        browsing.go(page, "data")
    metrics = page.get_by_test_id("stMetric")
    for label, count in (
        ("Answers", len(panel.answers)),
        ("People who answered", len(panel.respondents)),
        ("Features and pages", len(panel.features)),
        ("Rows left out", len(panel.rejected)),
    ):
        expect(metrics.filter(has_text=label)).to_contain_text(f"{count:,}")


def expect_score(page: Page, panel: nps.Panel) -> None:
    """The Overview shows the score of this panel."""
    if re.search("/data", page.url):
        browsing.go(page, "")
    expect(nps_of(page)).to_have_text(words.points(panel.select().score.nps))


def nps_of(page: Page) -> Locator:
    """NPS on the overview."""
    named = page.get_by_test_id("stMetric").filter(has=page.get_by_text("NPS", exact=True))
    return named.first.get_by_test_id("stMetricValue")


def test_three_files_are_brought_and_every_page_shows_them(page, tmp_path):
    contents = files.product()
    panel = nps.load(**files.saved(tmp_path, contents))
    browsing.bring(page, contents)
    expect_loaded(page, panel)
    expect(page.get_by_test_id("stMain")).to_contain_text("responses.csv, usage.csv, people.csv")
    for address in browsing.PAGES:
        browsing.go(page, address)
        expect(page).to_have_url(re.compile(r"[?&]data=[0-9a-f]{16}"))
    expect_score(page, panel)
    browsing.go(page, "data")
    page.locator(".st-key-use_sample button").click()
    expect(page.locator(".st-key-open_sample")).to_be_visible()
    expect(page).not_to_have_url(re.compile("data="))


def test_a_link_to_an_upload_opens_as_it_was_once_the_same_files_are_there(page, browser, server, tmp_path):
    contents = files.product()
    browsing.bring(page, contents)
    browsing.go(page, "map")
    shown = UsageMap(page).there()
    shown.drag((61, 9.4), (99, 6.6))
    shown.expect_region(activity="60-100", score="7-9")
    with open_page(browser, server, **DESKTOP) as elsewhere:
        elsewhere.goto(page.url)
        browsing.see(elsewhere, "map")
        expect(elsewhere.get_by_text("Bring the same files")).to_be_visible()
        expect(elsewhere.locator(".st-key-usage_map")).to_have_count(0)
        browsing.go(elsewhere, "data")
        browsing.use(elsewhere, contents)
        browsing.go(elsewhere, "map")
        other = UsageMap(elsewhere).there()
        other.expect_region(activity="60-100", score="7-9")
        assert other.labels() == shown.labels()
        assert elsewhere.url == page.url


def test_wrong_files_get_one_sentence_each_and_what_was_loaded_stays(page, tmp_path):
    contents = files.product(people=60)
    panel = nps.load(**files.saved(tmp_path, contents))
    browsing.bring(page, contents)
    browsing.go(page, "data")
    address = page.url
    main = page.get_by_test_id("stMain")
    for name, (content, reason) in files.WRONG.items():
        browsing.drop(page, "responses", name, content)
        expect(main.get_by_text("⚠")).to_have_count(1)
        expect(main.get_by_text("⚠")).to_contain_text(f"{name}: ")
        expect(main.get_by_text("⚠")).to_contain_text(reason["responses"])
        browsing.at_rest(page)
        expect(page.locator(".st-key-use_files button:enabled")).to_have_count(0)
        browsing.take_back(page, "responses")
        expect(main.get_by_text("⚠")).to_have_count(0)
    expect_loaded(page, panel)
    assert page.url == address
    browsing.drop(page, "responses", "responses.csv", contents["responses"])
    expect(main.get_by_text("⚠")).to_have_count(0)
    expect(page.locator(".st-key-use_files button")).to_be_enabled()
    expect_score(page, panel)


def test_columns_that_no_name_tells_are_corrected_by_hand(page, tmp_path):
    content = files.table(*FUNNY)
    panel = nps.load(
        **files.saved(tmp_path, {"responses": content}),
        mapping={"responses": {"score": "grade", "person_id": "who", "responded_at": "when"}},
    )
    page.goto("/data")
    browsing.see(page, "data")
    browsing.drop(page, "responses", "funny.csv", content)
    expect(page.get_by_text("No column holds scores from 0 to 10")).to_be_visible()
    for field, column in (("score", "grade"), ("person_id", "who"), ("responded_at", "when")):
        browsing.choose(page, "responses", field, column)
    page.locator(".st-key-use_files button").click()
    browsing.see(page, "")
    expect_score(page, panel)
    expect_loaded(page, panel)


def test_a_wrongly_read_column_can_be_corrected(page, tmp_path):
    """The question that the file calls a score is not the one that people mean."""
    header, rows = ["person_id", "score", "liking", "responded_at"], FUNNY[1]
    content = files.table(header, rows)
    given = files.saved(tmp_path, {"responses": content})
    read, meant = nps.load(**given), nps.load(**given, mapping={"responses": {"score": "liking"}})
    assert read.select().score.nps != meant.select().score.nps
    browsing.bring(page, {"responses": content}, correct={("responses", "score"): "liking"})
    expect_score(page, meant)


@pytest.mark.parametrize("path", [path for path in browsing.PAGES if path])
def test_every_page_opens_directly_on_a_fresh_server(browser, tmp_path, monkeypatch, path):
    """The very first request of a server's life; files brought to the Data page leave no trace on its disk."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    with serve(ROOT, tmp_path / "log") as address, open_page(browser, address, **DESKTOP) as page:
        page.goto(f"/{path}")
        browsing.see(page, path)
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.get_by_test_id("stTopNavLinkContainer")).to_contain_text([*browsing.PAGES.values()])
        if path == "data":
            browsing.use(page, {"responses": files.answers([10, 3, 8] * 10)})
            assert any(scratch.rglob("responses.parquet"))
        wait_until(lambda: status(f"{address}/health") == 200, "the app is warm")
    assert not TROUBLE.search((tmp_path / "log").read_text())
    assert not any(scratch.iterdir())


def workers(address: str) -> list[int]:
    """The processes that read, or wait to read, files for the server at this address."""
    shown = subprocess.run(["ps", "-wweo", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
    known = [line.split(None, 2) for line in shown.splitlines()]
    (server,) = [pid for pid, _, what in known if f"--server.port={address.rpartition(':')[2]}" in what]
    return [int(pid) for pid, parent, what in known if parent == server and "nps.intake.worker" in what]


def test_a_reading_shows_how_far_it_is_and_cancelling_it_frees_the_disk(browser, tmp_path, monkeypatch):
    """The worker is stopped in its tracks, so that however small the file, there is time to cancel."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    with serve(ROOT, tmp_path / "log") as address, open_page(browser, address, **DESKTOP) as page:
        wait_until(lambda: status(f"{address}/health") == 200, "the app is warm")
        page.goto("/data")
        browsing.see(page, "data")
        browsing.drop(page, "responses", "responses.csv", files.answers([10, 3, 8] * 10))
        expect(page.locator(".st-key-use_files button")).to_be_enabled()
        browsing.at_rest(page)
        wait_until(lambda: len(workers(address)) == 1, "only the spare worker is left")
        os.kill(*workers(address), signal.SIGSTOP)
        page.locator(".st-key-use_files button").click()
        expect(page.locator(".st-key-reading_progress")).to_contain_text("Starting")
        assert any(scratch.rglob("reading-*"))
        page.locator(".st-key-cancel_reading button").click()
        expect(page.get_by_text("Cancelled. Nothing was loaded.")).to_be_visible()
        expect(page.get_by_text("Answers: 1,500")).to_be_visible()
        assert not any(scratch.rglob("reading-*"))
        browsing.at_rest(page)
        page.locator(".st-key-use_files button").click()
        browsing.see(page, "")
    assert not TROUBLE.search((tmp_path / "log").read_text())


def test_two_people_with_files_of_the_same_name_and_size_see_their_own(browser, server, tmp_path):
    scores = {"Mine": [10] + [9] * 30, "Hers": [10] + [2] * 30}
    contents = {word: files.answers(given, comment=word) for word, given in scores.items()}
    assert len(contents["Mine"]) == len(contents["Hers"])
    with (
        open_page(browser, server, **DESKTOP) as mine,
        open_page(browser, server, **DESKTOP) as hers,
        open_page(browser, server, **DESKTOP) as nobodys,
    ):
        seen = {"Mine": mine, "Hers": hers}
        for word, page in seen.items():
            browsing.bring(page, {"responses": contents[word]})
        nobodys.goto("/data")
        browsing.see(nobodys, "data")
        expect(nobodys.get_by_text("Answers: 1,500")).to_be_visible()
        for (word, page), other in zip(seen.items(), ("Hers", "Mine"), strict=True):
            expect(nps_of(page)).to_have_text(words.points(nps.score(scores[word]).nps))
            browsing.go(page, "people")
            page.locator(".st-key-everybody").get_by_test_id("stDataFrame").click(position={"x": 40, "y": 52})
            browsing.see(page, "person")
            expect(page.get_by_test_id("stMain").get_by_text(word, exact=True)).to_be_visible()
            expect(page.get_by_text(other, exact=True)).to_have_count(0)

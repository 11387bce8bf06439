"""Reasons in a real browser: bars that follow the mouse, and a way from a region to a person and back."""

import re

import browsing
import pytest
from browsing import UsageMap
from conftest import ROOT, open_page
from playwright.sync_api import Locator, Page, expect

import nps
from nps.cube import by_score

pytestmark = pytest.mark.browser
CUTS = ((51, 6.4), (99, -0.4))  # a drag over some scores, and what it selects
CUT = nps.Selection(activity=(50, 100), score=(0, 6))
REGION = {"activity": "50-100", "score": "0-6"}


@pytest.fixture(scope="module")
def sample() -> nps.Panel:
    return nps.load(*(ROOT / f"sample_data/{table}.csv" for table in ("responses", "usage", "people")))


def bars(shown: UsageMap) -> dict[str, tuple[float, ...]]:
    """What the bars of reasons say."""
    labels = shown.bars(2).evaluate_all("bars => bars.map(bar => bar.getAttribute('aria-label'))")
    return dict(map(browsing.figures, labels))


def counted(panel: nps.Panel, selection: nps.Selection) -> dict[str, tuple[float, ...]]:
    """The same of the cube: share of those who wrote something, of everyone else who did, and how many."""
    chosen = panel.select(selection)
    names = [*(str(theme.called) for theme in panel.rules.read), "No reason we know"]
    here, rest = ((chosen.cube.wrote * cells).sum() for cells in (chosen.inside, ~chosen.inside))
    people, others = ((chosen.cube.reasons * cells).sum(1) for cells in (chosen.inside, ~chosen.inside))
    found = zip(names, people, others, strict=True)
    return {name: (100 * n / here, 100 * other / rest, n) for name, n, other in found}


def table(page: Page, key: str) -> Locator:
    return page.locator(f"[class*=st-key-{key}]").get_by_test_id("stDataFrame")


def test_bars_of_reasons_count_while_the_mouse_is_held_as_the_cube_does_on_release(page, sample):
    shown = UsageMap(page).open("panel=reasons")
    everybody = bars(shown)
    assert len(everybody) == 15
    cube, codes = sample.select().cube, {str(theme.called): n for n, theme in enumerate(sample.rules.read)}
    for name, figures in everybody.items():
        counts = by_score(cube.reasons[codes.get(name, -1)])
        assert figures[0] == pytest.approx(100 * (counts[9:].sum() - counts[:7].sum()) / counts.sum(), abs=0.06)
    shown.press_and_pull(*CUTS)
    expect(shown.bars(2).first).to_have_attribute("aria-label", re.compile("who wrote something"))
    held, wanted = bars(shown), counted(sample, CUT)
    assert shown.region() == {}
    assert [*held] == [*everybody]
    assert held == {name: pytest.approx(wanted[name], abs=0.051) for name in held}
    page.mouse.up()
    shown.expect_region(**REGION)
    assert bars(shown) == held
    frame = sample.select(CUT).reasons().set_index("name")["people"]
    assert {name: n for name, (*_shares, n) in held.items() if name in frame} == {
        name: frame[name] for name in held if name in frame
    }


def test_the_switch_between_features_and_reasons_keeps_the_region_that_is_drawn(page):
    shown = UsageMap(page).open()
    shown.drag(*CUTS)
    shown.expect_region(**REGION)
    features = shown.bars(2).count()
    for name, first in (("Reasons", "Ease of use"), ("Features", "Issue sync")):
        page.locator(".st-key-third_panel").get_by_role("radio", name=name).click()
        shown.there().expect_region(**REGION)
        expect(shown.bars(2).first).to_have_attribute("aria-label", re.compile(f"^{first}: "))
        assert shown.drawn() == pytest.approx((50, 100, -0.5, 6.5), abs=0.5)
        browsing.headed(shown.page, "63 people selected")
    assert shown.bars(2).count() == features


def test_from_a_region_to_a_reason_a_comment_a_person_and_back_and_a_link_shows_it_elsewhere(
    page, sample, browser, server
):
    shown = UsageMap(page).open()
    shown.drag(*CUTS)
    shown.expect_region(**REGION)
    browsing.go(page, "reasons")
    table(page, "reasons_table").click(position={"x": 60, "y": 52})
    told = f"{len(sample.select(CUT.changed(theme='bugs')).places)} of 31 who wrote say so."
    browsing.headed(page, told)
    browsing.at_rest(page)
    expect(page.locator(".st-key-narrowed")).to_contain_text("says: Bugs and reliability")
    quotes = page.locator(".quotes li")
    expect(quotes).to_have_count(15)
    expect(quotes.locator("mark").first).to_have_css("text-decoration-line", "underline")
    there, first = page.url, quotes.first.inner_text()
    who = quotes.first.get_by_role("button").inner_text()
    quotes.first.get_by_role("button").click()
    browsing.see(page, "person")
    expect(page.locator(".st-key-person_name")).to_have_text(who)
    page.get_by_role("button", name="Reasons", exact=True).click()
    for _ in range(2):
        browsing.see(page, "reasons")
        browsing.headed(page, told)
        expect(quotes).to_have_count(15)
        assert quotes.first.inner_text() == first
        assert page.url == there
        page.reload()
    with open_page(browser, server, **browsing.DESKTOP) as elsewhere:
        elsewhere.goto(there)
        browsing.see(elsewhere, "reasons")
        browsing.headed(elsewhere, told)
        expect(elsewhere.locator(".quotes li")).to_have_count(15)
        browsing.go(elsewhere, "map")
        browsing.headed(elsewhere, "15 people selected")


def test_a_click_on_how_many_dislike_asks_for_that_side_and_another_lets_go(page):
    page.goto("/reasons?activity=50-100&score=0-6")
    browsing.see(page, "reasons")
    for told in (
        re.compile(r"theme=bugs\.dislike(&|$)"),
        re.compile(r"score=0-6$"),
        re.compile(r"theme=bugs\.dislike"),
    ):
        table(page, "reasons_table").click(position={"x": 520, "y": 52})
        expect(page).to_have_url(told)
        browsing.at_rest(page)
    page.get_by_role("button", name="Remove says: Bugs and reliability (dislike)").click()
    expect(page).to_have_url(re.compile(r"score=0-6$"))
    browsing.at_rest(page)
    table(page, "reasons_table").click(position={"x": 60, "y": 52})
    expect(page).to_have_url(re.compile(r"theme=bugs(&|$)"))


def test_nothing_of_a_comment_is_markup_and_nothing_is_fetched(page, tmp_path, listener):
    address, asked = listener
    hostile = f"<img src={address}/x onerror=alert(1)> crashes ![a]({address}/y) <script>crashes</script>"
    rows = "\n".join(f'u{n},{n % 11},2026-05-0{n % 9 + 1},"{hostile}"' for n in range(22))
    browsing.bring(page, {"responses": f"person_id,score,date,comment\n{rows}\n".encode()})
    browsing.go(page, "reasons")
    quote = page.locator(".quotes li").first
    expect(quote.locator(".comment")).to_have_text(hostile)
    expect(page.locator(".quotes img, .quotes script")).to_have_count(0)
    assert asked == []

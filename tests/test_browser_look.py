"""How pages stand in a real browser: for everybody, at every width, without moving, as a link shows them elsewhere."""

import browsing
import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import DESKTOP
from conftest import open_page
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
PAGES = (*browsing.PAGES, "map?activity=90-100&score=7-8", "person?person=u00569", "people?view=onboarding")
WIDTHS = (1920, 1440, 1280, 1024, 820, 720, 390)
TOLD = "h1, h2, [data-testid=stMetricValue]"  # headline, headings and figures
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
SHIFTS = """() => new Promise(done => {
    let moved = 0
    new PerformanceObserver(list => list.getEntries().forEach(entry => {
        const others = entry.sources.some(source => source.node?.dataset?.testid !== "stMainBlockContainer")
        if (!entry.hadRecentInput && others) moved += entry.value
    })).observe({type: "layout-shift", buffered: true})
    setTimeout(() => done(moved), 100)
})"""
OVERFLOW = """() => [document.documentElement, document.querySelector("[data-testid=stMain]")]
    .map(part => part.scrollWidth - part.clientWidth)"""
FAINT = """() => {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true})
    const rgba = color => {
        canvas.clearRect(0, 0, 1, 1)
        canvas.fillStyle = color
        canvas.fillRect(0, 0, 1, 1)
        const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data
        return [red, green, blue, alpha / 255]
    }
    const over = (front, back) => back.map((part, i) => front[i] * front[3] + part * (1 - front[3]))
    const above = node => node ? [...above(node.parentElement), node] : []
    const light = color => color.map(part => part / 255)
        .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0)
    const found = {}
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
        const text = texts.currentNode.textContent.trim(), node = texts.currentNode.parentElement
        if (!text || !node.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue
        if (node.closest(":disabled, [aria-disabled=true], [data-testid=stIconMaterial], script, style")) continue
        if (!node.getBoundingClientRect().width) continue
        const chain = above(node), style = getComputedStyle(node), drawn = node instanceof SVGElement
        const grounds = chain.map(each => rgba(getComputedStyle(each).backgroundColor))
        const back = grounds.reduce((color, each) => over(each, color), [255, 255, 255])
        const [red, green, blue, alpha] = rgba(drawn ? style.fill : style.color)
        const faded = chain.reduce((part, each) => part * getComputedStyle(each).opacity, drawn ? style.fillOpacity : 1)
        const [a, b] = [light(over([red, green, blue, alpha * faded], back)), light(back)].sort((a, b) => b - a)
        const contrast = (a + 0.05) / (b + 0.05)
        const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.6 && style.fontWeight >= 700)
        if (contrast < (large ? 3 : 4.5)) found[text.slice(0, 40)] = Math.round(contrast * 100) / 100
    }
    return found
}"""
BYTES = """() => performance.getEntriesByType("resource").reduce((sum, entry) => sum + entry.transferSize, 0)"""


def see(page: Page, path: str) -> None:
    page.goto(f"/{path}")
    browsing.see(page, path.partition("?")[0])
    expect(page.locator("html[data-theme]")).to_be_attached()  # the component has come, too


@pytest.mark.parametrize(("theme", "size"), [("light", DESK), ("dark", DESK), ("light", PHONE)], ids=str)
def test_no_page_shuts_anybody_out(browser: Browser, server: str, theme: str, size: dict):
    """What axe-core can tell: contrast, names, headings, alternatives, in words and in charts."""
    axe, found = Axe(), {}
    with open_page(browser, server, viewport=size, color_scheme=theme) as page:
        for path in PAGES:
            see(page, path)
            if violations := axe.run(page).response["violations"]:
                serious = [each for each in violations if each["impact"] != "minor"]
                told_of = [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in serious]
                found |= {path: told_of} if told_of else {}
    assert found == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_word_can_be_read_in_charts_too(browser: Browser, server: str, theme: str):
    """WCAG 2.2, 1.4.3: 4.5 to 1, large text 3 to 1, against what lies behind it."""
    faint = {}
    with open_page(browser, server, viewport=DESK, color_scheme=theme) as page:
        for path in (*PAGES, "segments?view=over_time", "segments?view=changed", "features?feature=Templates"):
            see(page, path)
            faint |= {path: found} if (found := page.evaluate(FAINT)) else {}
    assert faint == {}


def test_nothing_scrolls_sideways_and_the_map_stands_in_its_column(browser: Browser, server: str):
    wrong = {}
    for width in WIDTHS:
        with open_page(browser, server, viewport={"width": width, "height": 900}) as page:
            for path in browsing.PAGES:
                see(page, path)
                if any(beyond := page.evaluate(OVERFLOW)):
                    wrong[width, path] = beyond
            shown = browsing.UsageMap(page).open()
            drawn, column = shown.drawing.bounding_box(), page.locator(".st-key-usage_map").bounding_box()
            if drawn["x"] + drawn["width"] > column["x"] + column["width"] + 1:
                wrong[width, "map in its column"] = drawn["width"] - column["width"]
    assert wrong == {}


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_page_stands_where_it_was_put_and_comes_in_two_megabytes(browser: Browser, server: str, size: dict):
    moved, first = {}, True
    for path in ("", "map?activity=90-100&score=7-8", "segments", "features"):
        with open_page(browser, server, viewport=size) as page:
            see(page, path)
            moved[path] = page.evaluate(SHIFTS)
            if first:
                assert page.evaluate(BYTES) < 2_000_000
                first = False
    assert max(moved.values()) <= 0.1, moved


@pytest.mark.parametrize(
    "path",
    [
        "?step=quarter&is.plan=Team",
        "map?activity=50-100&score=7-8&by=plan&window=30",
        "segments?by=plan&view=over_time&step=month&is.role=Admin",
        "segments?view=crossed&by=plan&and=region",
        "features?view=comparison&activity=50-100",
        "features?feature=Templates",
        "person?person=u00569&activity=50-100",
        "people?view=onboarding&whom=took&outcome=left",
    ],
)
def test_a_link_shows_elsewhere_what_it_was_made_of(browser: Browser, server: str, path: str):
    with open_page(browser, server, **DESKTOP) as here, open_page(browser, server, **DESKTOP) as elsewhere:
        see(here, path)
        address = here.url
        elsewhere.goto(address)
        browsing.see(elsewhere, path.partition("?")[0])
        expect(elsewhere.locator(TOLD)).to_have_text(here.locator(TOLD).all_text_contents())
        assert elsewhere.url == address
        for wanted in path.partition("?")[2].split("&"):
            assert wanted in address.replace("+", " ")


def test_almost_promoters_are_two_clicks_from_a_contact_list_and_nothing_scrolls(page: Page):
    see(page, "map")
    page.get_by_role("radio", name="Almost promoters").click()
    browsing.headed(page, "17 people selected")
    button = page.get_by_role("button", name="15 contacts")
    assert button.bounding_box()["y"] < 400
    with page.expect_download() as waiting:
        button.click()
    assert waiting.value.suggested_filename == "contacts.csv"
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 0


def test_the_overview_tells_what_to_know_within_the_first_screen(page: Page):
    see(page, "")
    last = page.locator("[class*=st-key-open_finding_]").nth(4).bounding_box()
    assert last["y"] + last["height"] < 720


def test_charts_and_the_page_leave_with_what_they_count(page: Page):
    see(page, "")
    page.get_by_role("button", name="Share").click()
    expect(page.locator("[data-testid=stCode]").first).to_contain_text("http")
    taken = {}
    for key in ("share_report_html_0", "share_nps-over-time_svg_0", "share_nps-over-time_png_0"):
        with page.expect_download() as waiting:
            page.locator(f".st-key-{key} button").click()
        taken[key] = waiting.value.path().read_bytes()
    report, svg, png = taken.values()
    assert b"NPS over time" in svg
    assert b"1,155" in svg
    assert png.startswith(b"\x89PNG")
    assert page.locator("h1").inner_text().strip().encode() in report
    assert b"<script" not in report

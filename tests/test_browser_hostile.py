"""A hostile upload: whatever it holds is shown as text, on every page, with the content security policy and without."""

import csv
import io
import re
from collections.abc import Iterator
from urllib.parse import quote

import browsing
import files
import pytest
from browsing import DESKTOP, UsageMap
from conftest import open_page
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser
FORMULA = tuple("=+-@\t\r\n＝＋－＠")


@pytest.fixture(params=[False, True], ids=["policy", "no policy"])
def victim(request, browser, server, listener) -> Iterator[Page]:
    """A page whose data is hostile. `open_page` holds it to no request elsewhere and no complaint in the console.

    Without the policy the browser would fetch and run whatever got through: then escaping alone protects.
    """
    _, asked = listener
    dialogs = []
    with open_page(browser, server, bypass_csp=request.param, accept_downloads=True, **DESKTOP) as page:
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        page.goto("/data")
        browsing.see(page, "data")
        yield page
    assert dialogs == []
    assert asked == []


def test_the_listener_hears_what_gets_through(browser, server, listener):
    """The control: in a browser without the policy, one tag that is not text would be noticed."""
    address, asked = listener
    context = browser.new_context(base_url=server, bypass_csp=True)
    page = context.new_page()
    page.goto("/health")
    with page.expect_event("requestfinished"):
        page.evaluate(
            "tag => document.body.insertAdjacentHTML('beforeend', tag)", f"<img src={address}/x onerror=ran=1>"
        )
    expect(page.locator("img")).to_have_js_property("complete", True)
    assert asked == ["/x"]
    assert ran(page)
    context.close()


def test_hostile_files_are_shown_as_text_and_leave_without_a_formula(victim, listener):
    page, (address, asked) = victim, listener
    main = page.get_by_test_id("stMain")

    def harmless() -> None:
        """Nothing ran, nothing was fetched, nothing became a link or an image."""
        assert not ran(page)
        assert asked == []
        expect(page.locator(f"img[src*='{address}'], a[href*='{address}'], a[href^='javascript:']")).to_have_count(0)

    def bad(word: str, start: str = "=1+1") -> str:
        return files.poison(address, word, start)

    names = {
        table: f"{bad(table)}.csv".replace("/", "\N{FRACTION SLASH}") for table in ("responses", "usage", "people")
    }
    contents = files.hostile(address)
    for table, content in contents.items():
        browsing.drop(page, table, names[table], content)
    for table in contents:
        browsing.form(page, table).locator(f"[class*=st-key-every_{table}_] label").click()
        browsing.at_rest(page)
        browsing.choose(page, table, "person_id", bad("email"))
    browsing.choose(page, "people", "name", bad("called"))
    look_around(page)
    harmless()

    page.locator(".st-key-use_files button").click()
    browsing.see(page, "")
    browsing.go(page, "data")
    expect(main).to_contain_text(names["usage"])
    expect(main.get_by_test_id("stMetric").filter(has_text="Rows left out")).to_contain_text("2")
    page.locator(".st-key-data_view").get_by_role("radio", name="Rows").click()
    expect(main).to_contain_text(f"People can be divided by role, {bad('mood')}, {bad('look')}, {bad('act')}, image.")
    no_formula(download(page, "download_rejected"), bad("score"))
    harmless()

    tooltips = every_view(page)
    for address_of_page in browsing.PAGES:
        browsing.go(page, address_of_page)
        tooltips += look_around(page)
        harmless()

    browsing.go(page, "")
    expect(main).to_contain_text(f"Role @![0]({address}/role0)")
    look_around(page)
    event = f"![e]({address}/event.png) <img src={address}/event>"
    page.locator(".st-key-event_name input").fill(event)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(main).to_contain_text(event)
    browsing.at_rest(page)
    tooltips += look_around(page)
    harmless()
    browsing.go(page, "")
    expect(main).to_contain_text(f"<img src={address}/tag")
    harmless()
    browsing.go(page, "segments")
    browsing.pick(page.locator(".st-key-segment").get_by_role("combobox"), "By image")
    tooltips += every_view(page)
    harmless()
    browsing.go(page, "features")
    browsing.pick(page.locator(".st-key-kinds").get_by_role("combobox"), bad("kind0").lower())
    expect(page.locator(".st-key-kinds")).to_contain_text(bad("kind0").lower())
    table = page.get_by_test_id("stDataFrame").first
    table.hover(position={"x": 60, "y": 52})
    table.click(position={"x": 60, "y": 52})
    take(page.locator(".st-key-feature_switch").get_by_role("combobox"), "/markdown/feature2.png")
    tooltips += every_view(page)
    harmless()

    browsing.go(page, "map")
    shown = UsageMap(page).there()
    page.get_by_role("button", name="What the bars show").click()
    take(page.locator(".st-key-map_segment").get_by_role("combobox"), "/markdown/look.png")
    page.keyboard.press("Escape")
    shown.there()
    page.wait_for_function(TOLD_OF_A_MARK, arg=f"<img src={address}/tag1")
    shown.drag((51, 9.4), (99, 6.6))
    browsing.headed(shown.page, re.compile("selected"))
    browsing.at_rest(page)
    tooltips += look_around(page)
    no_formula(download(page, "download_contacts"), bad("comment1", "=").strip())
    harmless()

    page.get_by_role("button", name="How it is counted").click()
    expect(page.get_by_text("n = ").first).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Everybody", exact=True).click()
    filters = page.get_by_test_id("stPopoverBody")
    expect(filters.get_by_test_id("stText").filter(has_text="/markdown/look.png")).to_be_visible()
    boxes = filters.locator("[class*=st-key-people_]").get_by_role("combobox")
    take(boxes.nth(2), f"{address}/tag1")
    page.keyboard.press("Escape")
    page.get_by_role("button", name=re.compile("surveys?$")).click()
    take(page.locator(".st-key-survey").get_by_role("combobox"), "/markdown/survey1.png")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="How it is counted").click()
    expect(page.get_by_test_id("stPopoverBody")).to_contain_text(f"survey: {bad('survey1')}")
    harmless()
    page.keyboard.press("Escape")
    page.get_by_role("heading", level=1).click()
    expect(filters).to_have_count(0)

    listed = page.locator(".st-key-selection_people").get_by_test_id("stDataFrame")
    listed.hover(position={"x": 60, "y": 52})
    browsing.painted(page)  # a table takes no click before it knows that the mouse is there
    listed.click(position={"x": 60, "y": 52})
    browsing.see(page, "person")
    expect(main).to_contain_text(address)
    page.get_by_role("button", name="Find a person").click()
    page.locator(".st-key-picked_person").get_by_role("combobox").click()
    expect(page.get_by_role("option").first).to_contain_text(address)
    page.keyboard.press("Escape")
    tooltips += look_around(page)
    assert any(address in said for said in tooltips)
    harmless()

    page.goto(
        "/person?"
        + "&".join(f"{quote(name)}={quote(bad('link'))}" for name in ("survey", "person", f"is.{bad('look')}"))
    )
    browsing.at_rest(page)
    expect(main).to_contain_text("Some filters do not occur in this data")
    harmless()


TOLD_OF_A_MARK = """part => [...document.querySelectorAll(".marks [aria-label]")]
    .some(mark => mark.getAttribute("aria-label").includes(part))"""


def take(box: Locator, part: str) -> None:
    """Choose the option whose text has this part."""
    box.click()
    box.page.get_by_role("option").filter(has_text=part).first.click()
    browsing.at_rest(box.page)


def ran(page: Page) -> bool:
    return page.evaluate("() => window.ran !== undefined")


def look_around(page: Page) -> list[str]:
    """Open what is folded and move over every mark of every chart; what their tooltips say."""
    folded = page.locator("details:not([open]) > summary").locator("visible=true")
    while folded.count():
        folded.first.click()
        browsing.at_rest(page)
    said = page.locator(".marks path[aria-label]").evaluate_all(
        """marks => marks.map(mark => {
            const {x, y} = mark.getBoundingClientRect()
            const at = {bubbles: true, view: window, clientX: x + 1, clientY: y + 1}
            mark.dispatchEvent(new PointerEvent("pointermove", at))
            mark.dispatchEvent(new MouseEvent("mousemove", at))
            return document.querySelector("#vg-tooltip-element.visible")?.textContent ?? ""
        })"""
    )
    browsing.painted(page)
    return said


def every_view(page: Page) -> list[str]:
    """Press each button that changes what the page shows, and look around every time."""
    buttons = page.get_by_test_id("stMain").get_by_role("radio")
    said = look_around(page)
    for number in range(buttons.count()):
        buttons.nth(number).click()
        browsing.at_rest(page)
        said += look_around(page)
    return said


def download(page: Page, key: str) -> str:
    with page.expect_download() as waiting:
        page.locator(f".st-key-{key} button").first.click()
    return waiting.value.path().read_text(encoding="utf-8-sig")


def no_formula(content: str, wanted: str) -> list[dict[str, str]]:
    """The rows of a downloaded file. No cell of it, headers included, starts a formula; what was wanted is in it."""
    rows = list(csv.reader(io.StringIO(content, newline="")))
    assert not [cell for row in rows for cell in row if cell.lstrip(" ").startswith(FORMULA)]
    assert any(wanted in cell for row in rows for cell in row)
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]

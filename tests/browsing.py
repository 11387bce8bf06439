"""What people do in the browser, and what they then see, in words that the journeys share."""

import csv
import io
import re
from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect

import nps

PAGES = {  # address -> name, in the order of the navigation
    "": "Overview",
    "map": "Map",
    "segments": "Segments",
    "features": "Features",
    "reasons": "Reasons",
    "people": "People",
    "accounts": "Accounts",
    "follow_up": "Follow-up",
    "data": "Data",
}
DESKTOP = {"viewport": {"width": 1440, "height": 900}}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "device_scale_factor": 2,
    "user_agent": "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/130.0.0.0 Mobile Safari/537.36",
}
MOST_OPTIONS = 30  # to go through with the arrow keys
TRIES = 3
LISTED = 8  # rows of a table that are on the screen without scrolling
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def painted(page: Page) -> None:
    """The browser has drawn twice: whatever an event changes or asks for is on its way."""
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def at_rest(page: Page) -> None:
    """The last run of the script is over, nothing of an earlier one is left on the page, and every chart is drawn."""
    painted(page)
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_visible()
    expect(page.locator("[data-stale=true]")).to_have_count(0)
    expect(page.locator("[data-testid=stVegaLiteChart]:not(:has(.marks))")).to_have_count(0)


def see(page: Page, address: str) -> None:
    """The page of this address is there, whole, with a headline and without a complaint."""
    expect(page).to_have_url(re.compile(rf"^https?://[^/]+/{address}(\?|$)"))
    expect(page.locator("h1")).to_have_count(1)
    at_rest(page)
    expect(page.get_by_text("Something went wrong")).to_have_count(0)
    expect(page.get_by_test_id("stException")).to_have_count(0)


def headed(page: Page, told: str | re.Pattern[str]) -> None:
    """The headline is that, or holds a pattern: for a moment, that of the last run may stand beside it."""
    whole = re.compile(rf"^\s*{re.escape(told)}\s*$") if isinstance(told, str) else told
    expect(page.locator("h1").filter(has_text=whole)).to_have_count(1)
    expect(page.locator("h1")).to_have_count(1)


def go(page: Page, address: str) -> None:
    """Change page by the navigation, as people do."""
    name, drawer = PAGES[address], page.get_by_test_id("stExpandSidebarButton")
    if drawer.is_visible():
        drawer.click()
    page.get_by_role("link", name=name, exact=True).first.click()
    see(page, address)


def press(page: Page, key: str) -> None:
    """Press the first button under a key."""
    page.locator(f".st-key-{key} button").first.click()
    at_rest(page)


def keep(page: Page, name: str) -> None:
    """Keep the data that are looked at, on the Data page."""
    page.get_by_label("Keep on this machine, as").fill(name)
    page.get_by_label("Keep on this machine, as").press("Enter")
    at_rest(page)
    press(page, "keep")
    expect(page.get_by_text(f"“{name}” is kept on this machine")).to_be_visible()
    at_rest(page)


def bring(page: Page, contents: Mapping[str, bytes], **how) -> None:
    """Open the Data page and use these files."""
    page.goto("/data")
    see(page, "data")
    use(page, contents, **how)


def use(
    page: Page,
    contents: Mapping[str, bytes],
    names: Mapping[str, str] | None = None,
    correct: Mapping[tuple[str, str], str] | None = None,
) -> None:
    """Drop files on the Data page, correct how their columns were read, (table, field) -> column, and use them."""
    for table, content in contents.items():
        drop(page, table, (names or {}).get(table, f"{table}.csv"), content)
    for (table, field), column in (correct or {}).items():
        choose(page, table, field, column)
    page.locator(".st-key-use_files button").click()
    see(page, "")


def form(page: Page, table: str) -> Locator:
    """How the columns of a dropped file are read, unfolded."""
    shown = page.locator(f".st-key-form_{table}")
    expect(shown).to_be_visible()
    if not shown.locator("details[open]").count():
        shown.locator("summary").click()
    expect(shown.locator("details[open]")).to_have_count(1)
    return shown


def choose(page: Page, table: str, field: str, column: str) -> None:
    """Say which column of a dropped file a field is; again where the list closed before that, as a page that is still
    drawn may close it."""
    form(page, table)
    box = page.locator(f"[class*=st-key-column_{table}_{field}_]").get_by_role("combobox")
    for _ in range(TRIES):
        pick(box, column)
        box.blur()  # what is only typed is gone then
        at_rest(page)
        if box.input_value() == column:
            break
    expect(box).to_have_value(column)


def pick(box: Locator, option: str) -> None:
    """Type an option into a box that lists options, or open it where it is short, and take it."""
    box.scroll_into_view_if_needed()
    if box.is_editable():
        box.fill(option)
    else:
        box.press("ArrowDown")
    wanted = box.page.get_by_role("option", name=option, exact=True).and_(box.page.locator("[data-focused=true]"))
    for _ in range(MOST_OPTIONS):  # by keys: a click may miss, as the list moves while the page under it still grows
        painted(box.page)
        if wanted.count():
            break
        box.press("ArrowDown")
    expect(wanted).to_be_visible()
    box.press("Enter")
    at_rest(box.page)


def drop(page: Page, table: str, name: str, content: bytes) -> None:
    """Give one file to the uploader of a table, beside those that it has, and see what is said of it."""
    file = {"name": name, "mimeType": "text/csv", "buffer": content}
    page.locator(f".st-key-upload_{table} input[type=file]").set_input_files(file)
    expect(page.get_by_test_id("stText").filter(has_text=f"{name}: ")).to_be_visible()
    at_rest(page)


def take_back(page: Page, table: str) -> None:
    """Remove the one file that the uploader of a table has."""
    page.locator(f".st-key-upload_{table}").get_by_test_id("stFileChipDeleteBtn").get_by_role("button").click()
    expect(page.locator(f".st-key-upload_{table}").get_by_test_id("stFileChip")).to_have_count(0)
    at_rest(page)


class UsageMap:
    """The map on its page: its plot, its bars, and what the page says about the selection."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.drawing = page.locator(".st-key-usage_map svg.marks")
        self.brush = self.drawing.locator(".brush_brush path")
        self.score = page.locator(".st-key-selection_score")

    def open(self, query: str = "") -> "UsageMap":
        self.page.goto(f"/map?{query}")
        return self.there()

    def there(self) -> "UsageMap":
        see(self.page, "map")
        expect(self.drawing).to_have_count(1)
        expect(self.bars(1).first).to_be_visible()
        return self

    def bars(self, panel: int) -> Locator:
        """The bars of the segments (1) or of the features (2)."""
        return self.drawing.locator(f".concat_{panel}_group path[aria-roledescription=bar]")

    def labels(self) -> list[str]:
        """What the bars say of themselves, segments first."""
        read = "bars => bars.map(bar => bar.getAttribute('aria-label'))"
        return self.bars(1).evaluate_all(read) + self.bars(2).evaluate_all(read)

    def at(self, activity: float, score: float) -> tuple[float, float]:
        """A place of the plot on the screen."""
        plot = self.drawing.locator(".concat_0_group path.background").first.bounding_box()
        return plot["x"] + activity / 100 * plot["width"], plot["y"] + (10.5 - score) / 11 * plot["height"]

    def press_and_pull(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Draw a rectangle and keep the button down."""
        self.drawing.scroll_into_view_if_needed()
        self.page.mouse.move(*self.at(*start))
        self.page.mouse.down()
        self.page.mouse.move(*self.at(*end), steps=8)

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        self.press_and_pull(start, end)
        self.page.mouse.up()

    def clear(self) -> None:
        """Double-click where nothing else is."""
        self.drawing.scroll_into_view_if_needed()
        self.page.mouse.dblclick(*self.at(1, 1.5))

    def region(self) -> dict[str, str]:
        """The region in the address."""
        query = parse_qs(urlsplit(self.page.url).query)
        return {name: query[name][0] for name in ("activity", "score") if name in query}

    def expect_region(self, **region: str) -> None:
        """The address holds exactly this region, and the page shows it."""
        wanted = "".join(f"(?=.*[?&]{name}={value}(&|$))" for name, value in region.items())
        absent = "".join(f"(?!.*[?&]{name}=)" for name in {"activity", "score"} - {*region})
        expect(self.page).to_have_url(re.compile(f"^{wanted}{absent}"))
        at_rest(self.page)

    def expect_nothing_drawn(self) -> None:
        expect(self.drawing.locator(".brush_brush path[stroke]")).to_have_count(0)

    def drawn(self) -> list[float]:
        """The edges of what is drawn, in percentile points and in scores."""
        left, right, top, bottom = self.brush.evaluate(
            """brush => {
                const plot = brush.closest(".concat_0_group").querySelector("path.background").getBBox()
                const {x, y, width, height} = brush.getBBox()
                return [x / plot.width, (x + width) / plot.width, y / plot.height, (y + height) / plot.height]
            }"""
        )
        return [100 * left, 100 * right, 10.5 - 11 * bottom, 10.5 - 11 * top]

    def expect_people(self, ids: list[str]) -> None:
        """The list of people begins with these, and holds no more than them."""
        self.page.locator(".st-key-selection_people canvas").first.scroll_into_view_if_needed()
        rows = self.page.locator(".st-key-selection_people tbody td[aria-colindex='1']")
        for row, person in enumerate(ids[:LISTED]):
            expect(rows.nth(row)).to_have_text(person)
        if len(ids) < LISTED:
            expect(rows).to_have_count(len(ids))

    def download(self) -> list[dict[str, str]]:
        """The contact list as a spreadsheet reads it."""
        with self.page.expect_download() as waiting:
            self.page.locator(".st-key-download_contacts button").first.click()
        content = waiting.value.path().read_bytes()
        assert waiting.value.suggested_filename == "contacts.csv"
        assert content.startswith(b"\xef\xbb\xbf")
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def figures(label: str) -> tuple[str, tuple[float, ...]]:
    """A bar's label in numbers: its name, and score, low, high, n, or share, share of everyone else, n."""
    name, said = label.rsplit(": ", 1)
    return name, tuple(
        float(number) for number in NUMBER.findall(said.replace("\N{MINUS SIGN}", "-").replace(",", " "))
    )


def wanted_figures(chosen: nps.Chosen, segment: str) -> dict[str, tuple[float, ...]]:
    """The same figures for every segment value and feature, as `nps` answers them."""
    values, features = chosen.by_segment(segment), chosen.by_feature()
    if not chosen.selection.region.all_scores:
        shares = [*values[["value", "share", "share_rest", "responses"]].itertuples(index=False)]
        shares += features[["feature", "reach", "reach_rest", "users"]].itertuples(index=False)
        return {name: (100 * share, 100 * rest, n) for name, share, rest, n in shares}
    scores = {row.value: (row.nps, row.low, row.high, row.responses) for row in values.itertuples()}
    pairs, selected = chosen.panel.pairs, chosen.panel.answers["person_id"].isin(chosen.people["person_id"])
    latest = selected.index.isin(chosen.panel.latest_positions) & selected.to_numpy()
    for code, name in enumerate(features["feature"]):
        users = pairs.answer[pairs.feature == code]
        found = nps.score(chosen.panel.answers["score"].iloc[users[latest[users]]])
        scores[name] = (found.nps, found.low, found.high, found.responses)
    return {name: said if said[-1] >= 10 else said[-1:] for name, said in scores.items()}

"""The usage map in a real browser: what the mouse, the sliders and a link select is what `nps` answers in Python."""

import re
from collections.abc import Iterator

import browsing
import files
import pytest
from browsing import DESKTOP, PHONE, UsageMap
from conftest import ROOT, open_page
from playwright.sync_api import Page, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

import nps
from nps.wording import compared, words

pytestmark = pytest.mark.browser
CUTS = ((61, 9.4), (99, 6.6))  # a drag over some scores, and what it selects
CUT = nps.Selection(activity=(60, 100), score=(7, 9))
WIDE = ((51, -0.4), (89, 10.4))  # a drag over all scores
WHOLE = nps.Selection(activity=(50, 90))
ALMOST = nps.Selection(activity=(90, 100), score=(7, 8))


@pytest.fixture(scope="module")
def sample() -> nps.Panel:
    return nps.load(*(ROOT / f"sample_data/{table}.csv" for table in ("responses", "usage", "people")))


@pytest.fixture
def sampled(page) -> UsageMap:
    """The map of the sample."""
    return UsageMap(page).open()


@pytest.fixture(params=["sample", "upload"])
def mapped(request, page, tmp_path) -> tuple[UsageMap, nps.Panel]:
    """A map, and its data in Python: of the sample, and of uploaded files."""
    if request.param == "sample":
        return UsageMap(page).open(), request.getfixturevalue("sample")
    contents = files.product()
    browsing.bring(page, contents)
    browsing.go(page, "map")
    return UsageMap(page).there(), nps.load(**files.saved(tmp_path, contents))


def expect_answers(shown: UsageMap, chosen: nps.Chosen) -> None:
    """Bars, headline, differences and people on the page are those of this selection in Python."""
    expect_bars(shown, chosen)
    score, people = chosen.score, f"{chosen.score.responses:,} people"
    browsing.headed(shown.page, people if chosen.selection.region.everything else f"{people} selected")
    if chosen.selection.region.all_scores:
        expect(shown.score.get_by_test_id("stMetricValue")).to_have_text(words.points(score.nps))
    else:
        expect(shown.score).to_have_count(0)
    if not chosen.selection.region.everything:
        for _, row in chosen.differences().head(6).iterrows():
            expect(shown.page.get_by_text(compared.of_apart(row))).to_be_visible()
    shown.expect_people(chosen.people["person_id"].tolist()[::-1])
    expect(shown.page.get_by_role("button", name=f"{len(chosen.contacts()):,} contacts")).to_be_visible()


def expect_download(shown: UsageMap, chosen: nps.Chosen) -> None:
    """The contact list holds exactly the people that Python gives; who opted out is left out and counted."""
    opted_out = set(chosen.people.loc[chosen.people["opted_out"], "person_id"])
    wanted = chosen.contacts().astype(object).fillna("").astype(str)
    listed = shown.download()
    assert listed == wanted.to_dict("records")
    assert {row["person"] for row in listed} == set(chosen.people["person_id"]) - opted_out


def expect_bars(shown: UsageMap, chosen: nps.Chosen) -> None:
    """Every bar on the screen says what `nps` answers."""
    panel = chosen.panel
    found = [browsing.figures(label) for label in shown.labels()]
    wanted = browsing.wanted_figures(chosen, panel.segments[0])
    everybody = panel.select(chosen.selection.filters)
    used = (everybody.by_feature()["users"] > 0).sum()
    assert len(found) == (everybody.by_segment(panel.segments[0])["responses"] > 0).sum() + min(15, used)
    assert found == [(name, pytest.approx(wanted[name], abs=0.0501)) for name, _ in found]


def test_a_drag_moves_the_bars_before_the_release_and_then_equals_python(mapped):
    shown, panel = mapped
    for drag, selection in ((WIDE, WHOLE), (CUTS, CUT)):
        expect_answers(shown, panel.select())
        everybody = shown.labels()
        shown.press_and_pull(*drag)
        expect(shown.bars(1).first).not_to_have_attribute("aria-label", everybody[0])
        expect_bars(shown, panel.select(selection))
        assert shown.region() == {}
        live = shown.labels()
        shown.page.mouse.up()
        shown.expect_region(**{name: values[0] for name, values in selection.to_query().items()})
        assert shown.labels() == live
        expect_answers(shown, panel.select(selection))
        expect_download(shown, panel.select(selection))
        shown.clear()
        shown.expect_region()


def test_what_changes_the_region_runs_what_follows_it_and_not_the_page(page):
    frames: list[bytes] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(frame)))

    def runs() -> list[bool]:
        """Of each run since the last time, whether it ran the whole page."""
        told = [ForwardMsg.FromString(frame) for frame in frames]
        frames.clear()
        return [not one.metadata.run.fragment_ids for one in told if one.HasField("new_session")]

    shown = UsageMap(page).open()
    assert all(runs())
    shown.drag(*CUTS)
    shown.expect_region(activity="60-100", score="7-9")
    assert runs() == [False]
    page.get_by_role("tab", name="Who", exact=True).click()
    expect(page.get_by_role("tabpanel").get_by_test_id("stText")).to_have_count(8)
    browsing.press(page, "clear_map")
    shown.expect_region()
    assert runs() == [False, False]


def test_the_preset_draws_its_brush_and_gives_the_same_people_as_python(mapped):
    shown, panel = mapped
    chosen = panel.select(ALMOST)
    shown.page.get_by_role("radio", name="Almost promoters").click()
    shown.expect_region(activity="90-100", score="7-8")
    expect(shown.brush).to_have_count(1)
    assert shown.drawn() == pytest.approx((90, 100, 6.5, 8.5), abs=0.5)
    expect_answers(shown, chosen)
    expect_download(shown, chosen)
    heavy = panel.respondents.query("percentile >= 90 and 7 <= score <= 8")
    assert set(chosen.people["person_id"]) == set(heavy["person_id"])


@pytest.mark.parametrize("start", ["drag", "preset", "link"])
def test_a_double_click_clears_the_region_whoever_drew_it(page, sample, start):
    shown = UsageMap(page).open("activity=60-80&score=3-5" if start == "link" else "")
    if start == "drag":
        shown.drag(*CUTS)
    elif start == "preset":
        shown.page.get_by_role("radio", name="Heavy detractors").click()
    browsing.headed(shown.page, re.compile("selected"))
    browsing.at_rest(shown.page)
    shown.clear()
    shown.expect_region()
    shown.expect_nothing_drawn()
    expect_answers(shown, sample.select())
    expect(shown.page.get_by_role("button", name="Clear", exact=True)).to_have_count(0)


def test_the_region_survives_other_pages_and_a_link_shows_the_same_elsewhere(sampled, sample, browser, server):
    page = sampled.page
    sampled.drag(*CUTS)
    sampled.expect_region(activity="60-100", score="7-9")
    for address in ("segments", ""):
        browsing.go(page, address)
        expect(page.locator(".st-key-clear_region")).to_contain_text("60th and 100th percentile; score 7 to 9")
        sampled.expect_region(activity="60-100", score="7-9")
    browsing.go(page, "map")
    sampled.there().expect_region(activity="60-100", score="7-9")
    assert sampled.drawn() == pytest.approx((60, 100, 6.5, 9.5), abs=0.5)
    expect_answers(sampled, sample.select(CUT))
    with open_page(browser, server, **DESKTOP) as elsewhere:
        elsewhere.goto(page.url)
        other = UsageMap(elsewhere).there()
        assert other.drawn() == pytest.approx((60, 100, 6.5, 9.5), abs=0.5)
        expect_answers(other, sample.select(CUT))


def test_filters_narrow_the_map_and_travel_in_the_link(sampled, sample, browser, server):
    page = sampled.page
    everybody = sampled.labels()[0]
    page.get_by_role("button", name="Everybody", exact=True).click()
    box = page.get_by_role("combobox", name="Values of filter 1", exact=True)
    browsing.pick(box, next(said for said in options_of(box) if said.startswith("Admin (")))
    expect(page).to_have_url(re.compile(r"is\.role=Admin"))
    page.keyboard.press("Escape")
    expect(sampled.bars(1).first).not_to_have_attribute("aria-label", everybody)
    sampled.drag(*WIDE)
    sampled.expect_region(activity="50-90")
    chosen = sample.select(nps.Selection(activity=(50, 90), where={"role": ["Admin"]}))
    expect_answers(sampled, chosen)
    with open_page(browser, server, **DESKTOP) as elsewhere:
        elsewhere.goto(page.url)
        expect_answers(UsageMap(elsewhere).there(), chosen)


def test_sliders_select_what_a_brush_does(sampled, sample):
    page = sampled.page
    page.get_by_role("button", name="Set the range by numbers").click()
    low = page.locator("input[aria-label='Activity percentile — start']")
    low.focus()
    for _ in range(10):
        low.press("ArrowRight")
    sampled.expect_region(activity="50-100")
    top = page.locator("input[aria-label='Score — end']")
    top.focus()
    top.press("ArrowLeft")
    sampled.expect_region(activity="50-100", score="0-9")
    assert sampled.drawn() == pytest.approx((50, 100, -0.5, 9.5), abs=0.5)
    expect_answers(sampled, sample.select(nps.Selection(activity=(50, 100), score=(0, 9))))
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Clear", exact=True).click()
    sampled.expect_region()
    expect_answers(sampled, sample.select())


def test_a_drag_that_begins_inside_draws_anew_and_dots_inside_can_be_opened(sampled, sample):
    sampled.drag((60.5, 9.4), (79.5, 4.6))
    sampled.expect_region(activity="60-80", score="5-9")
    sampled.drag((71, 8.4), (89, 6.6))
    sampled.expect_region(activity="70-90", score="7-8")
    expect_answers(sampled, sample.select(nps.Selection(activity=(70, 90), score=(7, 8))))
    inside = sampled.drawing.locator("path[aria-roledescription=circle][opacity='0.85']").last
    inside.click()
    browsing.see(sampled.page, "person")


def test_people_are_counted_while_the_mouse_moves(sampled, sample):
    """What stands over the map in mid-drag is what Python counts on release, and it changes on the way."""
    live = sampled.drawing.locator("text", has_text=re.compile("^([0-9,]+ people|Nobody here)"))
    seen = set()
    for start, end in (((11, 10.4), (69, 4.6)), ((91, 9.4), (42, 2.6)), ((5.5, -0.4), (95, 10.4))):
        sampled.drawing.scroll_into_view_if_needed()
        sampled.page.mouse.move(*sampled.at(*start))
        sampled.page.mouse.down()
        for step in range(1, 9):
            part = step / 8
            here = [a + (b - a) * part for a, b in zip(sampled.at(*start), sampled.at(*end), strict=True)]
            sampled.page.mouse.move(*here)
            browsing.painted(sampled.page)
            seen.add(live.text_content())
        told = live.text_content()
        sampled.page.mouse.up()
        browsing.headed(sampled.page, re.compile("selected"))
        browsing.headed(sampled.page, f"{told.partition(' people')[0]} people selected")
    assert len(seen) >= 15


def options_of(box) -> list[str]:
    """What a box offers."""
    box.click()
    return box.page.get_by_role("option").all_inner_texts()


def test_a_rectangle_that_holds_no_cell_asks_to_draw_wider(sampled, sample):
    sampled.drag((28.2, 3.9), (31.8, 3.1))
    expect(sampled.page.get_by_text("The rectangle holds no cell of the map. Draw it wider")).to_be_visible()
    expect(sampled.drawing.get_by_text("Nothing covered: draw wider")).to_have_count(2)
    sampled.expect_region()
    browsing.headed(sampled.page, "Nobody here")
    expect(sampled.page.locator(".st-key-download_contacts")).to_have_count(0)
    sampled.drag(*CUTS)
    sampled.expect_region(activity="60-100", score="7-9")
    expect_answers(sampled, sample.select(CUT))


def test_a_click_on_a_dot_opens_the_person(sampled, sample):
    dot = sampled.drawing.locator("path[aria-roledescription=circle]").last  # the one on top
    name, score = re.fullmatch(r"(.*): score (\d+), .*", dot.get_attribute("aria-label")).groups()
    dot.click()
    browsing.see(sampled.page, "person")
    expect(sampled.page).to_have_url(re.compile(r"/person\?person=u\d{5}"))
    who = sampled.page.url.rsplit("=", 1)[1]
    person = sample.respondents.set_index("person_id").loc[who]
    assert (person["name"], str(person["score"])) == (name, score)
    expect(sampled.page.get_by_test_id("stMain").get_by_text(name, exact=True)).to_be_visible()


def test_a_row_of_the_list_opens_the_person(page, sample):
    shown = UsageMap(page).open("activity=90-100&score=7-8")
    listed = sample.select(ALMOST).people["person_id"].tolist()[::-1]
    shown.expect_people(listed)
    page.locator(".st-key-selection_people").get_by_test_id("stDataFrame").click(position={"x": 60, "y": 52})
    browsing.see(page, "person")
    expect(page).to_have_url(re.compile(f"person={listed[0]}"))


def test_the_wheel_changes_nothing(page, sample):
    shown = UsageMap(page).open("activity=60-100&score=7-9")
    before = shown.labels(), shown.drawn()
    page.mouse.move(*shown.at(80, 8))
    for notches in (-300, 300):
        page.mouse.wheel(0, notches)
        browsing.painted(page)
    assert (shown.labels(), shown.drawn()) == before
    search(shown, "admin", sample.select(CUT))
    shown.expect_region(activity="60-100", score="7-9")


def test_many_people_are_drawn_as_cells_and_the_brush_counts_the_same(page, tmp_path):
    contents = files.product(people=1_701, busy=3)
    browsing.bring(page, contents)
    browsing.go(page, "map")
    shown = UsageMap(page).there()
    expect(shown.drawing.locator("path[aria-roledescription=circle]")).to_have_count(0)
    shown.drag(*CUTS)
    shown.expect_region(activity="60-100", score="7-9")
    expect_answers(shown, nps.load(**files.saved(tmp_path, contents)).select(CUT))


# --- phones -------------------------------------------------------------------------------------------------------


@pytest.fixture
def phone(browser, server) -> Iterator[Page]:
    with open_page(browser, server, **PHONE) as page:
        yield page


def test_no_page_is_wider_than_a_phone(phone):
    phone.goto("/?activity=50-100&score=7-8&person=u00569")
    for address in browsing.PAGES:
        if address:
            browsing.go(phone, address)
        browsing.see(phone, address)
        widths = phone.evaluate(
            """() => [document.documentElement, ...document.querySelectorAll("[data-testid=stMain]")]
                .map(part => [part.scrollWidth, part.clientWidth])"""
        )
        assert [client for _, client in widths] == [390, 390]
        assert all(scroll <= 390 for scroll, _ in widths), address


@pytest.mark.parametrize(
    ("query", "way"),
    [("", (0, -15)), ("activity=60-100&score=7-9", (12, 0))],
    ids=["up, nothing drawn", "sideways over a region"],
)
def test_a_swipe_over_the_map_changes_nothing(phone, sample, query, way):
    shown = UsageMap(phone).open(query)
    shown.drawing.evaluate("drawing => drawing.scrollIntoView()")
    scrolled = "() => document.querySelector('[data-testid=stMain]').scrollTop"
    before, top = (shown.labels(), shown.drawn() if query else None), phone.evaluate(scrolled)
    swipe(phone, shown.at(75, 8), way)
    assert (phone.evaluate(scrolled) > top) == (way[1] != 0)
    assert (shown.labels(), shown.drawn() if query else None) == before
    search(shown, "admin", sample.select(CUT if query else None))
    shown.expect_region(**({"activity": "60-100", "score": "7-9"} if query else {}))


def test_on_a_phone_the_sliders_select(phone, sample):
    shown = UsageMap(phone).open()
    for label, place in (("slider_activity", 0.6), ("slider_score", 0.7)):
        track = phone.locator(f".st-key-{label} [role=group] > [data-orientation=horizontal]")
        track.scroll_into_view_if_needed()
        box = track.bounding_box()
        phone.touchscreen.tap(box["x"] + place * box["width"], box["y"] + box["height"] / 2)
        browsing.at_rest(phone)
    shown.expect_region(activity="0-60", score="0-7")
    expect_answers(shown, sample.select(nps.Selection(activity=(0, 60), score=(0, 7))))


def swipe(page: Page, start: tuple[float, float], way: tuple[float, float], steps: int = 10) -> None:
    """A finger that goes down, moves and lifts."""
    touch = page.context.new_cdp_session(page)
    for step in range(steps):
        at = {"x": start[0] + way[0] * step, "y": start[1] + way[1] * step}
        send = {"type": "touchMove" if step else "touchStart", "touchPoints": [at]}
        touch.send("Input.dispatchTouchEvent", send)
        browsing.painted(page)
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    browsing.painted(page)


def search(shown: UsageMap, word: str, chosen: nps.Chosen) -> None:
    """Search the list of people, which runs the script: whatever an earlier event had asked for is answered, too."""
    fields = chosen.people[["person_id", "name", "email", "account", "role", "comment"]].astype("string").fillna("")
    count = fields.agg(" ".join, axis=1).str.casefold().str.contains(word).sum()
    field = shown.page.get_by_role("textbox", name="Search")
    field.fill(word)
    field.press("Enter")
    expect(shown.page.get_by_text(f"{count:,} people.")).to_be_visible()

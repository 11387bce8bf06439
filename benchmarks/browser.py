"""What the mouse feels: how often bars move during a drag, and how long after the release everything is repainted.

Mouse events are made inside the page, one per frame, so that what drives the browser does not slow it down.
"""

from collections.abc import Iterator

import numpy as np
from playwright.sync_api import Page, sync_playwright

from benchmarks import data
from benchmarks.serving import server
from benchmarks.timing import Row
from tests import find_chromium

FRAMES, PATIENCE = 90, 60_000
DRAGS = 5  # a page, as each takes seconds
PLOT = {"app": ".st-key-usage_map .concat_0_group path.background", "minimal": "svg.marks path.background"}
BARS = ".st-key-usage_map .concat_2_group"
DRAG = """async ([plot, bars, frames]) => {
    const box = document.querySelector(plot).getBoundingClientRect()
    const frame = () => new Promise(requestAnimationFrame)
    const fire = (type, across, target) => {
        const clientX = box.left + across * box.width
        const clientY = box.top + (type === "mousedown" ? 0.01 : 0.99) * box.height
        const on = target ?? document.elementFromPoint(clientX, clientY)
        on.dispatchEvent(new MouseEvent(type, {bubbles: true, cancelable: true, view: window, clientX, clientY}))
    }
    const updates = [], app = document.querySelector("[data-testid=stApp]")
    const seen = bars && new MutationObserver(() => updates.push(performance.now()))
    seen?.observe(document.querySelector(bars), {subtree: true, attributes: true, childList: true, characterData: true})
    fire("mousedown", 0.02)
    for (let step = 1; step <= frames; step++) {
        fire("mousemove", 0.02 + 0.93 * step / frames, window)
        await frame()
    }
    seen?.disconnect()
    let last = performance.now()
    const begin = last, repaints = new MutationObserver(() => last = performance.now())
    const every = {subtree: true, attributes: true, childList: true, characterData: true}
    repaints.observe(document.querySelector("[data-testid=stMain]"), every)
    fire("mouseup", 0.95, window)
    while (performance.now() - last < 2000 || app.dataset.testScriptState !== "notRunning") await frame()
    repaints.disconnect()
    return {updates, released: last - begin}
}"""


def settled(page: Page, plot: str) -> None:
    """Everything is drawn and nothing is running."""
    page.locator(plot).first.wait_for(timeout=PATIENCE)
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(timeout=PATIENCE)


def felt(page: Page, address: str, what: str, times: int) -> dict[str, list[float]]:
    """Milliseconds between updates of the feature bars, and from each release to the last repaint, then 2 s of rest."""
    drag = [PLOT[what], BARS if what == "app" else None, FRAMES]
    intervals, releases = [], []
    for _ in range(times + 1):
        page.goto(f"{address}/map" if what == "app" else address)
        settled(page, PLOT[what])
        told = page.evaluate(DRAG, drag)
        intervals.append(np.diff(told["updates"]))
        releases.append(told["released"])
    return {"drag": np.concatenate(intervals[1:]).tolist(), "release": releases[1:]}


def payload(page: Page, address: str) -> int:
    """Bytes over the websocket from opening the map until it is drawn."""
    received = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: received.append(len(frame))))
    page.goto(f"{address}/map")
    settled(page, PLOT["app"])
    return sum(received)


def rows(sizes: tuple[int, ...], times: int) -> Iterator[Row]:
    """Drag and release at the largest size against the smallest and against a minimal page; bytes sent."""
    people = sizes[-1]
    few, many = (str(data.files(n).responses.parent) for n in (1_700, people))
    with sync_playwright() as playwright, server(few) as one, server(many) as other, server("minimal") as third:
        small, large, minimal = one.address, other.address, third.address
        chromium = playwright.chromium.launch(
            executable_path=find_chromium.find(), args=["--no-sandbox", "--disable-gpu"]
        )
        pages = {
            address: chromium.new_page(viewport={"width": 1440, "height": 900}) for address in (small, large, minimal)
        }
        found = {
            address: felt(page, address, "minimal" if address == minimal else "app", min(times, DRAGS))
            for address, page in pages.items()
        }
        drags = {address: np.array(found[address]["drag"]) for address in (small, large)}
        ours, theirs = (float(np.median(drags[address])) for address in (large, small))
        yield Row("drag: between updates of the feature bars, median", "a small panel", people, ours, theirs, 1.5)
        yield Row("drag: median", "35 ms", people, ours, 35, 1.0)
        yield Row("drag: 95th percentile", "50 ms", people, float(np.percentile(drags[large], 95)), 50, 1.0)
        ours, theirs = (float(np.median(found[address]["release"])) for address in (large, minimal))
        yield Row("release to everything repainted", "a minimal Streamlit fragment", people, ours, theirs, 1.5)
        theirs = float(np.median(found[small]["release"]))
        yield Row("release to everything repainted", "a small panel", people, ours, theirs, 1.5)
        sent = {address: payload(pages[address], address) / 1e6 for address in (small, large)}
        yield Row("bytes to the browser for the map", "1.5 MB", people, sent[large], 1.5, 1.0, "MB")
        yield Row("bytes to the browser for the map", "a small panel", people, sent[large], sent[small], None, "MB")
        chromium.close()

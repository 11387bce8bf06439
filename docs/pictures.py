"""The pictures of the README, made from the real app on the sample: `python docs/pictures.py`, or `make pictures`."""

import io
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

DOCS = Path(__file__).parent
sys.path[:0] = [str(DOCS.parent), str(DOCS.parent / "tests")]

SIZE = {"width": 1440, "height": 900}
DRAGS = (((52, 9.4), (98, 6.6)), ((3, 6.4), (47, 0.6)))
FRAMES, PACE = 14, 90  # of each drag; milliseconds a frame
FILLED = (
    "() => [...document.querySelectorAll('[data-testid=stDataFrame]')].every(each => each.querySelector('tbody td'))"
)
REST = 14  # frames that the end of a drag stays


def main() -> None:
    """Take them."""
    import browsing
    import find_chromium
    from conftest import FLAGS, serve

    with tempfile.TemporaryDirectory() as own, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium.find(), args=FLAGS)
        _take(browser, Path(own), serve, browsing)
        browser.close()


def _take(browser: Browser, own: Path, serve: Callable, browsing: ModuleType) -> None:
    with serve(DOCS.parent, own / "server.log") as address:
        page = browser.new_page(viewport=SIZE, base_url=address)
        for name, path in (("overview", ""), ("features", "features")):
            page.goto(f"/{path}")
            browsing.see(page, path)
            page.wait_for_function(FILLED)
            browsing.painted(page)
            page.screenshot(path=DOCS / f"{name}.png")
        _brush(page, browsing)


def _brush(page: Page, browsing: ModuleType) -> None:
    """Rectangles as they are drawn, as one moving picture."""
    shown, frames = browsing.UsageMap(page).open(), []
    for start, end in DRAGS:
        page.mouse.move(*shown.at(*start))
        page.mouse.down()
        for step in range(1, FRAMES + 1):
            part = step / FRAMES
            page.mouse.move(*(a + (b - a) * part for a, b in zip(shown.at(*start), shown.at(*end), strict=True)))
            frames.append(_frame(page))
        page.mouse.up()
        browsing.at_rest(page)
        frames += [_frame(page)] * REST
    first, *others = frames
    first.save(DOCS / "map.webp", save_all=True, append_images=others, duration=PACE, loop=0, quality=70, method=6)


def _frame(page: Page) -> Image.Image:
    taken = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    return taken.resize((taken.width * 2 // 3, taken.height * 2 // 3))


if __name__ == "__main__":
    main()

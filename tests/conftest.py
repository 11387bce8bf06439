"""What the tests share: a running server and a browser that watches over it."""

import asyncio
import os
import re
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, TypeVar

import find_chromium
import hypothesis
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parents[1]
T = TypeVar("T")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
STREAMLIT = (sys.executable, "-m", "streamlit", "run", "app.py")
TROUBLE = re.compile(r"Traceback|Reference [0-9A-F]{4}-|not a valid config option|ScriptRunContext|external IP")

LONG = {"server", "browser"}  # fixtures that take a while to start
expect.set_options(timeout=120_000)  # milliseconds: what comes at once on an idle machine comes late on a busy one

# `make test` asks the same of everybody at any time; `make fuzz` asks something new in each round (tests/fuzz.py).
hypothesis.settings.register_profile("test", deadline=None, derandomize=True)
hypothesis.settings.register_profile("fuzz", deadline=None, max_examples=1_000, print_blob=True)
hypothesis.settings.load_profile("test")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Five minutes for tests that start a server or a browser, or that are marked as slow; pyproject.toml: one."""
    for item in items:
        if LONG & {*item.fixturenames} or item.get_closest_marker("slow") or item.get_closest_marker("engines"):
            item.add_marker(pytest.mark.timeout(300))


def finished(coroutine: Coroutine[Any, Any, T]) -> T:
    """What a coroutine returns, in a thread of its own: a browser of some other test keeps a loop in this one."""
    with ThreadPoolExecutor(1) as alone:
        return alone.submit(asyncio.run, coroutine).result()


def status(url: str) -> int:
    """The HTTP status of a GET; 0 while nobody listens."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        with error:
            return error.code
    except OSError:
        return 0


def wait_until(true: Callable[[], bool], what: str, seconds: float = 60) -> None:
    """Return as soon as the condition holds, fail at the deadline."""
    pause = threading.Event()
    for _ in range(int(seconds * 10)):
        if true():
            return
        pause.wait(0.1)
    pytest.fail(f"Not within {seconds:.0f} s: {what}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serve(folder: Path, log: Path, program: Sequence[str | Path] = STREAMLIT, **settings: str) -> Iterator[str]:
    """The address of a program that serves, in a folder, once somebody answers there; what it prints goes to `log`.

    settings  of its environment
    """
    port = free_port()
    command = [*program, "--server.headless=true", f"--server.port={port}"]
    own = {"HOME": str(log.parent), "NPS_LENS_WORKSPACE": str(log.parent / ".nps-lens")}
    named = {**os.environ, **own, **settings}
    with (
        log.open("w") as output,
        subprocess.Popen(
            command,
            cwd=folder,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=named,
        ) as process,
    ):
        try:
            address = f"http://localhost:{port}"
            wait_until(lambda: process.poll() is not None or status(f"{address}/health") > 0, "the server answers")
            assert process.poll() is None, log.read_text()
            yield address
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(20)
            process.kill()


@pytest.fixture(scope="session")
def server(tmp_path_factory) -> Iterator[str]:
    """The address of the app, warmed up. Its log must stay free of trouble."""
    log = tmp_path_factory.mktemp("server") / "log"
    with serve(ROOT, log) as address:
        wait_until(lambda: status(f"{address}/health") == 200, f"the app is warm\n{log.read_text()}")
        yield address
    assert not TROUBLE.search(log.read_text()), log.read_text()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    path = find_chromium.find()
    assert path, "No Chromium: `make test` installs one"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@contextmanager
def open_page(browser: Browser, address: str, **settings) -> Iterator[Page]:
    """A page in a context of its own (settings as `browser.new_context` takes them, for instance a phone's).

    When it is left, nothing may have been asked of another origin, and the console may hold no error; a blocked
    request counts as one. Streamlit itself looks for its server under a page's address first: those 404s are its way.
    """
    context = browser.new_context(base_url=address, **settings)
    foreign, errors = [], []
    own = (address, address.replace("http", "ws", 1), "data:", "blob:")
    context.on("request", lambda request: request.url.startswith(own) or foreign.append(request.url))
    context.on("weberror", lambda error: errors.append(str(error.error)))
    context.on(
        "console",
        lambda message: (
            message.type == "error" and "/_stcore/" not in message.location["url"] and errors.append(message.text)
        ),
    )
    try:
        yield context.new_page()
    finally:
        context.close()
    assert foreign == []
    assert errors == []


@pytest.fixture(scope="session")
def window(browser, server) -> Iterator[Page]:
    """A desktop window on the running app, watched as `open_page` says. What Streamlit loads, it loads once."""
    with open_page(browser, server, viewport={"width": 1440, "height": 900}) as page:
        yield page


@pytest.fixture
def page(window) -> Page:
    """The window with nothing in it: every address that is opened from here is a session of its own."""
    window.mouse.up()
    window.goto("about:blank")
    return window


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """An address of another origin, and what was asked of it."""
    asked = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_args):
            pass

    with HTTPServer(("localhost", 0), Listener) as elsewhere:
        threading.Thread(target=elsewhere.serve_forever, daemon=True).start()
        yield f"http://localhost:{elsewhere.server_port}", asked
        elsewhere.shutdown()


@pytest.fixture(scope="session", autouse=True)
def _not_at_home(tmp_path_factory):
    """What tests do is not written down in the workspace of whoever runs them."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("NPS_LENS_WORKSPACE", str(tmp_path_factory.mktemp("workspace")))
        yield


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    """Nothing of what one test keeps is there in the next."""
    monkeypatch.setenv("NPS_LENS_WORKSPACE", str(tmp_path / "workspace"))


@pytest.fixture(scope="session")
def sample():
    """The sample as `nps` sees it."""
    import nps

    return nps.load(*(ROOT / f"sample_data/{table}.csv" for table in ("responses", "usage", "people")))


@pytest.fixture(scope="session")
def product(tmp_path_factory):
    """The files of a small product."""
    import files
    from journeys import Files

    return Files(tmp_path_factory.mktemp("product"), files.product())


@pytest.fixture(scope="session")
def cluster(tmp_path_factory):
    """Spark on a cluster of two workers: one for all tests of a process, as that can have one only."""
    from servers import spark

    with spark(tmp_path_factory.mktemp("spark")) as running:
        yield running

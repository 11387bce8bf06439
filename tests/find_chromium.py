"""Find a Chromium that starts: an installed one, else Playwright's own. With --install, see to it that there is one."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_APPS = ("Chromium.app/Contents/MacOS/Chromium", "Google Chrome.app/Contents/MacOS/Google Chrome")
PLAYWRIGHT = [sys.executable, "-m", "playwright"]
PACKAGE_MANAGERS = {
    "apt-get": [["apt-get", "update"], ["apt-get", "install", "-y", "chromium"]],
    "dnf": [["dnf", "install", "-y", "chromium"]],
    "apk": [["apk", "add", "chromium"]],
    "brew": [["brew", "install", "--cask", "chromium"]],
}


def playwrights_own() -> str:
    """Where Playwright would put its Chromium, whether or not it is there."""
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def candidates() -> Iterator[str]:
    """Where a Chromium may be, the most deliberate choice first."""
    yield os.environ.get("CHROMIUM", "")
    yield from (shutil.which(name) or "" for name in NAMES)
    yield from (
        str(folder / app) for folder in (Path("/Applications"), Path.home() / "Applications") for app in MAC_APPS
    )
    yield playwrights_own()


def starts(path: str) -> bool:
    """Whether the file is a browser with all its libraries, not the stub that some distributions leave in its place."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def find() -> str | None:
    """The path of the first Chromium that starts."""
    return next((path for path in candidates() if path and starts(path)), None)


def ways_to_install() -> Iterator[list[list[str]]]:
    """Commands that bring a Chromium, one way after the other."""
    yield [[*PLAYWRIGHT, "install", "chromium"]]
    if Path(playwrights_own()).exists():
        yield [[*PLAYWRIGHT, "install-deps", "chromium"]]
    rights = [] if os.geteuid() == 0 else ["sudo"]
    for manager, commands in PACKAGE_MANAGERS.items():
        if shutil.which(manager):
            yield [command if manager == "brew" else [*rights, *command] for command in commands]


def install() -> str | None:
    """Find a Chromium, trying each way to install one until it starts."""
    path = find()
    for commands in ways_to_install():
        if path:
            break
        for command in commands:
            print("No Chromium starts yet, so:", *command, flush=True)
            try:
                subprocess.run(command, timeout=600, check=False, stdin=subprocess.DEVNULL)
            except (OSError, subprocess.TimeoutExpired) as problem:
                print(problem)
        path = find()
    return path


if __name__ == "__main__":
    found = install() if "--install" in sys.argv else find()
    print(f"Chromium: {found}" if found else "No Chromium found. Install one, or name yours in the variable CHROMIUM.")
    sys.exit(0 if found else 1)

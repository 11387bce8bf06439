"""What whoever runs the server wrote into secrets.toml, where no page is open: as Streamlit finds it."""

import tomllib
from pathlib import Path
from typing import Any

FILE = Path(".streamlit", "secrets.toml")


def section(name: str) -> dict[str, Any]:
    """One section: of this user, and of this folder, which goes first."""
    found: dict[str, Any] = {}
    for file in (Path.home() / FILE, Path.cwd() / FILE):
        if file.is_file():
            found |= tomllib.loads(file.read_text(encoding="utf-8")).get(name, {})
    return found

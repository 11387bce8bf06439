"""The connections that an administrator wrote into secrets.toml, where no page is open: as Streamlit finds them."""

import tomllib
from pathlib import Path

from nps import engines
from nps.engines import Connection

FILE = Path(".streamlit", "secrets.toml")


def of_secrets() -> dict[str, Connection]:
    """By name: of this user, and of this folder, which goes first."""
    sections = {}
    for file in (Path.home() / FILE, Path.cwd() / FILE):
        if file.is_file():
            sections |= tomllib.loads(file.read_text(encoding="utf-8")).get("connections", {})
    return {name: engines.from_secrets(name, section) for name, section in sections.items()}

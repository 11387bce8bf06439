"""What the page that is open shows, in order: what leaves it as a picture, a table or a report is made of this."""

from collections.abc import Sequence

from nps.report import Block, Drawing, Listing
from pages.session import keys


def begin() -> None:
    """Nothing yet."""
    keys.SHOWN.put(())


def add(block: Block) -> None:
    """Something more."""
    keys.SHOWN.put((*keys.SHOWN.get(), block))


def blocks() -> Sequence[Block]:
    """All of it."""
    return keys.SHOWN.get()


def charts() -> list[Drawing]:
    """The charts."""
    return [block for block in blocks() if isinstance(block, Drawing)]


def tables() -> list[Listing]:
    """The tables."""
    return [block for block in blocks() if isinstance(block, Listing)]

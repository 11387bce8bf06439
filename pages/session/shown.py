"""What the page that is open shows, in order: what leaves it as a picture, a table or a report is made of this."""

from collections.abc import Sequence

import nps
from nps.report import Block, Drawing, Listing
from nps.wording import _, words
from pages.session import keys


def begin() -> None:
    """Nothing yet."""
    keys.SHOWN.put(())
    keys.BASIS.put(())


def counts(chosen: nps.Chosen) -> None:
    """What the page counts, as it is told beside what leaves it."""
    panel = chosen.panel
    counts_so(words.basis(chosen.score.responses, chosen.selection, panel.measure, panel.window_days, panel.windowed))


def counts_so(told: str) -> None:
    """The same, in a sentence."""
    upload = keys.DATASET.get()
    keys.BASIS.put((str(upload.name) if upload else _("Sample data"), told))


def basis() -> Sequence[str]:
    """What `counts` was told."""
    return keys.BASIS.get()


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

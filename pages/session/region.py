"""The region of the usage map: brush, slider, hotspot and link all write the one value that is kept here."""

from nps.selection import Region
from pages.session import keys


def set_region(region: Region, *, like_promoters: bool | None = None) -> None:
    """Whoever drew it but the brush. like_promoters: only who is like a promoter; None: as before."""
    keys.REGION.put(region)
    if like_promoters is not None:
        keys.LIKE_PROMOTERS.put(like_promoters)
    redraw()


def clear_region() -> None:
    """Nothing drawn: everybody."""
    set_region(Region(), like_promoters=False)


def brushed(region: Region | None) -> None:
    """Drawn on the chart that is mounted; None: the rectangle holds no cell, and selects nobody."""
    keys.DREW_NOTHING.put(region is None)
    keys.REGION.put(region or Region())


def drew_nothing() -> bool:
    """Whether a rectangle was drawn that holds no cell."""
    return keys.DREW_NOTHING.get()


def redraw() -> None:
    """Have the map draw the region again: it was not drawn on the chart that is mounted."""
    keys.GENERATION.put(keys.GENERATION.get() + 1)


def start(shown: tuple) -> Region:
    """The region to draw on a fresh chart. The chart is fresh when what it shows changed, or who drew the region."""
    if keys.MAP_SHOWN.get() != shown:
        keys.MAP_SHOWN.put(shown)
        redraw()
    if keys.MAP_DRAWN.get() != keys.GENERATION.get():
        keys.MAP_DRAWN.put(keys.GENERATION.get())
        keys.MAP_START.put(keys.REGION.get())
        keys.DREW_NOTHING.put(False)
    return keys.MAP_START.get()


def chart() -> keys.Key:
    """What the chart that is mounted says."""
    return keys.of_widget(f"usage_map_{keys.GENERATION.get()}")

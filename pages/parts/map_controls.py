"""Hotspots above the map, the range by numbers beside it: all that the brush does, for the keyboard and for phones."""

import streamlit as st

import nps
from nps.measures import cells
from nps.selection import PRESETS, Region, preset_region, region_between
from nps.wording import _, names
from pages.session import filters, keys, views
from pages.session.region import set_region

EVERYBODY, ALIKE = "everybody", "like_promoters"
ROOM = {"XS": 100, "S": 92, "M": 92}  # pixels, where they are not one row


@views.shared
def presets(everyone: nps.Chosen) -> dict[str, tuple[Region, bool, int]]:
    """Each hotspot by its code: its region, whether it had to be widened, and how many people it holds."""
    by_band, cube = cells.by_band(everyone.cube), everyone.cube
    regions = {EVERYBODY: (Region(), False)} | {each.name: preset_region(each, by_band) for each in PRESETS}
    return {name: (*found, int(cube.cells[found[0].cells()].sum())) for name, found in regions.items()}


def hotspots(everyone: nps.Chosen) -> None:
    """Everybody, and who stands out, each with how many they are."""
    found = presets(everyone)
    wanted = filters.selection()
    current, alike = wanted.region, wanted.like_promoters
    labels = {name: _("{name} {n}", name=_called(name), n=people) for name, (*_region, people) in found.items()}
    regions = {name: region for name, (region, *_others) in found.items()}
    if not everyone.panel.like_promoters.hidden:
        labels[ALIKE], regions[ALIKE] = names.hotspot(ALIKE), Region(score=(7, 8))
    shown = (name for name, region in regions.items() if (region, name == ALIKE) == (current, alike))
    keys.PRESET.follow(next(shown, None))
    changed = {"on_change": _picked, "args": (regions,), "label_visibility": "collapsed"}
    st.pills(_("Hotspots"), list(regions), format_func=labels.get, key=keys.PRESET.name, **changed)


def widened(everyone: nps.Chosen) -> bool:
    """Whether the hotspot that is selected takes in more than its name says."""
    return bool((picked := presets(everyone).get(keys.PRESET.get() or "")) and picked[1])


def by_numbers(current: Region) -> None:
    """The range by sliders."""
    keys.SLIDER_ACTIVITY.follow(current.activity)
    keys.SLIDER_SCORE.follow(current.score)
    st.slider(_("Activity percentile"), 0, 100, step=5, key=keys.SLIDER_ACTIVITY.name, on_change=_slid)
    st.slider(_("Score"), 0, 10, key=keys.SLIDER_SCORE.name, on_change=_slid)


def _called(name: str) -> str:
    return _("Everybody") if name == EVERYBODY else names.hotspot(name)


def _picked(regions: dict[str, Region]) -> None:
    name = keys.PRESET.get()
    set_region(regions[name] if name else Region(), like_promoters=name == ALIKE)


def _slid() -> None:
    set_region(region_between(keys.SLIDER_ACTIVITY.get(), keys.SLIDER_SCORE.get()))

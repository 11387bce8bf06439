"""Hotspots and sliders above the usage map: all that the brush does, for the keyboard and for phones."""

import streamlit as st

import nps
from nps.measures import cells
from nps.selection import PRESETS, Region, preset_region, region_between
from nps.wording import likeness
from pages.session import keys
from pages.session.region import clear_region, set_region

ALIKE = "Use it like promoters"
LIKE_PROMOTERS = (
    "Only the fifth of people whose use looks most like that of promoters, rated by what they used before their latest "
    "answer; the score marks the passives among them. Everyone else: people as like promoters, with other scores."
)


def controls(chosen: nps.Chosen) -> None:
    """Presets and sliders: all that the brush does, for the keyboard and for phones."""
    by_band = cells.by_band(chosen.cube)
    presets = {preset.name: preset_region(preset, by_band) for preset in PRESETS}
    current, alike = chosen.selection.region, chosen.selection.like_promoters
    if not chosen.panel.like_promoters.hidden:
        presets[ALIKE] = (Region(score=(7, 8)), False)
    shown = (name for name, (region, _) in presets.items() if (region, name == ALIKE) == (current, alike))
    keys.PRESET.follow(next(shown, None))
    st.pills("Hotspots", list(presets), key=keys.PRESET.name, on_change=_preset_picked, args=(presets,))
    if (picked := keys.PRESET.get()) and presets[picked][1]:
        st.caption("Many people are equally active here, so this hotspot takes in the nearest bands that hold anybody.")
    keys.SLIDER_ACTIVITY.follow(current.activity)
    keys.SLIDER_SCORE.follow(current.score)
    activity, scores, clear = st.columns([5, 5, 1], vertical_alignment="bottom")
    activity.slider("Activity percentile", 0, 100, step=5, key=keys.SLIDER_ACTIVITY.name, on_change=_slid)
    scores.slider("Score", 0, 10, key=keys.SLIDER_SCORE.name, on_change=_slid)
    nothing = current.everything and not alike
    clear.button("Clear", on_click=clear_region, disabled=nothing, key="clear_map")
    if alike:
        st.caption(LIKE_PROMOTERS)
        st.caption(likeness.of_likeness(chosen.panel.like_promoters))


def _preset_picked(presets: dict[str, tuple[Region, bool]]) -> None:
    name = keys.PRESET.get()
    set_region(presets[name][0] if name else Region(), like_promoters=name == ALIKE)


def _slid() -> None:
    set_region(region_between(keys.SLIDER_ACTIVITY.get(), keys.SLIDER_SCORE.get()))

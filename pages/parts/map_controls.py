"""Hotspots and sliders above the usage map: all that the brush does, for the keyboard and for phones."""

import streamlit as st

import nps
from nps.measures import cells
from nps.selection import PRESETS, Region, preset_region, region_between
from nps.wording import _, likeness, names
from pages.session import keys
from pages.session.region import clear_region, set_region

ALIKE = "like_promoters"


def controls(chosen: nps.Chosen) -> None:
    """Presets and sliders: all that the brush does, for the keyboard and for phones."""
    by_band = cells.by_band(chosen.cube)
    presets = {preset.name: preset_region(preset, by_band) for preset in PRESETS}
    current, alike = chosen.selection.region, chosen.selection.like_promoters
    if not chosen.panel.like_promoters.hidden:
        presets[ALIKE] = (Region(score=(7, 8)), False)
    shown = (name for name, (region, _wide) in presets.items() if (region, name == ALIKE) == (current, alike))
    keys.PRESET.follow(next(shown, None))
    changed = {"on_change": _preset_picked, "args": (presets,)}
    labels = {name: names.hotspot(name) for name in presets}
    st.pills(_("Hotspots"), list(presets), format_func=labels.get, key=keys.PRESET.name, **changed)
    if (picked := keys.PRESET.get()) and presets[picked][1]:
        st.caption(
            _("Many people are equally active here, so this hotspot takes in the nearest bands that hold anybody.")
        )
    _sliders(current, alike)
    if alike:
        st.caption(
            _(
                "Only the fifth of people whose use looks most like that of promoters, rated by what they used before "
                "their latest answer; the score marks the passives among them. Everyone else: people as like "
                "promoters, with other scores."
            )
        )
        st.caption(likeness.of_likeness(chosen.panel.like_promoters))


def _sliders(current: Region, alike: bool) -> None:
    keys.SLIDER_ACTIVITY.follow(current.activity)
    keys.SLIDER_SCORE.follow(current.score)
    activity, scores, clear = st.columns([5, 5, 1], vertical_alignment="bottom")
    activity.slider(_("Activity percentile"), 0, 100, step=5, key=keys.SLIDER_ACTIVITY.name, on_change=_slid)
    scores.slider(_("Score"), 0, 10, key=keys.SLIDER_SCORE.name, on_change=_slid)
    nothing = current.everything and not alike
    clear.button(_("Clear"), on_click=clear_region, disabled=nothing, key="clear_map")


def _preset_picked(presets: dict[str, tuple[Region, bool]]) -> None:
    name = keys.PRESET.get()
    set_region(presets[name][0] if name else Region(), like_promoters=name == ALIKE)


def _slid() -> None:
    set_region(region_between(keys.SLIDER_ACTIVITY.get(), keys.SLIDER_SCORE.get()))

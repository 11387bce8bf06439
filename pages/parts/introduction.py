"""For who sees the map for the first time: what a dot is, what to do, an example, and the way to their own data."""

import streamlit as st

import nps
from nps.measures import cells
from nps.selection import PRESETS, preset_region
from nps.wording import _, names
from pages.session import data, links, screen
from pages.session.region import set_region

EXAMPLE = PRESETS[0]


def told(chosen: nps.Chosen) -> None:
    """Closed for good by a click."""
    st.text(_("Each dot is a person: the further right the more active, the higher the better the score they gave."))
    if screen.narrow():
        st.text(_("Choose a group above the map, or set the range by numbers, and see who they are."))
    else:
        st.text(_("Drag over the dots to select people. The bars count them while you drag."))
    if data.dataset() is None:
        st.text(_("The people are made up, so that you can try it."))
    example = _("Example: {group}", group=names.hotspot(EXAMPLE.name))
    st.button(example, icon=":material/touch_app:", key="show_example", on_click=_example, args=(chosen,))
    if data.dataset() is None:
        go = {"on_click": links.go, "args": (links.DATA,), "type": "tertiary"}
        st.button(_("Use your own data"), icon=":material/upload_file:", key="own_data", **go)
    closed = {"on_click": screen.introduced, "type": "tertiary", "key": "introduced"}
    st.button(_("Got it"), icon=":material/check:", **closed)


def _example(chosen: nps.Chosen) -> None:
    set_region(preset_region(EXAMPLE, cells.by_band(chosen.cube))[0])

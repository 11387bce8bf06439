"""Who is nearly a promoter, where they are on the map, and how to reach them."""

import streamlit as st

import nps
from nps.measures import cells
from nps.selection import PRESETS, Region, preset_region
from nps.wording import _, several
from pages.parts import show
from pages.parts.overview import BOX
from pages.session import access, links, views
from pages.session.region import set_region

ALMOST = PRESETS[0]


@views.shared
def _almost(chosen: nps.Chosen) -> tuple[Region, int, int]:
    """Where almost promoters stand, how many they are, and how many of them may be contacted."""
    region, _wide = preset_region(ALMOST, cells.by_band(chosen.placed.cube))
    people = chosen.panel.select(chosen.selection.within(region))
    return region, len(people.places), people.reached()[0]


def almost(chosen: nps.Chosen) -> None:
    """Heavy users who gave 7 or 8: how many, where, and how to reach them."""
    with st.container(border=True, height=BOX):
        show.heading(_("Almost promoters"))
        region, people, reached = _almost(chosen)
        show.text(
            several("1 of the most active people gave 7 or 8.", "{n} of the most active people gave 7 or 8.", n=people)
        )
        st.caption(several("1 of them may be contacted.", "{n} of them may be contacted.", n=reached))
        with st.container(horizontal=True):
            how = {"type": "primary", "icon": ":material/scatter_plot:", "key": "show_almost"}
            if access.opens(links.MAP) and st.button(_("Show them on the map"), **how):
                set_region(region)
                st.switch_page("usage_map.py")
            contacts = chosen.panel.select(chosen.selection.within(region)).contacts
            show.people_file(_("Contacts"), contacts, "contacts.csv", "almost_contacts", disabled=not reached)

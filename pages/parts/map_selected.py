"""Who is selected on the map: how many, how to reach them, what sets them apart, what they say, who they are."""

import streamlit as st

import nps
from nps.measures.rules import MIN_SHOWN
from nps.wording import _, compared, several, words
from pages.parts import audiences, follow, introduction, map_about, map_controls, popover, show
from pages.session import screen, views
from pages.session.region import clear_region, drew_nothing


@views.shared
def _reached(chosen: nps.Chosen) -> tuple[int, int]:
    return chosen.reached()


def panel(chosen: nps.Chosen, height: int) -> None:
    """All of it, in the order in which it is wanted, in a frame of so many pixels."""
    with st.container(border=True, height=height):
        _nobody() if drew_nothing() else _panel(chosen)


def _nobody() -> None:
    show.headline(_("Nobody here"))
    st.caption(_("The rectangle holds no cell of the map. Draw it wider, or use the sliders."))
    st.button(_("Clear"), icon=":material/close:", on_click=clear_region, key="clear_map", type="tertiary")


def _panel(chosen: nps.Chosen) -> None:
    everybody, region = chosen.selection.region.everything, chosen.selection.region
    alike = chosen.selection.like_promoters
    people = len(chosen.places)
    selected = several("1 person selected", "{n} people selected", n=people)
    who = str(chosen.selection.region_described(chosen.panel.measure))
    show.headline(several("1 person", "{n} people", n=people) if everybody and not alike else selected)
    screen.say(f"{selected}: {who}")
    st.caption(_of_everybody(chosen, who))
    with st.container():  # what comes and goes has a place, so that what is open below it stays open
        if region.all_scores:
            _scored(chosen)
    with st.container(horizontal=True, gap="small"):
        _contacts(chosen)
        if not everybody or alike:
            clear = {"on_click": clear_region, "key": "clear_map", "type": "tertiary"}
            st.button(_("Clear"), icon=":material/close:", **clear)
            audiences.save()
        why = str(chosen.selection.describe(chosen.panel.measure, chosen.panel))
        follow.up("map", lambda: chosen.for_campaign, why, chosen.selection.to_query())
    with st.container():
        if everybody and not alike and screen.new_here():
            introduction.told(chosen)
        else:
            map_about.about(chosen)
    if screen.narrow():
        map_controls.by_numbers(region)
    else:
        label, how = _("Set the range by numbers"), {"icon": ":material/tune:", "type": "tertiary"}
        with popover.opened(label, "map_range", **how) as opened:
            if opened:
                map_controls.by_numbers(region)


def _of_everybody(chosen: nps.Chosen, who: str) -> str:
    """Which share of everybody they are, and where on the map they stand: words of ours."""
    everyone = len(chosen.places) + chosen.rest.responses
    share = words.percent(len(chosen.places) / max(everyone, 1))
    return _("{share} of {everyone} · {who}", share=share, everyone=everyone, who=who)


def _scored(chosen: nps.Chosen) -> None:
    """NPS of the selection, and against everyone else."""
    measured = chosen.score
    scored = words.points(measured.nps) if measured.responses >= MIN_SHOWN else "—"
    against = compared.versus(chosen.versus_rest()) or words.interval(measured)
    with st.container(key="selection_score"):
        st.metric("NPS", scored, help=against)


def _contacts(chosen: nps.Chosen) -> None:
    """The list of who may be contacted, and how many it leaves out."""
    listed, withheld = _reached(chosen)
    label = several("{n} contact", "{n} contacts", n=listed)
    told = _("Left out of the file, because they do not want to be contacted: {n}.", n=withheld)
    if not chosen.panel.answers["opted_out"].any():
        told = _("No column says who does not want to be contacted: nobody is left out.")
    show.people_file(label, chosen.contacts, "contacts.csv", "download_contacts", type="primary", help=told)

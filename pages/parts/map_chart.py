"""The usage map: what it shows, and what is drawn on it."""

import streamlit as st

import nps
from nps.charts.brush import showing
from nps.measures import cells
from nps.selection import region_of_brush
from nps.wording import _
from pages.parts import show, values
from pages.session import keys, region
from pages.session.links import open_person


def what_to_show(panel: nps.Panel, best: list[int]) -> tuple[str | None, list[int], bool]:
    """The segment and the features beside the map, and whether they stand below it: on phones, or on request."""
    with st.popover(_("What the bars show"), icon=":material/tune:"):
        segment = None
        if panel.segments:
            segment = show.segment(_("Divide people by"), panel.segments, key="map_segment")
        labels = cells.feature_labels(panel.features)
        keys.MAP_FEATURES.follow(list(keys.MAP_FEATURES.get())[: cells.ON_SCREEN])
        picked = st.multiselect(
            _("Features"),
            range(len(labels)),
            format_func=labels.__getitem__,
            key=keys.MAP_FEATURES.name,
            placeholder=_("The most telling ones"),
            max_selections=cells.ON_SCREEN,
            persist_state="session",
        )
        stacked = st.toggle(_("Bars below the map"), key="map_stacked", persist_state="session")
    return segment, picked or best, stacked or _compact()


def draw(chart: dict, shown: tuple) -> None:
    """The chart with the region on it; a clicked dot opens the person. What is shown tells when it is a new chart."""
    begins = region.start(shown)
    chart = showing(chart, None if begins.everything else (begins.activity, begins.score))
    says = region.chart()
    with st.container(key="usage_map"):
        st.vega_lite_chart(chart, key=says.name, on_select=lambda: _brushed(says), selection_mode=["brush", "person"])
    if person := keys.CLICKED_PERSON.take():
        open_person(person)


def _brushed(says: keys.Key) -> None:
    """An absent brush was not touched, an empty one was cleared, one that holds no cell selects nobody."""
    drawn = values.brush(says.get())
    if person := values.clicked(says.get()):
        keys.CLICKED_PERSON.put(person)
    elif drawn is not None:
        region.brushed(region_of_brush(drawn))


def _compact() -> bool:
    """Whether this is a phone: one column, no brush."""
    return "Mobi" in st.context.headers.get("User-Agent", "")
